"""A clock for codes that stands still, the host of passkeys, and the roles."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth

from partners.audit import COMMAND
from partners.people.invitations import invite
from tests.callers import Browser, Caller
from tests.people.passkeys import HOST
from tests.people.visitors import member, signed_in, staff
from tests.stats.drafts import built


class Clock:
    """The time that codes are made from, in seconds. It moves when a test says so."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def time(self) -> float:
        """Now."""
        return self.now

    def next_code(self) -> None:
        """The app shows its next code."""
        self.now += 30


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """No test depends on where in half a minute it runs."""
    clock = Clock()
    monkeypatch.setattr(auth, "time", SimpleNamespace(time=clock.time))
    return clock


@pytest.fixture
def host(settings: Any) -> None:
    """The host that people use, for which passkeys are made."""
    settings.ALLOWED_HOSTS = [HOST]


@pytest.fixture
def boss(ngo: Caller) -> Browser:
    """A superuser's browser, with something on every screen."""
    built("public", "2023", user=staff("builder"))
    member(ngo.partner)
    invite(by=COMMAND, role="READER", partner=ngo.partner)
    return signed_in(staff("boss", is_superuser=True))
