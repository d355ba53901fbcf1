"""Breaks of a series: another producer counted the period before, perhaps by another definition."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from stats.reading.entries import PeriodReleases
from stats.reading.measures import CHANGES, CellStatus, Measure, Value


def places_of_breaks(periods: Sequence[PeriodReleases]) -> frozenset[int]:
    """The places of the periods before which a series breaks."""
    kinds = pairwise(each.release.kind for each in periods)
    return frozenset(n for n, (before, now) in enumerate(kinds, 1) if before != now)


def mark_breaks(
    measure: Measure, values: list[Value], statuses: list[CellStatus], periods: Sequence[PeriodReleases]
) -> None:
    """Let a measure say its breaks: no change is computed across one, and an ordinary number after one has its status."""
    width, after_break = len(values) // len(periods), places_of_breaks(periods)
    for n, each in enumerate(periods):
        cells = slice(n * width, (n + 1) * width)
        if measure in CHANGES and each.crosses_break:
            values[cells], statuses[cells] = [None] * width, [CellStatus.BREAK] * width
        elif measure not in CHANGES and n in after_break:
            statuses[cells] = [CellStatus.BREAK if one == CellStatus.NORMAL else one for one in statuses[cells]]
