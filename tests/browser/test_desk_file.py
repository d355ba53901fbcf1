"""A caseworker's way in a real browser, from the invitation to the signature of a year, and a manager's round."""

from __future__ import annotations

import base64
import io
from uuid import uuid4

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell

from cases.months import this_month, today
from deploy.demo import household as demo_people
from pages.desk.year_words import REOPENED, SIGNED
from tests.browser.conftest import Stage

pytestmark = pytest.mark.browser
RED = "FFFFC7CE"


def book_of(content: str) -> Workbook:
    """A workbook of a report."""
    return load_workbook(io.BytesIO(base64.b64decode(content)))


def test_a_caseworker_is_invited_mends_a_file_and_signs_the_year_without_scripts_and_by_keyboard(stage: Stage) -> None:
    told = {"who": f"mette-{uuid4().hex[:8]}", "manager": demo_people.MANAGER, "year": today().year - 1}
    wrong = stage.walk("desk_file", stage.secure, **told, mended="")
    assert (wrong["at"], wrong["template"], wrong["links"]) == ("/send/", "PK", 2)
    assert (wrong["says"], wrong["faults"]) == ("38 rækker kan sendes, 2 rækker skal rettes.", {})
    book = book_of(wrong["errors"])
    sheet = book.worksheets[0]
    notes = [row[0].value for row in sheet.iter_rows(min_row=2, max_col=1) if row[0].value]
    red = [cell for row in sheet.iter_rows(min_row=2, min_col=2) for cell in row if cell.fill.fgColor.rgb == RED]
    assert len(notes) == 2 and len(red) == 2 and wrong["clicks"] == 6
    mend(red)
    right = stage.walk("desk_file", stage.secure, **told, mended=as_text(book))
    assert (right["says"], right["stored"]) == ("40 rækker kan sendes.", "40 nye rækker er gemt.")
    assert (right["references"], right["clicks"], right["faults"]) == (40, 5, {})
    assert right["again"] == {"says": "Der er intet nyt at sende", "sendable": 0}
    assert right["year"] == {"said": str(SIGNED.da), "isReceipt": True, "reopened": str(REOPENED.da)}


def test_a_manager_reports_nothing_and_finds_keys_people_and_feedback_in_one_menu(stage: Stage) -> None:
    year = today().year - 1
    found = stage.walk("desk_manager", stage.secure, who=demo_people.MANAGER, year=year)
    assert found["faults"] == {}
    # In January the demo has no month that is over: last year can be signed.
    assert found["menus"] == 1
    assert found["answered"] or this_month().month == 1
    assert found["current"] == [f"/account/{each}/" for each in ("secrets", "people", "agreement", "reads")]
    assert found["heading"] == f"Tilbagemelding {year}"


def mend(red: list[Cell]) -> None:
    """Write what was meant into the cell of the region, and empty the other one, which may be empty."""
    region, detail = red
    region.value, detail.value = "Region Sjælland", None


def as_text(book: Workbook) -> str:
    """A workbook as a walk is given it."""
    out = io.BytesIO()
    book.save(out)
    return base64.b64encode(out.getvalue()).decode()
