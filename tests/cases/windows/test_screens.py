"""Staff screens of windows and reopenings: what they take, what they say first, and who sees what."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from cases.months import today
from cases.windows.models import Reopening, WindowChange
from partners.models import AuditEvent
from partners.staff.naming import day_of
from tests.callers import Browser, Caller, referral
from tests.cases.windows.test_ways_in import path
from tests.cases.windows.world import LAST_YEAR, TOMORROW, YESTERDAY, close, expected, keeper, month, set_window
from tests.people.visitors import signed_in, staff, text

pytestmark = pytest.mark.django_db
WINDOWS, REOPENINGS = "/admin/windows/windowchange/add/", "/admin/windows/reopening/add/"


@pytest.fixture
def browser() -> Browser:
    """A partner manager's browser."""
    return signed_in(keeper())


def form(caller: Caller | None, **changes: Any) -> dict[str, str]:
    """A filled form."""
    partner = {"partner": str(caller.partner.pk)} if caller else {}
    return {**partner, "year": str(LAST_YEAR), **{name: str(value) for name, value in changes.items()}}


def test_the_list_has_changed_deadlines_alone_and_says_so(browser: Browser, ngo: Caller) -> None:
    page = text(browser.get("/admin/windows/windowchange/"))
    assert "Changed deadlines of years" in page and "all partners follow the ordinary deadlines." in page
    set_window(ngo.partner, new_until=YESTERDAY)
    page = text(browser.get("/admin/windows/windowchange/"))
    assert "Which hold for a year, stands under Quality" in page and "follow the ordinary deadlines." not in page


def test_a_window_is_asked_about_set_and_kept_with_its_author(browser: Browser, ngo: Caller) -> None:
    days = form(ngo, new_until=YESTERDAY, corrections_until=today(), reason_code="PARTNER_ASKED")
    assert "The window holds at once." in text(browser.post(WINDOWS, days))
    assert not WindowChange.objects.exists()
    assert browser.sure(WINDOWS, days).status_code == 302
    row = WindowChange.objects.get()
    assert (row.partner, row.user, row.new_until) == (ngo.partner, keeper(), YESTERDAY)
    assert AuditEvent.objects.filter(action="windowchange.add", user=keeper()).count() == 1
    assert ngo.put(path(), referral(referred_in=month(3))).status_code == 400
    assert str(row.year) in text(browser.get("/admin/windows/windowchange/"))


def test_days_that_were_set_before_stand_in_the_form_and_are_not_taken_back_unseen(
    browser: Browser, ngo: Caller
) -> None:
    days = form(ngo, new_until=YESTERDAY, corrections_until=today(), reason_code="PARTNER_ASKED")
    browser.sure(WINDOWS, days)
    there = f"{WINDOWS}?partner={ngo.partner.pk}&year={LAST_YEAR}"
    assert f'name="new_until" value="{YESTERDAY.isoformat()}"' in text(browser.get(there))
    for other in (f"{WINDOWS}?year={LAST_YEAR}", f"{WINDOWS}?partner=x&year=y", WINDOWS):
        assert YESTERDAY.isoformat() not in text(browser.get(other))
    asked = text(browser.post(WINDOWS, form(ngo, corrections_until=today(), reason_code="PARTNER_ASKED")))
    assert "Fall back" in asked and f"new referrals until {day_of(YESTERDAY)}" in asked
    assert "Days left empty fall back" in asked
    assert "new referrals until" not in text(browser.post(WINDOWS, days)).partition("Fall back")[2]


def test_the_days_that_hold_now_are_told_before_others_are_set(browser: Browser, ngo: Caller) -> None:
    there = f"{WINDOWS}?partner={ngo.partner.pk}&year={LAST_YEAR}"
    assert f"For {LAST_YEAR} now: the year does not close." in text(browser.get(there))
    expected(ngo)
    now = (
        f"opens {day_of(date(LAST_YEAR, 1, 1))}, deadline {day_of(date(LAST_YEAR + 1, 1, 14))}, "
        f"new referrals until {day_of(date(LAST_YEAR + 1, 3, 1) - timedelta(days=1))}, "
        f"corrections until {day_of(date(LAST_YEAR + 1, 6, 30))}"
    )
    assert f"For {LAST_YEAR} now: {now}." in text(browser.get(there))
    assert f"Nu gælder for {LAST_YEAR}: åbner " in text(browser.get(there, headers={"Accept-Language": "da"}))
    days = form(ngo, deadline_on=TOMORROW, reason_code="PARTNER_ASKED")
    asked = text(browser.post(WINDOWS, days))
    assert "Holds now" in asked and now in asked
    assert now in text(browser.post(WINDOWS, {**days, "edit": "1"}))
    for other in (ngo.partner.pk, f"{uuid4()}&year=2026", f"{ngo.partner.pk}&year=99999", f"{ngo.partner.pk}&year=x"):
        assert " now: " not in text(browser.get(f"{WINDOWS}?partner={other}"))
    assert "Holds now" not in text(browser.post(WINDOWS, form(None, reason_code="YEAR_PLANNED", deadline_on=TOMORROW)))


def test_a_window_that_contradicts_itself_is_refused_in_words(browser: Browser, ngo: Caller) -> None:
    days = form(ngo, new_until=today(), corrections_until=YESTERDAY, reason_code="PARTNER_ASKED")
    assert "Corrections do not close before new referrals." in text(browser.post(WINDOWS, days))
    assert "This field is required." in text(browser.post(WINDOWS, form(ngo)))
    assert not WindowChange.objects.exists()


def test_a_year_is_reopened_after_asking(browser: Browser, ngo: Caller) -> None:
    close(ngo)
    until = form(ngo, until_on=today() + timedelta(days=3), reason_code="CENTRE_ASKED")
    assert "has to be signed again" in text(browser.post(REOPENINGS, until))
    assert not Reopening.objects.exists()
    assert browser.sure(REOPENINGS, until).status_code == 302
    assert Reopening.objects.get().user == keeper()
    assert AuditEvent.objects.filter(action="year.reopen").count() == 1
    assert ngo.put(path(), referral(referred_in=month(3))).status_code == 201


def test_only_a_window_is_for_all_partners(browser: Browser) -> None:
    shown = [text(browser.get(each)) for each in (WINDOWS, REOPENINGS)]
    assert ["Leave empty if the window is for all" in each for each in shown] == [True, False]


@pytest.mark.parametrize("days", [-1, 400])
def test_a_reopening_that_ends_before_today_or_never_is_refused_in_words(
    browser: Browser, ngo: Caller, days: int
) -> None:
    until = form(ngo, until_on=today() + timedelta(days=days), reason_code="CENTRE_ASKED")
    assert "for a year at most" in text(browser.sure(REOPENINGS, until))
    assert not Reopening.objects.exists()


@pytest.mark.parametrize("role", ["statistician", "approver", "case_manager", "data_protection", "auditor"])
def test_no_other_role_changes_a_window(ngo: Caller, role: str) -> None:
    other = signed_in(staff(role, role))
    for address in (WINDOWS, REOPENINGS):
        assert other.sure(address, form(ngo, reason_code="CENTRE_ASKED", until_on=today())).status_code == 403
    assert not WindowChange.objects.exists() and not Reopening.objects.exists()
