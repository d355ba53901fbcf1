"""Months and moments of the sandbox as numbers: months since the year 0, and seconds since 1970 (UTC)."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime
from functools import cache

HOUR, DAY = 3600, 86_400
FIRST_MONTH = 2000 * 12


def number_of_month(year: int, number: int) -> int:
    """The month of a year; `number` is 0 for January."""
    return year * 12 + number


def month_of_moment(moment: int) -> int:
    """The month of a moment in UTC. In Copenhagen the last two hours may belong to the next month."""
    day = datetime.fromtimestamp(moment, UTC)
    return number_of_month(day.year, day.month - 1)


@cache
def month_as_text(index: int) -> str:
    """A month's first day as COPY reads it."""
    return f"{index // 12:04}-{index % 12 + 1:02}-01"


@cache
def start_of_month(index: int) -> int:
    """A month's first moment."""
    return calendar.timegm((index // 12, index % 12 + 1, 1, 0, 0, 0))


def moment_as_text(moment: int) -> str:
    """A moment as COPY reads it."""
    return datetime.fromtimestamp(moment, UTC).isoformat()
