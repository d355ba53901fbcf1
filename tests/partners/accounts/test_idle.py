"""The rule on idle accounts: warned by mail, then switched off; never unwarned, never the last one, no season too early."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from partners.accounts import history, idle
from partners.audit import Actor
from partners.jobs.registry import TASKS, UPKEEP
from partners.mail import sending
from partners.mail.addresses import kinds_for
from partners.mail.models import Mailbox
from partners.models import AuditEvent
from partners.people import invitations
from partners.people.models import Invitation, WebSession
from partners.roles import MemberRole
from tests.callers import Caller
from tests.mail.boxes import give_address
from tests.partners.accounts.world import (
    PEOPLE,
    STAFF,
    day,
    in_days,
    is_on,
    member_of,
    night,
    officer,
    unused,
    warnings,
)
from tests.people.visitors import member, signed_in

pytestmark = pytest.mark.django_db
Box = list[EmailMessage]


@pytest.mark.parametrize(("days", "warned"), [(PEOPLE[0] - 1, False), (PEOPLE[0], True)])
def test_people_of_partners_are_warned_in_their_language_of_the_day(
    caseworker: User, mail_on: Box, days: int, warned: bool
) -> None:
    unused(caseworker, days)
    night()
    assert warnings() == ([("karen", day(PEOPLE[1] - days))] if warned else [])
    if warned:
        [message] = mail_on
        assert "Din konto i Henvis lukkes" in message.subject
        assert "Log ind inden da" in str(message.body)
        assert "https://henvis.example/account/" in str(message.body)
        assert "List-Unsubscribe" not in message.message()
    assert is_on(caseworker)


@pytest.mark.parametrize(("days", "warned"), [(STAFF[0] - 1, False), (STAFF[0], True)])
def test_staff_are_warned_sooner(mail_on: Box, days: int, warned: bool) -> None:
    user = officer(days=days)
    night()
    assert warnings() == ([("otto", day(STAFF[1] - days))] if warned else [])
    assert ["switched off" in message.subject for message in mail_on] == [True] * warned
    assert is_on(user)


def test_who_was_warned_is_switched_off_on_the_day_and_not_before(caseworker: User) -> None:
    unused(caseworker, PEOPLE[0])
    night()
    signed_in(caseworker)  # sets the last sign-in: taken back
    unused(caseworker, PEOPLE[0])
    invitations.make(
        by=Actor.of(member_of(caseworker)), role="READER", partner=caseworker.membership.partner, user=None
    )
    left = PEOPLE[1] - PEOPLE[0]
    assert night(left - 1) == 0 and is_on(caseworker) and WebSession.objects.filter(user=caseworker).exists()
    assert night(left) == 1 and not is_on(caseworker)
    assert not WebSession.objects.filter(user=caseworker).exists()
    event = AuditEvent.objects.get(action="person.off", subject=str(caseworker.pk))
    assert (event.user, event.client) == (None, None)
    assert event.detail == {"rule": "idle", "idle_days": PEOPLE[1]}
    assert night(left) == 0 and AuditEvent.objects.filter(action="person.off").count() == 1


def test_an_invitation_of_theirs_ends_with_the_account(ngo: Caller, mail_on: Box) -> None:
    first, second = (member(ngo.partner, MemberRole.MANAGER, name).user for name in ("anna", "bodil"))
    give_address(unused(first, PEOPLE[0]))
    invitations.invite(by=Actor.of(first), role="READER", partner=ngo.partner)
    night()
    assert night(PEOPLE[1] - PEOPLE[0]) == 1
    assert not Invitation.objects.filter(made_by=first, revoked_at=None).exists()
    assert is_on(second)


def test_it_says_in_the_audit_that_a_rule_did_it(caseworker: User) -> None:
    unused(caseworker, PEOPLE[0])
    night()
    night(PEOPLE[1] - PEOPLE[0])
    [line] = [each for each in history.lines_on(caseworker) if "switched off" in each]
    assert line.endswith(f"(by the rule on: idle accounts; days without use: {PEOPLE[1]}), by a rule")


def test_signing_in_after_the_warning_is_enough(caseworker: User) -> None:
    unused(caseworker, PEOPLE[0])
    night()
    signed_in(caseworker)
    assert night(PEOPLE[1] - PEOPLE[0]) == 0 and is_on(caseworker)
    # The old warning counts for nothing the next time.
    night(PEOPLE[1] + 1, mail=False)
    assert is_on(caseworker) and len(warnings()) == 2


def test_a_warning_by_a_clock_that_was_ahead_is_none_after_the_next_sign_in(caseworker: User) -> None:
    unused(caseworker, PEOPLE[0])
    night()
    # Put right, the clock says that this sign-in was ten days before the warning.
    unused(caseworker, 10)
    assert night(PEOPLE[1] - 10) == 0 and is_on(caseworker)
    assert warnings() == [("karen", day(PEOPLE[1] - PEOPLE[0])), ("karen", day(PEOPLE[1] - 10 + 14))]


def test_nobody_is_switched_off_without_a_warning_of_two_weeks(caseworker: User) -> None:
    """The worker was away for half a year: the first night warns, and names a day that leaves time."""
    unused(caseworker, PEOPLE[1] + 180)
    assert night() == 0 and is_on(caseworker)
    assert warnings() == [("karen", day(14))]
    assert night(13) == 0 and is_on(caseworker)
    assert night(14) == 1


def test_a_warning_that_was_not_handed_over_is_none(caseworker: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any, **__: Any) -> int:
        raise SMTPServerDisconnected

    unused(caseworker, PEOPLE[1])
    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", away)
        night()
    # Staff are told once it could not be handed over for two weeks.
    assert idle.left_to_staff(timezone.localdate(in_days(13))) == []
    [left] = idle.left_to_staff(timezone.localdate(in_days(14)))
    assert (left.user, left.protection) == (caseworker, None)
    assert night(14) == 0 and is_on(caseworker)
    # It is asked for again, for a day that leaves two weeks again.
    assert warnings() == [("karen", day(14)), ("karen", day(28))]
    assert night(27) == 0
    assert night(28) == 1


def test_the_day_that_the_mail_named_stands_though_the_settings_change(caseworker: User, settings: Any) -> None:
    unused(caseworker, PEOPLE[0])
    night()
    settings.HENVIS_PEOPLE_OFF_AFTER = PEOPLE[0] + 14
    assert night(PEOPLE[1] - PEOPLE[0] - 1) == 0 and is_on(caseworker)
    assert night(PEOPLE[1] - PEOPLE[0]) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("STAFF_WARNED_AFTER", "13"),
        ("STAFF_OFF_AFTER", "73"),
        ("PEOPLE_WARNED_AFTER", "731"),
        ("PEOPLE_OFF_AFTER", "378"),
    ],
)
def test_days_that_cannot_be_meant_are_refused_by_name(name: str, text: str) -> None:
    """Fewer than two weeks between the warning and the end among them."""
    environment = {**os.environ, f"HENVIS_{name}": text}
    done = subprocess.run(
        [sys.executable, "-c", "import config.settings"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert f"HENVIS_{name} must be a whole number between" in done.stderr


def test_one_that_waits_to_be_sent_is_asked_for_once(caseworker: User) -> None:
    unused(caseworker, PEOPLE[1])
    for each in range(4):
        assert night(each, mail=False) == 0
    assert warnings() == [("karen", day(14))]
    assert night(30) == 0 and is_on(caseworker)


def test_one_that_waited_until_its_day_is_near_is_not_sent_and_another_names_a_later_day(
    caseworker: User, mail_on: Box
) -> None:
    unused(caseworker, PEOPLE[1])
    night(-1, mail=False)
    assert sending.deliver() == 0 and mail_on == []
    night()
    assert warnings() == [("karen", day(13)), ("karen", day(14))]
    assert len(mail_on) == 1 and is_on(caseworker)


def test_who_signed_in_while_the_mail_waited_does_not_get_it(caseworker: User, mail_on: Box) -> None:
    unused(caseworker, PEOPLE[0])
    night(mail=False)
    User.objects.filter(pk=caseworker.pk).update(last_login=timezone.now())
    assert sending.deliver() == 0
    assert mail_on == []


def test_a_warning_that_came_back_is_none(caseworker: User) -> None:
    unused(caseworker, PEOPLE[1])
    night()
    sending.mark(caseworker.pk)
    assert night(14) == 0 and is_on(caseworker)
    assert [each.protection for each in idle.left_to_staff(timezone.localdate())] == [idle.UNREACHED]


def test_nobody_stops_this_kind_of_mail(caseworker: User, mail_on: Box) -> None:
    Mailbox.objects.filter(user=caseworker).update(opt_outs=["digest", "codes"])
    assert "idle" not in kinds_for(caseworker)
    unused(caseworker, PEOPLE[0])
    night()
    assert len(mail_on) == 1


def test_who_reports_once_a_year_in_the_season_is_never_switched_off() -> None:
    """From the first day of a season to the last one of the next, in any two years."""
    longest = max((date(year + 1, 3, 1) - timedelta(days=1) - date(year, 1, 1)).days for year in range(2024, 2033))
    assert longest == 424 < settings.HENVIS_PEOPLE_OFF_AFTER == PEOPLE[1]
    warned, staff_days = (
        settings.HENVIS_PEOPLE_WARNED_AFTER,
        (settings.HENVIS_STAFF_WARNED_AFTER, settings.HENVIS_STAFF_OFF_AFTER),
    )
    assert warned == PEOPLE[0]
    assert staff_days == STAFF


def test_the_worker_of_the_owner_does_it_each_night() -> None:
    task = TASKS["accounts.review"]
    assert (task.queue, task.function()) == (UPKEEP, idle.run)
    assert task.every is not None and task.every.split()[2:] == ["*", "*", "*"]


def test_the_review_of_today(caseworker: User) -> None:
    unused(caseworker, PEOPLE[0])
    assert idle.run() == 0
    assert [name for name, _ in warnings()] == ["karen"]
