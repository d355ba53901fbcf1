"""Members become a file in words and the file members again, whatever program wrote it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from cases.codelists.types import NOT_ASKED
from cases.fields import CodedField, CodeSetField, MonthField
from cases.intake.readers.files import open_file
from cases.intake.templates.columns import COLUMNS, TemplateColumn, is_blank, no_person, words
from cases.intake.templates.files import csv_file, empty_workbook, filled_workbook
from cases.intake.understanding.columns import Columns
from cases.tokens import ALPHABET, LENGTH, check_symbol
from tests.cases.intake.files import csv_text, write, xlsx

Record = dict[str, object]
Write = Callable[[Path, str, Sequence[Record]], Path]
REFERENCES = st.uuids(version=4).map(str)
TOKENS = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH).map(lambda body: body + check_symbol(body))
MONTHS = st.dates(date(2000, 1, 1), date(2060, 1, 1)).map(lambda day: f"{day:%Y-%m}")


def values_of(column: TemplateColumn) -> st.SearchStrategy[Any]:
    """What a member may have."""
    field = column.field
    match field:
        case CodedField():
            return st.sampled_from(field.allowed)
        case CodeSetField():
            sets = st.lists(st.sampled_from(field.codelist.names), unique=True, max_size=4)
            return sets | st.just([NOT_ASKED])
        case MonthField():
            return MONTHS
        case None:
            return st.integers(1, 10**6) if column.name == "version" else REFERENCES
        case _:
            return TOKENS


REQUIRED = {column.name: values_of(column) for column in COLUMNS if column.required}
OPTIONAL = {column.name: values_of(column) for column in COLUMNS if not column.required}
RECORDS = st.lists(st.fixed_dictionaries(REQUIRED, optional=OPTIONAL), min_size=1, max_size=4)


def read(path: Path) -> list[Record]:
    """The members of the rows of a file."""
    table = open_file(path, media_type=None, name=path.name).table()
    columns = Columns.of(table.header, line=table.header_line)
    rows = [columns.members(row) for row in table.rows]
    assert columns.questions == ()
    assert [findings for _, findings in rows] == [()] * len(rows)
    return [members for members, _ in rows]


def lines(language: str, records: Iterable[Mapping[str, object]]) -> list[list[str]]:
    """A header and rows in words."""
    header = [column.label(language) for column in COLUMNS]
    return [header, *([words(column, record.get(column.name), language) for column in COLUMNS] for record in records)]


def by_template(path: Path, language: str, records: Sequence[Record]) -> Path:
    """The template's own workbook."""
    return write(path.with_suffix(".xlsx"), filled_workbook(language, date(2026, 1, 1), records))


def by_template_csv(path: Path, language: str, records: Sequence[Record]) -> Path:
    """The template's own CSV."""
    return write(path.with_suffix(".csv"), csv_file(language, records))


def by_hand(path: Path, language: str, records: Sequence[Record]) -> Path:
    """CSV as an old Danish Excel writes it."""
    return write(path.with_suffix(".csv"), csv_text(lines(language, records), "\t"), "utf-16")


def by_openpyxl(path: Path, language: str, records: Sequence[Record]) -> Path:
    """A workbook with texts in its cells."""
    return xlsx(path.with_suffix(".xlsx"), lines(language, records))


def by_xlsxwriter(path: Path, language: str, records: Sequence[Record]) -> Path:
    """A workbook with shared texts, and with numbers where texts look like them."""
    path = path.with_suffix(".xlsx")
    with xlsxwriter.Workbook(path, {"strings_to_numbers": True}) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(lines(language, records)):
            sheet.write_row(number, 0, line)
    return path


def by_odfpy(path: Path, language: str, records: Sequence[Record]) -> Path:
    """An OpenDocument spreadsheet."""
    document = OpenDocumentSpreadsheet()
    table = Table(name="Data")
    for line in lines(language, records):
        row = TableRow()
        for text in line:
            cell = TableCell(valuetype="string") if text else TableCell()
            cell.addElement(P(text=text))
            row.addElement(cell)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    path = path.with_suffix(".ods")
    document.save(str(path))
    return path


def holds(write_file: Write, records: Sequence[Record], language: str) -> None:
    """Compare what was written and what is read."""
    with TemporaryDirectory() as folder:
        assert read(write_file(Path(folder) / "file", language, records)) == records


LANGUAGES = st.sampled_from(("da", "en"))


@settings(deadline=None, max_examples=60)
@given(RECORDS, LANGUAGES, st.sampled_from((by_template_csv, by_hand)))
def test_csv(records: list[Record], language: str, write_file: Write) -> None:
    holds(write_file, records, language)


@settings(deadline=None, max_examples=20)
@given(RECORDS, LANGUAGES, st.sampled_from((by_openpyxl, by_xlsxwriter, by_odfpy)))
def test_workbooks(records: list[Record], language: str, write_file: Write) -> None:
    holds(write_file, records, language)


@settings(deadline=None, max_examples=3)
@given(RECORDS, LANGUAGES)
def test_the_template(records: list[Record], language: str) -> None:
    holds(by_template, records, language)


def test_the_empty_template_has_rows_that_say_nothing_but_their_reference(tmp_path: Path) -> None:
    references = [UUID(int=n, version=4) for n in range(3)]
    path = write(tmp_path / "a.xlsx", empty_workbook("da", date(2026, 1, 1), references))
    first, *others = read(path)
    assert no_person(str(first["reference"]), is_test=True) == "example_row"
    assert [is_blank(members) for members in others] == [True] * 3
