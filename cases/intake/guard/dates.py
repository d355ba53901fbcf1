"""Days in a text. A day is a birth date, but where a month is asked for: there Danes write 14-03-2025."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cases.intake.guard.numbers import full_year, is_birth_year, is_day

MONTHS = (
    ("jan",),
    ("feb",),
    ("mar",),
    ("apr",),
    ("maj", "may"),
    ("jun",),
    ("jul",),
    ("aug",),
    ("sep",),
    ("okt", "oct"),
    ("nov",),
    ("dec",),
)
MONTH_NUMBERS = {short: number for number, spellings in enumerate(MONTHS, 1) for short in spellings}
NAMED = rf"(?P<name>{'|'.join(MONTH_NUMBERS)})[a-zæøå]*\.?"
PART = r" ?[-./,' ] ?"
NUMERIC = re.compile(rf"(?<![\d])(?P<a>\d{{1,4}}){PART}(?P<b>\d{{1,2}}){PART}(?P<c>\d{{4}}|\d{{1,2}})(?!\d)")
DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?[ -]?(?:of )?{NAMED}[ ,-]*(?P<year>\d{{4}}|\d{{2}})(?!\d)", re.I
)
MONTH_FIRST = re.compile(rf"\b{NAMED} ?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? +(?P<year>\d{{4}})(?!\d)", re.I)
YEAR_FIRST = re.compile(rf"(?<!\d)(?P<year>\d{{4}})[ -]{NAMED}[ -](?P<day>\d{{1,2}})(?!\d)", re.I)
NAMED_FORMS = (DAY_FIRST, MONTH_FIRST, YEAR_FIRST)
# A fraction and an offset beside each other could be a CPR number, so that an offset then is none.
ZONE = r"(?:Z|[+-](?:0\d|1[0-4]):?00)"
TIME = rf"(?:[T ]\d{{1,2}}[:.]\d{{2}}(?:[:.][0-6]\d(?:\.\d{{1,6}}(?:Z|\+00:?00)?|{ZONE})?|{ZONE})?)?"
COMPACT = re.compile(r"(?P<y>20\d{2})(?P<m>\d{2})(?P<d>\d{2})|(?P<day>\d{2})(?P<month>\d{2})(?P<year>20\d{2})")
# Two numbers and a year of this century, parted by one sign as a date is and no telephone number.
NO_SUCH_DAY = re.compile(r"\d{1,2}(?P<sign>[-./])\d{1,2}(?P=sign)20\d{2}|20\d{2}(?P<last>[-./])\d{1,2}(?P=last)\d{1,2}")
END_OF_DAY = re.compile(rf"{TIME}\.?", re.I)
FIRST_YEAR = 2000


def days(text: str) -> Iterator[tuple[int, int, int]]:
    """Each day in a folded text: its year, and where it begins and ends."""
    for match in NUMERIC.finditer(text):
        if (year := numeric_year(match["a"], match["b"], match["c"])) is not None:
            yield year, match.start(), match.end()
    for form in NAMED_FORMS:
        for match in form.finditer(text):
            if is_day(int(match["day"]), MONTH_NUMBERS[match["name"].lower()]):
                yield full_year(int(match["year"])), match.start(), match.end()


def numeric_year(first: str, second: str, third: str) -> int | None:
    """The year of a day in numbers, in any order of day and month; None where it is no day."""
    year_first = len(first) > 2
    year = full_year(int(first if year_first else third))
    day, month = (int(third), int(second)) if year_first else (int(first), int(second))
    is_right = is_birth_year(year) and (is_day(day, month) or is_day(month, day))
    return year if is_right and len(first) != 3 else None


def is_day_of_month_field(text: str) -> bool:
    """Whether a folded text is one day of this century and nothing else, with a time or without: it stands for its month.

    A day that no calendar has, as 31/13/2026, is written as one too: the rule of the month refuses it, in its row.
    """
    if NO_SUCH_DAY.fullmatch(text):
        return True
    if match := COMPACT.fullmatch(text):
        return is_day(int(match["d"] or match["day"]), int(match["m"] or match["month"]))
    return any(
        year >= FIRST_YEAR and not start and END_OF_DAY.fullmatch(text, end) is not None
        for year, start, end in days(text)
    )
