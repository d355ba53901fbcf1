"""People in front of the pages: accounts, browsers, codes, and what a page must keep."""

from __future__ import annotations

import base64
import re
import secrets
from html import unescape
from html.parser import HTMLParser
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.contrib.auth.models import Group, User
from django.utils import timezone

from partners.access import requests
from partners.audit import Actor
from partners.models import Partner
from partners.people.adapters import FactorAdapter
from partners.people.models import Membership
from partners.roles import MemberRole
from tests.callers import Browser

PASSWORD = "a-long-enough-password"


class Elements(HTMLParser):
    """Every element of a page with its attributes, and the text of scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.inline: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1][0] in {"script", "style"} and data.strip():
            self.inline.append(data)


def strict(answer: Any) -> None:
    """The page runs under a strict policy, has nothing that the policy would stop, and its forms name where they come from."""
    assert answer["Referrer-Policy"] == "same-origin"
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "unsafe" not in policy
    page = Elements(answer.content.decode())
    assert not page.inline
    for tag, attributes in page.found:
        assert tag != "style"
        assert tag != "script" or attributes.get("src"), attributes
        assert not [name for name in attributes if name == "style" or name.startswith("on")], (tag, attributes)
        for name in ("src", "href", "action"):
            assert re.match(r"^(/(?!/)|\?|#|\.|data:image/|[a-z]+/|$)", attributes.get(name) or ""), attributes


def account(name: str, **changes: Any) -> User:
    """A user with the password."""
    return User.objects.create_user(name, password=PASSWORD, **changes)


def staff(name: str, *given: str | None, **changes: Any) -> User:
    """A member of staff with the roles that are given; where None is, without one."""
    user = account(name, is_staff=True, **changes)
    user.groups.set(Group.objects.filter(name__in=filter(None, given)))
    return user


def member(partner: Partner, role: MemberRole = MemberRole.MANAGER, name: str | None = None) -> Membership:
    """A person of a partner."""
    user = account(name or f"person-{secrets.token_hex(4)}")
    return Membership.objects.create(user=user, partner=partner, role=role)


def invited_by_two(asker: User, approver: User, **what: Any) -> dict[str, str]:
    """What two members of staff hand over: `token` and `second` of an invitation."""
    asked, second = requests.ask_invitation(by=Actor.of(asker), **what)
    return {"token": requests.approve_invitation(by=Actor.of(approver), access_request=asked), "second": second}


def signed_in(user: User) -> Browser:
    """A browser whose session has passed a factor."""
    browser = Browser()
    browser.force_login(user)
    return browser


def with_app(user: User) -> str:
    """Give the user an app; return its secret."""
    secret = base64.b32encode(secrets.token_bytes(20)).decode()
    data = {"secret": FactorAdapter().encrypt(secret)}
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data=data, created_at=timezone.now())
    return secret


def code(secret: str, steps: int = 0) -> str:
    """The code that an app shows now, or some steps from now."""
    counter = next(auth.yield_hotp_counters_from_time())
    return str(auth.format_hotp_value(auth.hotp_value(secret, counter + steps)))


def password(browser: Browser, name: str, given: str = PASSWORD) -> Any:
    """The first step of signing in."""
    return browser.post("/account/login/", {"login": name, "password": given})


def text(answer: Any) -> str:
    """The page that a browser was answered with."""
    assert answer.status_code == 200, answer
    return str(answer.content.decode())


def numbers(page: str) -> list[str]:
    """The numbers that a page says, but for those of times of day and those that are part of a code."""
    return re.findall(r"(?<![\w:.])\d+(?![\w:])", page)


def words(answer: Any) -> str:
    """The words of a page, without its tags and with single blanks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text(answer))).split())
