"""Soft checks of a delivery, of each row and of the whole, beside the current versions of its references.

What the sender has confirmed of this content is no check any more.

A row that says what is stored already changes nothing, whatever the rules say today: so it is for a single referral, and so it is
here. Such a row is neither staged nor compared again, which makes a delivery of what is known several times faster than a new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple, Protocol
from uuid import UUID

import msgspec
from django.db import connection

from cases.fields import MonthField
from cases.intake.additions import agrees, wrong_end
from cases.intake.batches.rows import CheckedRow
from cases.intake.batches.staging import Chunk, WaitingRow, stored_form
from cases.intake.batches.statements import FRESH_PLANS
from cases.intake.checks.confirmations import CHECK_RULES, Pair, confirmed_pairs
from cases.intake.checks.content import BETWEEN_CODES, BETWEEN_FIELDS, NAMES, SETS, digest_of_parts
from cases.intake.checks.counts import History
from cases.intake.checks.delivery import DeliveryTally
from cases.intake.checks.rows import row_checks
from cases.intake.findings import Finding
from cases.intake.models import Batch
from cases.intake.submit import FIELDS
from cases.models import Referral
from cases.versions import Status

BETWEEN_ROWS = "\n"


def part_in_sql(name: str) -> str:
    """The text of a column, as `cases.intake.checks.content.parts_of` writes the value."""
    if isinstance(FIELDS[name], MonthField):
        return f"to_char(r.{name}, 'YYYY-MM-DD')"
    return f"array_to_string(r.{name}, '{BETWEEN_CODES}')" if name in SETS else f"r.{name}"


# One look into an index for each row. Without LIMIT the database, which does not know how many rows have come of late, may read all
# that a partner has for every chunk. The token of a case is looked up where a row names one. What is asked comes as three texts
# that are taken apart here, which is several times quicker than three arrays.
CURRENT = f"""
SELECT e.reference::text, s.version, s.token, s.is_same, s.withdrawn
FROM unnest(
    string_to_array(%s, '{BETWEEN_ROWS}')::uuid[],
    string_to_array(%s, '{BETWEEN_ROWS}'),
    string_to_array(%s, '{BETWEEN_ROWS}')::boolean[]
) AS e (reference, content, has_token)
CROSS JOIN LATERAL (
    SELECT r.version, CASE WHEN e.has_token THEN (SELECT c.token FROM cases_case c WHERE c.id = r.case_id) END AS token,
        e.content = concat_ws('{BETWEEN_FIELDS}', {", ".join(map(part_in_sql, NAMES))}) AS is_same,
        CASE WHEN r.status = '{Status.WITHDRAWN}' THEN r.reason_code END AS withdrawn
    FROM cases_referral r WHERE r.partner_id = %s AND r.reference = e.reference AND r.superseded_at IS NULL LIMIT 1
) s
"""


class CurrentVersion(NamedTuple):
    """The current version under a reference, whether it says what the row says, and the token of its case where a row names one.

    `withdrawn`: the reason for which it is withdrawn, if it is.
    """

    version: int
    token: str | None
    is_same: bool
    withdrawn: str | None


class CurrentVersions:
    """What stands under the references of the rows of a chunk."""

    def __init__(self, partner_id: UUID | None, rows: Sequence[CheckedRow]) -> None:
        """Ask, where there is a partner.

        Of several rows with one reference the last one is compared with what is stored, and the others with that one.
        """
        self.partner_id = partner_id
        self.last = {row.reference: row for row in rows}
        self.versions = self.of_partner(partner_id, rows) if partner_id else {}

    def of_partner(self, partner_id: UUID, rows: Sequence[CheckedRow]) -> dict[str, CurrentVersion]:
        """What the partner has stored, by one statement, in the caller's transaction.

        Its plan is made anew: one that was kept from when the partner had stored little would read all of its rows for each row.
        """
        with_token = {row.reference for row in rows if row.token}
        columns = (
            self.last,
            (BETWEEN_FIELDS.join(row.parts) for row in self.last.values()),
            ("t" if each in with_token else "f" for each in self.last),
        )
        with connection.cursor() as cursor:
            cursor.execute(FRESH_PLANS)
            cursor.execute(CURRENT, [*map(BETWEEN_ROWS.join, columns), partner_id])
            return {reference: CurrentVersion(*rest) for reference, *rest in cursor.fetchall()}

    def version_of(self, row: CheckedRow) -> int | None:
        """The number of the stored version that says what the row says, of the same case; None where there is none.

        Without a partner nobody knows; a row that says it is withdrawn is believed.
        """
        if self.partner_id is None:
            return None if row.withdrawn is None else row.expected or 1
        version = self.versions.get(row.reference)
        if version is None or not version.is_same or row.token not in {None, version.token}:
            return None
        if not agrees(row.withdrawn, version.withdrawn):
            return None
        return version.version if row.parts == self.last[row.reference].parts else None

    def referrals_of(self, rows: Sequence[CheckedRow]) -> dict[str, Referral]:
        """What is stored under the references of rows, in full."""
        references = [row.reference for row in rows if row.reference in self.versions]
        if not references or self.partner_id is None:
            return {}
        current = Referral.objects.filter(
            partner_id=self.partner_id, reference__in=references, superseded_at__isnull=True
        )
        return {str(each.reference): each for each in current}


RETIRED = "code_retired"


class Judge(Protocol):
    """Asks the rules about a row, beside the stored version that it corrects where that matters (`RowReader.judge`)."""

    def __call__(self, row: CheckedRow, stored_version: Referral | None = None, /) -> None:
        """Write what the row breaks into its `errors`."""


class SoftChecks:
    """What is asked about the rows of one delivery, chunk by chunk, and about all of them in the end."""

    def __init__(self, batch: Batch | None) -> None:
        """Name the batch, or None for somebody who has stored and confirmed nothing: then nothing is looked up."""
        self.partner_id = batch.partner_id if batch else None
        self.tally = DeliveryTally()

    def take(self, rows: Sequence[CheckedRow], judge: Judge) -> Chunk:
        """The rows of a chunk by what is done with them. `judge` asks the rules about those that say something new."""
        chunk = Chunk(rejected=[row for row in rows if row.errors])
        rows_read = [row for row in rows if not row.errors]
        current = CurrentVersions(self.partner_id, rows_read)
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


def is_withdrawn(row: CheckedRow, current: CurrentVersions) -> bool:
    """Whether a row that says something new says that it is withdrawn, which nobody can by a row: then that is its error."""
    if row.withdrawn is not None:
        version = current.versions.get(row.reference)
        name, rule = wrong_end(row.withdrawn, version.withdrawn if version else None)
        row.errors = [Finding(rule, name)]
    return row.withdrawn is not None


def judge_all(rows: Sequence[CheckedRow], current: CurrentVersions, judge: Judge) -> None:
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
    known_pairs = confirmed_pairs(partner_id, pairs) if partner_id else set()
    for each in waiting:
        each.holds = not known_pairs.issuperset(pairs_of(each.checks, each.content))


def pairs_of(findings: Iterable[Finding], content: str) -> Iterator[Pair]:
    """What would be confirmed of a row: its checks, and not its notices."""
    return ((each.rule, content) for each in findings if each.rule in CHECK_RULES)


def open_findings(batch: Batch) -> list[dict[str, str]]:
    """The checks of the whole delivery that wait for a confirmation."""
    checks = [each for each in batch.findings if each["rule"] in CHECK_RULES]
    known_pairs = confirmed_pairs(batch.partner_id, [(each["rule"], each["digest"]) for each in checks])
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
    known_pairs = confirmed_pairs(batch.partner_id, [pair for _, pair in pairs])
    still_held = {index for index, pair in pairs if pair not in known_pairs}
    with connection.cursor() as cursor:
        cursor.execute(RELEASE, [batch.pk, sorted({index for index, _ in pairs} - still_held)])
