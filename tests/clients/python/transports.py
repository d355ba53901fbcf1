"""Ways to a service in this process, and networks that lose answers."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from henvis_client.timing import Timing
from tests.callers import as_web_server

ADDRESS = "http://localhost"
START = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


class InProcess(httpx.BaseTransport):
    """The program as it is served, in this process, with the rights of the web server's role in the database."""

    def __init__(self) -> None:
        self.inner = httpx.WSGITransport(app=WSGIHandler(), remote_addr="127.0.0.1")

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One request."""
        # The name that Django's tests serve.
        request.headers["Host"] = "testserver"
        with as_web_server(), keeping_connection():
            response = self.inner.handle_request(request)
            response.read()
        return response


@contextmanager
def keeping_connection() -> Iterator[None]:
    """No request closes the connection: a test that is taken back has one."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


class Losing(httpx.BaseTransport):
    """A network that lets every request through and loses some answers, and some requests on their way.

    `share`: how many of a hundred are lost. What is lost is decided by a seed, so that a failure can be seen again.
    """

    def __init__(self, inner: httpx.BaseTransport, share: int, seed: int = 1) -> None:
        self.inner, self.share = inner, share
        self.chance = random.Random(seed)
        self.answers_lost = self.requests_lost = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One request; it may have been carried out although no answer comes."""
        if self.chance.randrange(100) < self.share // 2:
            self.requests_lost += 1
            raise httpx.ConnectError("lost")
        response = self.inner.handle_request(request)
        response.read()
        if self.chance.randrange(100) < self.share:
            self.answers_lost += 1
            raise httpx.ReadTimeout("lost")
        return response


class Away(httpx.BaseTransport):
    """A network that is away, until it is back."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self.inner, self.is_away = inner, True

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One request."""
        if self.is_away:
            raise httpx.ConnectError("away")
        return self.inner.handle_request(request)


@dataclass
class Clock:
    """A clock that goes on when somebody sleeps."""

    seconds: float = 0.0
    naps: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        """Go on at once."""
        self.naps.append(seconds)
        self.seconds += seconds

    @property
    def timing(self) -> Timing:
        """What a client is given. Chance is always one half."""
        return Timing(lambda: self.seconds, lambda: START + timedelta(seconds=self.seconds), self.sleep, lambda: 0.5)


class Changing(httpx.BaseTransport):
    """A service whose answers of files are another thing: `change` makes the body."""

    def __init__(self, inner: httpx.BaseTransport, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        self.inner, self.change = inner, change

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One request."""
        response = self.inner.handle_request(request)
        response.read()
        if request.method != "POST" or not request.url.path.endswith("/batches"):
            return response
        return httpx.Response(response.status_code, json=self.change(response.json()))


def scripted(*answers: Any) -> tuple[httpx.MockTransport, list[httpx.Request]]:
    """A service that gives these answers in their order, and the requests that it gets. Tokens it gives to everybody.

    An exception is raised in the place of an answer.
    """
    requests: list[httpx.Request] = []
    rest = list(answers)

    def handle(request: httpx.Request) -> httpx.Response:
        request.read()
        requests.append(request)
        if request.url.path == "/oauth/token" and not any(is_of_token(each) for each in rest[:1]):
            return httpx.Response(200, json={"access_token": f"token-{len(requests)}", "expires_in": 600})
        answer = rest.pop(0)
        if isinstance(answer, Exception):
            raise answer
        assert isinstance(answer, httpx.Response)
        return answer

    return httpx.MockTransport(handle), requests


def is_of_token(answer: Any) -> bool:
    """Whether an answer is one to who fetches a token."""
    return isinstance(answer, httpx.Response) and answer.extensions.get("of") == b"token"


def problem(status: int, code: str, **headers: str) -> httpx.Response:
    """A problem as Henvis gives it."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = {"title": "Title", "status": status, "detail": "Detail.", "code": code}
    return httpx.Response(status, json=body, headers={"Content-Type": "application/problem+json", **named})
