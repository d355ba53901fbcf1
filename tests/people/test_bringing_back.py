"""An account of a partner comes back by two: one manager asks, another or the centre approves, and its person is told by mail."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db import DatabaseError, transaction
from django.utils import timezone

from partners.access import requests
from partners.access.requests import AccessRefused
from partners.audit import Actor
from partners.mail import sending
from partners.models import AccessDecision, AccessRequest, Partner
from partners.people import members
from partners.people.invitations import InvitationRefused, accept, invite
from partners.people.models import Invitation
from partners.roles import MemberRole
from tests.callers import Browser, Caller, as_web_server
from tests.mail.boxes import give_address
from tests.mail.conftest import mail_on as mail_on
from tests.people.test_invitations import NEW, PAGE, chosen
from tests.people.visitors import PASSWORD, invited_by_two, member, signed_in, staff
from tests.sql.calls import refusal, web_value

pytestmark = pytest.mark.django_db
BACK = "/account/people/back/"
DECIDE = "SELECT henvis_decide(%s, %s, %s)"
TOKEN = re.compile(r"hv_invite_[0-9a-f]{64}")
CODE = re.compile(r"<code>([0-9a-f]{16})</code>")


@pytest.fixture
def person(ngo: Caller) -> User:
    """A caseworker who has lost the phone."""
    return member(ngo.partner, MemberRole.CASEWORKER, "ida").user


@pytest.fixture
def asker(ngo: Caller) -> User:
    """A manager who asks."""
    return member(ngo.partner, name="asker").user


@pytest.fixture
def other(ngo: Caller) -> User:
    """Another manager of the partner."""
    return member(ngo.partner, name="other").user


def sure(browser: Browser, path: str, row: object) -> str:
    """The page after an act that was asked about."""
    return str(browser.post(path, {"row": str(row), "sure": "yes"}, follow=True).content.decode())


def ask(asker: User, person: User) -> AccessRequest:
    """What a manager asks for."""
    asked, _ = requests.ask_invitation(
        by=Actor.of(asker), role=person.membership.role, partner=person.membership.partner, user=person
    )
    return asked


def test_one_asks_and_another_approves_and_each_is_shown_a_half(person: User, asker: User, other: User) -> None:
    mine, theirs = signed_in(asker), signed_in(other)
    page = sure(mine, BACK, person.membership.pk)
    [second] = CODE.findall(page)
    assert not TOKEN.search(page) and not Invitation.objects.exists()
    row = AccessRequest.objects.get()
    listed = theirs.get("/account/people/").content.decode()
    assert "Accounts that wait for a new password" in listed and f'value="{row.pk}">Approve' in listed
    assert f'value="{row.pk}">Approve' not in mine.get("/account/people/").content.decode()
    approved = sure(theirs, f"{BACK}approve/", row.pk)
    [token] = set(TOKEN.findall(approved))
    assert second not in approved
    assert "cannot be used" in Browser().post(PAGE, chosen(token)).content.decode()
    assert person.check_password(PASSWORD)
    assert Browser().post(PAGE, chosen(token, second=second)).headers["Location"] == "/account/setup/"
    person.refresh_from_db()
    assert person.check_password(NEW)


def test_one_person_alone_brings_nobody_back(person: User, asker: User, ngo: Caller) -> None:
    with pytest.raises(InvitationRefused):
        invite(by=Actor.of(asker), role="CASEWORKER", partner=ngo.partner, user=person)
    row = ask(asker, person)
    with pytest.raises(AccessRefused):
        requests.approve_invitation(by=Actor.of(asker), access_request=row)
    page = sure(signed_in(asker), f"{BACK}approve/", row.pk)
    assert "Another manager than the one who asked" in page and not TOKEN.search(page)
    assert not Invitation.objects.exists() and not AccessDecision.objects.exists()


def test_the_database_says_so_too(person: User, asker: User, ngo: Caller) -> None:
    """Whoever takes over the web server writes neither an invitation to an account nor a decision of one."""
    row = ask(asker, person)
    values = {"partner": ngo.partner, "role": "CASEWORKER", "made_by": asker, "expires_at": timezone.now()}
    with as_web_server():
        for request in (None, row):
            with refusal("INVITATION_NOT_APPROVED"):
                Invitation.objects.create(digest="a" * 64, user=person, request=request, **values)
        with refusal("APPROVED_BY_REQUESTER"):
            web_value(DECIDE, row.pk, asker.pk, True)
        with pytest.raises(DatabaseError), transaction.atomic():
            AccessDecision.objects.create(request=row, approved=True, user=asker)
        assert Invitation.objects.create(digest="b" * 64, **values)


@pytest.mark.parametrize("who", ["herself", "caseworker", "stranger", "switched_off"])
def test_who_may_not_approve(person: User, asker: User, other: User, other_ngo: Caller, who: str) -> None:
    """A manager's own account among them: who sits at its session is perhaps not its person."""
    target = other if who == "herself" else person
    row = ask(asker, target)
    approver = {
        "herself": other,
        "caseworker": member(asker.membership.partner, MemberRole.CASEWORKER).user,
        "stranger": member(other_ngo.partner).user,
        "switched_off": other,
    }[who]
    if who == "switched_off":
        User.objects.filter(pk=other.pk).update(is_active=False)
    with pytest.raises((AccessRefused, InvitationRefused)):
        requests.approve_invitation(by=Actor.of(approver), access_request=row)
    with refusal("REQUEST_RIGHT_MISSING"):
        web_value(DECIDE, row.pk, approver.pk, True)
    assert not Invitation.objects.exists()


def test_where_there_is_one_manager_the_centre_approves(person: User, asker: User) -> None:
    page = sure(signed_in(asker), BACK, person.membership.pk)
    [second] = CODE.findall(page)
    office = signed_in(staff("office", "partner_manager"))
    assert "waits for your approval" in office.get("/admin/").content.decode()
    decide = f"/admin/partners/accessrequest/{AccessRequest.objects.get().pk}/decide/"
    [token] = set(TOKEN.findall(office.post(decide, {"approve": "1"}, follow=True).content.decode()))
    assert accept(token=token, username="", password=NEW, second=second) == person


def test_a_request_is_taken_back_or_refused(person: User, asker: User, other: User) -> None:
    for who in (asker, other):
        row = ask(asker, person)
        assert "The request is refused." in sure(signed_in(who), f"{BACK}refuse/", row.pk)
        assert signed_in(other).post(f"{BACK}approve/", {"row": str(row.pk), "sure": "yes"}).status_code == 404


def test_requests_of_other_partners_are_not_there(person: User, asker: User, other_ngo: Caller) -> None:
    row = ask(asker, person)
    stranger = signed_in(member(other_ngo.partner).user)
    for act in ("approve", "refuse"):
        assert stranger.post(f"{BACK}{act}/", {"row": str(row.pk), "sure": "yes"}).status_code == 404
    assert stranger.post(BACK, {"row": str(person.membership.pk), "sure": "yes"}).status_code == 404


def test_an_invitation_of_two_ends_with_the_right_of_either(person: User, asker: User, other: User) -> None:
    handed = invited_by_two(asker, other, role="CASEWORKER", partner=person.membership.partner, user=person)
    third = member(person.membership.partner).user
    members.change_role(by=Actor.of(third), member=other.membership, role=MemberRole.READER)
    with pytest.raises(InvitationRefused):
        accept(username="", password=NEW, **handed)


def test_its_person_is_told_by_mail(person: User, asker: User, mail_on: list[EmailMessage]) -> None:
    Partner.objects.filter(pk=person.membership.partner_id).update(mode="LIVE")
    give_address(person, "da")
    row = ask(asker, person)
    sending.deliver()
    [sent] = mail_on
    assert sent.to == ["ida@partner.example"] and sent.subject == "Din konto skal have ny adgangskode"
    assert str(row.pk) not in str(sent.body) and asker.username not in str(sent.body)
    assert "List-Unsubscribe" not in sent.extra_headers
