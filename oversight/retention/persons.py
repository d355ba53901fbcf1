"""Erasing the persons whose time is over: each night, by the worker of the upkeep."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import connection

from cases.models import Case
from cases.months import today as this_day
from oversight.retention.rules import NO_VICTIMS, PERSONS, months_of
from oversight.rights.erasure import erase_by
from oversight.rights.person import data_of_case

FIND = (
    "SELECT subject FROM henvis_retention(NULL, %s, %s, %s) WHERE goes_on <= %s AND NOT held ORDER BY goes_on, subject"
)
EXPIRE = "SELECT henvis_expire(%s::uuid[], %s::text[], %s::text[], %s::uuid[], %s::uuid[], %s::text[], %s, %s, %s)"


def times(today: date) -> tuple[int, int, date]:
    """What the functions of the database go by: the months of both classes, and the day."""
    return months_of(PERSONS), months_of(NO_VICTIMS), today


def expire(today: date | None = None) -> int:
    """Erase everybody whose time is over on a day. Returns how many. It may be ended at any person, and begun again.

    A writer under way makes it wait, five seconds at most: then it ends with `RightsRefused`, and the next night goes on.
    """
    day = today or this_day()
    with connection.cursor() as cursor:
        cursor.execute(FIND, [*times(day), day])
        due = [person for (person,) in cursor.fetchall()]
    return sum(expire_person(person, day) for person in due)


def expire_person(person: UUID, today: date) -> bool:
    """Erase a person; false where she stays, since something came meanwhile or another erasure took her along."""
    case = Case.objects.filter(pk=person).first()
    if case is None:
        return False
    return erase_by(EXPIRE, data_of_case(case), after=times(today)) is not None
