"""Asking for a token and using it, from outside: what the tests of OAuth have in common."""

from __future__ import annotations

import base64
from typing import Any
from urllib.parse import quote_plus

from django.db import connection
from django.http import HttpResponse
from oauth2_provider.models import get_access_token_model

from tests.api.asserts import body
from tests.callers import Browser, Caller

TOKEN, REVOKE = "/oauth/token", "/oauth/revoke"
AccessToken = get_access_token_model()


def basic(client_id: str, secret: str) -> dict[str, str]:
    pair = f"{quote_plus(client_id)}:{quote_plus(secret)}".encode()
    return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}


def form(caller: Caller, **more: str) -> dict[str, str]:
    return {"client_id": caller.client.client_id, "client_secret": caller.secret, **more}


def ask(data: dict[str, str] | None = None, headers: dict[str, str] | None = None, path: str = TOKEN) -> HttpResponse:
    sent = {"grant_type": "client_credentials", **(data or {})}
    answer: HttpResponse = Browser().post(path, sent, headers=headers or {})
    return answer


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


def everything_stored() -> str:
    """Every table of the database as text."""
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            rows += [row[0] for row in cursor.fetchall()]
    return "\n".join(rows)
