"""Own figures by fields that hold several codes, on the page and in its files: lines of answers, totals of referrals."""

from __future__ import annotations

import csv
import io
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from partners.models import RecordRead
from partners.roles import STAFF_ROLES, MemberRole
from stats.own.axes import SIDES
from tests import own_model as model
from tests.callers import Browser, Caller
from tests.pages.desk.conftest import at
from tests.pages.tables import rows
from tests.people.visitors import signed_in, staff, strict, text

pytestmark = pytest.mark.django_db
FIGURES = "/send/figures/"
NOTE = (
    "A referral counts under each of its answers to “Services needed”, so numbers may add up to more than the total. Totals count "
    "each referral once."
)
FILE = f"{FIGURES}file/csv/"


@pytest.fixture
def browser(ngo: Caller) -> Browser:
    """A reader of an NGO with three referrals."""
    ngo.referral(gender="F", services_needed=["LEGAL", "HEALTH"])
    ngo.referral(gender="M", services_needed=["HEALTH"])
    ngo.referral(gender="F", services_needed=[])
    return at(ngo.partner, MemberRole.READER, "rolf")


def test_which_support_is_needed_is_counted_with_totals_of_referrals(browser: Browser) -> None:
    answer = browser.get(f"{FIGURES}?rows=services_needed&columns=gender")
    strict(answer)
    assert rows(text(answer)) == [
        ["Services needed", "Female", "Male", "Total"],
        ["Health care", "1", "1", "2"],
        ["Legal aid", "1", "0", "1"],
        ["None", "1", "0", "1"],
        ["Total", "2", "1", "3"],
    ]
    assert NOTE in text(answer)
    assert RecordRead.objects.get(operation="desk/figures").rows == 3


def test_it_is_said_across_and_in_files_and_not_where_all_adds_up(browser: Browser) -> None:
    query = "?rows=gender&columns=services_needed"
    assert NOTE in text(browser.get(f"{FIGURES}{query}"))
    lines = list(csv.reader(io.StringIO(browser.get(f"{FILE}{query}").content.decode())))
    assert [NOTE] in lines
    assert lines[-1] == ["Total", "2", "1", "1", "3"]
    sheet = load_workbook(BytesIO(browser.get(f"{FIGURES}file/xlsx/{query}").content)).active
    assert sheet is not None
    assert NOTE in [cell.value for cell in sheet["A"]]
    assert "more than the total" not in text(browser.get(f"{FIGURES}?rows=gender"))
    assert "more than the total" not in browser.get(f"{FILE}?rows=gender").content.decode()


def test_danish_says_it_too(browser: Browser) -> None:
    browser.post("/account/language/", {"language": "da", "next": "/send/"})
    page = text(browser.get(f"{FIGURES}?rows=services_needed"))
    assert "hvert af sine svar på »Behov for støtte«, så tallene kan give mere end i alt" in page
    assert ["Ingen", "1"] in rows(page)


def test_staff_of_any_role_and_other_partners_read_none_of_it(browser: Browser, other_ngo: Caller) -> None:
    query = "?rows=services_needed"
    assert "Health care" not in [
        line[0] for line in rows(text(at(other_ngo.partner, MemberRole.MANAGER).get(FIGURES + query)))
    ]
    for role in STAFF_ROLES:
        colleague = signed_in(staff(f"staff-{role}", role))
        assert [colleague.get(f"{path}{query}").status_code for path in (FIGURES, FILE)] == [403, 403], role


@settings(max_examples=20, deadline=None)
@given(referrals=model.records(), sides=st.lists(st.sampled_from(model.AXES), min_size=2, max_size=2, unique=True))
def test_a_table_and_its_totals_are_those_of_plain_dictionaries(
    referrals: list[model.Record], sides: list[str]
) -> None:
    down, across = sides
    browser = at(model.partner_with(referrals).partner, MemberRole.READER)
    content = browser.get(f"{FILE}?rows={down}&columns={across}&from=2024-11&to=2025-03").content.decode()
    lines = list(csv.reader(io.StringIO(content)))
    heads, *table = lines[lines.index([]) + 1 :]
    cells = {(line[0], head): int(number) for line in table for head, number in zip(heads[1:], line[1:], strict=True)}
    expected = {
        (label(down, row), label(across, column)): number
        for (row, column), number in model.with_totals(referrals, down, across, "Total").items()
    }
    assert {cell: number for cell, number in cells.items() if number} == expected


def label(axis: str, code: str) -> str:
    """What a line or a column of a code is called."""
    return next((each.label.en for each in SIDES[axis].codes(()) if each.code == code), code)
