"""Texts as people and programs write them: when two are the same, and which month one names.

A day is understood and left out: only the month is kept.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from cases.intake.understanding.sources import CellValue

# Danish and German letters as whoever has no such key writes them; all kinds of dashes and quotes as one.
LETTERS = str.maketrans(
    {
        "æ": "ae",
        "ø": "oe",
        "å": "aa",
        "ä": "ae",
        "ö": "oe",
        "ß": "ss",
        "đ": "d",
        "ł": "l",
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("’‘`´", "'"),
        # Soft hyphen, zero-width characters, byte order mark.
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None),
    }
)
BLANKS = re.compile(r"\s+")
AROUND_DASH = re.compile(r" ?- ?")


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """The key under which a text is looked up. Two texts with one key are the same to a person."""
    lower = unicodedata.normalize("NFC", text.translate(LETTERS)).casefold().translate(LETTERS)
    bare = "".join(each for each in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(each))
    return AROUND_DASH.sub("-", BLANKS.sub(" ", bare).strip()).casefold()


class DateOrder(StrEnum):
    """What stands first in `03-04-2025`."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


class EitherWay(Exception):
    """The text is a date, and nobody but its sender knows which number is the month."""


MONTHS = (
    "januar january",
    "februar february",
    "marts march",
    "april",
    "maj may",
    "juni june",
    "juli july",
    "august",
    "september",
    "oktober october",
    "november",
    "december",
)
SHORTEST_NAME = 3
TIME = r"(?:[ t]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?z?)?"
YEAR_MONTH = re.compile(r"(\d{4})[-/. ](\d{1,2})")
YEAR_MONTH_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + TIME)
DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)?")
MONTH_YEAR = re.compile(r"(\d{1,2})[-/. ](\d{4})")
TWO_AND_YEAR = re.compile(r"(\d{1,2})(?:[-/ ]|\. ?)(\d{1,2})(?:[-/ ]|\. ?)(\d{4})" + TIME)
IN_NUMBERS = (YEAR_MONTH, YEAR_MONTH_DAY, MONTH_YEAR, TWO_AND_YEAR)
NAME_YEAR = re.compile(r"(?:(?:d\. ?|den )?\d{1,2}\.?[ -])?([a-z]{3,9})\.?,?[ -](\d{4})")
NAME_DAY_YEAR = re.compile(r"([a-z]{3,9})\.? \d{1,2}(?:st|nd|rd|th)?,? (\d{4})")
YEAR_NAME = re.compile(r"(\d{4})[ -]([a-z]{3,9})\.?")
# Days of a spreadsheet from 2000-01-01 to 2099-12-31.
DAY_0, FIRST_DAY, LAST_DAY = date(1899, 12, 30), 36526, 73050
# Before that year, `201203` can be the 20th of December 2003 as well.
FIRST_YEAR_OF_DIGITS = 2013
LONGEST = 40
MONTHS_OF_YEAR, DAYS_OF_MONTH = 12, 31


def month_in(cell: CellValue, order: DateOrder | None = None) -> str | None:
    """The month of a cell as `2025-03`; None where it is none. Raises `EitherWay` where the order must be known and is not."""
    if isinstance(cell, date):
        return month_text(cell.year, cell.month)
    if isinstance(cell, int | float):
        return month_of_number(cell)
    return month_of_text(fold(cell), order) if cell and len(cell) <= LONGEST else None


def is_in_no_calendar(text: str) -> bool:
    """Whether a text is written in numbers as a month or a date is, and there is no such one: `2025-13`, `31-13-2025`."""
    key = fold(text) if len(text) <= LONGEST else ""
    try:
        return any(each.fullmatch(key) for each in IN_NUMBERS) and month_of_text(key, None) is None
    except EitherWay:
        return False


def month_text(year: int, month: int) -> str | None:
    """`2025-03`; None where there is no such month."""
    return f"{year:04d}-{month:02d}" if 1 <= month <= MONTHS_OF_YEAR and year > 0 else None


def month_of_number(number: float) -> str | None:
    """The month of a spreadsheet's number of a day, or of `202503`."""
    if FIRST_DAY <= number <= LAST_DAY:
        day = DAY_0 + timedelta(days=int(number))
        return month_text(day.year, day.month)
    return month_of_digits(str(int(number))) if number == number // 1 and number < 10**8 else None


def month_of_text(text: str, order: DateOrder | None) -> str | None:
    """The month of a folded text as `2025-03`, or None. `order`: how a column writes days and months, where it is known."""
    if match := YEAR_MONTH.fullmatch(text):
        return month_text(int(match[1]), int(match[2]))
    if match := YEAR_MONTH_DAY.fullmatch(text):
        return month_text(int(match[1]), int(match[2])) if int(match[3]) <= DAYS_OF_MONTH else None
    if match := MONTH_YEAR.fullmatch(text):
        return month_text(int(match[2]), int(match[1]))
    if match := TWO_AND_YEAR.fullmatch(text):
        return month_of_two(int(match[1]), int(match[2]), int(match[3]), order)
    return month_of_name(text) or month_of_digits(text)


def order_in(text: str) -> DateOrder | None:
    """The order that a date proves, since it has but one month in it: `14-03-2025`. None for all else."""
    match = TWO_AND_YEAR.fullmatch(fold(text)) if len(text) <= LONGEST else None
    if match is None:
        return None
    first, second = int(match[1]), int(match[2])
    if not (0 < first <= DAYS_OF_MONTH and 0 < second <= DAYS_OF_MONTH):
        return None
    if first > MONTHS_OF_YEAR >= second:
        return DateOrder.DAY_FIRST
    return DateOrder.MONTH_FIRST if second > MONTHS_OF_YEAR >= first else None


def month_of_two(first: int, second: int, year: int, order: DateOrder | None) -> str | None:
    """The month of a date whose day or month stands first. Raises `EitherWay`."""
    readings = {
        DateOrder.DAY_FIRST: month_text(year, second) if first <= DAYS_OF_MONTH else None,
        DateOrder.MONTH_FIRST: month_text(year, first) if second <= DAYS_OF_MONTH else None,
    }
    if order is not None:
        return readings[order]
    months = set(readings.values()) - {None}
    if len(months) > 1:
        raise EitherWay
    return months.pop() if months else None


def month_of_name(text: str) -> str | None:
    """The month of `marts 2025`, `14. marts 2025`, `March 14, 2025` or `2025 mar`."""
    for pattern in (NAME_YEAR, NAME_DAY_YEAR, YEAR_NAME):
        if match := pattern.fullmatch(text):
            name, year = (match[1], match[2]) if match[2].isdigit() else (match[2], match[1])
            return month_text(int(year), number_of(name))
    return None


def number_of(name: str) -> int:
    """The number of a month by its Danish or English name, or by the beginning of it; 0 for any other word."""
    numbers = [n for n, both in enumerate(MONTHS, 1) if any(each.startswith(name) for each in both.split())]
    return numbers[0] if len(numbers) == 1 and len(name) >= SHORTEST_NAME else 0


def month_of_digits(text: str) -> str | None:
    """The month of `202503` or `20250314`."""
    match = DIGITS.fullmatch(text)
    if match is None or not FIRST_YEAR_OF_DIGITS <= int(match[1]) < 2100 or int(match[3] or 1) > DAYS_OF_MONTH:
        return None
    return month_text(int(match[1]), int(match[2]))
