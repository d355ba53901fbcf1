"""The rules of retention in words, and how many persons go next."""

from __future__ import annotations

from itertools import groupby

from cases.months import today as this_day
from core.text import NO_TEXT, Text
from oversight.retention.persons import find_times
from oversight.retention.rules import BY_ID, NO_VICTIMS, PERSONS

# How many of the next days on which somebody goes are told.
MOST = 3


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
    times = find_times(this_day())
    days = [(day, [each.is_held for each in those]) for day, those in groupby(times, lambda each: each.goes_on)]
    return [(str(day), holds.count(False), holds.count(True)) for day, holds in days[:MOST]]


def words_of_day(day: tuple[str, int, int]) -> Text:
    text, going, staying = day
    rest = Text(f", og {staying} bevares længere", f", and {staying} are kept for longer") if staying else NO_TEXT
    return Text(f"{text}: {going} personer{rest.da}.", f"{text}: {going} persons{rest.en}.")
