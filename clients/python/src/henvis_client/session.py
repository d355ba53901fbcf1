"""Requests that arrive: the access token, renewed before it ends; attempts under one key; waiting as Henvis asks.

A request is tried again only where that is safe: a read, a PUT, a DELETE, a POST with an Idempotency-Key, or one
of which Henvis says that the same again changes nothing.
"""

from __future__ import annotations

import ipaddress
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import certifi
import httpx

from henvis_client.documents import Document, Progress
from henvis_client.errors import IN_FLIGHT, NetworkError, UsageError, problem_of
from henvis_client.texts import Text
from henvis_client.timing import Patience, Timing, retry_after
from henvis_client.version import VERSION

# A token is renewed so many seconds before it ends: a request takes its time, and clocks differ.
EARLY = 30.0
TRANSIENT = frozenset({408, 425, 429, 502, 503, 504})
JSON_TYPES = ("application/json", "application/problem+json")
INSECURE = Text(
    "Adressen skal begynde med https://. Uden TLS kan andre læse API-nøgler og oplysninger undervejs.",
    "The address has to begin with https://. Without TLS others can read secrets and records on their way.",
)


@dataclass(frozen=True, slots=True)
class Call:
    """One request. `path` begins with a slash. `is_open`: without a token. `is_safe`: a second one changes nothing, POST or not."""

    method: str
    path: str
    params: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    document: Document | None = field(default=None, repr=False)
    is_open: bool = False
    is_safe: bool = False
    progress: Progress | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Token:
    """An access token, and when it ends by the clock that only goes forward."""

    text: str = field(repr=False)
    ends: float


def origin_of(address: str) -> str:
    """The address of a service without a slash at its end. Raises `UsageError` where it is not https, but for this machine."""
    try:
        parts = urlsplit(address.strip().rstrip("/"))
    except ValueError:
        raise UsageError("address_insecure", INSECURE) from None
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
    if not is_safe or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise UsageError("address_insecure", INSECURE)
    return parts.geturl()


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def trust() -> ssl.SSLContext:
    """Whom the system trusts, which knows an organisation's own proxy, and whom browsers trust."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


class Session:
    """Requests to one service by one client, from any thread."""

    def __init__(
        self,
        address: str,
        client_id: str,
        client_secret: str,
        *,
        language: str = "da",
        patience: Patience | None = None,
        timing: Timing | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.address = origin_of(address)
        self.language = language
        self.patience, self.timing = patience or Patience(), timing or Timing()
        self._credentials = httpx.BasicAuth(client_id, client_secret)
        self._token: Token | None = None
        self._lock = threading.Lock()
        self._http = httpx.Client(
            transport=transport,
            verify=trust() if transport is None and self.address.startswith("https:") else True,
            timeout=httpx.Timeout(self.patience.read, connect=self.patience.connect),
            headers={"User-Agent": f"henvis-client/{VERSION}", "Accept-Language": language},
            follow_redirects=False,
        )

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def json(self, call: Call) -> tuple[Any, httpx.Response]:
        """The JSON of an answer, and the answer. Raises `HenvisError`."""
        response = self.send(call)
        if media_type(response) not in JSON_TYPES:
            raise NetworkError(response.status_code, key_of(call))
        try:
            return response.json(), response
        except ValueError:
            raise NetworkError(response.status_code, key_of(call)) from None

    def send(self, call: Call) -> httpx.Response:
        """The answer to a request that succeeded. Raises `Problem`, and `NetworkError` where no answer of Henvis came."""
        response = self.attempt(call)
        if response.status_code == 401 and not call.is_open:
            self._token = None
            response = self.attempt(call)
        if response.is_success:
            return response
        raw = content_of(response)
        if raw is None:
            raise NetworkError(response.status_code, key_of(call))
        problem = problem_of(response.status_code, raw, response.headers.get("ETag"))
        problem.idempotency_key = key_of(call)
        raise problem

    def attempt(self, call: Call) -> httpx.Response:
        """The first answer that will stand, or the last one. Raises `NetworkError` where none came."""
        attempt = 0
        while True:
            attempt += 1
            response = self.once(call)
            wait = self.wait_of(response)
            is_last = attempt >= self.patience.attempts or not is_repeatable(call)
            if response is not None and (
                not is_transient(response) or is_last or (wait or 0) > self.patience.most_wait
            ):
                return response
            if is_last:
                raise NetworkError(None, key_of(call))
            self.timing.sleep(self.patience.pause(attempt, self.timing.chance(), wait))

    def wait_of(self, response: httpx.Response | None) -> float | None:
        """The seconds that an answer asks to wait."""
        return retry_after(response.headers.get("Retry-After"), self.timing.wall()) if response is not None else None

    def once(self, call: Call) -> httpx.Response | None:
        """One attempt. None where no answer came."""
        headers = {**call.headers}
        if not call.is_open:
            headers["Authorization"] = f"Bearer {self.token()}"
        document = call.document
        if document is not None:
            headers |= {"Content-Type": document.media_type, "Content-Length": str(document.size)}
        try:
            return self._http.request(
                call.method,
                self.address + call.path,
                params=dict(call.params) or None,
                headers=headers,
                content=document.observe(call.progress) if document is not None else None,
            )
        except httpx.RequestError:
            return None

    def token(self) -> str:
        """An access token that lasts a while yet. Raises `CredentialProblem` and `NetworkError`."""
        with self._lock:
            if self._token is None or self._token.ends - EARLY <= self.timing.clock():
                self._token = self.fetch_token()
            return self._token.text

    def fetch_token(self) -> Token:
        """A new token."""
        begin = self.timing.clock()
        form = Document.of_bytes(b"grant_type=client_credentials", "application/x-www-form-urlencoded")
        basic = next(self._credentials.auth_flow(httpx.Request("POST", self.address))).headers["Authorization"]
        call = Call("POST", "/oauth/token", headers={"Authorization": basic}, document=form, is_open=True)
        raw, response = self.json(call)
        if not isinstance(raw, dict) or not isinstance(raw.get("access_token"), str):
            raise NetworkError(response.status_code)
        return Token(raw["access_token"], begin + float(raw.get("expires_in") or EARLY))


def is_repeatable(call: Call) -> bool:
    """Whether a second attempt does nothing that the first has not done."""
    return call.method != "POST" or key_of(call) is not None or call.is_open or call.is_safe


def key_of(call: Call) -> str | None:
    """The key of a request."""
    return call.headers.get("Idempotency-Key")


def is_transient(response: httpx.Response) -> bool:
    """Whether the same request is to be sent again."""
    if response.status_code == 409:
        return (content_of(response) or {}).get("code") == IN_FLIGHT
    return response.status_code in TRANSIENT


def media_type(response: httpx.Response) -> str:
    """The media type of an answer, without its parameters."""
    return str(response.headers.get("Content-Type", "")).partition(";")[0].strip().lower()


def content_of(response: httpx.Response) -> dict[str, Any] | None:
    """The problem of an answer. None where it is none of Henvis."""
    if media_type(response) not in JSON_TYPES:
        return None
    try:
        raw = response.json()
    except ValueError:
        return None
    return raw if isinstance(raw, dict) and ("code" in raw or "error" in raw) else None
