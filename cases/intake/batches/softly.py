"""Soft checks of a delivery: those of each row, and those of the whole. What the sender has confirmed of this content is no check
any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Protocol
from uuid import UUID

import msgspec
from django.db import connection

from cases.intake.batches.rows import CheckedRow
from cases.intake.batches.staging import Chunk, WaitingRow, stored_form
from cases.intake.batches.standing import StandingVersions
from cases.intake.checks.confirming import CHECK_RULES, Pair, confirmed
from cases.intake.checks.content import digest_of_parts
from cases.intake.checks.history import History
from cases.intake.checks.rows import row_checks
from cases.intake.checks.tally import DeliveryTally
from cases.intake.exported import wrong_end
from cases.intake.findings import Finding
from cases.intake.models import Batch
from cases.models import Referral

RETIRED = "code_retired"


class Judge(Protocol):
    """Asks the rules about a row, beside the stored version that it corrects where that matters (`RowReader.judge`)."""

    def __call__(self, row: CheckedRow, stored_version: Referral | None = None, /) -> None:
        """Write what the row breaks into its `errors`."""


class Softly:
    """What is asked about the rows of one delivery, chunk by chunk, and about all of them in the end."""

    def __init__(self, batch: Batch | None) -> None:
        """Name the batch, or None for somebody who has stored and confirmed nothing: then nothing is looked up."""
        self.partner_id = batch.partner_id if batch else None
        self.tally = DeliveryTally()

    def take(self, rows: Sequence[CheckedRow], judge: Judge) -> Chunk:
        """The rows of a chunk by what is done with them. `judge` asks the rules about those that say something new."""
        chunk = Chunk(rejected=[row for row in rows if row.errors])
        rows_read = [row for row in rows if not row.errors]
        current = StandingVersions(self.partner_id, rows_read)
        versions = [current.version_of(row) for row in rows_read]
        new = [row for row, version in zip(rows_read, versions, strict=True) if version is None]
        judge_all([row for row in new if not is_withdrawn(row, current)], current, judge)
        for row, version in zip(rows_read, versions, strict=True):
            if version is not None:
                self.add(row, is_new=False, is_change=False)
                chunk.unchanged.append((row, version))
            else:
                self.sort_in(row, chunk, is_new=row.reference not in current.versions)
        hold_unconfirmed(self.partner_id, chunk.waiting)
        return chunk

    def sort_in(self, row: CheckedRow, chunk: Chunk, *, is_new: bool) -> None:
        """Put a row that was judged where it belongs."""
        if row.errors:
            chunk.rejected.append(row)
        else:
            checks = row_checks(row.values, has_token=row.token is not None)
            chunk.waiting.append(WaitingRow(row, checks, self.add(row, is_new=is_new)))

    def add(self, row: CheckedRow, *, is_new: bool, is_change: bool = True) -> str:
        """Count a row for the checks of the whole; the digest of its content."""
        content = digest_of_parts(row.reference, row.parts)
        self.tally.add_parts(row.parts, content, is_new=is_new, is_change=is_change)
        return content

    def findings(self) -> list[dict[str, object]]:
        """What is asked about the whole, as a batch keeps it: each with the digest by which it is confirmed."""
        history = self.tally.history_of(self.partner_id) if self.partner_id else History()
        findings = self.tally.findings(history)
        return [{**stored_form(each), "digest": self.tally.digest_of(each)} for each in findings]


def is_withdrawn(row: CheckedRow, current: StandingVersions) -> bool:
    """Whether a row that says something new says that it is withdrawn, which nobody can by a row: then that is its error."""
    if row.withdrawn is not None:
        version = current.versions.get(row.reference)
        name, rule = wrong_end(row.withdrawn, version.withdrawn if version else None)
        row.errors = [Finding(rule, name)]
    return row.withdrawn is not None


def judge_all(rows: Sequence[CheckedRow], current: StandingVersions, judge: Judge) -> None:
    """Ask the rules about the rows of a chunk. Retired codes are asked about again beside what is stored, which may have them."""
    for row in rows:
        judge(row)
    retired_rows = [row for row in rows if any(each.rule == RETIRED for each in row.errors)]
    stored_versions = current.referrals_of(retired_rows)
    for row in retired_rows:
        judge(row, stored_versions.get(row.reference))


def hold_unconfirmed(partner_id: UUID | None, waiting: Sequence[WaitingRow]) -> None:
    """Hold each row of whose checks one is not confirmed."""
    pairs = set(chain.from_iterable(pairs_of(each.checks, each.content) for each in waiting if each.checks))
    known_pairs = confirmed(partner_id, pairs) if partner_id else set()
    for each in waiting:
        each.holds = not known_pairs.issuperset(pairs_of(each.checks, each.content))


def pairs_of(findings: Iterable[Finding], content: str) -> Iterator[Pair]:
    """What would be confirmed of a row: its checks, and not its notices."""
    return ((each.rule, content) for each in findings if each.rule in CHECK_RULES)


def open_findings(batch: Batch) -> list[dict[str, str]]:
    """The checks of the whole delivery that wait for a confirmation."""
    checks = [each for each in batch.findings if each["rule"] in CHECK_RULES]
    known_pairs = confirmed(batch.partner_id, [(each["rule"], each["digest"]) for each in checks])
    return [each for each in checks if (each["rule"], each["digest"]) not in known_pairs]


def is_held(batch: Batch) -> bool:
    """Whether a check of the whole delivery waits for a confirmation."""
    return bool(open_findings(batch))


ASKED_OF_ROWS = """
SELECT f ->> 'rule', w.index FROM intake_rowresult w CROSS JOIN LATERAL jsonb_array_elements(w.findings) f
WHERE w.batch_id = %s AND f ->> 'rule' = ANY(%s)
"""
HELD_ROWS = "SELECT index, content, checks::text FROM intake_stagedrow WHERE batch_id = %s AND holds"
RELEASE = "UPDATE intake_stagedrow SET holds = false WHERE batch_id = %s AND index = ANY(%s)"


def checks_of(batch: Batch) -> set[tuple[str, int | None]]:
    """The checks of a batch whose rows were compared, confirmed or not: each with the index of its row, None for the whole."""
    whole = {(each["rule"], None) for each in batch.findings if each["rule"] in CHECK_RULES}
    with connection.cursor() as cursor:
        cursor.execute(ASKED_OF_ROWS, [batch.pk, sorted(CHECK_RULES)])
        return whole | set(cursor.fetchall())


def held_pairs(batch: Batch) -> list[tuple[int, Pair]]:
    """What waits for a confirmation in the rows of a batch: the index of each row with what would be confirmed."""
    with connection.cursor() as cursor:
        cursor.execute(HELD_ROWS, [batch.pk])
        rows = cursor.fetchall()
    return [
        (index, (finding["rule"], content))
        for index, content, checks in rows
        for finding in msgspec.json.decode(checks)
        if finding["rule"] in CHECK_RULES
    ]


def release_confirmed(batch: Batch) -> None:
    """Let go of the held rows of which every check is confirmed by now."""
    pairs = held_pairs(batch)
    known_pairs = confirmed(batch.partner_id, [pair for _, pair in pairs])
    still_held = {index for index, pair in pairs if pair not in known_pairs}
    with connection.cursor() as cursor:
        cursor.execute(RELEASE, [batch.pk, sorted({index for index, _ in pairs} - still_held)])
