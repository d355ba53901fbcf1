"""Secrets and tokens below HTTP: how a secret is made, that two are the most, and who a token speaks for."""

from __future__ import annotations

import re
import zlib
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partners.audit import COMMAND, Actor
from partners.credentials import (
    LIFETIME,
    LONGEST_LIFETIME,
    OVERLAP,
    CredentialError,
    add_client,
    add_partner,
    authenticate,
    check_secret,
    digest,
    issue_secret,
    live_secrets,
    mint,
    revoke,
    rotate,
)
from partners.kinds import SCOPE_TEXTS, SCOPES_OF_KIND, Kind, Mode, Scope
from partners.models import AuditEvent, Client, Partner, Secret
from partners.oauth import Scopes, Validator
from partners.people.models import Membership
from tests.callers import Caller, issue_token, make_caller
from tests.threads import at_once

# What a scanner of leaked secrets looks for.
PATTERN = re.compile(r"hv_(live|test)_([0-9a-f]{64})([0-9a-f]{8})")


@pytest.mark.parametrize("mode", Mode)
def test_a_leaked_secret_is_recognised_by_pattern_and_checksum(mode: Mode) -> None:
    match = PATTERN.fullmatch(mint(mode))
    assert match is not None
    assert match[1] == mode.lower()
    assert int(match[3], 16) == zlib.crc32(match[2].encode())


def test_secrets_differ_in_256_bits() -> None:
    bodies = {PATTERN.fullmatch(mint(Mode.LIVE))[2] for _ in range(200)}  # type: ignore[index]
    assert len(bodies) == 200
    assert all(len({body[place] for body in bodies}) > 4 for place in range(64))


@pytest.mark.django_db
def test_the_mode_of_the_partner_is_in_the_secret() -> None:
    assert make_caller("NGO", mode=Mode.TEST).secret.startswith("hv_test_")
    assert make_caller("NGO").secret.startswith("hv_live_")


def test_a_secret_is_kept_under_the_pepper(ngo: Caller, settings: Any) -> None:
    row = Secret.objects.get(client=ngo.client)
    assert (row.digest, row.hint) == (digest(ngo.secret), ngo.secret[-4:])
    assert check_secret(ngo.client.client_id, ngo.secret) == row
    settings.HENVIS_PEPPER = "another"
    assert check_secret(ngo.client.client_id, ngo.secret) is None


def test_a_third_live_secret_is_refused_until_one_is_revoked_or_has_ended(ngo: Caller) -> None:
    issue_secret(by=COMMAND, client=ngo.client)
    for refused in (issue_secret, rotate):
        with pytest.raises(CredentialError):
            refused(by=COMMAND, client=ngo.client)
    assert live_secrets(ngo.client).count() == 2
    revoke(by=COMMAND, secret=Secret.objects.filter(client=ngo.client)[0])
    issue_secret(by=COMMAND, client=ngo.client)
    Secret.objects.filter(client=ngo.client).update(expires_at=timezone.now())
    issue_secret(by=COMMAND, client=ngo.client)
    assert live_secrets(ngo.client).count() == 1


@pytest.mark.django_db(transaction=True)
def test_issuing_at_once_never_makes_a_third(ngo: Caller) -> None:
    def attempt() -> bool:
        try:
            issue_secret(by=COMMAND, client=ngo.client)
        except CredentialError:
            return False
        return True

    assert sum(at_once([attempt] * 6)) == 1
    assert live_secrets(ngo.client).count() == 2


@pytest.mark.parametrize("lifetime", [timedelta(0), timedelta(days=-1), LONGEST_LIFETIME + timedelta(seconds=1)])
def test_a_secret_must_end_within_two_years(ngo: Caller, lifetime: timedelta) -> None:
    with pytest.raises(CredentialError):
        issue_secret(by=COMMAND, client=ngo.client, lifetime=lifetime)
    assert Secret.objects.count() == 1
    assert LIFETIME < LONGEST_LIFETIME


def test_rotation_ends_the_old_secret_after_the_overlap_and_never_later_than_it_would(ngo: Caller) -> None:
    before = timezone.now()
    rotate(by=COMMAND, client=ngo.client)
    old = Secret.objects.get(hint=ngo.secret[-4:])
    assert before + OVERLAP <= old.expires_at <= timezone.now() + OVERLAP
    new = Secret.objects.exclude(pk=old.pk).get()
    year = timedelta(days=365)
    assert before + year <= new.expires_at <= timezone.now() + year
    soon = timezone.now() + timedelta(days=1)
    Secret.objects.filter(pk=old.pk).update(revoked_at=before)
    last = Secret.objects.exclude(pk=old.pk).get()
    Secret.objects.filter(pk=last.pk).update(expires_at=soon)
    rotate(by=COMMAND, client=ngo.client)
    last.refresh_from_db()
    assert last.expires_at == soon


def test_rotation_that_fails_changes_nothing(ngo: Caller) -> None:
    issue_secret(by=COMMAND, client=ngo.client)
    before = list(Secret.objects.values())
    with pytest.raises(CredentialError):
        rotate(by=COMMAND, client=ngo.client)
    assert list(Secret.objects.values()) == before


def test_revoking_twice_keeps_the_first_time(ngo: Caller) -> None:
    secret = Secret.objects.get(client=ngo.client)
    revoke(by=COMMAND, secret=secret)
    first = Secret.objects.get(pk=secret.pk).revoked_at
    revoke(by=COMMAND, secret=secret)
    assert Secret.objects.get(pk=secret.pk).revoked_at == first


@pytest.mark.parametrize("kind", Kind)
def test_a_client_has_at_most_the_scopes_of_its_kind(db: None, kind: Kind) -> None:
    partner = add_partner(by=COMMAND, name=kind, kind=kind)
    client, _ = add_client(by=COMMAND, partner=partner)
    assert tuple(client.scopes) == tuple(str(scope) for scope in SCOPES_OF_KIND[kind])
    for scope in set(Scope) - set(SCOPES_OF_KIND[kind]):
        with pytest.raises(CredentialError):
            add_client(by=COMMAND, partner=partner, scopes=[scope])
    with pytest.raises(CredentialError):
        add_client(by=COMMAND, partner=partner, scopes=["admin"])


def test_exact_figures_and_assessments_belong_to_few_kinds() -> None:
    may = {scope: {kind for kind in Kind if scope in SCOPES_OF_KIND[kind]} for scope in Scope}
    assert may[Scope.STATISTICS_EXACT] == {Kind.CENTRE}
    assert may[Scope.ASSESSMENTS_WRITE] == {Kind.CENTRE, Kind.IMMIGRATION}
    assert Kind.NGO not in may[Scope.STATISTICS_AUTHORITY]
    assert set(SCOPE_TEXTS) == set(Scope) == set(Scopes().get_all_scopes())


def test_the_toolkits_own_ways_in_are_shut() -> None:
    """No public clients, and its own secret is never compared."""
    assert Validator().authenticate_client_id("anybody", None) is False
    assert Validator()._check_secret("", "") is False
    assert Scopes().get_available_scopes() == Scopes().get_default_scopes() == []


def test_the_database_knows_scopes_kinds_modes_and_that_the_toolkits_secret_stays_empty(ngo: Caller) -> None:
    for wrong in (
        lambda: Client.objects.update(scopes=["admin"]),
        lambda: Client.objects.update(client_secret="x"),
        lambda: Partner.objects.update(kind="SPY"),
        lambda: Partner.objects.update(mode="DEMO"),
        lambda: Partner.objects.create(name=ngo.partner.name, kind="NGO"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()
    assert Client.objects.get(pk=ngo.client.pk).client_secret == ""


def test_who_a_token_speaks_for(ngo: Caller) -> None:
    with CaptureQueriesContext(connection) as queries:
        who = authenticate(ngo.token)
    assert len(queries) == 1
    assert who is not None
    assert (who.pk, who.partner_name, who.kind, who.mode) == (ngo.partner.pk, ngo.partner.name, Kind.NGO, Mode.LIVE)
    assert (who.client_pk, who.client_id, who.is_authenticated) == (ngo.client.pk, ngo.client.client_id, True)
    assert who.scopes == {"referrals:read", "referrals:write"}


@pytest.mark.parametrize("token", ["", "x", "' OR true --", "%", "\0"])
def test_an_unknown_token_speaks_for_nobody(ngo: Caller, token: str) -> None:
    assert authenticate(token) is None


def test_a_token_of_a_client_without_a_live_secret_speaks_for_nobody(ngo: Caller) -> None:
    Secret.objects.update(revoked_at=timezone.now())
    assert authenticate(ngo.token) is None
    assert authenticate(issue_token(ngo.client)) is None


def test_every_change_of_a_credential_leaves_a_row_with_who_and_what(db: None) -> None:
    user = User.objects.create_user("anna")
    by = Actor.of(user)
    partner = add_partner(by=by, name="Partner", kind=Kind.NGO)
    Membership.objects.create(user=user, partner=partner, role="MANAGER")
    client, _ = add_client(by=by, partner=partner)
    plain = rotate(by=by, client=client)
    revoke(by=Actor.of(client), secret=Secret.objects.get(hint=plain[-4:]))
    rows = list(AuditEvent.objects.order_by("at", "id"))
    assert sorted(row.action for row in rows) == sorted(
        ["partner.add", "client.add", "secret.issue", "secret.issue", "secret.rotate", "secret.revoke"]
    )
    last = next(row for row in rows if row.action == "secret.revoke")
    assert (last.client_id, last.user_id, last.subject) == (client.pk, None, client.client_id)
    assert {row.user_id for row in rows if row.action != "secret.revoke"} == {user.pk}
    assert (Actor.of(None), COMMAND) == (Actor(), Actor())
    assert plain not in str([(row.subject, row.detail) for row in rows])


def test_a_change_and_its_audit_row_are_one(ngo: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("partners.audit.record", broken)
    secret = Secret.objects.get(client=ngo.client)
    before = (Partner.objects.count(), Client.objects.count(), Secret.objects.count())
    for change in (
        lambda: add_partner(by=COMMAND, name="Another", kind=Kind.NGO),
        lambda: add_client(by=COMMAND, partner=ngo.partner),
        lambda: issue_secret(by=COMMAND, client=ngo.client),
        lambda: rotate(by=COMMAND, client=ngo.client),
        lambda: revoke(by=COMMAND, secret=secret),
    ):
        with pytest.raises(RuntimeError):
            change()
    assert (Partner.objects.count(), Client.objects.count(), Secret.objects.count()) == before
    assert authenticate(ngo.token) is not None


def test_names_of_things_say_little(ngo: Caller) -> None:
    tester = add_partner(by=COMMAND, name=ngo.partner.name, kind=Kind.NGO, mode=Mode.TEST)
    assert (str(ngo.partner), str(tester)) == (ngo.partner.name, f"{ngo.partner.name} (TEST)")
    assert str(ngo.client) == ngo.client.client_id
    assert str(Secret.objects.get(client=ngo.client)) == f"…{ngo.secret[-4:]}"
    assert str(AuditEvent(action="a", subject="b")) == "a b"
