"""The month that was half sent: three of ten referrals come, and it is not complete before its partner says so or it is due."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

import pytest
from django.contrib.auth.models import User

from cases.errors import ReferralsDiffer
from cases.intake import submit
from cases.months import COPENHAGEN
from cases.quality.feedback import feedback
from cases.quality.matrix import matrix
from cases.reminders import plan
from cases.reporting import completion, states
from cases.reporting.coverage import coverage
from cases.reporting.receipts.open_points import open_points
from cases.reporting.states import PeriodReport
from partners.models import Partner
from partners.roles import MemberRole
from tests.api.calendars import expect, shaped, stopped
from tests.callers import Caller, make_caller

pytestmark = pytest.mark.django_db
MARCH = date(2025, 3, 1)
# A Monday, a week before the deadline; the last day; and the moment after it.
MONDAY, LAST_DAY, AFTER = "2025-04-07T12:00", "2025-04-14T12:00", "2025-04-15T00:00"


def send(caller: Caller, number: int) -> None:
    """Send referrals of March."""
    for _ in range(number):
        submit.put(by=caller.principal, reference=uuid4(), values=shaped(referred_in="2025-03"))


def march(caller: Caller, now: datetime) -> PeriodReport:
    """How March stands."""
    partner = Partner.objects.get(pk=caller.partner.pk)
    return states.of_partner(partner.pk, partner.calendar, now)[0]


def told(now: datetime) -> set[tuple[str, str]]:
    """Who would be told which kind."""
    names = dict(User.objects.values_list("pk", "username"))
    return {(names[each.user_id], each.kind) for each in plan.occasions(now)}


def row(now: datetime) -> dict[str, object]:
    """The one row of March's coverage note."""
    [only] = coverage(MARCH, MARCH, now).rows
    return only.as_json


@pytest.fixture
def others(ngo: Caller) -> list[Caller]:
    """Five NGOs beside the one of the story; all report monthly since March."""
    others = [make_caller("NGO") for _ in range(5)]
    for caller in (ngo, *others):
        expect(caller, since=MARCH)
    Partner.objects.update(created_at=datetime(2025, 1, 1, tzinfo=COPENHAGEN))
    return others


def begin(ngo: Caller, others: list[Caller]) -> None:
    """The others say that there was nothing; the one of the story sends three."""
    for other in others:
        completion.declare(by=other.principal, month=MARCH, referrals=0)
    send(ngo, 3)


def test_a_half_sent_month_is_begun_until_its_partner_says_that_that_was_all(
    team: dict[MemberRole, User], ngo: Caller, others: list[Caller], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = stopped(monkeypatch)
    clock("2025-04-03T09:00")
    begin(ngo, others)
    now = clock(MONDAY)
    report = march(ngo, now)
    assert (report.state, report.referrals, report.declared_at, report.is_open) == ("BEGUN", 3, None, True)
    assert row(now) == {"kinds": ["NGO"], "expected": 6, "complete": 5, "late": 0, "begun": 1, "missing": 0}
    assert {("caseworker", "due_soon"), ("caseworker", "digest"), ("manager", "due_soon")} <= told(now)
    partner = Partner.objects.get(pk=ngo.partner.pk)
    [begun] = [each.about for each in open_points(partner, 2025, now) if each.code == "periods_begun"]
    assert begun == (report.period.label,)
    (year,) = matrix(2025, now, [partner])
    assert year.cells[2].words.en == "begun, not complete"
    with pytest.raises(ReferralsDiffer):
        completion.declare(by=ngo.principal, month=MARCH, referrals=10)
    send(ngo, 7)
    assert march(ngo, now).state == "BEGUN"
    assert completion.declare(by=ngo.principal, month=MARCH, referrals=10).referrals == 10
    report = march(ngo, now)
    assert (report.state, report.referrals, report.late, report.is_open) == ("REPORTED", 10, False, False)
    assert (row(now)["complete"], row(now)["begun"]) == (6, 0)
    assert {kind for _, kind in told(now)} == set()


def test_a_month_that_nobody_declares_is_complete_when_it_is_due_and_says_so(
    team: dict[MemberRole, User], ngo: Caller, others: list[Caller], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = stopped(monkeypatch)
    clock("2025-04-03T09:00")
    begin(ngo, others)
    now = clock(LAST_DAY)
    assert march(ngo, now).state == "BEGUN"
    assert ("caseworker", "due_now") in told(now)
    now = clock(AFTER)
    report = march(ngo, now)
    assert (report.state, report.late, report.lacks_completion) == ("REPORTED", False, True)
    assert row(now)["complete"] == 6
    assert not {"overdue", "due_now"} & {kind for _, kind in told(now)}
    partner = Partner.objects.get(pk=ngo.partner.pk)
    (year,) = matrix(2025, now, [partner])
    assert year.cells[2].words.en == "received; not declared complete"
    sentence = "These periods are past due and not declared complete: March 2025."
    assert sentence in [text.en for text in feedback(partner, 2025, now).sentences]
    completion.declare(by=ngo.principal, month=MARCH)
    assert (march(ngo, now).lacks_completion, march(ngo, now).late) == (False, False)
    assert sentence not in [text.en for text in feedback(partner, 2025, now).sentences]
