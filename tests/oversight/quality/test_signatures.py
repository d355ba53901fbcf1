"""Whether a year is signed stands beside its reports, for everybody who sees the quality page."""

from __future__ import annotations

import pytest
from django.utils import timezone

from cases.months import today
from oversight.reporting.receipts import signing
from partners.staff.naming import day_of
from tests.callers import Browser, Caller
from tests.cases.windows.world import LAST_YEAR, TOMORROW, YESTERDAY, expected, reopened, set_window
from tests.pages.tables import rows
from tests.people.visitors import member, signed_in, staff, text

pytestmark = pytest.mark.django_db
PAGE = "/admin/quality/ruletally/"


def last_cells(browser: Browser, year: int = LAST_YEAR) -> dict[str, str]:
    """The last cell of each row of the matrix, by the partner."""
    page = text(browser.get(f"{PAGE}?year={year}"))
    return {row[0]: row[-1] for row in rows(page.partition('id="periods"')[2].partition("</table>")[0])}


@pytest.mark.parametrize(("role", "missing"), [("statistician", "missing"), ("approver", "not signed")])
def test_the_matrix_says_when_each_partner_signed_the_year(
    ngo: Caller, police: Caller, other_ngo: Caller, role: str, missing: str
) -> None:
    browser = signed_in(staff("looker", role))
    signing.sign(member(ngo.partner), LAST_YEAR)
    for caller in (ngo, police):
        expected(caller)
    expected(other_ngo, since=today().year)
    set_window(None, deadline_on=YESTERDAY)
    signed = day_of(timezone.now())
    assert last_cells(browser) == {
        "Partner": "Signed",
        ngo.partner.name: signed,
        police.partner.name: missing,
        other_ngo.partner.name: "–",
    }
    # A year that goes on is signed by nobody yet.
    assert {*last_cells(browser, today().year).values()} == {"Signed", "–"}
    lines = text(browser.get(f"{PAGE}csv/?year={LAST_YEAR}"))
    assert f"signed,{ngo.partner},{LAST_YEAR},{signed}" in lines
    assert f"signed,{police.partner},{LAST_YEAR},{missing}" in lines and f"signed,{other_ngo.partner}" not in lines
    reopened(ngo)
    assert last_cells(browser)[ngo.partner.name] == missing


@pytest.mark.parametrize(
    ("role", "words", "late"),
    [
        ("statistician", f"awaited by {day_of(TOMORROW)}", "missing"),
        ("approver", "not signed", "not signed"),
        ("case_manager", "not signed", "not signed"),
    ],
)
def test_a_signature_is_missing_only_after_the_deadline_of_its_partner(
    ngo: Caller, police: Caller, role: str, words: str, late: str
) -> None:
    """Whose deadline is which, is for who sees windows: to others both partners look alike, before and after it."""
    browser = signed_in(staff("looker", role))
    for caller in (ngo, police):
        expected(caller)
    set_window(ngo.partner, deadline_on=TOMORROW)
    set_window(police.partner, deadline_on=YESTERDAY)
    cells = last_cells(browser)
    assert (cells[ngo.partner.name], cells[police.partner.name]) == (words, late)
    page = text(browser.get(f"{PAGE}?year={LAST_YEAR}"))
    assert ("<strong>missing</strong></td></tr>" in page) is (late == "missing")
    lines = text(browser.get(f"{PAGE}csv/?year={LAST_YEAR}")).replace('"', "")
    assert f"signed,{ngo.partner},{LAST_YEAR},{words}" in lines
    assert f"signed,{police.partner},{LAST_YEAR},{late}" in lines
