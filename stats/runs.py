"""Runs of months that nothing divides, one for every vintage in which what is counted of them differs: the atoms of time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Protocol

from cases.months import later
from stats.periods import Period


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
