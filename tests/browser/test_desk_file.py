"""A caseworker's way with a spreadsheet, in a real browser: template, two errors in red, the mended file, the receipt."""

from __future__ import annotations

import base64
import io

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell

from tests.browser.conftest import Stage

pytestmark = pytest.mark.browser
WHO = "demo-manager"
RED = "FFFFC7CE"


def book_of(content: str) -> Workbook:
    """A workbook of a report."""
    return load_workbook(io.BytesIO(base64.b64decode(content)))


def test_a_file_with_two_errors_is_mended_in_red_and_sent_without_scripts_and_by_keyboard(stage: Stage) -> None:
    wrong = stage.walk("desk_file", stage.secure, who=WHO, mended="")
    assert (wrong["template"], wrong["says"], wrong["links"]) == (
        "PK",
        "38 rækker kan sendes, 2 rækker skal rettes.",
        2,
    )
    assert {name: each for name, each in wrong["faults"].items() if each} == {}
    book = book_of(wrong["errors"])
    sheet = book.worksheets[0]
    notes = [row[0].value for row in sheet.iter_rows(min_row=2, max_col=1) if row[0].value]
    red = [cell for row in sheet.iter_rows(min_row=2, min_col=2) for cell in row if cell.fill.fgColor.rgb == RED]
    assert len(notes) == 2 and len(red) == 2 and wrong["clicks"] == 6
    mend(red)
    right = stage.walk("desk_file", stage.secure, who=WHO, mended=as_text(book))
    assert (right["says"], right["stored"]) == ("40 rows can be sent.", "40 new rows are stored.")
    assert (right["references"], right["clicks"], right["faults"]) == (40, 5, {})
    assert right["again"] == {"says": "There is nothing new to send", "sendable": 0}


def mend(red: list[Cell]) -> None:
    """Write what was meant into the cell of the region, and empty the other one, which may be empty."""
    region, detail = red
    region.value, detail.value = "Region Sjælland", None


def as_text(book: Workbook) -> str:
    """A workbook as a walk is given it."""
    out = io.BytesIO()
    book.save(out)
    return base64.b64encode(out.getvalue()).decode()
