"""What the token endpoint refuses: other grants, credentials elsewhere, forms that cannot be read, other routes."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from api import urls
from tests.api.asserts import LIST, problem
from tests.api.tokens import REVOKE, TOKEN, ask, basic, everything_stored, form, granted, me, refused
from tests.callers import Browser, Caller

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
    refused(response, 400, "invalid_request")


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
    response = Browser().post(LIST, {"access_token": ngo.token}, headers={"Idempotency-Key": "0123456789-abcdefghi"})
    problem(response, "not_authenticated")


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
        pytest.param(b"a" * 1_500_000, "application/x-www-form-urlencoded", "payload_too_large", id="too long"),
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
