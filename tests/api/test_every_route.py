"""What holds of every route there is, found in the program's own table: no odd text is a 500, and no refusal is kept."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, unquote_to_bytes

import pytest
from django.contrib.auth.models import User
from django.urls import URLPattern, URLResolver, get_resolver

from partners.people.gate import PEOPLE
from tests.callers import Browser, Caller

Visitor = tuple[Browser, dict[str, str]]
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
FORM, MULTIPART, JSON = "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "application/json"
PART = re.compile(r"<(?:\w+:)?\w+>|\(\?P<\w+>[^()]*\)")
# Each text in a path, a query and a form: NUL, bytes that are no UTF-8, half a surrogate pair, two lines, a long one, a bad host.
ODD = {
    "nul": "%00",
    "latin": "%FF%FE",
    "surrogate": "%ED%A0%80",
    "lines": "%0D%0A",
    "long": "x" * 3000,
    "host": "//%5B",
}
NAMES = (
    *("client_id", "client_secret", "grant_type", "scope", "token", "token_type_hint", "resource", "state", "language"),
    *("login", "password", "code", "action", "_selected_action", "next", "username", "credential", "q", "format", "by"),
)
HEADERS = (
    *("Accept", "Accept-Encoding", "Accept-Language", "Authorization", "Content-Type", "Expect", "Henvis-Purpose"),
    *("Idempotency-Key", "If-Match", "If-Modified-Since", "If-None-Match", "Origin", "Prefer", "Range", "Referer"),
    *("Traceparent", "User-Agent", "X-Forwarded-For", "X-HTTP-Method-Override"),
)
ODD_HEADERS = {"nul": "\0", "latin": "\xff\xfe", "escaped": '"\\000abcdefgh"', "long": "a" * 5000, "host": "http://["}
COOKIES = ("sessionid", "csrftoken", "django_language", "messages")


def routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """The template of every route."""
    for pattern in patterns:
        address = prefix + str(pattern.pattern).lstrip("^").rstrip("$").removesuffix("\\Z")
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, address)
        else:
            yield f"/{address}"


# Signing out would end the session half-way through the table.
ROUTES = sorted(set(routes(get_resolver().url_patterns)) - {"/account/logout/"})
OF_PEOPLE = [route for route in ROUTES if route.startswith(PEOPLE)]
OTHERS = [route for route in ROUTES if not route.startswith(PEOPLE)]


def filled(route: str, text: str) -> str:
    """An address of a route whose parts are all this text."""
    return PART.sub(text, route).replace("\\", "").replace("?", "")


def form(text: str) -> bytes:
    """A form that says the text under every name that some form of ours has, and as a name."""
    return "&".join(f"{name}={text}" for name in (*NAMES, text)).encode()


def parts(text: bytes) -> bytes:
    """The same in parts."""
    each = b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    return b"".join(each % (name.encode(), text) for name in NAMES) + b"--b--\r\n"


@pytest.fixture
def person(db: None) -> Visitor:
    """A superuser. What breaks is answered, as by a server."""
    browser = Browser(raise_request_exception=False)
    browser.force_login(User.objects.create_superuser("anna", password="correct horse battery"))
    return browser, {}


@pytest.fixture
def visits(person: Visitor, centre: Caller) -> list[tuple[str, Visitor]]:
    """Every route with who sees something there: a person on pages of people, elsewhere nobody and a program with every scope."""
    plain = Browser(raise_request_exception=False)
    programs: list[Visitor] = [(plain, {}), (plain, {"Authorization": f"Bearer {centre.token}"})]
    found = [(route, person) for route in OF_PEOPLE]
    return found + [(route, each) for route in OTHERS for each in programs]


def without_rows(visits: list[tuple[str, Visitor]]) -> list[tuple[str, Visitor]]:
    """All but the admin's pages of single tables: there are hundreds, of a few views, and one odd text tries each of them."""
    return [visit for visit in visits if not visit[0].startswith("/admin/") or visit[0].count("/") < 4]


def of_somebody(visits: list[tuple[str, Visitor]]) -> list[tuple[str, Visitor]]:
    """The visits of who sees something there: nobody is turned away before most headers are read."""
    return [visit for visit in without_rows(visits) if visit[0] in OF_PEOPLE or "Authorization" in visit[1][1]]


def sound(response: Any, *what: str) -> None:
    """No error of ours, and nothing kept that is refused."""
    assert response.status_code < 500, (what, response.status_code)
    if response.status_code >= 400:
        assert "no-store" in response.headers["Cache-Control"], (what, response.status_code)


def test_the_table_is_whole() -> None:
    assert len(OF_PEOPLE) > 100 and len(OTHERS) > 30
    assert {"/", "/api/v1", "/oauth/revoke", "/docs/", "/api/v1/releases/<str:release_id>"} <= set(OTHERS)


@pytest.mark.parametrize("text", ODD.values(), ids=list(ODD))
def test_no_odd_text_is_an_error_of_ours_and_no_refusal_is_kept(visits: list[tuple[str, Visitor]], text: str) -> None:
    raw = unquote_to_bytes(text)
    query = "&".join(f"{name}={text}" for name in (*NAMES, text))
    for route, (browser, headers) in visits if text == ODD["nul"] else without_rows(visits):
        plain = filled(route, "1")
        sound(browser.get(filled(route, text), headers=headers), "path", route)
        sound(browser.get(f"{plain}?{query}", headers=headers), "query", route)
        for content, media in ((form(text), FORM), (parts(raw), MULTIPART), (b'{"a":"%s"}' % raw, JSON)):
            sound(browser.generic("POST", plain, content, media, headers=headers), media, route)


@pytest.mark.parametrize("value", ODD_HEADERS.values(), ids=list(ODD_HEADERS))
def test_no_odd_header_or_cookie_is_an_error_of_ours(visits: list[tuple[str, Visitor]], value: str) -> None:
    cookies = "; ".join(f"{name}={value}" for name in COOKIES)
    for route, (browser, headers) in of_somebody(visits):
        path = filled(route, "1")
        sound(Browser(raise_request_exception=False).get(path, headers={"Cookie": cookies}), "Cookie", route)
        for name in HEADERS if route in OTHERS else ("X-Forwarded-For", "Accept-Language", "Referer"):
            sound(browser.get(path, headers={**headers, name: value}), name, route)


@pytest.mark.parametrize("text", [b"\0", b"\xff\xfe", b"\xed\xa0\x80", "\U0010ffff".encode(), b"a" * 300, b":", b""])
@pytest.mark.parametrize("path", ["/oauth/token", "/oauth/revoke"])
def test_odd_credentials_are_refused(db: None, path: str, text: bytes) -> None:
    browser = Browser(raise_request_exception=False)
    for pair in (text + b":" + text, text + b":x", b"x:" + text, quote(text).encode() + b":x"):
        header = {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}
        answer = browser.generic("POST", path, b"grant_type=client_credentials&token=x", FORM, headers=header)
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_no_method_that_is_refused_is_kept(visits: list[tuple[str, Visitor]]) -> None:
    for route, (browser, headers) in without_rows(visits):
        for method in METHODS:
            sound(browser.generic(method, filled(route, "1"), headers=headers), method, route)
