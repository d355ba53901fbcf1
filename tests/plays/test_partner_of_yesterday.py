"""The partner of yesterday: it is asked for nothing that ended before it was there, and every page says the same."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.utils import timezone

from cases.months import month_id, this_month, today
from cases.services.periods import CountPeriod
from cases.services.shapes import CountPeriodKind
from notices.models import Crisis
from oversight.reminders import plan
from partners.audit import COMMAND
from partners.credentials import add_client
from partners.kinds import Reporting
from partners.models import Client, Partner
from partners.roles import MemberRole
from tests.api.asserts import body
from tests.api.calendars import expect
from tests.api.open_figures import get
from tests.callers import Caller, agree, issue_token, make_caller
from tests.mail.boxes import give_address
from tests.mail.conftest import mail_on
from tests.notices import world
from tests.pages.desk.conftest import at
from tests.plays import stage

__all__ = ["mail_on"]

pytestmark = pytest.mark.django_db
PARTNERS = "/admin/partners/partner/"
LOOKING = ("view_crisis", "view_notice", "view_monthcompletion", "view_countassignment", "view_countreport")
WEEK = CountPeriod.holding(CountPeriodKind.WEEK, today())


@pytest.fixture
def old(db: None) -> Caller:
    """A shelter that has reported for years."""
    caller = make_caller("NGO", name="Old Shelter")
    expect(caller, since=date(today().year - 1, 1, 1))
    Partner.objects.filter(pk=caller.partner.pk).update(created_at=timezone.now() - timedelta(days=800))
    return caller


@pytest.fixture
def petra(old: Caller) -> stage.Member:
    """Who looks after partners. A crisis has lasted three weeks."""
    world.declare(started_on=WEEK.back(3).first)
    return stage.Member("petra", ("view_partner", "add_partner", "change_partner", *LOOKING))


def joins(petra: stage.Member) -> Partner:
    """A partner is added today, that reports every month from this one on."""
    form = {"name": "New Shelter", "kind": "NGO", "mode": "LIVE", "active": "on", "umbrella": ""}
    calendar = {"reporting": str(Reporting.MONTHLY), "report_due_days": 14, "reporting_since": f"{today()}"}
    assert "New Shelter is added" in petra.does(f"{PARTNERS}add/", {**form, **calendar})
    partner = Partner.objects.get(name="New Shelter", mode="LIVE")
    agree(partner)
    return partner


def is_asked_for(partner: Partner) -> tuple[list[str], list[str]]:
    """The weeks and the months for which a program of the partner reads that it is asked."""
    client, secret = add_client(by=COMMAND, partner=partner)
    caller = Caller(partner, client, secret, issue_token(client))
    counts, reports = (body(caller.get(f"/api/v1/{each}"))["items"] for each in ("counts", "reports"))
    assert {each["state"] for each in (*counts, *reports)} == {"NOT_DUE", "EXPECTED"}
    return [each["period"] for each in counts], [each["period"] for each in reports]


def test_who_joins_today_is_asked_for_this_week_and_this_month(
    petra: stage.Member, old: Caller, mail_on: list[EmailMessage]
) -> None:
    partner = joins(petra)
    month = month_id(this_month())
    counts, reports = is_asked_for(partner)
    # On the last days of a month its own form is asked for too, of the days since.
    assert WEEK.id in counts and {*counts} <= {WEEK.id, month} and reports == [month]
    check_desk(partner)
    page = petra.opens(f"{PARTNERS}{partner.pk}/change/")
    assert "The situation in a crisis: nothing is missing" in page
    assert "No forms are expected." not in page and "Is missing: The situation" not in page
    assert re.search(r"New Shelter NGO Live confirmed none –", petra.opens(PARTNERS))
    crisis = petra.opens(f"/admin/notices/crisis/{Crisis.objects.get().pk}/change/")
    asked_of = re.findall(r"week \d+, \d+ 0 of (\d)", crisis)
    assert asked_of == ["2", "1", "1", "1"]
    old_page = petra.opens(f"{PARTNERS}{old.partner.pk}/change/")
    assert f"Is missing: The situation in a crisis, {WEEK.back(2).words('en')}" in old_page
    nadia = User.objects.get(username="nadia")
    give_address(nadia)
    Client.objects.update(seen_at=timezone.now())
    assert [each.kind for each in plan.occasions(timezone.now()) if each.user_id == nadia.pk] == []


def check_desk(partner: Partner) -> None:
    """The desk asks for this week and this month, and says of nothing that it is missing."""
    browser = at(partner, MemberRole.CASEWORKER, "nadia")
    home, counts, notices = (
        stage.words(browser.get(f"/send/{each}", **stage.ENGLISH)) for each in ("", "counts/", "notices/")
    )
    listed = counts.partition("Another form or another period")[0]
    for page in (home.partition("Period State")[0], listed, notices):
        assert re.findall(r"situation in a crisis, (week \d+, \d+)", page) in ([WEEK.words("en")], [])
    assert WEEK.words("en") in home and WEEK.words("en") in listed
    assert "issing" not in home + listed


def test_a_year_before_it_was_there_is_published_without_it(petra: stage.Member) -> None:
    """Whether a partner joins or not, as many reports of last year were expected."""
    year = today().year - 1
    joins(petra)
    ida, ole = stage.statistician(), stage.approver()
    stage.Reporters().report(year, 9)
    assert "0 of 12 expected reports have come." in ida.orders(year, ["TOTAL"])
    ida.orders(year, ["TOTAL"], **stage.REASONS)
    assert "0 of 12 expected have come." in ole.acts(f"{year}.p1", "publish")
    assert "is published" in ole.acts(f"{year}.p1", "publish", {**stage.REASONS, **stage.UNANNOUNCED})
    assert "1 partner was expected to report" in stage.public_page(f"/en/releases/{year}.p1/")
    assert "1 partner skulle indberette" in stage.public_page(f"/da/udgivelser/{year}.p1/")
    note = body(get(f"/api/v1/releases/{year}.p1"))["coverage"]
    assert (note["expected"], note["rows"], note["nil"]) == (1, [], None)
