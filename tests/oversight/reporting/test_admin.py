"""The partners' page shows staff who is late, in one statement for a page."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.months import later, month_id, month_words, this_month, today
from cases.windows.models import YearReceipt
from oversight.reporting.receipts import signing
from partners.kinds import Mode, Reporting
from partners.models import Partner
from partners.staff.naming import NOTHING, moment_of
from sandbox.organisations import LIVE, TEST, establish
from tests.callers import Browser, Caller
from tests.cases.windows.world import set_window, spare_counts
from tests.people.visitors import member

PARTNERS = "/admin/partners/partner/"


@pytest.fixture
def staff(db: None) -> Browser:
    """A superuser's browser."""
    User.objects.create_superuser("boss", password="a-long-password")
    browser = Browser()
    assert browser.login(username="boss", password="a-long-password")
    return browser


@pytest.fixture
def late(ngo: Caller, police: Caller) -> Caller:
    """Two partners that report each month: one has, the other has not."""
    month = later(this_month(), -1)
    Partner.objects.filter(pk__in=[ngo.partner.pk, police.partner.pk]).update(
        reporting=Reporting.MONTHLY, reporting_since=month, report_due_days=0
    )
    police.put(f"/api/v1/reports/{month_id(month)}", {"referrals": 0})
    return ngo


def names(page: Any) -> set[str]:
    """The partners of a list."""
    return {partner.name for partner in page.context["cl"].result_list}


def column(page: Any, name: str) -> list[str]:
    """What a column of the list says, row by row."""
    return re.findall(rf'<td class="field-{name}[^>]*>([^<]*)</td>', page.content.decode())


def test_the_list_says_what_is_missing_of_whom(staff: Browser, late: Caller, police: Caller, centre: Caller) -> None:
    page = staff.get(PARTNERS)
    missing = {partner.name: partner.missing for partner in page.context["cl"].result_list}
    assert missing == {
        late.partner.name: [month_id(later(this_month(), -1))],
        police.partner.name: [],
        centre.partner.name: None,
    }
    assert sorted(column(page, "missing_reports")) == sorted(
        [month_words(later(this_month(), -1), "en"), "none", NOTHING]
    )


def test_the_filter_shows_who_is_late(staff: Browser, late: Caller, police: Caller, centre: Caller) -> None:
    assert names(staff.get(f"{PARTNERS}?reports=missing")) == {late.partner.name}
    assert len(names(staff.get(f"{PARTNERS}?reporting__exact=MONTHLY"))) == 2
    late.referral(referred_in=month_id(later(this_month(), -1)))
    assert names(staff.get(f"{PARTNERS}?reports=missing")) == set()


def test_who_is_switched_off_owes_nothing(staff: Browser, late: Caller) -> None:
    Partner.objects.filter(pk=late.partner.pk).update(active=False)
    assert names(staff.get(f"{PARTNERS}?reports=missing")) == set()


def test_in_test_mode_nothing_is_owed(staff: Browser, late: Caller) -> None:
    Partner.objects.filter(pk=late.partner.pk).update(mode=Mode.TEST)
    assert names(staff.get(f"{PARTNERS}?reports=missing")) == set()


def test_of_a_sandbox_s_organisations_in_test_mode_nothing_is_expected(db: None) -> None:
    for world, rhythm in ((LIVE, Reporting.MONTHLY), (TEST, Reporting.NONE)):
        partners = {client.partner for client in establish(world).values()}
        assert {each.reporting for each in partners} == {str(rhythm)}


def test_a_page_takes_one_statement_for_all(staff: Browser, late: Caller, police: Caller) -> None:
    with CaptureQueriesContext(connection) as queries:
        staff.get(PARTNERS)
    assert len([query for query in queries if "reporting_monthcompletion" in query["sql"]]) == 1


def test_nil_reports_are_to_look_at(staff: Browser, late: Caller, police: Caller) -> None:
    page = staff.get("/admin/reporting/monthcompletion/")
    assert police.partner.name in page.content.decode()
    month = month_words(later(this_month(), -1), "en")
    assert f'<td class="field-of_month" data-name="Month">{month}</td>' in page.content.decode()
    assert staff.get("/admin/reporting/monthcompletion/add/").status_code == 403


def test_the_list_says_who_has_signed_last_year(staff: Browser, ngo: Caller, police: Caller, centre: Caller) -> None:
    year = today().year - 1
    Partner.objects.filter(pk__in=[ngo.partner.pk, police.partner.pk]).update(
        reporting=Reporting.MONTHLY, reporting_since=date(year, 1, 1)
    )
    Partner.objects.filter(pk=ngo.partner.pk).update(reporting_since=date(year, 12, 1))
    set_window(None, year, new_until=today(), corrections_until=today())
    ngo.put(f"/api/v1/reports/{year}-12", {"referrals": 0})
    ngo.partner.refresh_from_db()
    spare_counts(ngo.partner)
    signing.sign(member(ngo.partner), year)
    assert names(staff.get(f"{PARTNERS}?signed=yes")) == {ngo.partner.name}
    assert names(staff.get(f"{PARTNERS}?signed=no")) == {police.partner.name}
    set_window(police.partner, year, deadline_on=today() - timedelta(days=1))
    page = staff.get(PARTNERS)
    signed = {partner.name: bool(partner.signed_at) for partner in page.context["cl"].result_list}
    assert signed == {ngo.partner.name: True, police.partner.name: False, centre.partner.name: False}
    signed_at = moment_of(YearReceipt.objects.get().signed_at)
    assert sorted(column(page, "last_year")) == sorted([signed_at, "missing", NOTHING])
    set_window(police.partner, year, deadline_on=today())
    danish = staff.get(PARTNERS, headers={"Accept-Language": "da"})
    awaited = [cell for cell in column(danish, "last_year") if cell.startswith("forventes senest ")]
    assert len(awaited) == 1 and str(today().year) in awaited[0]
    Partner.objects.filter(pk=police.partner.pk).update(reporting_since=date(year + 1, 1, 1))
    assert sorted(column(staff.get(PARTNERS), "last_year")) == sorted([signed_at, NOTHING, NOTHING])
