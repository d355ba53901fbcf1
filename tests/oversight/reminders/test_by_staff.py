"""What staff do by one click: they remind a partner of a report that is missing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.mail import EmailMessage

from cases.months import later, month_id, this_month
from oversight.reminders.people import ReminderRefused, remind
from oversight.reporting import completion
from partners.audit import COMMAND, Actor
from partners.mail import sending
from partners.mail.models import Mailbox, Mailing
from partners.models import AuditEvent
from partners.roles import STAFF_ROLES, MemberRole
from tests.api.calendars import expect
from tests.callers import Caller, as_web_server, make_caller
from tests.people.visitors import staff

pytestmark = pytest.mark.django_db
Box = list[EmailMessage]


@pytest.fixture
def late(team: dict[MemberRole, User], ngo: Caller) -> str:
    """The NGO has not reported on the month before the last one. The month's id."""
    month = later(this_month(), -2)
    expect(ngo, since=month, days=0)
    return month_id(month)


def test_staff_remind_by_one_click_once_a_day_with_the_web_server_s_rights(
    team: dict[MemberRole, User], ngo: Caller, late: str, mail_on: Box
) -> None:
    by = Actor.of(staff("one", "partner_manager"))
    with as_web_server():
        assert remind(by=by, partner=ngo.partner, period=late) == 2
        with pytest.raises(ReminderRefused, match="reminded today"):
            remind(by=by, partner=ngo.partner, period=late)
    assert sending.deliver() == 2
    assert {message.subject for message in mail_on} == {"A reminder from the centre"}
    assert {row.asked_by_id for row in Mailing.objects.all()} == {by.user_id}
    event = AuditEvent.objects.get(action="partner.remind")
    assert (event.user_id, event.subject) == (by.user_id, str(ngo.partner.pk))
    assert event.detail == {"period": late, "told": 2}


def test_a_reminder_is_refused_without_the_right_or_a_reason(
    team: dict[MemberRole, User], ngo: Caller, late: str, settings: Any
) -> None:
    one = Actor.of(staff("one", "partner_manager"))
    for role in [*STAFF_ROLES, None]:
        if role != "partner_manager":
            with pytest.raises(ReminderRefused, match="partner manager"):
                remind(by=Actor.of(staff(f"other-{role}", role)), partner=ngo.partner, period=late)
    for actor in (COMMAND, Actor.of(team[MemberRole.MANAGER])):
        with pytest.raises(ReminderRefused, match="partner manager"):
            remind(by=actor, partner=ngo.partner, period=late)
    for period in ("2001-01", "nonsense", "2025-Q1", month_id(this_month())):
        with pytest.raises(ReminderRefused, match="not missing"):
            remind(by=one, partner=ngo.partner, period=period)
    expect(ngo, since=later(this_month(), -2), days=120)
    with pytest.raises(ReminderRefused, match="not missing"):
        remind(by=one, partner=ngo.partner, period=late)
    expect(ngo, since=later(this_month(), -2), days=0)
    completion.declare(by=ngo.principal, month=date.fromisoformat(f"{late}-01"))
    with pytest.raises(ReminderRefused, match="not missing"):
        remind(by=one, partner=ngo.partner, period=late)
    with pytest.raises(ReminderRefused, match="Nobody there"):
        remind(by=one, partner=make_caller("NGO").partner, period=late)
    settings.HENVIS_MAIL_FROM = ""
    with pytest.raises(ReminderRefused, match="sends no mail"):
        remind(by=one, partner=ngo.partner, period=late)
    assert not Mailing.objects.exists()


def test_who_wants_no_reminders_gets_none(team: dict[MemberRole, User], ngo: Caller, late: str) -> None:
    Mailbox.objects.update(opt_outs=["reminder"])
    with pytest.raises(ReminderRefused, match="wants no reminders"):
        remind(by=Actor.of(staff("one", "partner_manager")), partner=ngo.partner, period=late)
    assert not AuditEvent.objects.filter(action="partner.remind").exists()
