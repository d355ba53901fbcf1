"""Partners that call the API in tests, through Django's in-process client."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test import Client as DjangoBrowser
from django.utils import timezone
from django.utils.crypto import get_random_string
from oauth2_provider.models import get_access_token_model
from psycopg.pq import TransactionStatus

from cases import dictionary as d
from cases.intake import rules
from config.env import WEB_ROLE
from partners.audit import COMMAND
from partners.credentials import Principal, add_client, add_partner, authenticate
from partners.kinds import Kind, Mode
from partners.models import Client, Partner
from partners.organisations import agreements
from partners.people.gate import PEOPLE
from tests import described


@contextmanager
def as_web_server() -> Iterator[None]:
    """This thread's connection with the rights of the web server's role, and no more.

    On the driver's connection, so that no count of statements sees it. One that has died takes no role.
    """
    connection.ensure_connection()
    driver = connection.connection
    if not driver.closed:
        driver.execute(f"SET ROLE {WEB_ROLE}")
    try:
        yield
    finally:
        # A transaction that is broken ends in a rollback, which brings the role back with it; so does a closed connection.
        if not driver.closed and driver.info.transaction_status != TransactionStatus.INERROR:
            driver.execute("RESET ROLE")


class Browser(DjangoBrowser):
    """Django's in-process client, whose requests run with the web server's role in the database.

    Whoever it logs in (`login`, `force_login`) has passed a second factor; `with_password_alone` has not. A form of a person is
    checked as a real browser's is, and is sent as one sends it: with the token of its page and with the origin that the last
    page's policy lets out. `forging` sends none of these.

    Every answer of the API is held against its description, unless what it answers is made up (`made_up`).
    """

    with_password_alone = forging = made_up = False

    def __init__(self, **changes: Any) -> None:
        super().__init__(**{"enforce_csrf_checks": True, **changes})
        self.policy = settings.SECURE_REFERRER_POLICY

    def post(self, path: str, data: Any = None, *args: Any, **extra: Any) -> Any:  # type: ignore[override]
        """POST: for a page of people, a form."""
        if self.forging or not path.startswith(PEOPLE):
            return super().post(path, data, *args, **extra)
        token = self.cookies[settings.CSRF_COOKIE_NAME].value if settings.CSRF_COOKIE_NAME in self.cookies else ""
        if not token:
            self.cookies[settings.CSRF_COOKIE_NAME] = token = get_random_string(32)
        host = self.defaults.get("SERVER_NAME", "testserver")
        origin = "null" if self.policy == "no-referrer" else f"http://{host}"
        headers = {"Origin": origin, **(extra.pop("headers", None) or {})}
        return super().post(path, {"csrfmiddlewaretoken": token, **(data or {})}, *args, headers=headers, **extra)

    def _login(self, user: Any, backend: str | None = None) -> None:
        super()._login(user, backend)  # type: ignore[misc]
        if not self.with_password_alone:
            session = self.session
            session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": 0, "type": "totp"}]
            session["account_authentication_methods_user"] = str(user.pk)
            session.save()

    def sure(self, path: str, form: dict[str, Any] | None = None, **options: Any) -> Any:
        """A POST by who has said yes on the page that asks."""
        return self.post(path, {**(form or {}), "sure": "yes"}, **options)

    def request(self, **request: Any) -> Any:
        """One request."""
        with as_web_server():
            answer: Any = super().request(**request)
        self.policy = answer.headers.get("Referrer-Policy", self.policy)
        if not self.made_up:
            described.hold(request["REQUEST_METHOD"], request["PATH_INFO"], answer)
        return answer


@dataclass(frozen=True)
class Caller:
    """A partner with a client, its secret and an access token."""

    partner: Partner
    client: Client
    secret: str
    token: str
    browser: Browser = field(default_factory=Browser)

    @property
    def principal(self) -> Principal:
        """Who the token speaks for."""
        who = authenticate(self.token)
        assert who is not None
        return who

    def call(self, method: str, path: str, body: object = None, **headers: str) -> HttpResponse:
        """One request. Underscores in header names are hyphens; a bytes body goes as it is."""
        raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {"Authorization": f"Bearer {self.token}", **named}
        return self.browser.generic(method, path, raw, content_type="application/json", headers=sent)  # type: ignore[return-value]

    def get(self, path: str, **headers: str) -> HttpResponse:
        """GET."""
        return self.call("GET", path, **headers)

    def put(self, path: str, body: object, **headers: str) -> HttpResponse:
        """PUT."""
        return self.call("PUT", path, body, **headers)

    def post(self, path: str, body: object, **headers: str) -> HttpResponse:
        """POST."""
        return self.call("POST", path, body, **headers)

    def referral(self, **changes: object) -> tuple[str, dict[str, Any]]:
        """Store a referral; return its path and the answer's body."""
        path = f"/api/v1/referrals/{uuid4()}"
        response = self.put(path, referral(**changes))
        assert response.status_code == 201, response.content
        return path, json.loads(response.content)


def make_caller(
    kind: str,
    *,
    mode: Mode = Mode.LIVE,
    name: str | None = None,
    scopes: list[str] | None = None,
    agreed: bool = True,
) -> Caller:
    """A new partner with a client and a token that lasts ten minutes. `agreed`: it has confirmed the agreement."""
    partner = add_partner(by=COMMAND, name=name or f"{kind} {uuid4().hex[:8]}", kind=Kind(kind), mode=mode)
    if agreed:
        agree(partner)
    client, secret = add_client(by=COMMAND, partner=partner, scopes=scopes)
    return Caller(partner, client, secret, issue_token(client))


def agree(partner: Partner) -> None:
    """Have a live partner confirm the agreement in force, by nobody who is among its people in the tests."""
    if not agreements.needs_none(partner):
        signer, _ = User.objects.get_or_create(username="signer", defaults={"is_active": False})
        agreements.confirm(user=signer, partner=partner, version=agreements.current_of(partner), by=COMMAND)


def issue_token(client: Client, *, minutes: int = 10) -> str:
    """An access token of a client, stored as the token endpoint stores it."""
    plain = secrets.token_hex(20)
    model = get_access_token_model()
    row = model(application=client, expires=timezone.now() + timedelta(minutes=minutes), scope=" ".join(client.scopes))
    row.token = plain
    row.save()
    model.objects.filter(pk=row.pk).update(token="")
    return plain


def referral(**changes: object) -> dict[str, Any]:
    """The dictionary's example referral without a case token, with changes. A change to ... leaves the field out."""
    body = {**rules.example(d.REFERRAL), **changes}
    if "case_token" not in changes:
        del body["case_token"]
    return {name: value for name, value in body.items() if value is not ...}


def assessment(**changes: object) -> dict[str, Any]:
    """The dictionary's example assessment, with changes."""
    return {name: value for name, value in {**rules.example(d.ASSESSMENT), **changes}.items() if value is not ...}
