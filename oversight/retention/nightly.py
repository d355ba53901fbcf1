"""What is deleted each night because its time is over."""

from __future__ import annotations

from datetime import date

from django.db import connection, transaction

from cases.invented import is_invented
from cases.months import later, midnight
from cases.months import today as this_day
from oversight.retention.persons import expire
from oversight.retention.rules import FORGOTTEN, months_of

FORGET = "SELECT henvis_forget(%s, %s)"


def each_night() -> dict[str, int]:
    """What the worker does. The history of invented records is made up, and would be over on the first night: they stay."""
    return {} if is_invented() else run()


def run(today: date | None = None) -> dict[str, int]:
    """Delete it all. Returns how many persons, and how many rows of each other class."""
    day = today or this_day()
    return {"persons": expire(day), **{name: forget(name, day) for name in FORGOTTEN}}


def forget(name: str, today: date) -> int:
    """Delete what of a class is older than it is kept. Returns how many rows."""
    before = midnight(later(today.replace(day=1), -months_of(name)))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FORGET, [name, before])
        (number,) = cursor.fetchone()
    return int(number)
