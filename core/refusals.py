"""What the database refuses, in the language of the reader: its own functions by codes, its constraints by messages.

`henvis_refuse` (partners/sql/refuse.sql) raises the state HE001 with a code and a subject. The words of the codes stand once, in
the room whose functions raise them, and are added here when the program starts (core/apps.py), so that no room knows another's.

A form shows the message of a constraint where that would refuse a row. It belongs to the whole name of the constraint, and stands
in the words of its room; or to an ending that several names share, and stands here. The messages are set on the loaded models, so
that neither the schema nor a migration holds a text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from types import MappingProxyType
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
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


NONE: Mapping[str, Text] = MappingProxyType({})
# By the name of a constraint. The words stand in each room; its app hands them over when it starts.
BY_NAME: dict[str, Text] = {}
# By an ending that constraints of several rooms share.
BY_END = {
    "_code": Text("Koden står ikke på listen.", "The code is not on the list."),
    "_current": Text("Der er allerede en gældende version.", "There is already a current version."),
    "_digest": Text("Det er ikke en kontrolsum.", "This is not a digest."),
    "_first_day": Text("En måned gemmes som sin første dag.", "A month is stored as its first day."),
    "_from_1": Text("Versioner nummereres fra 1.", "Versions are numbered from 1."),
    "_in_month": Text("En måned gemmes som sin første dag.", "A month is stored as its first day."),
    "_in_order": Text(
        "De to sager skal være forskellige og i rækkefølge.", "The two cases must be different and in order."
    ),
    "_of_codes": Text("Der skal være et tal for hver kode.", "There must be a number for each code."),
    "_other": Text("Sagen henviser til sig selv.", "The case refers to itself."),
    "_reason_said": Text("Skriv en begrundelse.", "Write a reason."),
    "_reasons": Text("Begrundelsen mangler.", "The reasons are missing."),
    "_within_hidden": Text(
        "Kun et skjult tal kan stå som et interval.", "Only a hidden number can stand as an interval."
    ),
    "_within_symbol": Text("Intervallet mangler sin grænse.", "The interval lacks its bound."),
    "_shown_or_hidden": Text("Et tal skal være enten vist eller skjult.", "A number must be either shown or hidden."),
    "_since_another": Text(
        "En udgivelse kan ikke sammenlignes med sig selv.", "A release cannot be compared with itself."
    ),
    "_since_month": Text(
        "Måneden ligger for tidligt, eller datoen er ikke den første i en måned.",
        "The month is too early, or the date is not the first day of a month.",
    ),
    "_written": Text(
        "Teksten har tegn, som ingen kan se. Skriv den igen.", "The text has signs that nobody sees. Write it again."
    ),
    "_superseded_later": Text("En version skal ophøre efter sin begyndelse.", "A version must end after it began."),
}


def message_of(name: str) -> Text:
    """The message of a constraint. Raises `LookupError` where there is none."""
    words_found = BY_NAME.get(name) or next((words for end, words in BY_END.items() if name.endswith(end)), None)
    if words_found is None:
        raise LookupError(f"there are no words for the constraint {name}")
    return words_found


def set_messages(app: str, words: Mapping[str, Text] = NONE) -> None:
    """Give every constraint of an app its message; `words` are those of its own names. Raises `LookupError` where one has none."""
    BY_NAME.update(words)
    for model in apps.get_app_config(app).get_models():
        for constraint in model._meta.constraints:
            message = lazily(message_of(constraint.name))
            constraint.validate = partial(validate_in_words, constraint.validate, message)  # type: ignore[method-assign]


def validate_in_words(validate: Callable[..., None], message: Any, *args: Any, **kwargs: Any) -> None:
    """Check a constraint, and refuse with its message. Raises `ValidationError`."""
    try:
        validate(*args, **kwargs)
    except ValidationError as error:
        raise ValidationError(message, code=getattr(error, "code", None)) from None
