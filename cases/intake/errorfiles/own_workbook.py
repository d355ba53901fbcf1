"""The sender's own workbook with red cells and a first column that says what is wrong.

What openpyxl keeps and what it loses is told in docs/templates.md. Formulas become the values that they had: a workbook that is
read again without a spreadsheet would otherwise be empty there, and no cell that we give to anybody computes.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.styles import Alignment, Font, PatternFill

from cases.intake.errorfiles.marks import MOST_ROWS, Marks, SentFile, note, wrong_places
from cases.intake.errorfiles.shifting import insert_first_column
from cases.intake.errorfiles.sizes import check_size
from cases.intake.ignored import ERRORS, is_ignored

OTHER_BOOK = re.compile(r"\[\d+\]")
WIDTH = 60
COLOUR, DARK = "FFFFC7CE", "FF9C0006"
RED = PatternFill("solid", start_color=COLOUR, end_color=COLOUR)
NO_FILL = PatternFill()
WRAP = Alignment(wrap_text=True, vertical="top")
HEAD = Font(bold=True, color=DARK)


def marked_workbook(file: SentFile, marks: Marks, language: str) -> bytes:
    """The workbook. Raises `WorkbookTooLarge`, and whatever openpyxl raises for a file that it cannot read."""
    check_size(file.path)
    # An open file: openpyxl judges a path by its ending, and a file in the spool has none.
    with warnings_ignored(), file.path.open("rb") as original:
        book = load_workbook(original, data_only=True, keep_vba=False, keep_links=False)
        drop_others(book)
        sheet = book[file.sheet] if file.sheet in book.sheetnames else book.worksheets[0]
        mark_sheet(book, sheet, file, marks, language)
        out = BytesIO()
        book.save(out)
    return out.getvalue()


@contextmanager
def warnings_ignored() -> Iterator[None]:
    """openpyxl warns of what it leaves out."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def drop_others(book: Any) -> None:
    """Leave out pictures, charts, pivot tables, and what points at other workbooks: none of it survives unharmed."""
    for sheet in book.worksheets:
        sheet._images, sheet._charts, sheet._pivots = [], [], []
        lists = sheet.data_validations.dataValidation
        lists[:] = [each for each in lists if not OTHER_BOOK.search(each.formula1 or "")]
    for names in (book.defined_names, *(sheet.defined_names for sheet in book.worksheets)):
        for name in [name for name, each in names.items() if OTHER_BOOK.search(each.attr_text or "")]:
            del names[name]


def mark_sheet(book: Any, sheet: Any, file: SentFile, marks: Marks, language: str) -> None:
    """The column with the texts, new or that of an earlier round, and the red cells."""
    offset = 0
    if is_ignored(sheet.cell(file.header_line, 1).value):
        clear(sheet, file.header_line)
    else:
        insert_first_column(book, sheet, WIDTH)
        offset = 1
    head = sheet.cell(file.header_line, 1)
    put_text(head, ERRORS(language))
    head.font = HEAD
    for line, each in marks.items():
        if not file.header_line < line <= file.header_line + 2 * MOST_ROWS:
            continue
        put_text(sheet.cell(line, 1), note(each, "\n"))
        sheet.row_dimensions[line].height = None
        for place in wrong_places(each, file.columns):
            sheet.cell(line, place + 1 + offset).fill = RED


def put_text(cell: Any, text: str) -> None:
    """A text that is no formula, whatever it begins with."""
    cell.value = None
    cell._value, cell.data_type = text, "s"
    cell.alignment = WRAP


def clear(sheet: Any, header_line: int) -> None:
    """Take back what an earlier round wrote: its texts and its red."""
    for (line, place), cell in sheet._cells.items():
        if line <= header_line:
            continue
        if place == 1:
            cell.value = None
        if cell.has_style and cell.fill.fgColor.rgb == COLOUR:
            cell.fill = copy(NO_FILL)
