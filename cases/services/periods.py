"""The periods of reports: an ISO 8601 week (`2020-W12`), a month (`2025-03`), a year (`2024`); and how one stands.

Each is stored as its first day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from cases.codelists.types import DaySpan
from cases.months import first_day, later, month_id, month_words
from cases.services.shapes import CountPeriodKind
from core.text import Text

WEEK = re.compile(r"(2\d{3})-W(0[1-9]|[1-4]\d|5[0-3])", re.ASCII)
YEAR = re.compile(r"2\d{3}", re.ASCII)
FIRST_YEAR = 2000
EXPECTED: dict[CountPeriodKind, Text] = {
    CountPeriodKind.WEEK: Text("En uge som 2020-W12.", "A week such as 2020-W12."),
    CountPeriodKind.MONTH: Text("En måned som 2025-03.", "A month such as 2025-03."),
    CountPeriodKind.YEAR: Text("Et år som 2024.", "A year such as 2024."),
}


@dataclass(frozen=True, slots=True, order=True)
class CountPeriod:
    """A period by its first day."""

    first: date
    kind: CountPeriodKind

    @classmethod
    def parse(cls, kind: CountPeriodKind, text: str) -> CountPeriod | None:
        """The period that a text names, or None for what is none of this kind."""
        match kind:
            case CountPeriodKind.WEEK:
                first = monday(text)
            case CountPeriodKind.MONTH:
                first = first_day(text)
            case CountPeriodKind.YEAR:
                first = date(int(text), 1, 1) if YEAR.fullmatch(text) else None
        return cls(first, kind) if first is not None and first.year >= FIRST_YEAR else None

    @classmethod
    def holding(cls, kind: CountPeriodKind, day: date) -> CountPeriod:
        """The period in which a day lies."""
        match kind:
            case CountPeriodKind.WEEK:
                return cls(day - timedelta(days=day.weekday()), kind)
            case CountPeriodKind.MONTH:
                return cls(day.replace(day=1), kind)
            case CountPeriodKind.YEAR:
                return cls(date(day.year, 1, 1), kind)

    @classmethod
    def since(cls, kind: CountPeriodKind, day: date, last: date) -> Iterator[CountPeriod]:
        """The periods that begin on a day or later, and on the last day at the latest, in order."""
        period = cls.holding(kind, day)
        while period.first <= last:
            if period.first >= day:
                yield period
            period = cls(period.last + timedelta(days=1), kind)

    def back(self, number: int) -> CountPeriod:
        """The period that lies so many before it."""
        match self.kind:
            case CountPeriodKind.WEEK:
                return CountPeriod(self.first - timedelta(days=7 * number), self.kind)
            case CountPeriodKind.MONTH:
                return CountPeriod(later(self.first, -number), self.kind)
            case CountPeriodKind.YEAR:
                return CountPeriod(date(self.first.year - number, 1, 1), self.kind)

    def days_of_codes(self, day: date) -> DaySpan:
        """Its days that have come by a day, of a period to come the first one: what is in force on any of them may be reported.

        So what happened on its Monday keeps the code of Monday, and a correction of an old period what was in force then.
        """
        return DaySpan(self.first, max(self.first, min(self.last, day)))

    @property
    def id(self) -> str:
        """As it is written in an address."""
        match self.kind:
            case CountPeriodKind.WEEK:
                year, week, _ = self.first.isocalendar()
                return f"{year}-W{week:02d}"
            case CountPeriodKind.MONTH:
                return month_id(self.first)
            case CountPeriodKind.YEAR:
                return f"{self.first.year}"

    @property
    def last(self) -> date:
        match self.kind:
            case CountPeriodKind.WEEK:
                return self.first + timedelta(days=6)
            case CountPeriodKind.MONTH:
                return later(self.first, 1) - timedelta(days=1)
            case CountPeriodKind.YEAR:
                return date(self.first.year, 12, 31)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def year(self) -> int:
        """The year to whose window it belongs: a week is of the year that ISO 8601 counts it in."""
        return self.first.isocalendar().year if self.kind == CountPeriodKind.WEEK else self.first.year

    @property
    def as_text(self) -> Text:
        """As people read it, in both languages."""
        return Text(*map(self.words, Text._fields))

    def words(self, language: str) -> str:
        """As people read it."""
        match self.kind:
            case CountPeriodKind.WEEK:
                year, week, _ = self.first.isocalendar()
                return Text(f"uge {week}, {year}", f"week {week}, {year}")(language)
            case CountPeriodKind.MONTH:
                return month_words(self.first, language)
            case CountPeriodKind.YEAR:
                return self.id


def monday(text: str) -> date | None:
    """The first day of a week, or None for what is no week: not every year has a 53rd."""
    match = WEEK.fullmatch(text)
    if match is None:
        return None
    try:
        return date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        return None


class CountPeriodState(StrEnum):
    """How a period of a form stands."""

    NOT_DUE = "NOT_DUE"
    RECEIVED = "RECEIVED"
    LATE = "LATE"
    MISSING = "MISSING"


STATES: dict[CountPeriodState, Text] = {
    CountPeriodState.NOT_DUE: Text("Frist ikke nået", "Not due yet"),
    CountPeriodState.RECEIVED: Text("Modtaget", "Received"),
    CountPeriodState.LATE: Text("Modtaget for sent", "Received late"),
    CountPeriodState.MISSING: Text("Mangler", "Missing"),
}
