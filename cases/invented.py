"""What a database of invented records says of itself wherever somebody reads something of it.

Figures that others published are no records of it: they are real, and nothing of theirs is marked.
"""

from __future__ import annotations

from django.db import connection

from core.text import Text

MARK = Text(
    "Opdigtede data til demonstration. Kun tal, der er offentliggjort andetsteds, er virkelige.",
    "Invented data for demonstration. Only figures that are published elsewhere are real.",
)
WORDS = Text("opdigtede data", "invented data")
# The database refuses the row of the first once it has one of the others: then its answer is final.
ASK = """
SELECT EXISTS (SELECT FROM cases_inventeddata),
       EXISTS (SELECT FROM cases_case) OR EXISTS (SELECT FROM statistics_release)
"""


class KnownAnswer:
    """What this process knows of its database. None: it has not asked, or an empty database may still become one of either kind."""

    answer: bool | None = None


KNOWN = KnownAnswer()


def is_invented() -> bool:
    """Whether the records of this database are invented. One statement until the answer is final, and none after it."""
    if KNOWN.answer is not None:
        return KNOWN.answer
    with connection.cursor() as cursor:
        cursor.execute(ASK)
        is_declared, has_records = cursor.fetchone() or (False, False)
    if is_declared or has_records:
        KNOWN.answer = is_declared
    return bool(is_declared)


def mark() -> Text | None:
    """The sentence that stands on everything of a database of invented records; None in any other."""
    return MARK if is_invented() else None


def with_mark(title: str, language: str) -> str:
    """A title that stands alone, as in a list of feeds, with the mark where it is due."""
    return with_words(title, language) if is_invented() else title


def with_words(text: str, language: str) -> str:
    """A text with the mark in two words behind it."""
    return f"{text} ({WORDS(language)})"
