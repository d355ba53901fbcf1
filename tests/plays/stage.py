"""The stage of the plays: people of a centre and its partners, who do what the pages let them do, and what everybody then reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.contrib.auth.models import Permission, User

from stats.models import BuildOrder, Release
from stats.publishing.orders import carry_out_next as carry_out_next
from tests.api import json_stat
from tests.api.asserts import body
from tests.api.open_figures import get
from tests.callers import Browser, Caller, assessment, make_caller

ADMIN, ORDERS, RELEASES = "/admin/", "/admin/statistics/buildorder/", "/admin/statistics/release/"
ENGLISH: Any = {"headers": {"Accept-Language": "en"}}
ORDERING = ("view_release", "view_buildorder", "add_buildorder", "view_erratum", "add_erratum")
APPROVING = ("view_release", "approve_release", "view_erratum")
REASONS = {
    "reason_da": "Tallene skal bruges i dag af Folketinget.",
    "reason_en": "Parliament needs these figures today.",
}
# What a draft may add to the calendar's silence.
UNANNOUNCED = {"off_calendar": "on"}


def words(response: Any) -> str:
    """The text of a page."""
    assert response.status_code == 200, (response.status_code, response.content)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


@dataclass
class Member:
    """A member of staff at her desk."""

    name: str
    rights: tuple[str, ...]
    browser: Browser = field(default_factory=Browser)

    def __post_init__(self) -> None:
        user = User.objects.create_user(self.name, password="a-long-password", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=self.rights))
        self.browser.force_login(user)

    def opens(self, path: str) -> str:
        """The text of a page."""
        return words(self.browser.get(path, follow=True, **ENGLISH))

    def does(self, path: str, form: dict[str, Any] | None = None) -> str:
        """The text of the page that follows a form that is sent and confirmed."""
        return words(self.browser.sure(path, form or {}, follow=True, **ENGLISH))

    def orders(self, period: int, tables: Sequence[str] = ("*",), **more: str | Sequence[str]) -> str:
        """Ask for proposals, tick tables or let the server choose, and order a draft, which is built. What is said of it then.

        `more`: what else is ticked or written.
        """
        form = {"period": period, "audience": "public"}
        self.does(f"{ORDERS}propose/", form)
        carry_out_next(print)
        answer = self.does(f"{ORDERS}add/", {**form, "tables": tables, **more})
        carry_out_next(print)
        last = BuildOrder.objects.latest("pk")
        return f"{answer} {self.opens(f'{ORDERS}{last.pk}/change/')}"

    def acts(self, release: str, act: str, form: dict[str, Any] | None = None) -> str:
        """Look at the tables of a release, and then do something to it."""
        self.opens(f"{RELEASES}{release}/preview/")
        return self.does(f"{RELEASES}{release}/{act}/", form)


def statistician() -> Member:
    """Who orders releases."""
    return Member("statistician", ORDERING)


def approver(name: str = "approver") -> Member:
    """Who approves them."""
    return Member(name, APPROVING)


@dataclass
class Reporters:
    """A partner that refers persons, and the centre that identifies them."""

    ngo: Caller = field(default_factory=lambda: make_caller("NGO"))
    centre: Caller = field(default_factory=lambda: make_caller("CENTRE"))

    def report(self, year: int, persons: int, **codes: str) -> None:
        """Refer so many women in spring, who are identified in June."""
        for _ in range(persons):
            _, row = self.ngo.referral(referred_in=f"{year}-04", gender="F", **codes)
            decision = assessment(outcome="IDENTIFIED", decided_in=f"{year}-06")
            answer = self.centre.put(f"/api/v1/cases/{row['case_token']}/assessment", decision)
            assert answer.status_code == 201, answer.content


def drafts() -> list[str]:
    """The releases that are not published."""
    return [*Release.objects.filter(publication=None).order_by("pk").values_list("pk", flat=True)]


def total(year: int) -> int | None:
    """What a program reads as the number of persons of a year. None: there is none."""
    answer = get(f"/api/v1/statistics/persons?year={year}")
    if answer.status_code != 200:
        return None
    ((_, value),) = json_stat.cells(body(answer))
    return int(value)


def front() -> str:
    """What everybody reads on the front page."""
    return words(Browser().get("/en/"))


def public_page(path: str, status: int = 200) -> str:
    """What everybody reads at an address."""
    answer = Browser().get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))
