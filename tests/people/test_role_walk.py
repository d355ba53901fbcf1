"""Ten roles go to every route of people, with GET and with POST: nobody gets further than the tables of roles say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from cases.months import later, month_id, this_month
from partners.audit import COMMAND
from partners.organisations.names import add_twin
from partners.people.gate import ACCOUNT, DESK
from partners.roles import PARTNER_ROLES, STAFF_ROLES, MemberRole, Right
from tests.callers import Browser, Caller
from tests.people.visitors import member, signed_in, staff

pytestmark = pytest.mark.django_db
STAFF = [*STAFF_ROLES, "superuser"]
ROLES: list[str | MemberRole] = [*STAFF, *MemberRole]
# What stands in an address for a part of it. A role without the right is refused before anybody looks it up.
PARTS: dict[str, object] = {
    "str": month_id(later(this_month(), -1)),
    "int": 1,
    "uuid": "00000000-0000-4000-8000-000000000000",
}
PART = re.compile(r"<(?:(\w+):)?\w+>")


def routes(prefix: str) -> dict[str, Any]:
    """Every address below a prefix, with the view behind it."""
    return {address: view for address, view in walk(get_resolver().url_patterns, "/") if address.startswith(prefix)}


def walk(patterns: list[URLPattern | URLResolver], above: str) -> Iterator[tuple[str, Any]]:
    """The addresses of patterns, each part of one filled in."""
    for each in patterns:
        text = PART.sub(lambda part: str(PARTS.get(part[1] or "str", "x")), str(each.pattern))
        if isinstance(each, URLResolver):
            yield from walk(each.url_patterns, above + text)
        else:
            yield above + text, each.callback


def right_of(view: Any) -> Right | None:
    """The right that a page asks for, through what is wrapped around it. None where it asks for none."""
    while view is not None:
        if (right := getattr(view, "right", None)) is not None:
            assert isinstance(right, Right)
            return right
        view = getattr(view, "__wrapped__", None)
    return None


def browser_of(role: str | MemberRole, ngo: Caller) -> Browser:
    """A browser of a person with a role."""
    if isinstance(role, MemberRole):
        return signed_in(member(ngo.partner, role).user)
    boss = role == "superuser"
    return signed_in(staff(f"one-{role}", None if boss else role, is_superuser=boss))


def may(role: str | MemberRole, right: Right | None) -> bool:
    """Whether the tables give a role a right at the partner."""
    return isinstance(role, MemberRole) and (right is None or right in PARTNER_ROLES[role])


@pytest.mark.parametrize("role", ROLES)
def test_nobody_gets_further_on_the_desk_than_the_role(ngo: Caller, role: str | MemberRole) -> None:
    add_twin(by=COMMAND, partner=ngo.partner)
    browser = browser_of(role, ngo)
    for address, view in routes(DESK).items():
        right = right_of(view)
        assert right is not None, f"{address} asks for no right"
        for answer in (browser.get(address), browser.post(address)):
            assert answer.status_code < 500, address
            assert answer.status_code == 405 or (answer.status_code != 403) == may(role, right), (address, answer)


@pytest.mark.parametrize("role", ROLES)
def test_nobody_gets_further_at_the_account_than_the_role(ngo: Caller, role: str | MemberRole) -> None:
    browser = browser_of(role, ngo)
    guarded = {address: right for address, view in routes(ACCOUNT).items() if (right := right_of(view)) is not None}
    assert len(guarded) > 10
    for address, right in guarded.items():
        for answer in (browser.get(address), browser.post(address)):
            assert answer.status_code == 405 or (answer.status_code != 403) == may(role, right), (address, answer)


@pytest.mark.parametrize("prefix", [DESK, ACCOUNT, "/admin/"])
def test_nobody_in_particular_gets_anywhere(ngo: Caller, prefix: str) -> None:
    """All that is open to who has not signed in is the way to sign in."""
    browser = Browser()
    answers = {address: browser.get(address) for address in routes(prefix)}
    shown = {address for address, answer in answers.items() if answer.status_code == 200}
    ways_in = {f"{ACCOUNT}{each}" for each in ("login/", "login/passkey/", "invitation/", "inactive/")}
    assert shown <= ways_in, shown - ways_in
