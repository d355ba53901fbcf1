"""XLSX and ODS. python-calamine reads values and dates; what it gets is a copy of the parts that were surveyed (`sheets`).

Formulas are never computed and links never followed: a cell is what it shows in the file as it was saved. Hidden sheets are not
read. Hidden rows and columns with content are refused, since nobody should send what they do not see.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from cases.intake.findings import FileRefused, Finding
from cases.intake.readers.archives import ElementCount, Pieces, open_archive, pieces_of, scan
from cases.intake.readers.formats import ODS, XLSX
from cases.intake.readers.ods_parts import CONTENT, MANIFEST, check_manifest, survey_content
from cases.intake.readers.refusals import MOST_CHARACTERS, MOST_LINES_ABOVE, MOST_ROWS, MOST_SHARED_TEXTS, refusal
from cases.intake.readers.sheets import NumberedCells, RowFaults, SheetSurvey, above, header_of, is_blank, texts_of
from cases.intake.readers.xlsx_parts import SHARED_TEXTS, SUPPORT, survey_part, workbook_of
from cases.intake.understanding.headers import is_header
from cases.intake.understanding.sources import CellValue, FileTable, Source, SourceRow

MACROS = "vbaProject.bin"
# What days counted from 1904 are behind those counted from 1900, and the number of 2000-01-01 there: no other number is so large.
DAYS_1904, FIRST_DAY_1904 = 1462, 35064
PLAIN = frozenset({str, float, bool, date, datetime})
ROW = re.compile(rb"<(?:\w+:)?(?:table-)?row[\s/>]")
# What calamine raises where it meets what it did not expect; its class cannot be imported.
PANIC = "PanicException"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that was read: its survey, its cells, and its header."""

    survey: SheetSurvey
    cells: CalamineSheet
    header: NumberedCells | None

    @property
    def is_ours(self) -> bool:
        """Whether it has the header of our template."""
        return self.header is not None and is_header(self.header[1])


class WorkbookSource(Source):
    """A workbook. Its sheet is in memory from `table()` on, and no longer than the table."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.from_1904 = False

    def table(self) -> FileTable:
        """The table of the sheet with our header, else of the first visible one with content. Raises `FileRefused`."""
        sheet = self.choose()
        if sheet.header is None:
            raise refusal("sheet_missing")
        line, cells = sheet.header
        sheet.survey.check_hidden(line)
        header = texts_of(cells)
        rows = self.rows(sheet, line, len(header))
        first = next(rows, None)
        if first is None:
            raise refusal("no_rows", line=line)
        return FileTable(
            sheet.survey.name, header, line, with_first(first, rows), above(with_numbers(sheet.cells), line)
        )

    def size(self) -> int:
        """The bytes of its parts, unpacked."""
        with open_archive(self.path) as archive:
            return sum(part.file_size for part in archive.infolist())

    def count(self) -> int:
        """The number of lines of the longest sheet that can be seen, with empty ones."""
        with open_archive(self.path) as archive:
            lines = max((rows_in(pieces_of(archive, part)) for part in self.parts(archive)), default=0)
        return min(lines, MOST_ROWS)

    @abstractmethod
    def parts(self, archive: ZipFile) -> Iterable[str]:
        """The parts in which rows stand."""

    def choose(self) -> Sheet:
        """The sheet to read. Raises `FileRefused` where several are meant, or none can be."""
        surveys: list[SheetSurvey] = []
        with self.open_copy(surveys) as book:
            sheets = [
                sheet_of(survey, book)
                for survey in surveys
                if survey.visible and survey.unfit is None and survey.height
            ]
        ours = [sheet for sheet in sheets if sheet.is_ours]
        if len(ours) > 1:
            raise refusal("sheets_several")
        unfit = next((survey.unfit for survey in surveys if survey.visible and survey.unfit), None)
        if unfit is not None and not ours:
            raise unfit
        sheet_to_read = next(iter(ours or sheets), None)
        if sheet_to_read is None:
            raise refusal("sheet_missing")
        return sheet_to_read

    @contextmanager
    def open_copy(self, surveys: list[SheetSurvey]) -> Iterator[CalamineWorkbook]:
        """The workbook as calamine opens it, of a copy that lies beside the file as long as it is read."""
        with NamedTemporaryFile(dir=self.path.parent, prefix=self.path.name, suffix=f".{self.format}") as plain:
            with open_archive(self.path) as archive, ZipFile(plain, "w", ZIP_STORED) as copy:
                surveys += self.survey(archive, copy)
            plain.flush()
            with no_surprises():
                yield CalamineWorkbook.from_path(plain.name)

    @abstractmethod
    def survey(self, archive: ZipFile, copy: ZipFile) -> list[SheetSurvey]:
        """Survey the sheets, and copy the parts that are needed to read them."""

    def rows(self, sheet: Sheet, header_line: int, width: int) -> Iterator[SourceRow]:
        """The rows below the header, numbered from 0. One that is blank is passed over, unless something is wrong in it."""
        faults = sheet.survey.findings()
        index = 0
        for line, cells in with_lines(with_numbers(sheet.cells), faults.lines):
            if line <= header_line or (is_blank_row(cells) and line not in faults.faults):
                continue
            if index >= MOST_ROWS:
                raise refusal("too_many_rows", line=line)
            yield row_of(index, line, from_1900(cells) if self.from_1904 else cells, width, faults)
            index += 1


class XlsxSource(WorkbookSource):
    """An Excel file."""

    format = XLSX

    def parts(self, archive: ZipFile) -> Iterable[str]:
        return [part for _, visible, part in workbook_of(archive).sheets if visible]

    def survey(self, archive: ZipFile, copy: ZipFile) -> list[SheetSurvey]:
        """Survey the visible sheets. Raises `FileRefused` for macros."""
        names = archive.namelist()
        if any(name.endswith(MACROS) for name in names):
            raise refusal("file_has_macros")
        workbook = workbook_of(archive)
        self.from_1904 = workbook.from_1904
        for name in SUPPORT.intersection(names):
            count = ElementCount("si", MOST_SHARED_TEXTS) if name == SHARED_TEXTS else ElementCount()
            with copy.open(name, "w") as part:
                scan(pieces_of(archive, name), count, part.write)
        return [survey_sheet(archive, copy, *sheet) for sheet in workbook.sheets]


class OdsSource(WorkbookSource):
    """An OpenDocument spreadsheet."""

    format = ODS

    def parts(self, archive: ZipFile) -> Iterable[str]:
        check_manifest(archive)
        return [CONTENT]

    def survey(self, archive: ZipFile, copy: ZipFile) -> list[SheetSurvey]:
        """Survey all sheets: calamine reads them all."""
        check_manifest(archive)
        for name in {"mimetype", MANIFEST}.intersection(archive.namelist()):
            copy.writestr(name, b"".join(pieces_of(archive, name)))
        with copy.open(CONTENT, "w") as part:
            return survey_content(archive, part.write)


def rows_in(pieces: Pieces) -> int:
    """How many rows begin in a part. One that begins where two pieces meet may be missed."""
    with closing(pieces):
        return sum(len(ROW.findall(piece)) for piece in pieces)


def survey_sheet(archive: ZipFile, copy: ZipFile, name: str, visible: bool, part_name: str) -> SheetSurvey:
    """Survey and copy a sheet. One that must not be read says so, and so does one that is no sheet of cells."""
    survey = SheetSurvey(name, visible)
    if visible:
        try:
            with copy.open(part_name, "w") as part:
                survey_part(archive, part_name, survey, part.write)
        except FileRefused as error:
            survey.unfit = error
    return survey


@contextmanager
def no_surprises() -> Iterator[None]:
    """Whatever calamine raises is `FileRefused`."""
    try:
        yield
    except PasswordError:
        raise refusal("file_has_password") from None
    except (CalamineError, OSError, ValueError):
        raise refusal("file_broken") from None
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        raise refusal("file_broken") from None


def sheet_of(survey: SheetSurvey, book: CalamineWorkbook) -> Sheet:
    cells = book.get_sheet_by_name(survey.name)
    return Sheet(survey, cells, header_of(islice(with_numbers(cells), MOST_LINES_ABOVE + survey_start(cells) + 1)))


def survey_start(cells: CalamineSheet) -> int:
    """How many empty rows lie above the first one with content."""
    return cells.start[0] if cells.start else 0


def with_numbers(cells: CalamineSheet) -> Iterator[NumberedCells]:
    """The rows of a sheet with their numbers, each from column A on."""
    margin: list[Any] = [None] * (cells.start[1] if cells.start else 0)
    for line, row in enumerate(cells.iter_rows(), 1):
        yield line, margin + row


def with_lines(rows: Iterator[NumberedCells], lines: Sequence[int]) -> Iterator[NumberedCells]:
    """Rows, and behind them those of the lines that lie further down: a formula without a value is no content to calamine."""
    last = 0
    for last, cells in rows:
        yield last, cells
    yield from ((line, ()) for line in lines if line > last)


def is_blank_row(cells: Sequence[CellValue]) -> bool:
    """Whether a row has no content. Most of what is empty is so at once."""
    return not any(cells) and is_blank(cells)


def from_1900(cells: Sequence[CellValue]) -> list[CellValue]:
    """Cells whose numbers of days are counted from 1900 on."""
    return [cell + DAYS_1904 if type(cell) is float and cell >= FIRST_DAY_1904 else cell for cell in cells]


def row_of(index: int, line: int, cells: Sequence[CellValue], width: int, faults: RowFaults) -> SourceRow:
    """A row as wide as the header, with what makes it unreadable."""
    findings = list(faults.of(line))
    if len(cells) == width and are_plain(cells):
        return SourceRow(index, line, tuple(cells), tuple(findings))
    values: list[CellValue] = []
    unread: list[tuple[int, CellValue]] = []
    for column, cell in enumerate(cells):
        value = value_of(cell)
        rule = rule_of(value) if column < width else None if is_blank((cell,)) else "cell_without_column"
        if rule is not None:
            findings.append(Finding(rule, column=column))
            unread.append((column, value))
        values.append(None if rule else value)
    values += [None] * (width - len(values))
    return SourceRow(index, line, tuple(values[:width]), tuple(findings), tuple(unread))


def are_plain(cells: Sequence[CellValue]) -> bool:
    """Whether all cells can be taken as they are. Most rows are so, and this is quick."""
    text = "".join([cell for cell in cells if type(cell) is str])
    return len(text) <= MOST_CHARACTERS and "\0" not in text and {type(cell) for cell in cells} <= PLAIN


def value_of(cell: object) -> CellValue:
    """A value of calamine's. Times of the day and durations are texts: no field has one."""
    if isinstance(cell, str | int | float | date) or cell is None:
        return cell
    return str(cell)


def rule_of(value: CellValue) -> str | None:
    """What is wrong with a text."""
    if not isinstance(value, str):
        return None
    if len(value) > MOST_CHARACTERS:
        return "cell_too_long"
    return "cell_unusable" if "\0" in value else None


def with_first(first: SourceRow, rows: Iterator[SourceRow]) -> Iterator[SourceRow]:
    """A row, and then the others."""
    yield first
    yield from rows
