"""Making a template: as a workbook with an example and empty rows, or as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from cases.intake.templates.columns import COLUMNS, REFERENCE
from cases.intake.templates.guides import EMPTY, FILLED, Guide
from cases.intake.templates.rows import cells, example
from cases.intake.templates.sheets import SheetRow
from cases.intake.templates.workbook import workbook
from core.spreadsheets import BOM, SEPARATORS

# Excel in Danish needs the mark to know UTF-8.
MARKS = {"da": BOM, "en": ""}


def empty_workbook(language: str, day: date, references: Iterable[UUID]) -> bytes:
    """The template: the example, and an empty row for each reference. The lists have the codes that are in force on the day."""
    first = SheetRow(cells(example(), language), is_example=True)
    return workbook(language, day, [first, *(SheetRow({REFERENCE: str(each)}) for each in references)], EMPTY)


def filled_workbook(language: str, day: date, records: Iterable[Mapping[str, object]], guide: Guide = FILLED) -> bytes:
    """The template with these rows, of which none is an example."""
    return workbook(language, day, [SheetRow(cells(record, language)) for record in records], guide)


def empty_csv(language: str) -> bytes:
    """The heads and the example."""
    return csv_file(language, [example()])


def csv_file(language: str, records: Iterable[Mapping[str, object]]) -> bytes:
    """Rows in words as CSV: commas in English; semicolons and a byte order mark in Danish."""
    rows = [cells(record, language) for record in records]
    heads = [column.label(language) for column in COLUMNS]
    return csv_bytes(language, [heads, *([row[column.name] for column in COLUMNS] for row in rows)])


def csv_bytes(language: str, lines: Iterable[Sequence[str]]) -> bytes:
    """Lines as CSV in UTF-8, as a spreadsheet in this language reads them."""
    out = io.StringIO(MARKS[language])
    out.seek(0, io.SEEK_END)
    csv.writer(out, delimiter=SEPARATORS[language], lineterminator="\r\n").writerows(lines)
    return out.getvalue().encode()
