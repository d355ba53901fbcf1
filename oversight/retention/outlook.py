"""The rules of retention in words, and how many persons go next."""

from __future__ import annotations

from django.db import connection

from cases.months import today as this_day
from core.text import NO_TEXT, Text
from oversight.retention.persons import times
from oversight.retention.rules import BY_ID, NO_VICTIMS, PERSONS

# How many of the next days on which somebody goes are told.
MOST = 3
NEXT = """
SELECT goes_on, count(*) FILTER (WHERE NOT held), count(*) FILTER (WHERE held) FROM henvis_retention(NULL, %s, %s, %s)
GROUP BY goes_on ORDER BY goes_on LIMIT %s
"""


def outlook() -> Text:
    """How long persons are kept, and on which of the next days how many go. What is held is told apart."""
    whole, fewer = BY_ID[PERSONS].length, BY_ID[NO_VICTIMS].length
    rule = Text(
        f"Oplysninger om en person slettes {whole.da} efter det sidste år, der er noget fra; {fewer.da} efter, når personen er "
        "vurderet ikke at være udsat for menneskehandel.",
        f"Data of a person are erased {whole.en} after the last year with a record; {fewer.en} after it, where the person was "
        "found not to be a victim.",
    )
    return Text(*(" ".join(words) for words in zip(rule, *map(words_of_day, next_days()), strict=True)))


def next_days() -> list[tuple[str, int, int]]:
    """The next days on which somebody goes, each with how many go, and how many would and are held."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [*times(this_day()), MOST])
        return [(str(day), going, staying) for day, going, staying in cursor.fetchall()]


def words_of_day(day: tuple[str, int, int]) -> Text:
    text, going, staying = day
    rest = Text(f", og {staying} bevares længere", f", and {staying} are kept for longer") if staying else NO_TEXT
    return Text(f"{text}: {going} personer{rest.da}.", f"{text}: {going} persons{rest.en}.")
