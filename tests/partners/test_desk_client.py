"""The desk's client: people act through it, and no machine ever does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from partners.audit import COMMAND, Actor
from partners.credentials import CredentialError, authenticate, issue_secret, register
from partners.kinds import Mode, Scope
from partners.models import Client, Secret
from partners.people.partner_clients import desk_client, partner_of, principal_of, unseen_clients
from partners.roles import MemberRole
from tests.callers import Caller, as_web_server, issue_token
from tests.people.visitors import member, signed_in, text
from tests.sql.calls import refusal

pytestmark = pytest.mark.django_db


def test_a_person_has_the_scopes_of_the_role(ngo: Caller) -> None:
    scopes: dict[MemberRole, set[str]] = {
        MemberRole.MANAGER: {Scope.REFERRALS_WRITE, Scope.REFERRALS_READ},
        MemberRole.CASEWORKER: {Scope.REFERRALS_WRITE, Scope.REFERRALS_READ},
        MemberRole.READER: {Scope.REFERRALS_READ},
    }
    for role, expected in scopes.items():
        person = member(ngo.partner, role)
        with as_web_server():
            by = principal_of(person, ngo.partner)
        assert by.scopes == expected
        assert (by.user_id, by.partner_id) == (person.user_id, ngo.partner.pk)
    assert Client.objects.filter(partner=ngo.partner, is_desk=True).count() == 1


def test_a_partner_without_a_row_in_test_mode_has_none(ngo: Caller) -> None:
    assert partner_of(member(ngo.partner), Mode.TEST) is None


def test_nobody_makes_a_secret_for_it(ngo: Caller) -> None:
    manager = member(ngo.partner).user
    desk = desk_client(by=Actor.of(manager), partner=ngo.partner)
    for by in (COMMAND, Actor.of(manager)):
        with pytest.raises(CredentialError):
            issue_secret(by=by, client=desk)
    row = {"client": desk, "hint": "abcd", "expires_at": timezone.now() + timedelta(days=1), "made_by": manager}
    with refusal("SECRET_OF_DESK"):
        Secret.objects.create(digest="1" * 64, **row)
    with refusal("SECRET_OF_DESK"), as_web_server():
        Secret.objects.create(digest="1" * 64, **row)
    assert authenticate(issue_token(desk)) is None


def test_a_desk_has_one_client_with_no_scope_but_for_records(ngo: Caller) -> None:
    with refusal("CLIENT_NOT_APPROVED"), as_web_server():
        register(by=COMMAND, partner=ngo.partner, scopes=[Scope.STATISTICS_EXACT], is_desk=True)
    desk_client(by=COMMAND, partner=ngo.partner)
    with pytest.raises(IntegrityError):
        register(by=COMMAND, partner=ngo.partner, scopes=[], is_desk=True)


def test_it_is_no_machine_on_the_account_pages(ngo: Caller) -> None:
    desk = desk_client(by=COMMAND, partner=ngo.partner)
    browser = signed_in(member(ngo.partner).user)
    assert desk.client_id not in text(browser.get("/account/secrets/"))
    assert desk not in unseen_clients(ngo.partner)
    assert browser.sure("/account/secrets/rotate/", {"client": desk.client_id}).status_code == 404
