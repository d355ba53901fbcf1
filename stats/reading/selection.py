"""What a query asks for in time: its periods, those that are named and all of a range, of one kind; and the moment of `asOf`.

`2023`, `2019,2021,2023`, `2019..2023`, `2019..`, `..2021,2023` and `2023-Q1..2023-Q4` are selections. What is named must be there;
of a range there is what has a release, as of all years. Years and quarters are never in one answer, nor is a month twice: whoever
adds up or draws what is answered would count it double. `asOf` asks for what was current at a moment, to those who read then.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise

from cases.months import COPENHAGEN
from core.text import Text
from stats.periods import Period, PeriodKind

TO, AND = "..", ","
# What a text is refused for that is no selection.
NO_PERIOD, NO_RANGE, KINDS, OVERLAP = (
    "period_expected",
    "period_range_expected",
    "periods_of_one_kind",
    "periods_overlap",
)


class SelectionRefused(Exception):
    """A text is no selection; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class PeriodRange:
    """All periods of a kind from one to another; None is an open end. One period is a range from itself to itself."""

    first: Period | None
    last: Period | None

    @property
    def ends(self) -> tuple[Period, ...]:
        """Its ends, those that are open apart."""
        return tuple(end for end in (self.first, self.last) if end)

    @property
    def only(self) -> Period | None:
        """The one period that it is, if it is one."""
        return self.first if self.first == self.last else None

    @property
    def months(self) -> tuple[date, date]:
        """Its first month and its last."""
        return self.first.first if self.first else date.min, self.last.last if self.last else date.max

    def holds(self, period: Period) -> bool:
        """Whether a period of its kind is in it. A pool that is named has others within it, for which nobody asked."""
        if self.only:
            return period == self.only
        first, last = self.months
        return first <= period.first and period.last <= last

    def __str__(self) -> str:
        """The text that asks for it."""
        return self.only.id if self.only else TO.join(end.id if end else "" for end in (self.first, self.last))


@dataclass(frozen=True, slots=True)
class PeriodSelection:
    """Periods of one kind by ranges that do not overlap, in their order."""

    kind: PeriodKind
    ranges: tuple[PeriodRange, ...]

    @classmethod
    def of(cls, *periods: Period) -> PeriodSelection:
        """The selection of some periods by name, of one kind and in their order."""
        return cls(periods[0].kind, tuple(PeriodRange(period, period) for period in periods))

    @property
    def only(self) -> Period | None:
        """The one period that it is, if it is one."""
        return self.ranges[0].only if len(self.ranges) == 1 else None

    @property
    def names(self) -> list[Period]:
        """The periods that it names, which must be there."""
        return [each.only for each in self.ranges if each.only]

    def holds(self, period: Period) -> bool:
        """Whether it asks for a period."""
        return period.kind == self.kind and any(each.holds(period) for each in self.ranges)

    def groups(self, periods: Sequence[Period]) -> list[list[Period]]:
        """Periods by the ranges that ask for them, without those that ask for none."""
        groups = ([period for period in periods if each.holds(period)] for each in self.ranges)
        return [group for group in groups if group]

    def label(self, language: str) -> str:
        """It in words: `2019 to 2021, 2023`."""
        return ", ".join(range_in_words(each, language) for each in self.ranges)

    def __str__(self) -> str:
        """The text that asks for it, the same however it was asked for."""
        return AND.join(map(str, self.ranges))


def range_in_words(each: PeriodRange, language: str) -> str:
    first, last = (end.label if end else Text("", "") for end in (each.first, each.last))
    if each.only:
        return first(language)
    if each.first is None:
        return Text(f"til {last.da}", f"until {last.en}")(language)
    if each.last is None:
        return Text(f"fra {first.da}", f"from {first.en}")(language)
    return Text(f"{first.da} til {last.da}", f"{first.en} to {last.en}")(language)


def parse(text: str) -> PeriodSelection:
    """The selection of a text. Raises `SelectionRefused`."""
    ranges = sorted((parse_range(part) for part in text.split(AND)), key=lambda each: each.months)
    (kind, *others) = {end.kind for each in ranges for end in each.ends}
    if others:
        raise SelectionRefused(KINDS)
    if any(one.months[1] >= other.months[0] for one, other in pairwise(ranges)):
        raise SelectionRefused(OVERLAP)
    return PeriodSelection(kind, tuple(ranges))


def parse_range(text: str) -> PeriodRange:
    """One period, or a range of years or quarters with one open end at most. Raises `SelectionRefused`."""
    if TO not in text:
        return PeriodRange(period := parse_period(text), period)
    first, last = (parse_period(end) if end else None for end in text.split(TO, 1))
    between = PeriodRange(first, last)
    is_pool = any(end.pool for end in between.ends)
    if not between.ends or is_pool or between.months[0] > between.months[1]:
        raise SelectionRefused(NO_RANGE)
    return between


def parse_period(text: str) -> Period:
    """One period. Raises `SelectionRefused`."""
    period = Period.parse(text)
    if period is None:
        raise SelectionRefused(NO_PERIOD)
    return period


DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,6})?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)


def parse_as_of(text: str) -> datetime | None:
    """A moment as RFC 3339 has it, or a date, which means its end in Copenhagen; None for what is neither."""
    try:
        if DAY.fullmatch(text):
            return datetime.combine(date.fromisoformat(text), time.max, COPENHAGEN)
        return datetime.fromisoformat(text.upper()) if MOMENT.fullmatch(text) else None
    except ValueError:
        return None


def is_in_force(moment: datetime | None, since: datetime | None, until: datetime | None) -> bool:
    """Whether something stood at a moment (None: now).

    It could be read from `since` (None: that is not known) and was withdrawn at `until` (None: never).
    """
    if moment is None:
        return until is None
    return since is not None and since <= moment and (until is None or moment < until)
