"""Whom the rule on idle accounts leaves alone: who was here or came back lately, the last ones, and whoever no mail reaches."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from partners.accounts import idle
from partners.audit import Actor
from partners.kinds import Mode
from partners.mail.models import Mailbox, Mailing
from partners.models import Secret
from partners.people import members
from partners.roles import MemberRole
from tests.callers import Caller, as_web_server
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
from tests.people.visitors import invited_by_two, member, staff

pytestmark = pytest.mark.django_db
Box = list[EmailMessage]


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


def test_people_in_test_mode_get_no_mail_and_are_left_to_staff(caseworker: User) -> None:
    type(caseworker.membership.partner).objects.update(mode=Mode.TEST)
    unused(caseworker, PEOPLE[1])
    assert [night(each) for each in range(4)] == [0] * 4 and warnings() == []
    assert [each.protection for each in idle.left_to_staff(timezone.localdate())] == [idle.UNREACHED]
