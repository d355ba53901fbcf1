"""The database that is attacked: the planted persons, released by the product itself, and the readers who attack."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client as Browser

from cases.models import Case
from partners.audit import Actor
from partners.models import Partner
from stats.models import AUTHORITY, PUBLIC
from stats.publishing import build
from stats.publishing.choice import Choice
from stats.staff import approval
from tests.attacks.crawl import Answer
from tests.attacks.population import NGO, OTHER, POLICE, YEARS, Person
from tests.callers import Caller, make_caller
from tests.stats.records import NOTES, assessment, at, referral

ONE_WAY = [
    "gender",
    "age_band",
    "age_band.age18",
    "age_band.age25",
    "citizenship.continent",
    "citizenship.eu",
    "exploitation.form",
    "region",
]
POOL = [*ONE_WAY, "gender,exploitation.form", "region,exploitation.form"]
QUARTER = ["gender,exploitation.form", "gender,age_band.age18", "citizenship.continent", "region"]
CUBE = ["region,gender,exploitation.form"]
EVERY = ["", *POOL, "gender,age_band.age18", "region,gender", "region,gender,exploitation.form"]


@dataclass(frozen=True)
class Anonymous:
    """Nobody in particular."""

    browser: Browser = field(default_factory=Browser)

    def get(self, path: str, **headers: str) -> Answer:
        """GET."""
        return answer(self.browser.get(path, headers={n.replace("_", "-"): v for n, v in headers.items()}))


@dataclass(frozen=True)
class Token:
    """Somebody with a token."""

    caller: Caller

    def get(self, path: str, **headers: str) -> Answer:
        """GET."""
        return answer(self.caller.get(path, **headers))


def answer(response: Any) -> Answer:
    """An answer as it came."""
    return Answer(response.status_code, dict(response.headers), response.content)


@dataclass(frozen=True)
class World:
    """What is in the database, and who reads it. `known` are the persons whom each partner referred."""

    people: Sequence[Person]
    callers: Mapping[str, Caller]
    anonymous: Anonymous = field(default_factory=Anonymous)

    def reader(self, kind: str) -> Token:
        """A partner."""
        return Token(self.callers[kind])

    def known(self, kind: str) -> list[Person]:
        """The persons whom a partner referred."""
        return [person for person in self.people if person.partner == kind]


def establish(people: Iterable[Person]) -> World:
    """Store the persons: each a case that its partner referred and the centre assessed."""
    callers = {kind: make_caller(kind) for kind in (NGO, POLICE, OTHER, "CENTRE")}
    for person in people:
        enter(person, callers[person.partner].partner, callers["CENTRE"].partner)
    return World(tuple(people), callers)


def enter(person: Person, partner: Partner, centre: Partner, minutes: int = 0) -> None:
    """Store a person."""
    token = f"{person.id.int % 10**11:011d}"
    opened = Case.objects.create(id=person.id, token=token, test=False, opened_at=at(0), opened_by=partner)
    minor = person.codes["age_band"] == "Y15T17"
    codes = {**person.codes, "minor_when_exploited": "YES" if minor else "NO", "exploitation_detail": "_U"}
    month = f"{person.month:%Y-%m}"
    referral(opened, partner, referred_in=month, recorded_at=at(minutes), **codes)
    assessment(opened, centre, decided_in=month, recorded_at=at(minutes))


def staff(name: str) -> Actor:
    """A member of staff who may have releases built, publish and withdraw them."""
    user, _ = get_user_model().objects.get_or_create(username=name, defaults={"is_staff": True})
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="statistics"))
    return Actor(user_id=user.pk)


def issue(period: str, audience: str, tables: Iterable[str], minutes: int = 60, **parameters: int) -> str:
    """Build a release, have somebody else publish it; its id."""
    choice = Choice.of(tables, **parameters)
    built = build.build(
        by=staff("builder"),
        period=period,
        audience=audience,
        choice=choice,
        as_of=at(minutes),
        change_notes=NOTES,
    )
    assert built.passed
    approval.publish(by=staff("approver"), release_id=built.release.pk)
    return str(built.release.pk)


def issue_all() -> None:
    """What the world publishes: every year, the pool of them, and for authorities a quarter and a year."""
    for year in YEARS:
        issue(str(year), PUBLIC, ONE_WAY)
    issue("2011-2013", PUBLIC, POOL)
    issue("2013-Q4", AUTHORITY, QUARTER)
    issue("2013", AUTHORITY, CUBE)


def drawn_keys(patch: pytest.MonkeyPatch) -> None:
    """Let releases draw keys that are the same in every run."""
    drawn: list[int] = []

    def token_bytes(size: int) -> bytes:
        drawn.append(size)
        return hashlib.sha256(b"key %d" % len(drawn)).digest()[:size]

    patch.setattr("stats.protection.perturbation.secrets.token_bytes", token_bytes)
