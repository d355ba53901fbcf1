"""What gives access to records takes two members of staff, or a manager of the partner; the owner alone needs neither.

Of `henvis_decide`, `henvis_change_role`, `henvis_owns` and `henvis_manages`, and of the triggers' `henvis_check_client`,
`henvis_check_invitation`, `henvis_check_secret` and `henvis_check_member`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, ProgrammingError, transaction
from django.utils import timezone

from partners.access import requests
from partners.audit import COMMAND, Actor
from partners.credentials import register
from partners.models import AccessDecision, AccessRequest, AuditEvent, Client, Partner, Secret
from partners.people.models import Invitation, Membership
from partners.roles import PARTNER_ROLES, MemberRole, Right
from tests.callers import as_web_server
from tests.people.visitors import member, staff
from tests.sql.calls import refusal, value, web_value
from tests.threads import Background, wait_until_blocked

pytestmark = pytest.mark.django_db
NOW = "2026-01-01T00:00Z"
ALWAYS = "2999-01-01T00:00Z"
NOW = "2026-01-01T00:00Z"
ALWAYS = "2999-01-01T00:00Z"
DECIDE = "SELECT henvis_decide(%s, %s, %s)"


@pytest.fixture
def ngo(db: None) -> Partner:
    """A partner."""
    return Partner.objects.create(name="ngo", kind="NGO")


@pytest.fixture
def keeper(db: None) -> User:
    """Who asks."""
    return staff("keeper", "partner_manager")


@pytest.fixture
def colleague(db: None) -> User:
    """Who approves."""
    return staff("colleague", "partner_manager")


@pytest.fixture
def asked(keeper: User, ngo: Partner) -> AccessRequest:
    """A request for a client."""
    return requests.ask_client(by=Actor.of(keeper), partner=ngo)


def decide(asked: AccessRequest, user: User | None, *, approve: bool = True) -> None:
    """Decide as the web server does."""
    web_value(DECIDE, asked.pk, user.pk if user else None, approve)


@pytest.mark.parametrize(("approve", "action"), [(True, "access.approve"), (False, "access.refuse")])
def test_henvis_decide_decides_once_with_its_audit_event(
    asked: AccessRequest, keeper: User, colleague: User, approve: bool, action: str
) -> None:
    decide(asked, colleague, approve=approve)
    decision = AccessDecision.objects.get(request=asked)
    assert (decision.approved, decision.user) == (approve, colleague)
    event = AuditEvent.objects.get(action=action)
    assert (event.user_id, event.subject, event.detail) == (colleague.pk, str(asked.pk), {"asked_by": keeper.pk})
    with refusal("REQUEST_NOT_WAITING"):
        decide(asked, staff("third", "partner_manager"))


def test_a_request_waits_for_seven_days(keeper: User, colleague: User, ngo: Partner) -> None:
    old = {"act": "CLIENT", "partner": ngo, "asked_by": keeper, "scopes": ["referrals:read"]}
    for days, waits in ((8, False), (6, True)):
        asked = AccessRequest.objects.create(asked_at=timezone.now() - timedelta(days=days), **old)
        if waits:
            decide(asked, colleague)
        else:
            with refusal("REQUEST_NOT_WAITING"):
                decide(asked, colleague)


def test_who_asked_does_not_approve_but_takes_it_back(asked: AccessRequest, keeper: User) -> None:
    with refusal("APPROVED_BY_REQUESTER"):
        decide(asked, keeper)
    keeper.groups.clear()
    decide(asked, keeper, approve=False)
    assert AccessDecision.objects.get().approved is False


def test_both_have_the_right_to_ask_for_it(asked: AccessRequest, keeper: User, colleague: User) -> None:
    for user in (staff("auditor", "auditor"), None):
        for approve in (True, False):
            with refusal("REQUEST_RIGHT_MISSING"):
                decide(asked, user, approve=approve)
    keeper.groups.clear()
    with refusal("REQUEST_RIGHT_MISSING"):
        decide(asked, colleague)
    decide(asked, colleague, approve=False)


def test_a_colleague_on_the_staff_is_invited_by_superusers_alone(keeper: User) -> None:
    boss = staff("boss", is_superuser=True)
    asked, _ = requests.ask_invitation(by=Actor.of(boss), role="auditor")
    with refusal("REQUEST_RIGHT_MISSING"):
        decide(asked, keeper)
    decide(asked, staff("other boss", is_superuser=True))


def test_henvis_owns_tells_the_owner_from_the_web_server() -> None:
    asked = "SELECT henvis_owns('partners_client'::regclass)"
    assert (value(asked), web_value(asked)) == (True, False)


def test_henvis_manages_knows_active_managers_of_the_partner(ngo: Partner) -> None:
    other = Partner.objects.create(name="other", kind="NGO")
    manager, reader = member(ngo).user, member(ngo, MemberRole.READER).user
    asked = "SELECT henvis_manages(%s, %s)"
    people = ((manager, ngo), (manager, other), (reader, ngo))
    assert [web_value(asked, who.pk, where.pk) for who, where in people] == [True, False, False]
    User.objects.filter(pk=manager.pk).update(is_active=False)
    assert web_value(asked, manager.pk, ngo.pk) is False


@pytest.mark.parametrize("role", MemberRole)
def test_whom_the_database_takes_for_a_manager_the_table_of_roles_does_too(ngo: Partner, role: MemberRole) -> None:
    """The program asks the database who may hold secrets, and the table which pages to show."""
    rights = PARTNER_ROLES[role]
    manages = web_value("SELECT henvis_manages(%s, %s)", member(ngo, role).user.pk, ngo.pk)
    assert manages is (Right.MANAGE_SECRETS in rights) is (Right.MANAGE_PEOPLE in rights)


def client(asked: AccessRequest | None, partner: Partner, *scopes: str) -> Client:
    """Add a client as the web server does."""
    with as_web_server():
        return register(by=COMMAND, partner=partner, scopes=list(scopes), request=asked)


def test_henvis_check_client_lets_in_what_was_approved(asked: AccessRequest, colleague: User, ngo: Partner) -> None:
    other = Partner.objects.create(name="other", kind="NGO")
    with refusal("CLIENT_NOT_APPROVED"):
        client(asked, ngo, *asked.scopes)
    decide(asked, colleague)
    for request, partner, scopes in ((asked, other, asked.scopes), (asked, ngo, ["statistics:exact"]), (None, ngo, [])):
        with refusal("CLIENT_NOT_APPROVED"):
            client(request, partner, *scopes)
    assert client(asked, ngo, *asked.scopes).partner == ngo
    assert register(by=COMMAND, partner=other, scopes=[]).request is None  # the owner's command needs nobody


def invite(**row: Any) -> Invitation:
    """Add an invitation as the web server does."""
    with as_web_server():
        return Invitation.objects.create(digest="0" * 64, expires_at=timezone.now() + timedelta(days=1), **row)


def test_henvis_check_invitation_lets_in_what_was_approved(keeper: User, colleague: User, ngo: Partner) -> None:
    asked, _ = requests.ask_invitation(by=Actor.of(keeper), role="READER", partner=ngo)
    row: dict[str, Any] = {"partner": ngo, "role": "READER", "made_by": keeper, "request": asked}
    with refusal("INVITATION_NOT_APPROVED"):
        invite(**row)
    decide(asked, colleague)
    somebody = User.objects.create(username="somebody")
    for change in ({"role": "MANAGER"}, {"made_by": colleague}, {"request": None}, {"user": somebody}):
        with refusal("INVITATION_NOT_APPROVED"):
            invite(**{**row, **change})
    assert invite(**row).request == asked


def test_a_manager_invites_to_the_own_partner(ngo: Partner) -> None:
    row = {"role": "READER", "made_by": member(ngo).user}
    with refusal("INVITATION_NOT_APPROVED"):
        invite(partner=Partner.objects.create(name="other", kind="NGO"), **row)
    assert invite(partner=ngo, **row).request is None


def test_henvis_check_secret_lets_a_manager_of_the_partner_make_one(ngo: Partner, keeper: User) -> None:
    row: dict[str, Any] = {
        "client": register(by=COMMAND, partner=ngo, scopes=[]),
        "hint": "abcd",
        "expires_at": timezone.now() + timedelta(days=1),
    }
    stranger = member(Partner.objects.create(name="other", kind="NGO")).user
    for user in (keeper, stranger, member(ngo, MemberRole.READER).user, None):
        with refusal("SECRET_WITHOUT_MANAGER"), as_web_server():
            Secret.objects.create(digest="1" * 64, made_by=user, **row)
    manager = member(ngo).user
    with as_web_server():
        assert Secret.objects.create(digest="1" * 64, made_by=manager, **row).pk


@pytest.mark.parametrize("ended", ["used_at", "revoked_at", "expires_at"])
def test_henvis_check_member_lets_in_who_is_invited(ngo: Partner, ended: str) -> None:
    row = {"partner": ngo, "role": "READER", "made_by": member(ngo).user}
    invited, person = invite(**row), User.objects.create(username="new")
    gone = Invitation.objects.create(**{**row, "digest": "1" * 64, "expires_at": ALWAYS, ended: NOW})
    wanted = {"user": person, "partner": ngo, "role": "READER", "invitation": invited}
    for change in ({"invitation": None}, {"invitation": gone}, {"role": "MANAGER"}):
        with refusal("MEMBER_NOT_INVITED"), as_web_server():
            Membership.objects.create(**{**wanted, **change})
    with as_web_server():
        assert Membership.objects.create(**wanted).pk


def test_henvis_change_role_takes_another_manager_of_the_same_partner(ngo: Partner) -> None:
    other = Partner.objects.create(name="other", kind="NGO")
    manager, stranger = member(ngo), member(other)
    reader = member(ngo, MemberRole.READER, "reader")
    call = "SELECT henvis_change_role(%s, %s, %s)"
    for row, by in (
        (reader, stranger.user_id),
        (reader, reader.user_id),
        (manager, manager.user_id),
        (reader, None),
    ):
        with refusal("ROLE_WITHOUT_MANAGER"):
            web_value(call, row.pk, by, "MANAGER")
    assert [web_value(call, reader.pk, manager.user_id, "CASEWORKER") for _ in range(2)] == [True, False]
    with pytest.raises(ProgrammingError), transaction.atomic(), as_web_server():
        Membership.objects.filter(pk=reader.pk).update(role="MANAGER")
    assert Membership.objects.get(pk=reader.pk).role == "CASEWORKER"


@pytest.mark.django_db(transaction=True)
def test_two_managers_who_demote_each_other_at_once_leave_one(ngo: Partner) -> None:
    one, two = member(ngo), member(ngo, name="two")

    def demote(row: Membership, by: Membership) -> bool:
        try:
            return bool(web_value("SELECT henvis_change_role(%s, %s, 'READER')", row.pk, by.user_id))
        except DatabaseError:
            return False

    with Background() as background:
        with transaction.atomic():
            assert demote(one, two)
            other = background.start(lambda: demote(two, one))
            wait_until_blocked()
        assert other.result(timeout=30) is False
    assert [*Membership.objects.filter(role="MANAGER")] == [two]
