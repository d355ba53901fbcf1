"""What the database's own functions refuse, in the language of the reader.

`henvis_refuse` (partners/sql/refuse.sql) raises the state HE001 with a code and a subject. The words of the codes stand once, in
the room whose functions raise them, and are added here when the program starts (core/apps.py), so that no room knows another's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError
from psycopg import Error

from core.text import Text, lazily

STATE = "HE001"
# By the code. `{subject}` stands for what was refused, such as the id of a release.
WORDS: dict[str, Text] = {}
NEWER = Text(
    "Databasen er nyere end programmet og afviser det med koden {}.",
    "The database is newer than the program, and refuses it with the code {}.",
)


def add(words: Mapping[str, Text]) -> None:
    """Add the codes of a room. Raises `ValueError` where another room has one of them."""
    if codes_taken := sorted(words.keys() & WORDS.keys()):
        raise ValueError(f"Two rooms have words for {', '.join(codes_taken)}")
    WORDS.update(words)


def words_of(error: DatabaseError) -> Any | None:
    """What a refusal means, in the language of the reader; None where the database refused nothing.

    A code that is not known here is newer than this program.
    """
    cause = error.__cause__
    if not isinstance(cause, Error) or cause.sqlstate != STATE:
        return None
    code = cause.diag.message_primary or ""
    if (words := WORDS.get(code)) is None:
        return lazily(Text(*(each.format(code) for each in NEWER)))
    return lazily(Text(*(each.format(subject=cause.diag.message_detail) for each in words)))


@contextmanager
def raised_as(refusal: type[Exception]) -> Iterator[None]:
    """Raise what the database refuses as this exception, in words."""
    try:
        yield
    except DatabaseError as error:
        if (words := words_of(error)) is None:
            raise
        raise refusal(words) from None
