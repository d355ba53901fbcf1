"""Asking the database's functions that produce and erase: they check for themselves who asks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import OperationalError, connection, transaction
from psycopg.errors import LockNotAvailable

from partners.refusals import raised_as
from partners.text import say

Parameter = str | int | UUID | None | list[str] | list[UUID]
BUSY = say(
    "Der bliver gemt oplysninger lige nu: prøv igen om et øjeblik.", "Somebody is writing: try again in a moment."
)


class RightsRefused(Exception):
    """What cannot be produced or erased; the text is for staff, and names no token, reference or code of a person."""


def ask(statement: str, *parameters: Parameter) -> list[tuple[Any, ...]]:
    """The rows of a function, in a transaction of its own. Raises `RightsRefused` with the reason."""
    try:
        with raised_as(RightsRefused), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise RightsRefused(BUSY) from None
        raise
    return rows
