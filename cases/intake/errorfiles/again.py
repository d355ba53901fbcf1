"""An error file of ours once more, after some of its rows were stored: nothing is said of those any more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from cases.intake.errorfiles.marks import Mark, SentFile, note, wrong_members
from cases.intake.errorfiles.tables import ErrorTable, cells_of, head_at
from cases.intake.errorfiles.writing import csv_of, form_of, xlsx_of
from cases.intake.readers.csv_files import CsvSource
from cases.intake.readers.workbooks import XlsxSource
from cases.intake.references import is_reference
from cases.intake.sources import FileTable, SourceRow
from cases.intake.templates.columns import REFERENCE
from cases.intake.templates.sheets import SheetRow
from cases.intake.understanding.columns import Columns
from cases.intake.understanding.mapping import MappingContent


def marked_again(
    path: Path, form: str, marks: Mapping[str, Sequence[Mark]], mapping: MappingContent, *, language: str, day: date
) -> bytes | None:
    """An error file with what is still said of its rows. None where the guard sees something in it. Raises `FileRefused`.

    `marks`: by the reference of a row. A row without one cannot have been stored, and keeps its text, but not its red cells.
    """
    source = CsvSource(path) if form == "csv" else XlsxSource(path)
    table = source.table()
    columns = Columns.of(table.header, mapping, line=table.header_line, around=table.around)
    file = SentFile(path, form, 0, tuple(columns.names.get(place) for place in range(len(table.header))))
    rows = [(row, is_unread(row)) for row in table.rows]
    errors = ErrorTable(
        [head_at(file, table.header, place) for place in range(1, len(table.header))],
        [row_again(file, row, columns, marks) for row, _ in rows],
        table.header_line,
        title_of(table),
        frozenset(row.line for row, unread in rows if unread),
    )
    if not errors.is_clean:
        return None
    return xlsx_of(errors, language, day) if form == "xlsx" else csv_of(errors, language, form_of(source, language))


def is_unread(row: SourceRow) -> bool:
    """Whether a row has its text alone."""
    return any(each.column is None for each in row.findings)


def row_again(file: SentFile, row: SourceRow, columns: Columns, marks: Mapping[str, Sequence[Mark]]) -> SheetRow:
    """A row with what is still said of it."""
    reference = str(columns.members(row)[0].get(REFERENCE))
    cells = {} if is_unread(row) else cells_of(file, row)
    if not is_reference(reference):
        return SheetRow(cells, str(row.cells[0] or ""), line=row.line)
    notes = marks.get(reference, ())
    return SheetRow(cells, note(notes, "\n"), wrong_members(notes, ()), line=row.line)


def title_of(table: FileTable) -> str:
    """What stands above the heads: how many rows are left out, where some are."""
    cells: Iterator[object] = (cell for _, line in table.above for cell in line)
    return next((str(cell) for cell in cells if cell), "")
