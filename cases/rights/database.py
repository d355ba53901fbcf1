"""Asking the database's functions that produce and erase: they check for themselves who asks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from psycopg import Error

from cases.refusals import in_words
from partners.text import say

Parameter = str | int | UUID | None | list[str] | list[UUID]
REFUSED, WAITED = "HE001", "55P03"
BUSY = say(
    "Der bliver gemt oplysninger lige nu: prøv igen om et øjeblik.", "Somebody is writing: try again in a moment."
)


class RightsRefused(Exception):
    """What cannot be produced or erased; the text is for staff, and names no token, reference or code of a person."""


def ask(statement: str, *parameters: Parameter) -> list[tuple[Any, ...]]:
    """The rows of a function, in a transaction of its own. Raises `RightsRefused` with the reason."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
    except DatabaseError as error:
        raise refusal(error) from None
    return rows


def refusal(error: DatabaseError) -> Exception:
    """The refusal in words, or the error itself."""
    cause = error.__cause__
    state = cause.sqlstate if isinstance(cause, Error) else None
    if isinstance(cause, Error) and state == REFUSED:
        return RightsRefused(in_words(cause.diag.message_primary))
    return RightsRefused(BUSY) if state == WAITED else error
