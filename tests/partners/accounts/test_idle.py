"""The rule on idle accounts: warned by mail, then switched off; never unwarned, never the last one, no season too early."""

from __future__ import annotations

from datetime import date, timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from partners.accounts import history, idle
from partners.audit import Actor
from partners.jobs.registry import TASKS, UPKEEP
from partners.mail import sending
from partners.mail.addresses import kinds_for
from partners.mail.models import Mailbox, Mailing
from partners.models import AuditEvent, Secret
from partners.people import invitations, members
from partners.people.models import Invitation, WebSession
from partners.roles import MemberRole
from tests.callers import Caller, as_web_server
from tests.mail.boxes import give_address
from tests.partners.accounts.world import PEOPLE, STAFF, day, in_days, is_on, night, unused, warnings
from tests.people.visitors import invited_by_two, member, signed_in, staff

pytestmark = pytest.mark.django_db
Box = list[EmailMessage]


@pytest.fixture
def caseworker(ngo: Caller, mail_on: Box) -> User:
    """A caseworker with a Danish address, at a partner that has a manager."""
    member(ngo.partner, MemberRole.MANAGER, "lena")
    user = member(ngo.partner, MemberRole.CASEWORKER, "karen").user
    give_address(user, "da")
    return user


def officer(name: str = "otto", *roles: str, days: int, **more: Any) -> User:
    """A member of staff with an address, who has not signed in for so many days."""
    user = unused(staff(name, *(roles or ("statistician",)), **more), days)
    give_address(user)
    return user


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


def member_of(user: User) -> User:
    """The manager of a person's partner."""
    return User.objects.get(membership__partner=user.membership.partner, membership__role="MANAGER")


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
    assert night(14) == 0 and is_on(caseworker)
    # It is asked for again, for a day that leaves two weeks again.
    assert warnings() == [("karen", day(14)), ("karen", day(28))]
    assert night(28) == 1


def test_one_that_waits_to_be_sent_is_asked_for_once(caseworker: User) -> None:
    unused(caseworker, PEOPLE[1])
    for each in range(4):
        assert night(each, mail=False) == 0
    assert warnings() == [("karen", day(14))]
    assert night(30) == 0 and is_on(caseworker)


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


@pytest.mark.parametrize("off", ["no address", "no mail"])
def test_whom_no_mail_reaches_is_left_to_staff(caseworker: User, off: str, settings: Any) -> None:
    unused(caseworker, PEOPLE[1])
    if off == "no mail":
        settings.HENVIS_MAIL_FROM = ""
    else:
        Mailbox.objects.filter(user=caseworker).update(confirmed_at=None)
    assert night() == night(400) == 0 and is_on(caseworker) and warnings() == []
    assert idle.UNREACHED in {each.protection for each in idle.left_to_staff(timezone.localdate())}


def test_the_only_manager_is_left_to_staff(caseworker: User) -> None:
    lena = member_of(caseworker)
    give_address(unused(lena, PEOPLE[1]))
    assert night() == night(20) == 0 and is_on(lena) and warnings() == []
    assert [(each.user, each.protection) for each in idle.left_to_staff(timezone.localdate())] == [
        (lena, idle.ONLY_MANAGER)
    ]


def test_of_two_managers_the_one_who_was_here_last_stays(ngo: Caller, mail_on: Box) -> None:
    first, second = (member(ngo.partner, MemberRole.MANAGER, name).user for name in ("anna", "bodil"))
    for user, days in ((first, PEOPLE[1] + 1), (second, PEOPLE[1])):
        give_address(unused(user, days))
    night()
    assert len(warnings()) == 2
    assert night(20) == 1
    assert not is_on(first) and is_on(second)
    assert [each.user for each in idle.left_to_staff(timezone.localdate(in_days(20)))] == [second]


def test_the_last_superuser_is_left_to_staff(mail_on: Box) -> None:
    first, second = (
        officer(name, days=STAFF[1] + 1 - extra, is_superuser=True) for extra, name in enumerate(("anna", "bo"))
    )
    night()
    assert night(20) == 1 and not is_on(first) and is_on(second)
    assert night(200) == 0 and is_on(second)
    [left] = idle.left_to_staff(timezone.localdate(in_days(200)))
    assert (left.user, left.protection) == (second, idle.LAST_SUPERUSER)


def test_it_is_judged_again_once_the_rows_are_locked(caseworker: User) -> None:
    unused(caseworker, PEOPLE[1])
    night()
    User.objects.filter(pk=caseworker.pk).update(last_login=timezone.now())
    assert not idle.switch_off(caseworker.pk, timezone.localdate(in_days(14))) and is_on(caseworker)


def test_a_new_account_counts_from_its_first_day(ngo: Caller, mail_on: Box) -> None:
    member(ngo.partner, MemberRole.MANAGER, "lena")
    user = member(ngo.partner, MemberRole.READER, "new").user
    give_address(user)
    assert user.last_login is None
    night(PEOPLE[0] - 1)
    assert warnings() == []
    night(PEOPLE[0])
    assert ("new", day(PEOPLE[1])) in warnings()


def test_an_account_that_was_opened_counts_from_that_day(caseworker: User) -> None:
    unused(caseworker, PEOPLE[1])
    night()
    assert night(14) == 1
    # Their own manager opens it: the rule belongs to neither side.
    members.switch(by=Actor.of(member_of(caseworker)), user=caseworker, active=True)
    assert night(14) == night(PEOPLE[0] - 1) == 0 and is_on(caseworker)
    assert len(warnings()) == 1


def test_staff_may_open_it_too(caseworker: User) -> None:
    unused(caseworker, PEOPLE[1])
    night()
    night(14)
    members.switch(by=Actor.of(staff("pm", "partner_manager")), user=caseworker, active=True)
    assert is_on(caseworker)


def test_an_account_that_two_restored_counts_from_that_day(caseworker: User) -> None:
    unused(caseworker, PEOPLE[1])
    asker, approver = (staff(name, "partner_manager") for name in ("asks", "approves"))
    membership = caseworker.membership
    invited_by_two(asker, approver, role=membership.role, partner=membership.partner, user=caseworker)
    night(PEOPLE[0] - 1, mail=False)
    assert warnings() == []


def test_people_of_a_partner_that_is_off_are_left_alone(caseworker: User) -> None:
    unused(caseworker, PEOPLE[1])
    night()
    type(caseworker.membership.partner).objects.update(active=False)
    assert night(20) == 0 and is_on(caseworker)
    assert idle.left_to_staff(timezone.localdate(in_days(20))) == []


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


def test_secrets_are_left_to_their_end(caseworker: User, ngo: Caller) -> None:
    before = list(Secret.objects.values_list("revoked_at", "expires_at"))
    assert before and all(ends for _, ends in before)
    unused(caseworker, PEOPLE[1])
    night()
    night(14)
    assert list(Secret.objects.values_list("revoked_at", "expires_at")) == before


def test_the_web_server_cannot_say_that_a_warning_was_handed_over(caseworker: User) -> None:
    unused(caseworker, PEOPLE[1])
    night(mail=False)
    mailing = Mailing.objects.get(kind="idle")
    for statement in (
        f"INSERT INTO mail_mailoutcome (mailing_id, code) VALUES ('{mailing.pk}', 'SENT')",
        f"UPDATE mail_mailing SET begun_at = now() WHERE id = '{mailing.pk}'",
        f"SELECT henvis_begin_mail('{mailing.pk}')",
    ):
        with as_web_server(), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert night(30, mail=False) == 0 and is_on(caseworker)


def test_the_worker_of_the_owner_does_it_each_night() -> None:
    task = TASKS["accounts.review"]
    assert (task.queue, task.function()) == (UPKEEP, idle.run)
    assert task.every is not None and task.every.split()[2:] == ["*", "*", "*"]


def test_the_review_of_today(caseworker: User) -> None:
    unused(caseworker, PEOPLE[0])
    assert idle.run() == 0
    assert [name for name, _ in warnings()] == ["karen"]
