"""Every way by which a member of staff could reach records alone, one test a line of the table in docs/people.md.

Through the pages first; then the database by itself, with the web server's rights and one user's number.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from partners.access import requests
from partners.access.requests import AccessRefused
from partners.audit import COMMAND, Actor
from partners.credentials import live_secrets, register
from partners.kinds import SCOPE_WORDS, Scope
from partners.models import AccessDecision, AccessRequest, AuditEvent, Client, Partner, Secret
from partners.people import members
from partners.people.invitations import InvitationRefused, accept
from partners.people.members import MemberRefused
from partners.people.models import Invitation, Membership
from partners.roles import STAFF_ROLES, MemberRole
from tests.callers import Browser, Caller, as_web_server
from tests.people.test_invitations import NEW, PAGE, chosen
from tests.people.visitors import invited_by_two, member, signed_in, staff

pytestmark = pytest.mark.django_db
ADMIN, PEOPLE = "/admin/partners", "/admin/people"


@pytest.fixture(params=["partner_manager", "superuser"])
def keeper(request: pytest.FixtureRequest) -> User:
    """Who looks after partners."""
    role = request.param
    return staff("keeper", is_superuser=True) if role == "superuser" else staff("keeper", role)


@pytest.fixture
def colleague() -> User:
    """A second member of staff."""
    return staff("colleague", is_superuser=True)


def decide(user: User, asked: AccessRequest, act: str = "approve") -> Any:
    """The answer to a decision on the page."""
    return signed_in(user).post(f"{ADMIN}/accessrequest/{asked.pk}/decide/", {act: "1"}, follow=True)


def test_an_own_request_is_approved_by_another_alone(keeper: User, ngo: Caller) -> None:
    browser = signed_in(keeper)
    browser.post(f"{ADMIN}/client/add/", {"partner": str(ngo.partner.pk), "name": "alias"})
    browser.post(f"{PEOPLE}/invitation/add/", {"recipient": "Ida", "partner": str(ngo.partner.pk), "role": "READER"})
    for asked in AccessRequest.objects.all():
        assert "one who asks, and another who approves" in decide(keeper, asked).content.decode()
    assert AccessRequest.objects.count() == 2
    assert not AccessDecision.objects.exists()
    assert not Invitation.objects.exists()
    assert Client.objects.count() == 1


@pytest.mark.parametrize("role", [*sorted(set(STAFF_ROLES) - {"partner_manager"}), None])
def test_a_colleague_without_the_right_approves_nothing(role: str | None, ngo: Caller) -> None:
    keeper, other = staff("keeper", "partner_manager"), staff("other", role)
    asked = requests.ask_client(by=Actor.of(keeper), partner=ngo.partner)
    assert decide(other, asked).status_code == 403 or not AccessDecision.objects.exists()
    with pytest.raises(AccessRefused):
        requests.approve_client(by=Actor.of(other), access_request=asked)
    assert not AccessDecision.objects.exists()


def test_neither_half_of_an_invitation_opens_anything(keeper: User, colleague: User, ngo: Caller) -> None:
    """Who asked has the code and no link; who approved has the link and no code. What is said is one sentence."""
    handed = invited_by_two(keeper, colleague, role="MANAGER", partner=ngo.partner)
    for half in ({"token": "hv_invite_" + "0" * 64, "second": handed["second"]}, {**handed, "second": ""}):
        assert "cannot be used" in Browser().post(PAGE, chosen(**half)).content.decode()
    assert not Membership.objects.exists()
    assert accept(username="ida", password=NEW, **handed).membership.partner == ngo.partner


def test_a_manager_s_account_comes_back_by_two(keeper: User, colleague: User, ngo: Caller) -> None:
    """One alone would set its password and be the manager."""
    there = member(ngo.partner)
    path, chosen_row = f"{PEOPLE}/membership/", {"action": "bring_back", "_selected_action": [str(there.pk)]}
    assert "hv_invite_" not in signed_in(keeper).post(path, chosen_row).content.decode()
    assert there.user.check_password("a-long-enough-password")
    handed = invited_by_two(keeper, colleague, role="MANAGER", partner=ngo.partner, user=there.user)
    assert accept(username="", password=NEW, **handed) == there.user


def test_a_new_client_opens_nothing_until_the_partner_s_manager_makes_its_secret(
    keeper: User, colleague: User, immigration: Caller
) -> None:
    """Also one of an authority that decides cases. The partner's people are told of it until their manager has seen it."""
    asked = requests.ask_client(by=Actor.of(keeper), partner=immigration.partner, name="new machine")
    made = requests.approve_client(by=Actor.of(colleague), access_request=asked)
    assert not live_secrets(made).exists()
    manager, reader = member(immigration.partner), member(immigration.partner, MemberRole.READER)
    for person in (manager, reader, manager):
        page = signed_in(person.user).get("/account/").content.decode()
        assert "new machine" in page
        assert SCOPE_WORDS[Scope.ASSESSMENTS_WRITE].en in page
        assert ("We know it" in page) is (person == manager)
    sent = {"client": made.client_id}
    assert signed_in(reader.user).post("/account/clients/seen/", sent).status_code == 403
    assert signed_in(member(make_other()).user).post("/account/clients/seen/", sent).status_code == 404
    assert signed_in(manager.user).post("/account/clients/seen/", sent).status_code == 302
    assert made.client_id not in signed_in(manager.user).get("/account/").content.decode()
    assert AuditEvent.objects.get(action="client.seen").user_id == manager.user_id
    assert "hv_live_" in signed_in(manager.user).post("/account/secrets/rotate/", sent).content.decode()
    assert Secret.objects.get(client=made).made_by == manager.user


def make_other() -> Partner:
    """Another partner."""
    return Partner.objects.create(name="other", kind="NGO")


@pytest.mark.parametrize("changed", [{"kind": "IMMIGRATION"}, {"mode": "TEST"}])
def test_kind_and_mode_of_a_partner_stay(keeper: User, ngo: Caller, changed: dict[str, str]) -> None:
    form = {"name": ngo.partner.name, "kind": "NGO", "mode": "LIVE", "active": "on", **changed}
    signed_in(keeper).post(f"{ADMIN}/partner/{ngo.partner.pk}/change/", form)
    assert Partner.objects.filter(pk=ngo.partner.pk, kind="NGO", mode="LIVE").exists()
    with as_web_server(), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Partner.objects.filter(pk=ngo.partner.pk).update(**changed)


def test_scopes_and_partner_of_a_client_stay(keeper: User, ngo: Caller, other_ngo: Caller) -> None:
    form = {"name": "renamed", "scopes": "assessments:write", "partner": str(other_ngo.partner.pk)}
    signed_in(keeper).post(f"{ADMIN}/client/{ngo.client.pk}/change/", form)
    kept = Client.objects.get(pk=ngo.client.pk)
    assert (kept.name, kept.scopes, kept.partner) == ("renamed", ngo.client.scopes, ngo.partner)


def test_a_partner_that_is_switched_on_again_shows_staff_no_secret(keeper: User, ngo: Caller) -> None:
    """What opens again is in its own people's hands."""
    path = f"{ADMIN}/partner/{ngo.partner.pk}/change/"
    for active in ({}, {"active": "on"}):
        page = signed_in(keeper).sure(path, {"name": ngo.partner.name, **active}, follow=True).content.decode()
        assert ngo.secret not in page
    assert ngo.get("/api/v1/me").status_code == 200


def test_whom_the_partner_switched_off_staff_do_not_switch_on(keeper: User, ngo: Caller) -> None:
    manager, gone = member(ngo.partner), member(ngo.partner, name="gone")
    members.switch(by=Actor.of(manager.user), user=gone.user, active=False)
    sent = {"action": "switch_on", "_selected_action": [str(gone.pk)]}
    page = signed_in(keeper).sure(f"{PEOPLE}/membership/", sent, follow=True).content.decode()
    assert "manager of the partner deactivated this account" in page
    with pytest.raises(MemberRefused):
        members.switch(by=Actor.of(keeper), user=gone.user, active=True)
    joined = {"date_joined_0": "2026-01-01", "date_joined_1": "12:00:00"}
    signed_in(keeper).post(
        f"/admin/auth/user/{gone.user_id}/change/", {"username": "gone", "is_active": "on", **joined}
    )
    assert not User.objects.get(pk=gone.user_id).is_active
    # Off once more, and a change of an account that is off, make it nobody else's to switch on.
    signed_in(keeper).sure(f"{PEOPLE}/membership/", {**sent, "action": "switch_off"})
    signed_in(keeper).post(f"/admin/auth/user/{gone.user_id}/change/", {"first_name": "Ida"})
    page = signed_in(keeper).sure(f"{PEOPLE}/membership/", sent, follow=True).content.decode()
    assert "manager of the partner deactivated this account" in page
    assert not User.objects.get(pk=gone.user_id).is_active
    members.switch(by=Actor.of(manager.user), user=gone.user, active=True)
    members.switch(by=Actor.of(keeper), user=gone.user, active=False)
    members.switch(by=Actor.of(keeper), user=gone.user, active=True)


def test_a_request_ends_with_the_right_to_make_it_and_after_seven_days(colleague: User, ngo: Caller) -> None:
    keeper = staff("keeper", "partner_manager")
    asked = requests.ask_client(by=Actor.of(keeper), partner=ngo.partner)
    keeper.groups.clear()
    with pytest.raises(AccessRefused):
        requests.approve_client(by=Actor.of(colleague), access_request=asked)
    old = AccessRequest.objects.create(
        act="CLIENT",
        partner=ngo.partner,
        asked_by=staff("boss", is_superuser=True),
        asked_at=timezone.now() - timedelta(days=8),
    )
    assert old not in requests.waiting()
    with pytest.raises(AccessRefused):
        requests.approve_client(by=Actor.of(colleague), access_request=old)


def test_what_is_refused_or_taken_back_is_not_approved_afterwards(keeper: User, colleague: User, ngo: Caller) -> None:
    third = staff("third", is_superuser=True)
    for who in (keeper, colleague):
        asked = requests.ask_client(by=Actor.of(keeper), partner=ngo.partner)
        assert "Refused." in decide(who, asked, "refuse").content.decode()
        with pytest.raises(AccessRefused):
            requests.approve_client(by=Actor.of(third), access_request=asked)
    assert list(AuditEvent.objects.filter(action="access.refuse").values_list("user_id", flat=True))
    assert Client.objects.filter(partner=ngo.partner).count() == 1


def test_an_approval_makes_one_client_and_one_invitation(keeper: User, colleague: User, ngo: Caller) -> None:
    by = Actor.of(colleague)
    client = requests.ask_client(by=Actor.of(keeper), partner=ngo.partner)
    person, _ = requests.ask_invitation(by=Actor.of(keeper), role="READER", partner=ngo.partner)
    requests.approve_client(by=by, access_request=client)
    requests.approve_invitation(by=by, access_request=person)
    with pytest.raises(AccessRefused):
        requests.approve_client(by=by, access_request=client)
    with pytest.raises((AccessRefused, InvitationRefused)):
        requests.approve_invitation(by=by, access_request=person)


def by_web(act: Callable[[], object], match: str) -> None:
    """The database refuses the web server's role."""
    with pytest.raises(DatabaseError, match=match), transaction.atomic(), as_web_server():
        act()


def test_the_web_server_alone_makes_no_client_invitation_secret_or_member(ngo: Caller, immigration: Caller) -> None:
    """Whatever its program says, with one user's number."""
    keeper, stranger = staff("keeper", is_superuser=True), member(ngo.partner).user
    partner, client, by = immigration.partner, immigration.client, Actor.of(keeper)
    asked = requests.ask_client(by=by, partner=partner)
    invited, _ = requests.ask_invitation(by=by, role="MANAGER", partner=partner)
    for request in (None, asked):
        by_web(
            partial(register, by=by, partner=partner, scopes=list(asked.scopes), request=request), "CLIENT_NOT_APPROVED"
        )
    rows: dict[str, Any] = {"partner": partner, "role": "MANAGER", "expires_at": timezone.now() + timedelta(days=1)}
    for made_by in (keeper, stranger):
        for wanted in (None, invited):
            made = {"digest": "0" * 64, "made_by": made_by, "request": wanted, **rows}
            by_web(partial(Invitation.objects.create, **made), "INVITATION_NOT_APPROVED")
    for who in (keeper, stranger, None):
        kept: dict[str, Any] = {
            "digest": "1" * 64,
            "hint": "abcd",
            "expires_at": timezone.now() + timedelta(days=1),
            "made_by": who,
        }
        by_web(partial(Secret.objects.create, client=client, **kept), "SECRET_WITHOUT_MANAGER")
    alias = User.objects.create_user("alias")
    by_web(lambda: Membership.objects.create(user=alias, partner=partner, role="MANAGER"), "MEMBER_NOT_INVITED")


def test_the_web_server_alone_decides_nothing_and_moves_no_row(ngo: Caller, immigration: Caller) -> None:
    keeper = staff("keeper", is_superuser=True)
    asked = requests.ask_client(by=Actor.of(keeper), partner=immigration.partner)
    decision: dict[str, Any] = {"request": asked, "approved": True, "user": staff("other", is_superuser=True)}
    by_web(lambda: AccessDecision.objects.create(**decision), "permission denied")
    for user in (keeper, staff("nobody"), None):
        by_web(partial(decided, asked, user.pk if user else None), "APPROVED_BY_REQUESTER|REQUEST_RIGHT_MISSING")
    secret = Secret.objects.get(client=immigration.client)
    for act in (
        lambda: AccessRequest.objects.filter(pk=asked.pk).update(asked_by=decision["user"]),
        lambda: Client.objects.filter(pk=ngo.client.pk).update(partner=immigration.partner),
        lambda: Client.objects.filter(pk=ngo.client.pk).update(scopes=["assessments:write"]),
        lambda: Secret.objects.filter(pk=secret.pk).update(digest="2" * 64),
        lambda: Secret.objects.filter(pk=secret.pk).update(client=ngo.client),
        lambda: Membership.objects.update(partner=immigration.partner),
        lambda: Invitation.objects.update(role="MANAGER"),
    ):
        by_web(act, "permission denied")


def decided(asked: AccessRequest, user_id: int | None) -> None:
    """The database's function, without the program."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT henvis_decide(%s, %s, true)", [asked.pk, user_id])


def test_the_client_that_was_approved_is_the_one_that_is_made(
    keeper: User, colleague: User, ngo: Caller, immigration: Caller
) -> None:
    asked = requests.ask_client(by=Actor.of(keeper), partner=ngo.partner)
    decided(asked, colleague.pk)
    by = Actor.of(colleague)
    for partner, scopes in ((immigration.partner, asked.scopes), (ngo.partner, ["assessments:write"])):
        by_web(partial(register, by=by, partner=partner, scopes=scopes, request=asked), "CLIENT_NOT_APPROVED")
    with as_web_server():
        assert register(by=by, partner=ngo.partner, scopes=asked.scopes, request=asked)


def test_the_server_s_commands_need_nobody(ngo: Caller) -> None:
    assert register(by=COMMAND, partner=ngo.partner, scopes=["referrals:read"]).request is None
