"""Making an error file: the sender's own table where it is small enough and of that kind, else its rejected rows in a fresh one.

Once some rows were stored it is made again, and nothing is said of those any more.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import structlog

from cases.intake.additions import ERRORS
from cases.intake.errorfiles.tables import (
    ErrorTable,
    Mark,
    Marks,
    RejectedRows,
    SentFile,
    TableTooLarge,
    cells_of,
    fresh_table,
    head_at,
    note,
    own_table,
    wrong_members,
)
from cases.intake.findings import FileRefused
from cases.intake.guard.references import is_reference
from cases.intake.readers.csv_files import CsvSource
from cases.intake.readers.workbooks import XlsxSource
from cases.intake.templates import texts
from cases.intake.templates.columns import REFERENCE
from cases.intake.templates.files import MARKS
from cases.intake.templates.sheets import SheetRow
from cases.intake.templates.workbook import TemplateBook
from cases.intake.understanding.columns import Columns
from cases.intake.understanding.mapping import MappingContent
from cases.intake.understanding.sources import FileTable, Source, SourceRow
from core.failures import where_it_broke
from core.formats import SEPARATORS, harmless

END = "\r\n"


def xlsx_of(table: ErrorTable, language: str, day: date) -> bytes:
    """A workbook with the lists of the day. All that is not the table is ours."""
    book = TemplateBook(language, day, texts.ERRORS, True, table.heads, table.header_line, table.title)
    return book.write(table.rows)


def sheet_of(table: ErrorTable, language: str, day: date) -> bytes:
    """A workbook of the same rows of which nothing is said."""
    return TemplateBook(language, day, texts.NUMBERED, False, table.heads, table.header_line).write(table.rows)


@dataclass(frozen=True, slots=True)
class CsvForm:
    """How a CSV is written. `declared`: its first line says which character separates."""

    delimiter: str
    encoding: str
    declared: bool = False


def form_of(source: Source | None, language: str) -> CsvForm:
    """The form of the file that was sent; where that was no CSV, the one that a spreadsheet in this language reads."""
    if not isinstance(source, CsvSource):
        return CsvForm(SEPARATORS[language], "utf-8-sig" if MARKS[language] else "utf-8")
    encoding = "utf-8" if source.encoding == "utf-8-sig" and not source.has_mark else source.encoding
    return CsvForm(source.delimiter, encoding, source.has_declaration)


def csv_of(table: ErrorTable, language: str, form: CsvForm) -> bytes:
    """A CSV. Every row stands in its line."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=form.delimiter, lineterminator=END)
    first = f"sep={form.delimiter}" if form.declared else table.title
    if table.header_line > 1:
        out.write(f"{first}{END}" + END * (table.header_line - 2))
    writer.writerow([ERRORS(language), *(harmless(head.text) for head in table.heads)])
    line = table.header_line + 1
    for row in table.rows:
        out.write(END * ((row.line or line) - line))
        cells = line_of(table, row)
        writer.writerow(cells)
        line = max(line, row.line or line) + 1 + sum(cell.count("\n") for cell in cells)
    return out.getvalue().encode(form.encoding, errors="replace")


def line_of(table: ErrorTable, row: SheetRow) -> list[str]:
    """A row. Of one that could not be read there is the note alone: it cannot be read this time either, and is not passed over."""
    text = row.note.replace("\n", " ")
    if row.line in table.unread:
        return [text]
    return [text, *(harmless(row.cells.get(head.column.name, "")) if head.column else "" for head in table.heads)]


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


log = structlog.get_logger("henvis.intake")
NOT_GIVEN_BACK = "own rows not given back"


def errors_xlsx(
    file: SentFile, marks: Marks, rows: RejectedRows, *, language: str, day: date, left_out: int = 0
) -> bytes | None:
    """A workbook: the sender's own rows with red cells, or the rejected ones. None where the guard sees something in both.

    `left_out`: how many rejected rows are not among them.
    """
    for table, _ in tables(file, "xlsx", marks, rows, language, left_out):
        if table.is_clean:
            return xlsx_of(table, language, day)
    return None


def errors_csv(file: SentFile, marks: Marks, rows: RejectedRows, *, language: str, left_out: int = 0) -> bytes | None:
    """A CSV: the sender's own rows in their separator and encoding, or the rejected ones; None as above."""
    for table, form in tables(file, "csv", marks, rows, language, left_out):
        if table.is_clean:
            return csv_of(table, language, form)
    return None


def tables(
    file: SentFile, form: str, marks: Marks, rows: RejectedRows, language: str, left_out: int
) -> Iterator[tuple[ErrorTable, CsvForm]]:
    """What may be given back, the best first, and how it would be written as CSV."""
    if file.form == form and file.is_whole:
        try:
            source = CsvSource(file.path) if form == "csv" else XlsxSource(file.path)
            own = own_table(file, source.table(), marks, language)
            yield own, form_of(source, language)
        except (FileRefused, TableTooLarge, OSError) as error:
            # The file was read before. Its sender gets the rows all the same.
            log.warning(NOT_GIVEN_BACK, **where_it_broke(error))
    yield fresh_table(file, marks, rows, language, left_out), form_of(None, language)
