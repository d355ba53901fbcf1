"""Periods that are counted: a year (`2023`), a quarter (`2023-Q4`) or a pool of years (`2019-2023`).

A run is of months that nothing divides, one for every vintage in which what is counted of them differs: the atoms of time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Protocol, Self

from cases.months import FIRST_MONTH, later
from core.text import Text

YEAR = re.compile(r"(\d{4})", re.ASCII)
QUARTER = re.compile(r"(\d{4})-Q([1-4])", re.ASCII)
POOL = re.compile(r"(\d{4})-(\d{4})", re.ASCII)
FORMS = ("2023", "2023-Q4", "2019-2023")
EARLIEST, LATEST = FIRST_MONTH.year, 2199


class PeriodKind(StrEnum):
    """The forms of a period. Periods of one kind are of one length, or are pools."""

    YEAR = "year"
    QUARTER = "quarter"
    POOL = "pool"


@dataclass(frozen=True, slots=True)
class Period:
    """A period by its first and last month, each as the month's first day."""

    id: str
    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The period of a text, or None for what is none."""
        bounds = years_of(text)
        if bounds is None or not EARLIEST <= bounds[0].year <= bounds[1].year <= LATEST:
            return None
        return cls(text, *bounds)

    @property
    def annual(self) -> bool:
        """Whether it is one calendar year."""
        return len(self.id) == len(FORMS[0])

    @property
    def pool(self) -> bool:
        """Whether it is several calendar years together."""
        return POOL.fullmatch(self.id) is not None

    @property
    def kind(self) -> PeriodKind:
        if self.annual:
            return PeriodKind.YEAR
        return PeriodKind.POOL if self.pool else PeriodKind.QUARTER

    @property
    def label(self) -> Text:
        if match := QUARTER.fullmatch(self.id):
            return Text(f"{match[2]}. kvartal {match[1]}", f"{match[1]}, quarter {match[2]}")
        return Text(self.id.replace("-", "–"), self.id.replace("-", "–"))

    @property
    def year_before(self) -> str | None:
        """The period a year earlier: the year before, or the same quarter of it. A pool has none."""
        if self.annual:
            return f"{self.first.year - 1:04d}"
        match = QUARTER.fullmatch(self.id)
        return f"{self.first.year - 1:04d}-Q{match[2]}" if match else None

    @property
    def begins(self) -> date:
        """The first month of the period, of a pool that of its last year: before it there is nothing of all of it to count."""
        return date(self.last.year, 1, 1) if self.pool else self.first

    def months(self) -> tuple[date, ...]:
        count = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        start = self.first.year * 12 + self.first.month - 1
        return tuple(date((start + n) // 12, (start + n) % 12 + 1, 1) for n in range(count))


def years_of(text: str) -> tuple[date, date] | None:
    """First and last month of a period's text; None for what has no such form, or ends before it begins."""
    if text.startswith("0000"):
        return None
    if match := YEAR.fullmatch(text):
        return date(int(match[1]), 1, 1), date(int(match[1]), 12, 1)
    if match := QUARTER.fullmatch(text):
        last = 3 * int(match[2])
        return date(int(match[1]), last - 2, 1), date(int(match[1]), last, 1)
    if (match := POOL.fullmatch(text)) and match[1] < match[2]:
        return date(int(match[1]), 1, 1), date(int(match[2]), 12, 1)
    return None


class OfMonth(Protocol):
    """What counts in a month."""

    @property
    def month(self) -> date: ...


@dataclass(frozen=True, slots=True)
class MonthRun[Item: OfMonth]:
    """The months from first to last in one vintage (from 0), with what is counted of them."""

    first: date
    last: date
    vintage: int
    records: frozenset[Item]

    @property
    def label(self) -> str:
        """`2023-01..2023-03`, later vintages `…@1`."""
        return f"{self.first:%Y-%m}..{self.last:%Y-%m}" + (f"@{self.vintage}" if self.vintage else "")


def make_runs[Item: OfMonth](
    cuts: Iterable[date], counting: Sequence[tuple[str, Period, Iterable[Item]]]
) -> tuple[tuple[MonthRun[Item], ...], dict[str, tuple[int, ...]]]:
    """The runs between some months, and by name the places of those that each counts.

    `counting`: the name, the period and the records of each that counts, in the order of their moments.
    """
    runs: list[MonthRun[Item]] = []
    places: dict[str, list[int]] = {name: [] for name, _, _ in counting}
    for first, end in pairwise(sorted(cuts)):
        vintages: dict[frozenset[Item], int] = {}
        for name, period, records in counting:
            if period.first <= first and end <= later(period.last, 1):
                of_run = frozenset(record for record in records if first <= record.month < end)
                if of_run not in vintages:
                    vintages[of_run] = len(runs)
                    runs.append(MonthRun(first, later(end, -1), len(vintages) - 1, of_run))
                places[name].append(vintages[of_run])
    return tuple(runs), {name: tuple(of_name) for name, of_name in places.items()}
