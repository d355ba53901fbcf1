"""The published figures that a report is made of, as everybody reads them.

Of what others have published, `content/stages.py` alone reads one more: how many persons were assessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cases.dimensions import PRINCIPAL, Axis, Dataset, Dimension
from stats.errors import QueryRefused, ReleaseGone
from stats.models import PUBLIC
from stats.reading import published
from stats.reading.entries import OWN
from stats.reading.measures import Measure
from stats.reading.query import parse
from stats.reading.table import Figures

OF_YEAR = ",".join((Measure.COUNT, Measure.SHARE, Measure.CHANGE))
OF_YEARS = ",".join((Measure.COUNT, Measure.CHANGE, Measure.CHANGE_PERCENT))


class PublishedYear:
    """The public figures of a year and of those before it, each read once."""

    def __init__(self, year: int, dataset: Dataset = PRINCIPAL) -> None:
        self.year, self.dataset = year, dataset
        self._figures: dict[tuple[str, str], Figures | None] = {}

    def of_year(self, axis: Axis | None = None) -> Figures | None:
        """The table of an axis in the year, from a release of ours; None where none offers it."""
        figures = self.read(axis, {"period": str(self.year), "measure": OF_YEAR})
        return figures if figures and figures.periods[0].release.kind == OWN else None

    def over_years(self, axis: Axis | None = None) -> Figures | None:
        """The same of all years that have it up to this one, external ones among them, with the change from year to year."""
        figures = self.read(axis, {"measure": OF_YEARS})
        return years_of(figures, range(self.year + 1)) if figures else None

    def read(self, axis: Axis | None, parameters: dict[str, str]) -> Figures | None:
        """The answer that everybody gets. None where there is none."""
        key = (axis.id if axis else "", parameters.get("period", ""))
        if key not in self._figures:
            by = {"by": axis.id} if axis else {}
            self._figures[key] = self.answer({**by, **parameters})
        return self._figures[key]

    def answer(self, parameters: dict[str, str]) -> Figures | None:
        """The answer to a query. None where no release gives one."""
        try:
            return published.open_query(PUBLIC, parse(self.dataset, parameters)).figures()
        except (QueryRefused, ReleaseGone):
            return None

    def axes(self, *dimensions: str) -> list[Axis]:
        """The axes of dimensions that the year has figures of, in the dataset's order. Of a name that is none there are none."""
        return [axis for each in self.dataset.only(dimensions) for axis in each.axes if self.of_year(axis) is not None]

    def dimensions(self) -> Iterator[tuple[Dimension, list[Axis]]]:
        """Every dimension that the year has figures of, with its axes."""
        for each in self.dataset.dimensions:
            if axes := self.axes(each.name):
                yield each, axes


def years_of(figures: Figures, years: range) -> Figures | None:
    """An answer with the periods that begin in these years alone, which follow each other in it. None where there is none."""
    places = [n for n, each in enumerate(figures.periods) if each.release.period.first.year in years]
    if not places:
        return None
    periods, width = slice(places[0], places[-1] + 1), len(figures.columns[0].values) // len(figures.periods)
    cells = slice(periods.start * width, periods.stop * width)
    return replace(
        figures,
        periods=figures.periods[periods],
        columns=tuple(
            replace(each, values=each.values[cells], statuses=each.statuses[cells]) for each in figures.columns
        ),
        intervals={n - cells.start: each for n, each in figures.intervals.items() if cells.start <= n < cells.stop},
        tables=figures.tables[periods],
    )
