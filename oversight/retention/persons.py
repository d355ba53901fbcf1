"""Erasing the persons whose time is over: each night, by the worker of the upkeep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from cases.models import Case
from cases.months import today as this_day
from oversight.retention.rules import NO_VICTIMS, PERSONS, months_of
from oversight.rights.erasure import erase_by
from oversight.rights.person import data_of_case

FIND = "SELECT person, years, goes_on, held FROM henvis_retention(%s, %s, %s, %s) ORDER BY goes_on, person"
EXPIRE = "SELECT henvis_expire(%s::uuid[], %s::text[], %s::text[], %s::uuid[], %s::uuid[], %s::text[], %s, %s, %s)"


@dataclass(frozen=True, slots=True)
class PersonTime:
    """When a person (by the case that stands for her) goes.

    `years`: those of her records. `is_held`: something keeps her for longer.
    """

    person: UUID
    years: tuple[int, ...]
    goes_on: date
    is_held: bool


def find_times(today: date) -> list[PersonTime]:
    """When each person goes, the first one first."""
    with connection.cursor() as cursor:
        cursor.execute(FIND, [None, months_of(PERSONS), months_of(NO_VICTIMS), today])
        return [PersonTime(person, tuple(years), day, is_held) for person, years, day, is_held in cursor.fetchall()]


def expire(today: date | None = None) -> int:
    """Erase everybody whose time is over on a day. Returns how many. It may be ended at any person, and begun again.

    A writer under way makes it wait, five seconds at most: then it ends with `RightsRefused`, and the next night goes on.
    """
    day = today or this_day()
    due = [each.person for each in find_times(day) if each.goes_on <= day and not each.is_held]
    return sum(expire_person(person, day) for person in due)


def expire_person(person: UUID, today: date) -> bool:
    """Erase a person; false where she stays, since something came meanwhile or another erasure took her along."""
    case = Case.objects.filter(pk=person).first()
    if case is None:
        return False
    times = (months_of(PERSONS), months_of(NO_VICTIMS), today)
    return erase_by(EXPIRE, data_of_case(case), after=times) is not None
