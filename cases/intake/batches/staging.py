"""Staging: rows that keep the rules wait in a table of the database, and the others have their result at once.

The caller stages a chunk in one transaction with the count of what is done. So a batch that was interrupted goes on after its last
chunk, and no row is staged twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import msgspec
from django.db import connection

from cases import tokens
from cases.erased import digests
from cases.intake.batches import statements
from cases.intake.batches.rows import CheckedRow
from cases.intake.checks.content import BETWEEN_CODES, NAMES, SETS
from cases.intake.findings import Finding
from cases.intake.models import Batch, Outcome
from cases.intake.values import SEVERAL

CHUNK = 5_000
NULL = r"\N"
SET_PLACES = tuple(place for place, name in enumerate(NAMES) if name in SETS)


class WaitingRow:
    """A row to be staged, with what is said of it beside errors. `holds`: a check waits for a confirmation."""

    __slots__ = ("checks", "content", "holds", "row")

    def __init__(
        self, row: CheckedRow, checks: Sequence[Finding] = (), content: str = "", *, holds: bool = False
    ) -> None:
        self.row, self.checks, self.content, self.holds = row, checks, content, holds


@dataclass(slots=True)
class Chunk:
    """The rows of a chunk: those to be staged, those that are wrong, and those that are stored already, each with its version."""

    waiting: list[WaitingRow] = field(default_factory=list)
    rejected: list[CheckedRow] = field(default_factory=list)
    unchanged: list[tuple[CheckedRow, int]] = field(default_factory=list)


def stage(batch: Batch, chunk: Chunk) -> None:
    """Stage a chunk and write the results of its other rows, in the caller's transaction."""
    copy("intake_stagedrow", statements.STAGED, (staged_line(batch.pk, each) for each in chunk.waiting))
    copy("intake_rowresult", statements.RESULTS, (rejected_line(batch.pk, each) for each in chunk.rejected))
    copy("intake_rowresult", statements.RESULTS, unchanged_lines(batch.pk, chunk.unchanged))


def copy(table: str, columns: tuple[str, ...], lines: Iterable[str]) -> None:
    """Send rows as PostgreSQL's text format, a line each."""
    text = "".join(lines)
    if text:
        with connection.cursor() as cursor, cursor.copy(statements.copy_in(table, columns)) as target:
            target.write(text)


def staged_line(batch: UUID, waiting: WaitingRow) -> str:
    """A row of `statements.STAGED`. Codes, months and tokens have no character that the format would need to escape."""
    row = waiting.row
    return (
        "\t".join(
            [
                str(batch),
                str(row.index),
                str(row.line),
                row.reference,
                digests.of_reference(row.reference),
                waiting.content,
                NULL if row.expected is None else str(row.expected),
                NULL if row.seen is None else str(row.seen),
                row.token or NULL,
                tokens.mint() if row.token is None else "",
                as_json(waiting.checks),
                "t" if waiting.holds else "f",
                *column_texts(row),
            ]
        )
        + "\n"
    )


def column_texts(row: CheckedRow) -> list[str]:
    """What a row says as PostgreSQL reads it, in the order of its columns: a set is an array."""
    texts = list(row.parts)
    for place in SET_PLACES:
        texts[place] = f"{{{texts[place].replace(BETWEEN_CODES, ',')}}}"
    return texts


def unchanged_lines(batch: UUID, rows: Iterable[tuple[CheckedRow, int]]) -> Iterator[str]:
    """Rows of `statements.RESULTS` for what is stored already."""
    start, outcome = str(batch), str(Outcome.UNCHANGED)
    return (
        f"{start}\t{row.index}\t{row.line}\t{row.reference}\t{outcome}\t{version}\t{NULL}\n" for row, version in rows
    )


def rejected_line(batch: UUID, row: CheckedRow) -> str:
    """A row of `statements.RESULTS` for what cannot be stored."""
    start = f"{batch}\t{row.index}\t{row.line}\t{row.reference or NULL}\t{Outcome.REJECTED}\t{NULL}\t"
    return f"{start}{as_json(row.errors)}\n"


def as_json(findings: Sequence[Finding]) -> str:
    """Findings as they are stored, each without what it leaves open."""
    return escape(msgspec.json.encode([stored_form(each) for each in findings]).decode()) if findings else NULL


def stored_form(finding: Finding) -> dict[str, object]:
    """A finding without empty members. The codes that are allowed follow from its field, and are not stored: but those that a value
    covers do not.
    """
    names = ["rule", "field", "column", "lines", "suggestion", "period", "index"]
    names += ["allowed"] if finding.rule == SEVERAL else []
    values = ((name, getattr(finding, name)) for name in names)
    return {name: value for name, value in values if value is not None and value != ()}


def escape(text: str) -> str:
    """A text in PostgreSQL's text format. JSON has no line end or tab of its own."""
    return text.replace("\\", "\\\\")
