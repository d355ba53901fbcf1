"""Mail about forms of counts: before and after their day, once a day whatever is due on it, and by one click of staff."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from cases.months import COPENHAGEN, later, month_id, this_month, today
from cases.services.expectations import of_partner
from cases.services.forms import OUTREACH
from oversight.reminders import plan
from oversight.reminders.people import ReminderRefused, remind
from partners.audit import Actor
from partners.models import AuditEvent, Partner
from partners.roles import MemberRole
from tests.api.calendars import expect
from tests.callers import Caller
from tests.cases.services.world import assign
from tests.notices import world
from tests.people.visitors import staff

pytestmark = pytest.mark.django_db
NOTHING: dict[str, list[object]] = {"visits": [], "contacts": []}


def kinds(day: date) -> set[str]:
    """The kinds of mail that a caseworker gets on a day, but for Monday's; each once."""
    at = datetime.combine(day, time(8), COPENHAGEN)
    caseworker = User.objects.get(username="caseworker").pk
    told = [each.kind for each in plan.occasions(at) if each.user_id == caseworker and each.kind != "digest"]
    assert len(told) == len({*told})
    return {*told}


def on_monday(day: date) -> bool:
    """Whether the people of a partner are told on the Monday after a day that something waits."""
    monday = datetime.combine(day + timedelta(days=7 - day.weekday()), time(8), COPENHAGEN)
    return any(each.kind == "digest" for each in plan.occasions(monday))


def test_a_form_is_reminded_of_before_and_after_its_day_until_it_comes(
    team: dict[MemberRole, User], ngo: Caller
) -> None:
    month = this_month()
    assign(ngo.partner, OUTREACH, month)
    [expectation] = of_partner(ngo.partner, timezone.now())
    last = expectation.last_day
    days = {-10: set(), -7: {"due_soon"}, -1: {"due_now"}, 1: {"overdue"}, 9: set()}
    assert {n: kinds(last + timedelta(days=n)) for n in days} == days
    assert on_monday(last)
    # A report of referrals that is due on the same day is the same mail.
    expect(ngo, since=month)
    assert kinds(last - timedelta(days=7)) == {"due_soon"}
    Partner.objects.update(reporting="NONE", reporting_since=None)
    ngo.put(f"/api/v1/counts/OUTREACH/{month_id(month)}", NOTHING)
    assert {n: kinds(last + timedelta(days=n)) for n in days} == {n: set() for n in days}
    assert not on_monday(last)


def test_a_week_of_a_crisis_is_reminded_of_the_day_before_and_the_day_after(
    team: dict[MemberRole, User], ngo: Caller
) -> None:
    monday = today() - timedelta(days=today().weekday())
    world.declare(started_on=monday)
    due = monday + timedelta(days=9)
    assert [kinds(due + timedelta(days=n)) for n in (-4, -3, -1, 1)] == [set(), set(), {"due_now"}, {"overdue"}]


def test_staff_remind_of_a_form_that_is_missing_and_of_no_other(team: dict[MemberRole, User], ngo: Caller) -> None:
    by = Actor.of(staff("one", "partner_manager"))
    month = month_id(later(this_month(), -3))
    assign(ngo.partner, OUTREACH, later(this_month(), -3))
    for form, period in (("OUTREACH", "2020-01"), ("HOTLINE", month), ("", month)):
        with pytest.raises(ReminderRefused, match="not missing"):
            remind(by=by, partner=ngo.partner, period=period, form=form)
    assert remind(by=by, partner=ngo.partner, period=month, form="OUTREACH") == 2
    assert AuditEvent.objects.get(action="partner.remind").detail == {"form": "OUTREACH", "period": month, "told": 2}
