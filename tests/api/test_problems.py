"""Whatever goes wrong is a problem document: also what Django and DRF refuse themselves, and what breaks in us."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError, connection, transaction
from django.http import Http404, HttpResponse
from rest_framework import exceptions

from api.http.problem_catalogue import PROBLEMS
from cases.models import Referral
from tests.api.asserts import LIST, new_path, problem
from tests.callers import Browser, Caller, make_caller, referral

MARKER = "XMARKERX"
KEY = "8e03978e-40d5-43dd-bc93-6894a57f9324"


@pytest.fixture
def calm(ngo: Caller) -> Caller:
    """A caller whose client answers 500 instead of raising, as a server does."""
    ngo.browser.raise_request_exception = False
    return ngo


@pytest.mark.parametrize("path", ["/nothing", "/api/v1/nothing", "/api/v2/me", "/oauth", "/.env"])
def test_an_unknown_path_is_404_and_is_not_repeated(path: str) -> None:
    response = Browser().get(f"{path}?q={MARKER}")
    problem(response, "not_found")  # type: ignore[arg-type]
    assert MARKER.encode() not in response.content


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/api/v1/me", {"GET", "HEAD", "OPTIONS"}),
        ("DELETE", LIST, {"GET", "HEAD", "POST", "OPTIONS"}),
        ("PATCH", f"{LIST}/x", {"GET", "HEAD", "PUT", "OPTIONS"}),
        ("GET", f"{LIST}/x/withdrawal", {"POST", "OPTIONS"}),
        ("PUT", f"{LIST}/x/versions", {"GET", "HEAD", "OPTIONS"}),
        ("TRACE", "/api/v1/me", {"GET", "HEAD", "OPTIONS"}),
        ("MARKERS", "/api/v1/me", {"GET", "HEAD", "OPTIONS"}),
        ("POST", "/api/v1/codelists", {"GET", "HEAD", "OPTIONS"}),
        ("GET", "/oauth/token", {"POST", "OPTIONS"}),
        ("PUT", "/oauth/revoke", {"POST", "OPTIONS"}),
        ("POST", "/livez", {"GET", "HEAD"}),
    ],
)
def test_another_method_is_405_with_allow(ngo: Caller, method: str, path: str, allowed: set[str]) -> None:
    response = ngo.call(method, path)
    problem(response, "method_not_allowed")
    assert {part.strip() for part in response.headers["Allow"].split(",")} == allowed


@pytest.mark.parametrize("accept", ["application/xml", "text/html", "application", ";;//", "x" * 300])
def test_a_format_that_is_not_there_is_406_and_nothing_is_done(ngo: Caller, accept: str) -> None:
    problem(ngo.put(new_path(), referral(), Accept=accept), "not_acceptable")
    assert Referral.objects.count() == 0


@pytest.mark.parametrize(
    "accept", ["*/*", "application/json", "application/*", "text/html, application/json;q=0.1", ""]
)
def test_json_is_had_by_any_accept_that_covers_it(ngo: Caller, accept: str) -> None:
    assert ngo.get("/api/v1/me", Accept=accept).headers["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "evil example", "", "[::1", "testserver:x", "a/b"]
)
def test_a_host_that_is_not_ours_is_400_and_nothing_is_done(ngo: Caller, host: str) -> None:
    path = new_path()
    for response in (
        ngo.put(path, referral(), Host=host),
        ngo.post(LIST, referral(), Host=host, Idempotency_Key=KEY),
        ngo.get("/api/v1/me", Host=host),
        ngo.get("/nothing", Host=host),
    ):
        problem(response, "bad_request")
        assert b"evil" not in response.content
    assert Referral.objects.count() == 0


@pytest.mark.parametrize(
    ("authorization", "error"),
    [
        (None, False),
        ("", True),
        ("Bearer", True),
        ("Bearer ", True),
        ("Bearer nonsense", True),
        ("Bearer a b", True),
        ("Basic eDp5", True),
        ("Token x", True),
        ("Bearer \x00", True),
        ("Bearer " + "a" * 201, True),
        ("Bearer æ", True),
    ],
)
def test_without_a_valid_token_401_with_a_challenge(ngo: Caller, authorization: str | None, error: bool) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    for path in ("/api/v1/me", LIST, new_path()):
        response = Browser().get(path, headers=headers)
        problem(response, "not_authenticated")  # type: ignore[arg-type]
        challenge = 'Bearer realm="henvis"' + (', error="invalid_token"' if error else "")
        assert response.headers["WWW-Authenticate"] == challenge


def test_a_missing_scope_is_403_and_named(ngo: Caller) -> None:
    reader = make_caller("NGO", scopes=["referrals:read"])
    response = reader.put(new_path(), referral())
    problem(response, "insufficient_scope")
    assert 'error="insufficient_scope", scope="referrals:write"' in response.headers["WWW-Authenticate"]
    writer = make_caller("NGO", scopes=["referrals:write"])
    path, _ = writer.referral()
    for refused in (writer.get(LIST), writer.get(path), writer.call("HEAD", path), writer.get(f"{path}/versions")):
        assert refused.status_code == 403
    assert writer.call("HEAD", LIST).status_code == 403
    for refused in (
        reader.post(LIST, referral(), Idempotency_Key=KEY),
        reader.post(f"{path}/withdrawal", {}),
    ):
        problem(refused, "insufficient_scope")


def test_a_signed_in_person_has_no_way_into_the_machines_interface(db: None) -> None:
    browser = Browser()
    browser.force_login(User.objects.create_superuser("anna"))
    problem(browser.get("/api/v1/me"), "not_authenticated")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("da", "da"),
        ("da-DK", "da"),
        ("DA", "da"),
        ("en", "en"),
        ("de", "en"),
        ("de, da;q=0.5", "da"),
        ("en;q=0.1, da;q=0.9", "da"),
        ("da;q=0", "en"),
        ("da;q=0, en", "en"),
        ("*", "en"),
        ("da;q=x", "en"),
        ("æøå" * 300, "en"),
    ],
)
def test_a_problem_speaks_danish_or_english(ngo: Caller, header: str | None, language: str) -> None:
    headers = {} if header is None else {"Accept_Language": header}
    response = ngo.get(new_path(), **headers)
    kind = PROBLEMS["not_found"]
    assert problem(response, "not_found")["title"] == kind.title(language)
    assert response.headers["Content-Language"] == language


BROKEN: list[tuple[Callable[[], Exception], str]] = [
    (lambda: RuntimeError(MARKER), "internal_error"),
    (lambda: KeyError(MARKER), "internal_error"),
    (lambda: RecursionError(MARKER), "internal_error"),
    (lambda: UnicodeEncodeError("utf-8", MARKER, 0, 1, MARKER), "internal_error"),
    (lambda: OperationalError(MARKER), "unavailable"),
    (lambda: InterfaceError(MARKER), "unavailable"),
    (lambda: Http404(MARKER), "not_found"),
    (lambda: PermissionDenied(MARKER), "forbidden"),
    (lambda: BadRequest(MARKER), "bad_request"),
    (lambda: SuspiciousOperation(MARKER), "bad_request"),
    (lambda: RequestDataTooBig(MARKER), "payload_too_large"),
    (lambda: exceptions.ParseError(MARKER), "malformed_json"),
]


@pytest.mark.parametrize(
    ("make", "code"), BROKEN, ids=lambda value: value if isinstance(value, str) else type(value()).__name__
)
def test_what_breaks_in_a_view_is_a_problem_without_a_message(
    calm: Caller, monkeypatch: pytest.MonkeyPatch, logged: io.StringIO, make: Callable[[], Exception], code: str
) -> None:
    def broken(**_: Any) -> None:
        raise make()

    monkeypatch.setattr("cases.intake.submit.put", broken)
    calm.browser.made_up = True
    response = calm.put(new_path(), referral())
    problem(response, code)
    lines = [json.loads(line) for line in logged.getvalue().splitlines()]
    assert MARKER not in response.content.decode() + str(response.headers) + logged.getvalue()
    assert lines[-1]["status"] == response.status_code
    if response.status_code >= 500:
        assert lines[0]["error"] == type(make()).__name__
        assert lines[0]["where"].startswith("api/test_problems.py:")
        assert lines[0]["level"] == "error"


@pytest.mark.parametrize(("error", "code"), [(RuntimeError, "internal_error"), (OperationalError, "unavailable")])
def test_what_breaks_outside_a_drf_view_is_a_problem_and_leaves_a_line(
    calm: Caller, monkeypatch: pytest.MonkeyPatch, logged: io.StringIO, error: type[Exception], code: str
) -> None:
    def broken(*_: Any, **__: Any) -> HttpResponse:
        raise error(MARKER)

    monkeypatch.setattr("api.service.oauth.Token.authorization_flow_token_response", broken)
    response = calm.browser.post("/oauth/token", {"grant_type": "client_credentials"})
    problem(response, code)
    first, last = (json.loads(line) for line in logged.getvalue().splitlines())
    assert (first["error"], first["where"].split(":")[0]) == (error.__name__, "api/test_problems.py")
    assert (last["route"], last["status"]) == ("oauth/token", response.status_code)
    assert MARKER not in response.content.decode() + logged.getvalue()


# SQLSTATE, and whether it is the database's state or a mistake of ours.
STATES = {
    **dict.fromkeys(("08006", "25006", "25P03", "25P04", "40001", "40P01", "53100", "53300", "55P03"), "unavailable"),
    **dict.fromkeys(("57014", "57P01", "57P03", "58030"), "unavailable"),
    **dict.fromkeys(("22P02", "23505", "25P02", "42501", "42703", "42P01", "54001", "XX000"), "internal_error"),
}


@pytest.mark.parametrize(("state", "code"), STATES.items())
def test_the_state_of_the_database_is_503_and_a_mistake_of_ours_500(
    calm: Caller, monkeypatch: pytest.MonkeyPatch, logged: io.StringIO, state: str, code: str
) -> None:
    """The database itself raises it, so that it comes as the driver and Django make it."""

    def broken(**_: Any) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION '{MARKER}' USING ERRCODE = '{state}'; END $$")

    monkeypatch.setattr("cases.intake.submit.put", broken)
    response = calm.put(new_path(), referral())
    problem(response, code)
    assert ("Retry-After" in response.headers) == (code == "unavailable")
    assert MARKER not in response.content.decode() + logged.getvalue()


def test_a_bug_stores_nothing(calm: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError(MARKER)

    monkeypatch.setattr("cases.intake.versions.of_case", broken)
    problem(calm.put(new_path(), referral()), "internal_error")
    assert Referral.objects.count() == 0


def test_without_a_database_503_and_when_to_come_back(calm: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each connection attempt fails, as it does while the server restarts."""
    calm.browser.raise_request_exception = False

    def down(*_: Any, **__: Any) -> None:
        raise OperationalError(MARKER)

    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", down)
    for response in (
        calm.get("/api/v1/me"),
        calm.put(new_path(), referral()),
        calm.browser.post("/oauth/token", {"grant_type": "client_credentials", "client_id": "a", "client_secret": "b"}),
    ):
        problem(response, "unavailable")
        assert int(response.headers["Retry-After"]) > 0
    monkeypatch.undo()
    assert calm.get("/api/v1/me").status_code == 200


def test_headers_of_every_answer(ngo: Caller) -> None:
    path, _ = ngo.referral()
    for response in (
        ngo.get(path),
        ngo.get(new_path()),
        ngo.get(LIST),
        Browser().get("/api/v1/me"),
        ngo.get("/nothing"),
    ):
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
    for response in (ngo.get(path), ngo.get(new_path()), ngo.get(LIST), Browser().get("/api/v1/me")):
        assert response.headers["Cache-Control"] == "no-store"
        assert {part.strip() for part in response.headers["Vary"].split(",")} >= {
            "Accept",
            "Accept-Language",
            "Authorization",
        }
        assert len(response.headers["X-Request-Id"]) == 36


def test_a_referral_is_not_compressed(ngo: Caller) -> None:
    path, _ = ngo.referral()
    response = ngo.get(path, Accept_Encoding="gzip, br")
    assert ("Content-Encoding" in response.headers, response.headers["ETag"]) == (False, '"1"')
