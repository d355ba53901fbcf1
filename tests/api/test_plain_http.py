"""Without TLS nothing that carries a secret, a body or a program's request is sent on: it would be sent again."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.asserts import LIST, problem
from tests.callers import Browser, Caller, referral

FORM = "application/x-www-form-urlencoded"
pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(settings: Any) -> Browser:
    """A visitor of a deployed service."""
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    return Browser()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        *(("POST", path) for path in ("/oauth/token", "/oauth/revoke", "/account/login/", "/docs/", "/", "/nothing")),
        *((method, LIST) for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")),
        *(("GET", path) for path in ("/api", "/api/v1", "/api/v1/releases", "/oauth/token", "/api/v1/nothing")),
    ],
)
def test_it_is_refused_and_not_redirected(browser: Browser, method: str, path: str) -> None:
    response = browser.generic(method, path, b"a=b" if method == "POST" else b"", FORM)
    assert (response.status_code, "Location" in response.headers) == (403, False)
    assert response.headers["Cache-Control"] == "no-store"
    if method != "HEAD":
        problem(response, "tls_required")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "headers", [{"Authorization": "Bearer x"}, {"Authorization": "Basic eDp5"}, {"Transfer-Encoding": "chunked"}]
)
@pytest.mark.parametrize("path", ["/docs/", "/openapi.json", "/"])
def test_whatever_carries_a_secret_is_refused_anywhere(browser: Browser, path: str, headers: dict[str, str]) -> None:
    problem(browser.get(path, headers=headers), "tls_required")  # type: ignore[arg-type]


def test_a_right_secret_gets_no_token_and_a_right_token_stores_nothing(browser: Browser, ngo: Caller) -> None:
    sent = {"grant_type": "client_credentials", "client_id": ngo.client.client_id, "client_secret": ngo.secret}
    problem(browser.post("/oauth/token", sent), "tls_required")
    problem(ngo.post(LIST, referral(), Idempotency_Key="8e03978e-40d5-43dd-bc93-6894a57f9324"), "tls_required")
    secure = {"X-Forwarded-Proto": "https"}
    assert browser.post("/oauth/token", sent, headers=secure).status_code == 200
    assert ngo.get(LIST, **secure).status_code == 200


@pytest.mark.parametrize("path", ["/docs/", "/problems/", "/account/login/", "/openapi.json", "/"])
def test_who_only_looks_at_a_page_is_led_to_it(browser: Browser, path: str) -> None:
    browser.made_up = True  # over TLS, where the description holds, nobody is led elsewhere
    response = browser.get(path)
    assert (response.status_code, response.headers["Location"]) == (301, f"https://testserver{path}")


def test_probes_are_answered(browser: Browser) -> None:
    assert browser.get("/livez").status_code == browser.get("/readyz").status_code == 200
