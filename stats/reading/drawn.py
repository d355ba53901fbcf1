"""Datasets without cells of their own: they show totals of others beside each other, as these are published."""

from __future__ import annotations

from collections.abc import Mapping

from cases.dimensions import Dataset
from stats.reading.cells import TableCells, ToldInterval
from stats.reading.measures import CellStatus


def drawn_table(dataset: Dataset, totals: Mapping[str, TableCells], release: str) -> TableCells:
    """The table of a dataset in a release, from the totals of others. What the release has not reads as not published."""
    counts: dict[str, int] = {}
    marks: dict[str, CellStatus] = {}
    intervals: dict[str, ToldInterval] = {}
    for quantity, (name, code) in dataset.drawn_from.items():
        if (cells := totals.get(name)) is not None:
            number = cells.of(code)
            marks[quantity] = cells.status(code, number)
            if number is not None:
                counts[quantity] = number
            elif code in cells.intervals:
                intervals[quantity] = cells.intervals[code]
    return TableCells([*counts], [*counts.values()], absent=None, marks=marks, intervals=intervals, release=release)
