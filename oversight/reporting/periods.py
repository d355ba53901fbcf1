"""The periods of a partner's calendar: their months, their ends and their deadlines. Pure functions of dates.

A period ends, and its report is due, at midnight in Copenhagen, in summer and in winter alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cases.months import COPENHAGEN, later, midnight, month_id, month_words, quarter_id, span
from core.text import Text
from partners.kinds import Calendar, Reporting


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """One expected period. `months`: its months since the calendar began. A report recorded at `due_at` or later is late."""

    id: str
    months: tuple[date, ...]
    ends_at: datetime
    due_at: datetime

    @property
    def last_day(self) -> date:
        """The last day on which its report is in time. The deadline is the midnight at its end."""
        return (self.due_at.astimezone(COPENHAGEN) - timedelta(microseconds=1)).date()

    @property
    def label(self) -> Text:
        return label_of(self.id)


def label_of(period_id: str) -> Text:
    """A period in words: `november 2026`, `4. kvartal 2026`."""
    year, _, quarter = period_id.partition("-Q")
    if quarter:
        return Text(f"{quarter}. kvartal {year}", f"{year}, quarter {quarter}")
    month = date.fromisoformat(f"{period_id}-01")
    return Text(*(month_words(month, language) for language in Text._fields))


def periods(calendar: Calendar, first: date, last: date) -> Iterator[ReportPeriod]:
    """The expected periods that contain a month from `first` to `last`, in order."""
    if calendar.frequency == Reporting.NONE or calendar.since is None:
        return
    for start in starts(calendar.frequency, max(first, calendar.since), last):
        yield period(calendar, start)


def periods_of_year(calendar: Calendar, year: int) -> list[ReportPeriod]:
    """The expected periods of a year; none where nothing is expected in it."""
    return list(periods(calendar, date(year, 1, 1), date(year, 12, 1)))


def starts(frequency: Reporting, first: date, last: date) -> Iterator[date]:
    """The first months of the periods from the one that contains `first` to the one that contains `last`."""
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
    """The number of months of a period."""
    return 3 if frequency == Reporting.QUARTERLY else 1
