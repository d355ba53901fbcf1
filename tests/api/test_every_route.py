"""What holds of every route there is, found in the program's own table: no odd text is a 500, and no refusal is kept."""

from __future__ import annotations

import base64
import inspect
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle, islice
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
# For a path, a query and a form: NUL, bytes that are no UTF-8, half a surrogate pair, two lines, a long one, a bad host.
ODD = ("%00", "%FF%FE", "%ED%A0%80", "%0D%0A", "x" * 3000, "//%5B")
NAMES = (
    *("client_id", "client_secret", "grant_type", "scope", "token", "token_type_hint", "resource", "state", "language"),
    *("login", "password", "code", "action", "_selected_action", "next", "username", "credential", "q", "format", "by"),
)
HEADERS = (
    *("Accept", "Accept-Encoding", "Accept-Language", "Authorization", "Content-Type", "Expect", "Henvis-Purpose"),
    *(
        "Idempotency-Key",
        "If-Match",
        "If-Modified-Since",
        "If-None-Match",
        "If-Range",
        "Origin",
        "Prefer",
        "Range",
        "Referer",
    ),
    *("Traceparent", "User-Agent", "X-Forwarded-For", "X-HTTP-Method-Override"),
)
ODD_HEADERS = ("\0", "\xff\xfe", '"\\000abcdefgh"', "a" * 5000, "http://[")
COOKIES = ("sessionid", "csrftoken", "django_language", "messages")
# The routes are asked in so many parts, each within a blink.
PARTS = 24
in_parts = pytest.mark.parametrize("part", range(PARTS))


def routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """The template of every route, with the function that answers."""
    for pattern in patterns:
        address = prefix + str(pattern.pattern).lstrip("^").rstrip("$").removesuffix("\\Z")
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, address)
        else:
            view = inspect.unwrap(pattern.callback)
            yield f"/{address}", getattr(view, "__func__", view)


def is_row(route: str) -> bool:
    """Whether a route is an admin's page of a single table: there are hundreds, of a few views."""
    return route.startswith("/admin/") and route.count("/") >= 4


# Signing out would end the session half-way through the table.
VIEWS = {route: view for route, view in routes(get_resolver().url_patterns) if route != "/account/logout/"}
# One route of each view, where tables share it.
ROUTES = sorted({view if is_row(route) else route: route for route, view in sorted(VIEWS.items())}.values())
OF_PEOPLE = [route for route in ROUTES if route.startswith(PEOPLE)]
OTHERS = [route for route in ROUTES if not route.startswith(PEOPLE)]


def filled(route: str, text: str) -> str:
    """An address of a route whose parts are all this text."""
    return PART.sub(text, route).replace("\\", "").replace("?", "")


def form(said: Mapping[str, str]) -> str:
    """A form, or a query, that says a text under each name, and one as a name."""
    return "&".join(f"{name}={text}" for name, text in said.items()) + "&" + next(iter(said.values()))


def parts(said: Mapping[str, str]) -> bytes:
    """The same in parts."""
    each = b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    return b"".join(each % (name.encode(), unquote_to_bytes(text)) for name, text in said.items()) + b"--b--\r\n"


@pytest.fixture
def person(db: None) -> Visitor:
    """A superuser. What breaks is answered, as by a server."""
    browser = Browser(raise_request_exception=False)
    browser.force_login(User.objects.create_superuser("anna", password="correct horse battery"))
    return browser, {}


@pytest.fixture
def visits(person: Visitor, centre: Caller, part: int) -> list[tuple[str, Visitor]]:
    """Routes with who sees something there: a person on pages of people, elsewhere nobody and a program with every scope."""
    plain = Browser(raise_request_exception=False)
    programs: list[Visitor] = [(plain, {}), (plain, {"Authorization": f"Bearer {centre.token}"})]
    asked = ROUTES[part::PARTS]
    found = [(route, person) for route in asked if route in OF_PEOPLE]
    return found + [(route, each) for route in asked if route in OTHERS for each in programs]


def of_somebody(visits: list[tuple[str, Visitor]]) -> list[tuple[str, Visitor]]:
    """The visits of who sees something there: nobody is turned away before most headers are read."""
    return [visit for visit in visits if visit[0] in OF_PEOPLE or "Authorization" in visit[1][1]]


def turned(texts: Sequence[str], route: str) -> Iterator[str]:
    """The texts again and again. Where they begin depends on the route, so that over all routes every name has every text."""
    return islice(cycle(texts), ROUTES.index(route) % len(texts), None)


def sound(response: Any, *what: str) -> None:
    """No error of ours, and nothing kept that is refused."""
    assert response.status_code < 500, (what, response.status_code)
    if response.status_code >= 400:
        assert "no-store" in response.headers["Cache-Control"], (what, response.status_code)


def test_the_table_is_whole() -> None:
    assert len(OF_PEOPLE) > 100 and len(OTHERS) > 30
    assert {"/", "/api/v1", "/oauth/revoke", "/docs/", "/api/v1/releases/<str:release_id>"} <= set(OTHERS)


@in_parts
def test_no_odd_text_is_an_error_of_ours_and_no_refusal_is_kept(visits: list[tuple[str, Visitor]]) -> None:
    for route, (browser, headers) in visits:
        plain = filled(route, "1")
        for address in {filled(route, text) for text in ODD} - {plain}:
            sound(browser.get(address, headers=headers), "path", route)
        said = dict(zip(NAMES, turned(ODD, route), strict=False))
        sound(browser.get(f"{plain}?{form(said)}", headers=headers), "query", route)
        raw = unquote_to_bytes(next(turned(ODD, route)))
        for content, media in ((form(said).encode(), FORM), (parts(said), MULTIPART), (b'{"a":"%s"}' % raw, JSON)):
            sound(browser.generic("POST", plain, content, media, headers=headers), media, route)


@in_parts
def test_no_odd_header_or_cookie_is_an_error_of_ours(visits: list[tuple[str, Visitor]]) -> None:
    for route, (browser, headers) in of_somebody(visits):
        path = filled(route, "1")
        cookies = "; ".join(f"{name}={next(turned(ODD_HEADERS, route))}" for name in COOKIES)
        sound(Browser(raise_request_exception=False).get(path, headers={"Cookie": cookies}), "Cookie", route)
        names = HEADERS if route in OTHERS else ("X-Forwarded-For", "Accept-Language", "Referer")
        for name, value in zip(names, turned(ODD_HEADERS, route), strict=False):
            sound(browser.get(path, headers={**headers, name: value}), name, route)


@pytest.mark.parametrize("text", [b"\0", b"\xff\xfe", b"\xed\xa0\x80", "\U0010ffff".encode(), b"a" * 300, b":", b""])
@pytest.mark.parametrize("path", ["/oauth/token", "/oauth/revoke"])
def test_odd_credentials_are_refused(db: None, path: str, text: bytes) -> None:
    browser = Browser(raise_request_exception=False)
    for pair in (text + b":" + text, text + b":x", b"x:" + text, quote(text).encode() + b":x"):
        header = {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}
        answer = browser.generic("POST", path, b"grant_type=client_credentials&token=x", FORM, headers=header)
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


@in_parts
def test_no_method_that_is_refused_is_kept(visits: list[tuple[str, Visitor]]) -> None:
    for route, (browser, headers) in visits:
        for method in METHODS:
            sound(browser.generic(method, filled(route, "1"), headers=headers), method, route)
