"""Rejected rows in a fresh template, or as CSV: the cells as they were sent, and what is wrong with each row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from cases.intake.errorfiles.marks import Marks, Rejected, SentFile, note, wrong_members
from cases.intake.ignored import ERRORS
from cases.intake.templates.columns import BETWEEN, COLUMNS, EMPTY_SET
from cases.intake.templates.making import csv_bytes
from cases.intake.templates.workbook import SheetRow, workbook

# What fits into a cell of Excel's.
MOST_IN_CELL = 32_000
# What a spreadsheet that opens a CSV takes for a formula. In a workbook every cell is text: nothing has to be changed there.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def fresh_workbook(file: SentFile, marks: Marks, rejected: Rejected, language: str, day: date) -> bytes:
    """The rejected rows in a template of the day."""
    rows = (
        SheetRow(texts(members), note(marks.get(line, ()), "\n"), wrong_members(marks.get(line, ()), file.columns))
        for line, members in rejected
    )
    return workbook(language, day, rows, noted=True)


def fresh_csv(marks: Marks, rejected: Rejected, language: str) -> bytes:
    """The rejected rows as CSV with our heads."""
    return csv_bytes(language, csv_lines(marks, rejected, language))


def csv_lines(marks: Marks, rejected: Rejected, language: str) -> Iterator[list[str]]:
    """Its lines."""
    yield [ERRORS(language), *(column.label(language) for column in COLUMNS)]
    for line, members in rejected:
        cells = texts(members)
        row = [harmless(cells.get(column.name, "")) for column in COLUMNS]
        yield [note(marks.get(line, ()), " "), *row]


def texts(members: Mapping[str, object]) -> dict[str, str]:
    """The text of each cell."""
    return {name: text_of(value)[:MOST_IN_CELL] for name, value in members.items()}


def text_of(value: object) -> str:
    """A value that was sent as the text of a cell that reads as the same value."""
    match value:
        case None | Mapping():
            return ""
        case list() | tuple():
            return BETWEEN.join(map(text_of, value)) or EMPTY_SET
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
    return str(value)


def harmless(text: str) -> str:
    """A text that a spreadsheet would compute gets an apostrophe in front; a sign alone is computed by none."""
    return f"'{text}" if len(text) > 1 and text.startswith(FORMULA) else text
