"""Calls of the guarded functions that produce, restrict and erase. The functions themselves check who asks."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import OperationalError, connection, transaction
from psycopg.errors import LockNotAvailable

from core.refusals import raised_as
from core.text import say

Parameter = str | int | UUID | date | None | list[str] | list[UUID]
BUSY = say(
    "Der bliver gemt oplysninger lige nu: prøv igen om et øjeblik.",
    "Records are being stored right now: try again in a moment.",
)


class RightsRefused(Exception):
    """The data cannot be produced or erased. The message is for staff; it names no token, reference or code of a person."""


def ask(statement: str, *parameters: Parameter) -> list[tuple[Any, ...]]:
    """The rows that a function returns, called in a transaction of its own. Raises `RightsRefused` with the reason."""
    try:
        with raised_as(RightsRefused), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise RightsRefused(BUSY) from None
        raise
    return rows
