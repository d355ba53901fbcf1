"""Invitations: one use, seven days, and one answer for all that cannot be used."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.utils import timezone

from partners.audit import COMMAND, Actor
from partners.models import AuditEvent
from partners.people import invitations, members
from partners.people.invitations import InvitationRefused, NameTaken, accept, invite
from partners.people.models import Invitation, Membership, WebSession
from partners.roles import SUPERUSER, MemberRole
from tests.callers import Browser, Caller
from tests.people.visitors import Elements, invited_by_two, member, password, signed_in, staff, with_app
from tests.threads import at_once

pytestmark = pytest.mark.django_db
PAGE = "/account/invitation/"
TOKEN = re.compile(r"hv_invite_[0-9a-f]{64}")
NEW = "a-password-of-the-own-choice"


def chosen(token: str, name: str = "ida", **changes: str) -> dict[str, str]:
    """What a person fills in."""
    return {"token": token, "username": name, "password1": NEW, "password2": NEW, **changes}


def test_an_invitation_makes_an_account_which_then_needs_a_factor(ngo: Caller) -> None:
    token = invite(by=COMMAND, role="MANAGER", partner=ngo.partner)
    browser = Browser()
    assert browser.post(PAGE, chosen(token)).headers["Location"] == "/account/setup/"
    found = Membership.objects.get()
    assert (found.user.username, found.partner, found.role) == ("ida", ngo.partner, "MANAGER")
    assert not found.user.is_staff
    assert browser.get("/account/").headers["Location"] == "/account/setup/"
    assert password(Browser(), "ida", NEW).status_code == 302
    event = AuditEvent.objects.get(action="invitation.accept")
    row = Invitation.objects.get()
    assert (event.user_id, event.subject, event.detail) == (found.user_id, str(row.pk), {"role": "MANAGER"})
    assert token not in str(row.__dict__) + str(list(AuditEvent.objects.values()))


def test_staff_get_their_role_and_no_more() -> None:
    user = accept(token=invite(by=COMMAND, role="approver"), username="ida", password=NEW)
    assert (user.is_staff, user.is_superuser) == (True, False)
    assert [group.name for group in user.groups.all()] == ["approver"]
    everything = accept(token=invite(by=COMMAND, role=SUPERUSER), username="boss", password=NEW)
    assert (everything.is_staff, everything.is_superuser) == (True, True)


def unusable(partner: Any) -> dict[str, str]:
    """Tokens of every kind that opens nothing."""
    made = {kind: invite(by=COMMAND, role="READER", partner=partner) for kind in ("used", "expired", "revoked")}
    rows = list(Invitation.objects.order_by("made_at"))
    accept(token=made["used"], username="first", password=NEW)
    Invitation.objects.filter(pk=rows[1].pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    invitations.revoke(by=COMMAND, invitation=rows[2])
    return {**made, "unknown": "hv_invite_" + "0" * 64, "odd": "é", "short": "x"}


def test_all_that_cannot_be_used_reads_alike(ngo: Caller) -> None:
    pages = set()
    for token in unusable(ngo.partner).values():
        page = Browser().post(PAGE, chosen(token)).content.decode()
        pages.add(re.sub(r'value="[^"]*"', "", page))
    assert len(pages) == 1
    assert "cannot be used" in pages.pop()
    assert User.objects.filter(is_active=True).count() == 1


def test_an_invitation_lives_seven_days(ngo: Caller) -> None:
    invite(by=COMMAND, role="READER", partner=ngo.partner)
    assert abs(Invitation.objects.get().expires_at - timezone.now() - timedelta(days=7)) < timedelta(minutes=1)


def test_an_invitation_ends_with_its_partner_or_its_maker(ngo: Caller) -> None:
    manager = member(ngo.partner)
    token = invite(by=Actor.of(manager.user), role="READER", partner=ngo.partner)
    members.switch(by=COMMAND, user=manager.user, active=False)
    with pytest.raises(InvitationRefused):
        accept(token=token, username="ida", password=NEW)
    members.switch(by=COMMAND, user=manager.user, active=True)
    token = invite(by=Actor.of(manager.user), role="READER", partner=ngo.partner)
    ngo.partner.active = False
    ngo.partner.save()
    with pytest.raises(InvitationRefused):
        accept(token=token, username="ida", password=NEW)


def of_somebody_who_held(account: User, ngo: Caller) -> list[str]:
    """An invitation that somebody made who had found a manager's session open; and one to this account, made by a command."""
    makers = ((Actor.of(account), None), (COMMAND, account))
    return [invite(by=by, partner=ngo.partner, role="MANAGER", user=user) for by, user in makers]


def test_what_an_account_invited_does_not_open_again_when_it_is_switched_on(ngo: Caller) -> None:
    """By each of the two pages that switch off."""
    manager, boss = member(ngo.partner).user, signed_in(staff("boss", is_superuser=True))
    row = {"username": manager.username, "date_joined_0": "2026-01-01", "date_joined_1": "12:00:00"}
    by_form = partial(boss.post, f"/admin/auth/user/{manager.pk}/change/", row)
    for switch_off in (partial(members.switch, by=COMMAND, user=manager, active=False), by_form):
        tokens = of_somebody_who_held(manager, ngo)
        switch_off()
        assert not User.objects.get(pk=manager.pk).is_active
        members.switch(by=COMMAND, user=manager, active=True)
        for token in tokens:
            with pytest.raises(InvitationRefused):
                accept(token=token, username="evil", password=NEW)


def test_an_account_that_comes_back_leaves_no_other_invitation_of_its_own(ngo: Caller) -> None:
    manager = member(ngo.partner).user
    tokens = of_somebody_who_held(manager, ngo)
    accept(token=invite(by=COMMAND, role="MANAGER", partner=ngo.partner, user=manager), username="", password=NEW)
    for token in tokens:
        with pytest.raises(InvitationRefused):
            accept(token=token, username="evil", password=NEW)


def test_an_invitation_is_revoked_while_its_maker_is_switched_off(ngo: Caller) -> None:
    manager = member(ngo.partner).user
    invite(by=Actor.of(manager), role="READER", partner=ngo.partner)
    User.objects.filter(pk=manager.pk).update(is_active=False)
    invitations.revoke(by=COMMAND, invitation=Invitation.objects.get())
    assert Invitation.objects.get().revoked_at


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_once_one_gets_an_account(ngo: Caller) -> None:
    token = invite(by=COMMAND, role="READER", partner=ngo.partner)
    answers = at_once([lambda n=n: Browser().post(PAGE, chosen(token, f"name{n}")).status_code for n in range(4)])  # type: ignore[misc]
    assert sorted(answers) == [200, 200, 200, 302]
    assert User.objects.filter(is_active=True).count() == Membership.objects.count() == 1


def test_a_name_that_is_taken_does_not_use_the_invitation_up(ngo: Caller) -> None:
    staff("Ida")
    token = invite(by=COMMAND, role="READER", partner=ngo.partner)
    assert "another user name" in Browser().post(PAGE, chosen(token)).content.decode()
    assert "Choose a user name" in Browser().post(PAGE, chosen(token, "")).content.decode()
    with pytest.raises(NameTaken):
        accept(token=token, username="IDA", password=NEW)
    assert Browser().post(PAGE, chosen(token, "eva")).status_code == 302


def test_a_password_that_is_weak_or_mistyped_is_refused(ngo: Caller) -> None:
    token = invite(by=COMMAND, role="READER", partner=ngo.partner)
    for wrong in (
        {"password1": "short", "password2": "short"},
        {"password2": "another-password"},
        {"username": "a\0b"},
    ):
        assert Browser().post(PAGE, chosen(token, **wrong)).status_code == 200
    assert not User.objects.filter(is_active=True).exists()


def test_guesses_of_a_token_end() -> None:
    for _ in range(10):
        assert Browser().post(PAGE, chosen("hv_invite_" + "0" * 64)).status_code == 200
    answer = Browser().post(PAGE, chosen("hv_invite_" + "0" * 64))
    assert answer.status_code == 429
    assert "Too many attempts" in answer.content.decode()


def test_an_account_comes_back_without_its_factors_and_sessions(ngo: Caller) -> None:
    person = member(ngo.partner, MemberRole.CASEWORKER)
    with_app(person.user)
    old = signed_in(person.user)
    manager, colleague = (member(ngo.partner).user for _ in range(2))
    handed = invited_by_two(manager, colleague, role="CASEWORKER", partner=ngo.partner, user=person.user)
    browser = Browser()
    assert browser.post(PAGE, chosen(**handed)).headers["Location"] == "/account/setup/"
    assert not Authenticator.objects.filter(user=person.user).exists()
    assert old.get("/account/").status_code == 302
    assert WebSession.objects.filter(user=person.user).count() == 1
    assert password(Browser(), person.user.username).status_code == 200
    assert password(Browser(), person.user.username, NEW).status_code == 302
    with pytest.raises(InvitationRefused, match="the role that it had"):
        invite(by=COMMAND, role="MANAGER", partner=ngo.partner, user=person.user)


def test_the_page_takes_the_token_from_the_fragment_or_a_field() -> None:
    page = Browser().get(PAGE)
    elements = Elements(page.content.decode()).found
    assert ("token", None) in [(each.get("name"), each.get("value")) for _, each in elements]
    scripts = [str(each["src"]) for tag, each in elements if tag == "script"]
    assert scripts == ["/static/people/invitation.js"]
    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["Referrer-Policy"] == "same-origin"


def test_accepting_ends_whatever_session_the_browser_had(ngo: Caller) -> None:
    browser = signed_in(staff("boss", is_superuser=True))
    browser.post(PAGE, chosen(invite(by=COMMAND, role="READER", partner=ngo.partner)))
    assert browser.get("/account/").headers["Location"] == "/account/setup/"
    assert browser.session["_auth_user_id"] == str(User.objects.get(username="ida").pk)
