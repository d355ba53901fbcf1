"""Browsers at the configured host, and what the script of the pages does with a passkey."""

from __future__ import annotations

import html
import json
from typing import Any

from django.contrib.auth.models import User

from partners.people.models import CacheEntry
from tests.callers import Browser
from tests.people.authenticator import SoftPasskey
from tests.people.visitors import Elements

HOST = "henvis.example"
ORIGIN = f"https://{HOST}"
ADD, LOGIN, FACTOR = "/account/factors/passkey/", "/account/login/passkey/", "/account/login/factor/"


class Visitor(Browser):
    """A browser at the host."""

    def __init__(self, **defaults: Any) -> None:
        super().__init__(SERVER_NAME=HOST, **defaults)


def at_host(user: User) -> Visitor:
    """A browser in whose session the person has a password shown and no factor."""
    browser = Visitor()
    browser.with_password_alone = True
    browser.force_login(user)
    return browser


def offered(page: Any) -> dict[str, Any]:
    """The options of a ceremony, as the script finds them on a page."""
    forms = [each for _, each in Elements(page.content.decode()).found if each.get("data-options")]
    found: dict[str, Any] = json.loads(html.unescape(forms[0]["data-options"] or ""))
    return found


def asked(browser: Browser) -> dict[str, Any]:
    """The options of signing in with a passkey alone, as the script fetches them."""
    answer = browser.get(LOGIN, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()["request_options"]
    return found


def send(browser: Browser, path: str, credential: object, **more: str) -> Any:
    """What the script sends."""
    return browser.post(path, {"credential": json.dumps(credential), **more})


def added(user: User, browser: Browser | None = None) -> SoftPasskey:
    """A passkey of the user's."""
    browser = browser or at_host(user)
    key = SoftPasskey(ORIGIN)
    options = offered(browser.get(ADD))
    answer = send(browser, ADD, key.create(options), name="Phone", passwordless="on")
    assert answer.status_code == 302, answer.content
    return key


def with_limits_lifted() -> None:
    """As if each attempt came after a while."""
    CacheEntry.objects.all().delete()
