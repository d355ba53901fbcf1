"""The clock: today and the months of Europe/Copenhagen, each month as its first day."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, override

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
FIRST_MONTH = date(2000, 1, 1)
MONTH = re.compile(r"(?!0000)(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


def today() -> date:
    """The day in Copenhagen."""
    return timezone.now().astimezone(COPENHAGEN).date()


def this_month() -> date:
    return month_of(timezone.now())


def month_of(moment: datetime) -> date:
    """The month in which a moment lies."""
    return moment.astimezone(COPENHAGEN).date().replace(day=1)


def midnight(day: date) -> datetime:
    """The moment at which a day begins in Copenhagen."""
    return datetime(day.year, day.month, day.day, tzinfo=COPENHAGEN)


def later(month: date, by: int) -> date:
    """The month so many months later; earlier where `by` is negative."""
    number = month.year * 12 + month.month - 1 + by
    return date(number // 12, number % 12 + 1, 1)


def span(first: date, last: date) -> tuple[date, ...]:
    """Every month from the first to the last one."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return tuple(later(first, n) for n in range(count))


def first_day(text: str) -> date | None:
    """The month's first day, or None for what is no month."""
    return date.fromisoformat(f"{text}-01") if MONTH.fullmatch(text) else None


def month_id(month: date) -> str:
    """`2025-03`."""
    return f"{month.year:04d}-{month.month:02d}"


@lru_cache(maxsize=2_048)
def month_words(month: date, language: str) -> str:
    """`marts 2025`, `March 2025`."""
    with override(language):
        return date_format(month, "F Y")


def day_words(day: date, language: str) -> str:
    """`31. dec. 2026`, `31 Dec 2026`."""
    with override(language):
        return date_format(day, "DATE_FORMAT")


def month_shown(month: date) -> str:
    """A month in words, in the language of the reader."""
    return month_words(month, (get_language() or "en")[:2])


def quarter_id(month: date) -> str:
    """`2025-Q1`."""
    return f"{month.year:04d}-Q{(month.month + 2) // 3}"


def year_id(month: date) -> str:
    """`2025`."""
    return f"{month.year:04d}"
