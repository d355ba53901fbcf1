"""The token endpoint (RFC 6749 §4.4), from outside: who gets a token, how long it is valid, and with which scopes."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partners.audit import COMMAND
from partners.credentials import issue_secret, revoke, rotate
from partners.models import AuditEvent, Client, Partner, Secret
from tests.api.asserts import LIST, body, new_path, problem
from tests.api.tokens import AccessToken, ask, basic, everything_stored, form, granted, me, refused
from tests.callers import Browser, Caller, make_caller, referral


def test_a_token_by_basic_or_by_form_opens_the_door_for_ten_minutes(ngo: Caller) -> None:
    for response in (ask(headers=basic(ngo.client.client_id, ngo.secret)), ask(form(ngo))):
        answer = granted(response)
        assert answer["token_type"] == "Bearer"
        assert 0 < answer["expires_in"] <= 600
        assert sorted(answer["scope"].split()) == ["referrals:read", "referrals:write"]
        assert "refresh_token" not in answer
        assert me(answer["access_token"]) == 200
    ends = AccessToken.objects.latest("id").expires
    assert timedelta(0) < ends - timezone.now() <= timedelta(minutes=10)
    assert Secret.objects.get(client=ngo.client).last_used_at is not None


def test_a_token_that_has_run_out_is_refused(ngo: Caller) -> None:
    AccessToken.objects.update(expires=timezone.now() - timedelta(seconds=1))
    problem(ngo.get("/api/v1/me"), "not_authenticated")


def test_neither_token_nor_secret_is_stored_anywhere(ngo: Caller) -> None:
    token = granted(ask(form(ngo)))["access_token"]
    dump = everything_stored()
    assert ngo.client.client_id in dump  # the dump is one
    for plain in (token, ngo.secret, ngo.secret.rpartition("_")[2]):
        assert plain not in dump
        assert base64.b64encode(plain.encode()).decode() not in dump


def test_a_wrong_secret_and_an_unknown_client_have_the_same_answer_for_the_same_work(ngo: Caller) -> None:
    attempts = [
        (ngo.client.client_id, ngo.secret[:-1] + ("0" if ngo.secret[-1] != "0" else "1")),
        ("nobody", ngo.secret),
        ("nobody", "nothing"),
        (ngo.client.client_id, "nothing"),
    ]
    seen = []
    for client_id, secret in attempts:
        for sent in (
            {"headers": basic(client_id, secret)},
            {"data": {"client_id": client_id, "client_secret": secret}},
        ):
            with CaptureQueriesContext(connection) as queries:
                response = ask(**sent)
            refused(response, 401, "invalid_client")
            assert response.headers["WWW-Authenticate"].startswith("Basic ")
            headers = {name: value for name, value in response.headers.items() if name != "X-Request-Id"}
            seen.append((response.content, headers, len(queries)))
    assert all(each == seen[0] for each in seen)
    assert seen[0][2] == 1


@pytest.mark.parametrize(
    ("client_id", "secret"),
    [
        ("", ""),
        ("a" * 256, "b"),
        ("a", "b" * 256),
        ("å", "b"),
        ("a", "å"),
        ("a", ""),
        ("'", "--"),
    ],
)
def test_credentials_that_cannot_be_ours_are_refused_alike(db: None, client_id: str, secret: str) -> None:
    refused(ask({"client_id": client_id, "client_secret": secret}), 401, "invalid_client")
    refused(ask(headers=basic(client_id, secret)), 401, "invalid_client")


@pytest.mark.parametrize("header", ["Basic", "Basic !", "Basic eA==", "Basic /w==", "Bearer x", "Basic  ", "æ"])
def test_an_authorization_header_that_cannot_be_read_is_refused(db: None, header: str) -> None:
    refused(ask(headers={"Authorization": header}), 401, "invalid_client")


def test_one_partners_secret_does_not_open_anothers_client(ngo: Caller, other_ngo: Caller) -> None:
    refused(ask(headers=basic(other_ngo.client.client_id, ngo.secret)), 401, "invalid_client")


def test_an_expired_secret_gets_no_token_and_ends_those_it_gave(ngo: Caller) -> None:
    token = granted(ask(form(ngo)))["access_token"]
    Secret.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    refused(ask(form(ngo)), 401, "invalid_client")
    assert me(token) == 401


def test_two_secrets_are_good_while_rotating_and_the_old_one_ends(ngo: Caller) -> None:
    new = rotate(by=COMMAND, client=ngo.client)
    assert granted(ask(form(ngo)))["access_token"] != granted(ask(form(ngo, client_secret=new)))["access_token"]
    Secret.objects.filter(hint=ngo.secret[-4:]).update(expires_at=timezone.now())
    refused(ask(form(ngo)), 401, "invalid_client")
    assert granted(ask(form(ngo, client_secret=new)))
    assert me(ngo.token) == 200


def test_a_revoked_secret_ends_every_token_on_the_next_request(ngo: Caller) -> None:
    token = granted(ask(form(ngo)))["access_token"]
    revoke(by=COMMAND, secret=Secret.objects.get(client=ngo.client))
    refused(ask(form(ngo)), 401, "invalid_client")
    for each in (token, ngo.token):
        assert me(each) == 401
    problem(ngo.put(new_path(), referral()), "not_authenticated")


def test_after_a_revocation_the_other_secret_fetches_new_tokens(ngo: Caller) -> None:
    new = issue_secret(by=COMMAND, client=ngo.client)
    revoke(by=COMMAND, secret=Secret.objects.get(hint=ngo.secret[-4:], client=ngo.client))
    assert me(ngo.token) == 401
    assert me(granted(ask(form(ngo, client_secret=new)))["access_token"]) == 200


def test_a_partner_that_is_switched_off_is_out_at_once_and_comes_back(ngo: Caller, other_ngo: Caller) -> None:
    Partner.objects.filter(pk=ngo.partner.pk).update(active=False)
    problem(ngo.get("/api/v1/me"), "not_authenticated")
    refused(ask(form(ngo)), 401, "invalid_client")
    assert other_ngo.get("/api/v1/me").status_code == 200
    Partner.objects.filter(pk=ngo.partner.pk).update(active=True)
    assert granted(ask(form(ngo)))


def test_fewer_scopes_may_be_asked_for_and_hold(ngo: Caller) -> None:
    answer = granted(ask(form(ngo, scope="referrals:read")))
    assert answer["scope"] == "referrals:read"
    headers = {"Authorization": f"Bearer {answer['access_token']}"}
    assert Browser().get(LIST, headers=headers).status_code == 200
    problem(Browser().post(LIST, headers=headers), "insufficient_scope")


@pytest.mark.parametrize(
    "scope",
    ["assessments:write", "referrals:read statistics:exact", "admin", "*", "", "REFERRALS:READ"],
)
def test_no_more_scopes_than_the_client_has(ngo: Caller, scope: str) -> None:
    before = AccessToken.objects.count()
    refused(ask(form(ngo, scope=scope)), 400, "invalid_scope")
    assert AccessToken.objects.count() == before


def test_a_token_never_has_a_scope_that_its_row_alone_claims(ngo: Caller) -> None:
    AccessToken.objects.update(scope="referrals:read assessments:write statistics:exact")
    assert body(ngo.get("/api/v1/me"))["scopes"] == ["referrals:read"]


def test_scopes_taken_from_a_client_are_gone_at_once(ngo: Caller) -> None:
    Client.objects.filter(pk=ngo.client.pk).update(scopes=["referrals:read"])
    assert ngo.get(LIST).status_code == 200
    problem(ngo.put(new_path(), referral()), "insufficient_scope")
    refused(ask(form(ngo, scope="referrals:write")), 400, "invalid_scope")


def test_fetching_a_token_writes_no_audit_row_with_a_secret(ngo: Caller) -> None:
    make_caller("POLICE")
    granted(ask(form(ngo)))
    text = str(list(AuditEvent.objects.values()))
    assert ngo.secret not in text
    assert ngo.secret[-8:] not in text
