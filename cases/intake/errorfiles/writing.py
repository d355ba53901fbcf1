"""Writing an error file: a template of the day as a workbook, or a CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date

from cases.intake.errorfiles.tables import ErrorTable
from cases.intake.ignored import ERRORS
from cases.intake.readers.csv_files import CsvSource
from cases.intake.sources import Source
from cases.intake.templates import guides
from cases.intake.templates.making import MARKS
from cases.intake.templates.sheets import SheetRow
from cases.intake.templates.workbook import TemplateBook
from core.spreadsheets import SEPARATORS, harmless

END = "\r\n"


def xlsx_of(table: ErrorTable, language: str, day: date) -> bytes:
    """A workbook with the lists of the day. All that is not the table is ours."""
    book = TemplateBook(language, day, guides.ERRORS, True, table.heads, table.header_line, table.title)
    return book.write(table.rows)


def sheet_of(table: ErrorTable, language: str, day: date) -> bytes:
    """A workbook of the same rows of which nothing is said."""
    return TemplateBook(language, day, guides.NUMBERED, False, table.heads, table.header_line).write(table.rows)


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
