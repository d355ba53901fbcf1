"""What a request meets before any view: the handler that serves, and the outermost layer."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from config import env
from tests.callers import Caller, as_web_server, referral

Answer = tuple[int, dict[str, str], bytes]
OWNER = env.require("DATABASE_URL")
REFERRAL = "/api/v1/referrals/5f0c1d52-9a4b-4c7e-8f1d-2b6a3c4d5e6f"


@pytest.fixture
def application(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """The application as the server runs it, and with the server's rights in the database."""
    monkeypatch.setenv("DATABASE_URL", env.acting_as_web(OWNER))
    from config.wsgi import make  # with the owner's rights it could not be imported

    served = make()

    def answer(environ: dict[str, Any], start_response: Any) -> Any:
        with as_web_server():
            return served(environ, start_response)

    return answer


def test_no_server_starts_with_the_owner_s_role(
    application: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from config.wsgi import make

    monkeypatch.setenv("DATABASE_URL", OWNER)
    with pytest.raises(SystemExit, match="runs with the role henvis_web"):
        make()
    monkeypatch.setenv("DATABASE_URL", f"postgresql:///henvis?host={tmp_path}")
    late = make()  # the database is away
    assert ask(late, "/livez")[0] == 200
    monkeypatch.setenv("DATABASE_URL", OWNER)
    monkeypatch.setattr(os, "_exit", sys.exit)
    with pytest.raises(SystemExit, match="1"):
        ask(late, "/livez")
    assert "runs with the role henvis_web" in capsys.readouterr().err


def ask(application: Callable[..., Any], path: str, body: bytes = b"", **extra: str) -> Answer:
    """One WSGI request; the answer's status, headers and body."""
    seen: list[Any] = []
    environ = {
        "REQUEST_METHOD": "PUT" if body else "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "HTTP_HOST": "testserver",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "SCRIPT_NAME": "",
        "CONTENT_LENGTH": str(len(body)),
        **extra,
    }
    response = application(environ, lambda status, headers: seen.extend([int(status[:3]), dict(headers)]))
    content = b"".join(response)
    response.close()
    return seen[0], seen[1], content


@pytest.mark.parametrize(
    "content_type",
    ["text/plain; charset=rot13", "text/plain; charset=undefined", "text/plain; a*=ZZZ''%41", "x/y;" + "a=b;" * 3000],
)
def test_an_odd_content_type_is_no_error_of_ours(application: Callable[..., Any], content_type: str) -> None:
    status, headers, _ = ask(application, "/livez", CONTENT_TYPE=content_type)
    assert status == 200
    assert headers["X-Request-Id"]


@pytest.mark.parametrize(
    ("extra", "status", "code"),
    [
        ({"CONTENT_LENGTH": str(1024 * 1024 + 1)}, 413, "payload_too_large"),
        ({"CONTENT_LENGTH": "9" * 30}, 413, "payload_too_large"),
        ({"HTTP_CONTENT_ENCODING": "gzip", "CONTENT_TYPE": "application/json"}, 415, "unsupported_media_type"),
        ({"HTTP_HOST": "elsewhere.example"}, 400, "bad_request"),
    ],
)
@pytest.mark.parametrize("path", [REFERRAL, "/oauth/token", "/admin/login/"])
def test_what_no_view_should_see_is_refused_first(
    application: Callable[..., Any], path: str, extra: dict[str, str], status: int, code: str
) -> None:
    found, headers, content = ask(application, path, b"x", **extra)
    assert (found, json.loads(content)["code"]) == (status, code)
    assert headers["Content-Type"] == "application/problem+json"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"


def test_the_admin_hands_no_nul_to_the_database(application: Callable[..., Any]) -> None:
    status, _, _ = ask(application, "/admin/partners/partner/", QUERY_STRING="kind__exact=%00")
    assert status == 400


@pytest.mark.django_db(transaction=True)
def test_a_body_shorter_than_announced_is_not_stored(application: Callable[..., Any], ngo: Caller) -> None:
    whole = json.dumps(referral()).encode()
    sent = {"HTTP_AUTHORIZATION": f"Bearer {ngo.token}", "CONTENT_TYPE": "application/json"}
    status, _, _ = ask(application, REFERRAL, whole, CONTENT_LENGTH=str(len(whole) + 50), **sent)
    assert status == 400
    assert ngo.get(REFERRAL).status_code == 404


def test_not_modified_says_nothing_of_a_body(ngo: Caller) -> None:
    path, _ = ngo.referral()
    for address in (path, "/api/v1/codelists/gender"):
        tag = ngo.get(address).headers["ETag"]
        response = ngo.get(address, If_None_Match=tag)
        assert response.status_code == 304
        assert not {"Content-Length", "Content-Type"} & set(response.headers)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("form", "lines"), [("csv", 2), ("ndjson", 2)])
def test_a_file_is_whole_when_the_handler_serves_it(
    application: Callable[..., Any], ngo: Caller, form: str, lines: int
) -> None:
    ngo.referral()
    bearer, query = f"Bearer {ngo.token}", f"format={form}"
    answer = ask(application, "/api/v1/referrals", HTTP_AUTHORIZATION=bearer, QUERY_STRING=query)
    status, headers, content = answer
    assert (status, headers["Henvis-Rows"], content.count(b"\n")) == (200, "1", lines)
    assert "Content-Length" not in headers
