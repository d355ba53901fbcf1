"""The rules of retention in words, and how many persons go next."""

from __future__ import annotations

from datetime import date

from django.db import connection

from cases.invented import is_invented
from cases.months import day_words
from cases.months import today as this_day
from core.text import NO_TEXT, Text
from oversight.retention.models import ArchiveTransfer
from oversight.retention.persons import times
from oversight.retention.rules import BY_ID, NO_VICTIMS, PERSONS

# Of a demo, whose history is made up (`nightly.each_night`).
STAYS = Text(
    "Opdigtede data bliver ikke slettet af reglen. Ellers ville den gøre det disse dage:",
    "The rule erases no invented data. It would do so on these days:",
)
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
    sentences = [
        rule,
        words_of_archive(),
        *([STAYS] if is_invented() else []),
        *(words_of_day(*each) for each in next_days()),
    ]
    return Text(*map(" ".join, zip(*sentences, strict=True)))


def words_of_archive() -> Text:
    """Of which years somebody may go, as far as the National Archives are concerned."""
    rows = ArchiveTransfer.objects.exclude(received_at=None).order_by("first_year", "last_year", "pk")
    years = ", ".join(dict.fromkeys(row.years for row in rows))
    if not years:
        return Text(
            "Rigsarkivet har ikke fået noget og har ikke givet afkald på noget, så ingen slettes af reglen.",
            "The National Archives have received nothing and waived nothing, so the rule erases nobody.",
        )
    return Text(
        f"Rigsarkivet har fået eller givet afkald på disse år: {years}. Af andre år slettes ingen.",
        f"The National Archives have received or waived these years: {years}. Nobody of another year is erased.",
    )


def next_days() -> list[tuple[date, int, int]]:
    """The next days on which somebody goes, each with how many go, and how many would and are held."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [*times(this_day()), MOST])
        rows: list[tuple[date, int, int]] = cursor.fetchall()
    return rows


def words_of_day(day: date, going: int, staying: int) -> Text:
    rest = Text(f", og {staying} bevares længere", f", and {staying} are kept for longer") if staying else NO_TEXT
    persons = Text("person", "person") if going == 1 else Text("personer", "persons")
    return Text(*(f"{day_words(day, each)}: {going} {persons(each)}{rest(each)}." for each in Text._fields))
