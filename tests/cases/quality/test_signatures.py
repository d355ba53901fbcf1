"""Whether a year is signed stands beside its reports, for everybody who sees the quality page."""

from __future__ import annotations

import pytest
from django.utils import timezone

from cases.months import today
from cases.reporting.receipts import signing
from partners.staff.naming import day_of
from tests.callers import Browser, Caller
from tests.cases.windows.world import LAST_YEAR, expected, reopened
from tests.pages.tables import rows
from tests.people.visitors import member, signed_in, staff, text

pytestmark = pytest.mark.django_db
PAGE = "/admin/quality/ruletally/"


def last_cells(browser: Browser, year: int = LAST_YEAR) -> dict[str, str]:
    """The last cell of each row of the matrix, by the partner."""
    page = text(browser.get(f"{PAGE}?year={year}"))
    return {row[0]: row[-1] for row in rows(page.partition('id="periods"')[2].partition("</table>")[0])}


@pytest.mark.parametrize("role", ["statistician", "approver"])
def test_the_matrix_says_when_each_partner_signed_the_year(
    ngo: Caller, police: Caller, other_ngo: Caller, role: str
) -> None:
    browser = signed_in(staff("looker", role))
    signing.sign(member(ngo.partner), LAST_YEAR)
    for caller in (ngo, police):
        expected(caller)
    expected(other_ngo, since=today().year)
    signed, missing = day_of(timezone.now()), "missing"
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
