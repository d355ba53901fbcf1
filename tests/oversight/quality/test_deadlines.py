"""Which deadlines hold: those of all, and the exceptions of partners, the latter for who sees windows too."""

from __future__ import annotations

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.months import today
from cases.windows.models import WindowChange
from tests.callers import Browser, Caller, make_caller
from tests.cases.windows.world import LAST_YEAR, TOMORROW, YESTERDAY, expected, reopened, set_window
from tests.people.visitors import signed_in, staff, text

pytestmark = pytest.mark.django_db
PAGE = "/admin/quality/ruletally/deadlines/"


def rows(browser: Browser, year: int = LAST_YEAR, language: str = "en") -> dict[str, str]:
    """The rows of the page, by the partner."""
    page = text(browser.get(f"{PAGE}?year={year}", headers={"Accept-Language": language}))
    found = re.findall(r"<tr><th scope=\"row\">(.*?)</th>(.*?)</tr>", page, re.DOTALL)
    plain = [[html.unescape(re.sub(r"<[^>]+>|\s+", " ", each)).strip() for each in row] for row in found]
    return {name: re.sub(r"\s+", " ", rest) for name, rest in plain}


def test_the_page_has_the_days_of_all_and_the_partners_that_differ(
    ngo: Caller, police: Caller, other_ngo: Caller
) -> None:
    for caller in (ngo, police, other_ngo):
        expected(caller)
    browser = signed_in(staff("looker", "statistician"))
    ordinary = (
        "No deadlines were changed for a single partner: all that report regularly follow the ordinary deadlines."
    )
    assert ordinary in text(browser.get(f"{PAGE}?year={LAST_YEAR}"))
    assert "No partner reports regularly." in text(browser.get(f"{PAGE}?year={LAST_YEAR - 1}"))
    usual = rows(browser)
    assert [*usual] == ["All that report regularly"]
    assert f"1 Jan {LAST_YEAR} 14 Jan {LAST_YEAR + 1}" in usual["All that report regularly"]
    set_window(None, deadline_on=TOMORROW, new_until=YESTERDAY, corrections_until=TOMORROW)
    set_window(ngo.partner, new_until=YESTERDAY, corrections_until=YESTERDAY)
    reopened(police)
    told = rows(browser)
    assert set(told) == {"All that report regularly", ngo.partner.name, police.partner.name}
    assert told["All that report regularly"].endswith("closed for new ones, open for corrections")
    assert told[ngo.partner.name].endswith("closed")
    assert "reopened until" in told[police.partner.name]
    assert "genåbnet til og med" in rows(browser, language="da")[police.partner.name]
    assert "One partner follows the ordinary deadlines." in text(browser.get(f"{PAGE}?year={LAST_YEAR}"))


@pytest.mark.parametrize("role", ["approver", "case_manager"])
def test_who_sees_no_windows_reads_the_days_of_all_and_of_no_partner(ngo: Caller, role: str) -> None:
    expected(ngo)
    set_window(ngo.partner, new_until=YESTERDAY, corrections_until=YESTERDAY)
    browser = signed_in(staff("looker", role))
    assert [*rows(browser)] == ["All that report regularly"]
    page = text(browser.get(f"{PAGE}?year={LAST_YEAR}"))
    assert ngo.partner.name not in page
    assert "Single partners may have other days." in page


def test_who_may_sets_days_and_reopens_from_there_and_others_read(ngo: Caller) -> None:
    expected(ngo)
    set_window(ngo.partner, new_until=YESTERDAY, corrections_until=TOMORROW)
    manager, looker = (signed_in(staff(role, role)) for role in ("partner_manager", "auditor"))
    page = text(manager.get(f"{PAGE}?year={LAST_YEAR}"))
    add = f"/admin/windows/windowchange/add/?year={LAST_YEAR}&amp;partner={ngo.partner.pk}"
    assert add in page and f"/admin/windows/reopening/add/?year={LAST_YEAR}&amp;partner={ngo.partner.pk}" in page
    assert f'value="{LAST_YEAR}"' in text(manager.get(html.unescape(add)))
    table = text(looker.get(f"{PAGE}?year={LAST_YEAR}")).partition('<div class="wide"')[2].partition("</table>")[0]
    assert ngo.partner.name in table and "/add/" not in table
    for browser in (manager, looker):
        assert PAGE in text(browser.get("/admin/quality/ruletally/")) and PAGE in text(browser.get("/admin/"))


def test_next_year_is_shown_and_no_later_one(ngo: Caller) -> None:
    browser = signed_in(staff("looker", "auditor"))
    assert "not open yet" in rows(browser, today().year + 1)["All that report regularly"]
    for year in (today().year + 2, "x", 1999):
        assert browser.get(f"{PAGE}?year={year}").status_code == 404


def test_any_number_of_partners_takes_as_many_statements(ngo: Caller) -> None:
    browser = signed_in(staff("looker", "auditor"))
    expected(ngo)

    def statements() -> int:
        """How many the page takes."""
        with CaptureQueriesContext(connection) as taken:
            browser.get(f"{PAGE}?year={LAST_YEAR}")
        return len(taken)

    first = statements()
    for _ in range(3):
        other = make_caller("NGO")
        expected(other)
        set_window(other.partner, new_until=YESTERDAY, corrections_until=YESTERDAY)
    assert WindowChange.objects.count() == 3
    assert statements() == first
