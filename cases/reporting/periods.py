"""The periods of a partner's calendar: which there are, when each ends, and until when its report is due. Pure dates.

A period ends, and a report is due, at midnight in Copenhagen, so that a deadline is the same wall clock in summer and in winter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cases.months import COPENHAGEN, later, month_id, quarter_id, span
from partners.calendar import Calendar
from partners.kinds import Reporting


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """One period that is expected. `months`: its months from the calendar's beginning on. What comes at `due_at` is late."""

    id: str
    months: tuple[date, ...]
    ends_at: datetime
    due_at: datetime


def periods(calendar: Calendar, first: date, last: date) -> Iterator[ReportPeriod]:
    """The expected periods that have a month between two months, in their order."""
    if calendar.frequency == Reporting.NONE or calendar.since is None:
        return
    for start in starts(calendar.frequency, max(first, calendar.since), last):
        yield period(calendar, start)


def starts(frequency: Reporting, first: date, last: date) -> Iterator[date]:
    """The first months of the periods from the one that holds `first` to the one that holds `last`."""
    length = length_of(frequency)
    start = later(first, -((first.month - 1) % length))
    while start <= last:
        yield start
        start = later(start, length)


def period(calendar: Calendar, start: date) -> ReportPeriod:
    """The period that begins with a month."""
    length = length_of(calendar.frequency)
    after = later(start, length)
    return ReportPeriod(
        month_id(start) if length == 1 else quarter_id(start),
        tuple(month for month in span(start, later(after, -1)) if calendar.since is None or month >= calendar.since),
        midnight(after),
        midnight(after + timedelta(days=calendar.due_days)),
    )


def length_of(frequency: Reporting) -> int:
    """How many months a period has."""
    return 3 if frequency == Reporting.QUARTERLY else 1


def midnight(day: date) -> datetime:
    """The moment at which a day begins in Copenhagen."""
    return datetime(day.year, day.month, day.day, tzinfo=COPENHAGEN)
