"""People with records in every table, and a search for what remains of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import Permission, User
from django.db import connection

from cases.erased.models import ErasedReference, ErasedToken, ExpiredYear, Tombstone
from cases.models import Case
from oversight.rights.erasure import erase
from oversight.rights.person import find
from partners.audit import Actor
from partners.models import Partner
from stats.models import ErasedCount, ErasedKnowledge, Release
from tests.callers import Caller, as_web_server, assessment, referral

TABLES = """
SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname IN ('public', 'build') ORDER BY 1
"""


def staff(name: str = "officer", *rights: str) -> User:
    """A member of staff with these rights."""
    user = User.objects.get_or_create(username=name, defaults={"is_staff": True})[0]
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    return user


def officer() -> Actor:
    """Who may produce and erase."""
    return Actor.of(staff("officer", "produce_case", "erase_case"))


@dataclass
class Person:
    """What was submitted of somebody: her token, the paths and references of her referrals."""

    token: str
    paths: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)

    @property
    def case(self) -> Case:
        """Her case."""
        return Case.objects.get(token=self.token)

    @property
    def needles(self) -> list[str]:
        """Whatever leads to her."""
        return [self.token, str(self.case.pk), *self.references]


def arrive(first: Caller, *others: Caller, decider: Caller | None = None, **codes: object) -> Person:
    """Somebody who is referred by one after the other, with a correction, by PUT and by POST, and assessed."""
    path, stored = first.referral(**codes)
    person = Person(stored["case_token"], [path], [stored["reference"]])
    first.put(path, referral(**{"gender": "M", **codes}), If_Match='"1"')
    for other in others:
        told = referral(case_token=person.token, **codes)
        answer = json.loads(
            other.post("/api/v1/referrals", told, Idempotency_Key=f"key-of-person-{person.token}").content
        )
        person.references.append(answer["reference"])
        person.paths.append(f"/api/v1/referrals/{answer['reference']}")
    if decider is not None:
        place = f"/api/v1/cases/{person.token}/assessment"
        decider.put(place, assessment(outcome="PENDING", decided_by="_Z", decided_in=...))
        assert decider.put(place, assessment(), If_Match='"1"').status_code in (200, 201)
    return person


def erase_person(person: Person, *, by: Actor | None = None, reason: str = "REQUESTED", test: bool = False) -> UUID:
    """Erase a person as the web server does; the tombstone's id."""
    who = by or officer()
    with as_web_server():
        fingerprint = find(person.token, test=test).fingerprint
        return erase(by=who, token=person.token, test=test, reason_code=reason, fingerprint=fingerprint)


def tables() -> list[str]:
    """Every table of ours and of the frameworks, with its schema."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        return [name for (name,) in cursor.fetchall()]


def remaining_rows(needles: Iterable[str]) -> dict[str, int]:
    """How many rows of each table hold one of these texts in any column."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables():
            any_ = "EXISTS (SELECT FROM unnest(%s::text[]) AS n (needle) WHERE strpos(t::text, needle) > 0)"
            cursor.execute(f"SELECT count(*) FROM {table} AS t WHERE {any_}", [list(needles)])
            if count := cursor.fetchone()[0]:
                found[table] = count
    return found


def contents(*but: str) -> dict[str, list[str]]:
    """Every row of every table, as text, but of some."""
    rows: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        for table in tables():
            if table not in but:
                cursor.execute(f"SELECT t::text FROM {table} AS t ORDER BY 1")
                rows[table] = [text for (text,) in cursor.fetchall()]
    return rows


def body(response: Any) -> Any:
    """The answer's JSON."""
    return json.loads(response.content)


def store_tombstone(partner: Partner) -> Tombstone:
    """A row of each table that an erasure writes."""
    stone = Tombstone.objects.create(test=False, user=staff(), reason_code="REQUESTED", counts={})
    ErasedToken.objects.create(digest="0" * 64, tombstone=stone)
    ErasedReference.objects.create(partner=partner, digest="0" * 64)
    ExpiredYear.objects.create(year=2001, identified=True)
    ErasedKnowledge.objects.create(record=uuid4(), partner=partner, decided=False)
    if (release := Release.objects.first()) is not None:
        ErasedCount.objects.create(release=release, dataset="persons", hash=bytes(32), month="2025-01-01", leaves=[1])
    return stone
