"""Checking a file for anybody: by the rules alone, without the database of records, and without keeping anything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain
from uuid import UUID

from cases.intake.batches.arrival import Delivery
from cases.intake.batches.results import Result, finding_of
from cases.intake.batches.rows import CheckedRow, RowReader
from cases.intake.batches.soft_checks import SoftChecks
from cases.intake.batches.staging import WaitingRow
from cases.intake.batches.stream import RowStream
from cases.intake.findings import FileRefused, Finding
from cases.intake.models import Outcome
from cases.intake.readers.refusals import MOST_BYTES_AT_ONCE, refusal
from cases.intake.understanding.mapping import NOTHING, mapping_of

MOST_ROWS = 500
# Characters that are no words of ours and repeat nothing: a row has a few of them.
MOST_TEXT = 200_000
# This part of what is read at once: 500 rows are a tenth of it, and a workbook has its lists beside them.
SHARE = 3
REPEATED = Finding("reference_repeated")


@dataclass(frozen=True, slots=True)
class PublicReport:
    """What a delivery of the file would be told. `questions` and `columns`: as a batch keeps them."""

    results: Sequence[Result]
    findings: Sequence[Finding]
    questions: Sequence[dict[str, object]]
    columns: Mapping[str, int]

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many rows came to each outcome."""
        return {outcome: sum(row.outcome == outcome for row in self.results) for outcome in Outcome}


def check(delivery: Delivery, most_rows: int = MOST_ROWS) -> PublicReport:
    """Check a file. Raises `FileRefused`, also for one with more rows. The file stays where it is."""
    mapping = NOTHING if delivery.mapping is None else mapping_of(delivery.mapping)
    stream = RowStream(delivery.path, delivery.media_type, RowReader(), delivery.name, mapping, most_text=MOST_TEXT)
    stream.most_rows = most_rows + 1
    if (source := stream.source()).size() * SHARE > MOST_BYTES_AT_ONCE[source.format]:
        raise refusal("file_unpacks_too_large")
    if stream.guard() > most_rows:
        raise FileRefused("payload_too_large", [(Finding("too_many_rows_public"), None)])
    soft = SoftChecks(None)
    chunk = soft.take([stream.reader.read(row) for row in stream.rows()], stream.reader.judge)
    wrong = (rejected_result(stream.with_place(row)) for row in chunk.rejected)
    wrong_references = {row.reference for row in chunk.rejected}
    unchanged_results = (unchanged_result(*each) for each in chunk.unchanged)
    results = sorted(
        chain(wrong, unchanged_results, outcomes_of(chunk.waiting, wrong_references)), key=lambda each: each.index
    )
    findings = [*stream.notices, *stream.passed_over(), *map(finding_of, soft.findings())]
    return PublicReport(results, findings, stream.questions(), stream.places)


def rejected_result(row: CheckedRow) -> Result:
    """The result of a row that breaks a rule."""
    reference = UUID(row.reference) if row.reference else None
    return Result(row.index, row.line, reference, None, Outcome.REJECTED, None, tuple(row.errors))


def unchanged_result(row: CheckedRow, version: int) -> Result:
    """The result of a row that says it is withdrawn."""
    return Result(row.index, row.line, UUID(row.reference), None, Outcome.UNCHANGED, version, ())


def outcomes_of(waiting: Sequence[WaitingRow], wrong: Set[str]) -> list[Result]:
    """The results of the rows that can be stored. Rows that share a reference repeat the first one, or contradict each other.

    `wrong`: the references of rows that cannot be stored, which contradict every other one.
    """
    by_reference: dict[str, list[WaitingRow]] = defaultdict(list)
    for each in waiting:
        by_reference[each.row.reference].append(each)
    return [
        outcome_of(
            each,
            is_repeat=each is not twins[0],
            is_contradicted=reference in wrong or any(says(twin) != says(each) for twin in twins),
        )
        for reference, twins in by_reference.items()
        for each in twins
    ]


def says(waiting: WaitingRow) -> tuple[object, ...]:
    return waiting.content, waiting.row.token, waiting.row.expected


def outcome_of(waiting: WaitingRow, *, is_repeat: bool, is_contradicted: bool) -> Result:
    """The result of one row. What it would correct is not known, so that it is believed."""
    row, findings = waiting.row, tuple(waiting.checks)
    place = (row.index, row.line, UUID(row.reference), None)
    if is_contradicted:
        return Result(*place, Outcome.REJECTED, None, (REPEATED, *findings))
    if waiting.holds:
        return Result(*place, Outcome.HELD, None, findings)
    version = (row.expected or 0) + 1
    kind = Outcome.CORRECTED if row.expected else Outcome.CREATED
    return Result(*place, Outcome.UNCHANGED if is_repeat else kind, version, findings)
