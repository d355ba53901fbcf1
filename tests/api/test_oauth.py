"""The token endpoint and revocation (RFC 6749 §4.4, RFC 7009), from outside."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any
from urllib.parse import quote_plus

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from oauth2_provider.models import get_access_token_model

from api import urls
from partners.audit import COMMAND
from partners.credentials import add_client, issue_secret, revoke, rotate
from partners.models import AuditEvent, Client, Partner, Secret
from tests.api.asserts import LIST, body, new_path, problem
from tests.callers import Browser, Caller, make_caller, referral
from tests.threads import Background, wait_until_blocked

TOKEN, REVOKE = "/oauth/token", "/oauth/revoke"
AccessToken = get_access_token_model()


def basic(client_id: str, secret: str) -> dict[str, str]:
    pair = f"{quote_plus(client_id)}:{quote_plus(secret)}".encode()
    return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}


def form(caller: Caller, **more: str) -> dict[str, str]:
    return {"client_id": caller.client.client_id, "client_secret": caller.secret, **more}


def ask(data: dict[str, str] | None = None, headers: dict[str, str] | None = None, path: str = TOKEN) -> HttpResponse:
    sent = {"grant_type": "client_credentials", **(data or {})}
    return Browser().post(path, sent, headers=headers or {})  # type: ignore[return-value]


def granted(response: HttpResponse) -> dict[str, Any]:
    assert response.headers["Cache-Control"] == "no-store"
    answer: dict[str, Any] = body(response)
    return answer


def me(token: str) -> int:
    return Browser().get("/api/v1/me", headers={"Authorization": f"Bearer {token}"}).status_code


def refused(response: HttpResponse, status: int, error: str) -> None:
    """RFC 6749 §5.2."""
    assert response.headers["Content-Type"] == "application/json"
    assert body(response, status)["error"] == error
    assert response.headers["Cache-Control"] == "no-store"
    assert (status == 401) == ("WWW-Authenticate" in response.headers)


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


def everything_stored() -> str:
    """Every table of the database as text."""
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            rows += [row[0] for row in cursor.fetchall()]
    return "\n".join(rows)


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
        ("a\0", "b"),
        ("a", "b\0"),
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
    problem(Browser().post(LIST, headers=headers), "insufficient_scope")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "scope",
    ["assessments:write", "referrals:read statistics:exact", "admin", "*", "", "referrals:read\0", "REFERRALS:READ"],
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


OTHER_GRANTS = (
    "password",
    "authorization_code",
    "refresh_token",
    "implicit",
    "urn:ietf:params:oauth:grant-type:device_code",
    "urn:ietf:params:oauth:grant-type:jwt-bearer",
    "XMARKERX",
    "CLIENT_CREDENTIALS",
)


@pytest.mark.parametrize("grant", OTHER_GRANTS)
def test_no_other_grant_is_given_and_no_staff_password_tried(ngo: Caller, grant: str) -> None:
    User.objects.create_user("anna", password="correct horse battery")
    answers = []
    for password in ("correct horse battery", "wrong"):
        more = {"username": "anna", "password": password, "code": "x", "refresh_token": "x", "device_code": "x"}
        with CaptureQueriesContext(connection) as queries:
            response = ask(form(ngo, grant_type=grant, **more))
        refused(response, 400, "unsupported_grant_type")
        assert b"MARKER" not in response.content
        answers.append((response.content, len(queries)))
    assert answers[0] == answers[1]
    assert answers[0][1] == 0


def test_without_a_grant_type_400(ngo: Caller) -> None:
    response = Browser().post(TOKEN, form(ngo))
    refused(response, 400, "invalid_request")  # type: ignore[arg-type]


def test_credentials_in_the_address_are_refused_even_where_they_are_right(ngo: Caller) -> None:
    query = f"?client_id={ngo.client.client_id}&client_secret={ngo.secret}"
    refused(ask(path=TOKEN + query), 400, "invalid_request")
    refused(ask(form(ngo), path=f"{TOKEN}?grant_type=client_credentials"), 400, "invalid_request")
    assert me(ngo.token) == 200
    for path in (f"/api/v1/me?access_token={ngo.token}", f"/api/v1/me?token={ngo.token}"):
        problem(Browser().get(path), "not_authenticated")  # type: ignore[arg-type]


def test_a_secret_is_no_token_and_a_token_no_secret(ngo: Caller) -> None:
    assert me(ngo.secret) == 401
    refused(ask(form(ngo, client_secret=ngo.token)), 401, "invalid_client")
    problem(Browser().get("/api/v1/me", headers=basic(ngo.client.client_id, ngo.secret)), "not_authenticated")  # type: ignore[arg-type]


def test_a_token_in_a_body_is_not_looked_at(ngo: Caller) -> None:
    response = Browser().post(LIST, {"access_token": ngo.token}, headers={"Idempotency-Key": "one"})
    problem(response, "not_authenticated")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "resource", ["XMARKERX", "https://anna-0101901234.example/XMARKERX", "<script>XMARKERX</script>"]
)
def test_other_parameters_are_ignored_and_neither_repeated_nor_stored(ngo: Caller, resource: str) -> None:
    response = ask(form(ngo, resource=resource, state=resource, audience=resource))
    assert granted(response)["token_type"] == "Bearer"
    assert b"MARKER" not in response.content
    assert "MARKER" not in everything_stored()


@pytest.mark.parametrize("path", [TOKEN, REVOKE])
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH"])
def test_only_post(method: str, path: str) -> None:
    response = Browser().generic(method, path)
    assert response.status_code == 405
    assert response.headers["Allow"] == "POST, OPTIONS"
    if method != "HEAD":
        problem(response, "method_not_allowed")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sent", "media_type", "code"),
    [
        (b"x", "multipart/form-data", "bad_request"),
        (b"grant_type=x", "application/x-www-form-urlencoded; charset=rot13", "bad_request"),
        (b"&".join([b"a=1"] * 1500), "application/x-www-form-urlencoded", "bad_request"),
        (b"a" * 1_500_000, "application/x-www-form-urlencoded", "payload_too_large"),
    ],
)
def test_a_form_that_cannot_be_read_is_a_problem(db: None, sent: bytes, media_type: str, code: str) -> None:
    problem(Browser().generic("POST", TOKEN, sent, content_type=media_type), code)  # type: ignore[arg-type]


@pytest.mark.parametrize("sent", [b"{}", b"grant_type=%ff%fe", b"grant_type=client%00credentials", b"\xff\xfe", b""])
def test_a_form_of_nonsense_is_refused(db: None, sent: bytes) -> None:
    for media_type in ("application/x-www-form-urlencoded", "application/json", "text/plain"):
        response = Browser().generic("POST", TOKEN, sent, content_type=media_type)
        assert (response.status_code, response.headers["Content-Type"]) == (400, "application/json")


def test_only_token_and_revocation_are_exposed() -> None:
    exposed = [str(route.pattern) for route in urls.urlpatterns if "oauth" in str(route.pattern)]
    assert exposed == ["oauth/token", "oauth/revoke"]
    browser = Browser()
    for path in (
        "authorize",
        "introspect",
        "applications",
        "authorized_tokens",
        "device-authorization",
        "register",
        "userinfo",
    ):
        for prefix in ("/oauth/", "/o/"):
            problem(browser.get(prefix + path), "not_found")  # type: ignore[arg-type]
    for path in ("openid-configuration", "jwks.json", "oauth-authorization-server"):
        problem(browser.get(f"/.well-known/{path}"), "not_found")  # type: ignore[arg-type]


def test_a_client_revokes_its_own_token(ngo: Caller) -> None:
    other = granted(ask(form(ngo)))["access_token"]
    response = Browser().post(REVOKE, form(ngo, token=ngo.token))
    assert (response.status_code, response.content) == (200, b"")
    assert (me(ngo.token), me(other)) == (401, 200)


def test_another_clients_token_is_out_of_reach_and_the_answer_the_same(ngo: Caller, other_ngo: Caller) -> None:
    same_partner, secret = add_client(by=COMMAND, partner=ngo.partner)
    for client_id, plain in ((other_ngo.client.client_id, other_ngo.secret), (same_partner.client_id, secret)):
        for token in (ngo.token, "unknown"):
            response = Browser().post(REVOKE, {"client_id": client_id, "client_secret": plain, "token": token})
            assert (response.status_code, response.content) == (200, b"")
    assert me(ngo.token) == 200


def test_revocation_needs_the_secret_and_a_token(ngo: Caller) -> None:
    refused(Browser().post(REVOKE, {"token": ngo.token}), 401, "invalid_client")  # type: ignore[arg-type]
    refused(Browser().post(REVOKE, form(ngo, token=ngo.token, client_secret="x")), 401, "invalid_client")  # type: ignore[arg-type]
    refused(Browser().post(REVOKE, form(ngo)), 400, "invalid_request")  # type: ignore[arg-type]
    assert me(ngo.token) == 200


@pytest.mark.django_db(transaction=True)
def test_no_token_slips_out_while_its_secret_is_being_revoked(ngo: Caller) -> None:
    secret = Secret.objects.get(client=ngo.client)
    with Background() as threads:
        with transaction.atomic():
            revoke(by=COMMAND, secret=secret)
            waiting = threads.start(lambda: ask(form(ngo)))
            wait_until_blocked()
        response = waiting.result(timeout=30)
    refused(response, 401, "invalid_client")
    assert AccessToken.objects.count() == 0


def test_fetching_a_token_writes_no_audit_row_with_a_secret(ngo: Caller) -> None:
    make_caller("POLICE")
    granted(ask(form(ngo)))
    text = str(list(AuditEvent.objects.values()))
    assert ngo.secret not in text
    assert ngo.secret[-8:] not in text
