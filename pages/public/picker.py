"""What can be chosen on the page of a table: breakdowns and periods. What is not published can be seen, and says why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from cases.dimensions import Axis
from cases.statistics.periods import Period
from cases.statistics.reading.choosing import current
from cases.statistics.reading.entries import CatalogueEntry
from cases.statistics.reading.query import Query
from partners.text import Text

PERIOD, ROWS, COLUMNS = "period", "rows", "columns"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice. `why`: why it cannot be chosen; empty where it can."""

    id: str
    label: str
    is_chosen: bool
    why: str = ""


@dataclass(frozen=True)
class Picker:
    """The choices beside a query. `releases`: all that the public may read."""

    query: Query
    releases: tuple[CatalogueEntry, ...]
    language: str
    words: dict[str, Text]

    @cached_property
    def period(self) -> Period | None:
        """The period that is chosen, by itself or with a release; None for all years."""
        periods = (each.period for each in self.releases if each.id == self.query.release)
        return self.query.period or next(periods, None)

    @cached_property
    def current(self) -> list[CatalogueEntry]:
        """The releases in force, of the period that is chosen or of single years."""
        period_id = self.period.id if self.period else ""
        return [
            each
            for each in current(self.releases)
            if (each.period.id == period_id if period_id else each.period.annual)
        ]

    @property
    def periods(self) -> list[Option]:
        """All years together, then each period, the newest first."""
        period_now = self.period.id if self.period else ""
        periods = {each.period.id: each.period for each in self.releases if each.is_in_force(None)}
        newest = sorted(periods.values(), key=lambda period: (period.last, period.first), reverse=True)
        every = Option("", self.words["every_year"](self.language), not period_now)
        return [every, *(Option(each.id, each.label(self.language), each.id == period_now) for each in newest)]

    @property
    def rows(self) -> list[Option]:
        """The breakdowns of the rows."""
        why = self.words["not_of_period"](self.language)
        return [*self.breakdowns(0, lambda axis: "" if self.is_offered((axis,)) else why)]

    @property
    def columns(self) -> list[Option]:
        """The breakdowns that can stand beside that of the rows."""
        first, why = self.query.by[:1], self.words["not_beside"](self.language)
        dimensions_there = {axis.dimension for axis in first}
        return [
            each
            for each in self.breakdowns(1, lambda axis: "" if first and self.is_offered((*first, axis)) else why)
            if not each.id or self.query.dataset.axes[each.id].dimension not in dimensions_there
        ]

    def breakdowns(self, place: int, why: Callable[[Axis], str]) -> Iterator[Option]:
        """None, then every axis."""
        axis_now = self.query.by[place].id if len(self.query.by) > place else ""
        yield Option("", self.words["none"](self.language), not axis_now)
        for axis in self.query.dataset.axes.values():
            reason = "" if axis.id == axis_now else why(axis)
            yield Option(axis.id, axis.label(self.language), axis.id == axis_now, reason)

    def is_offered(self, axes: Iterable[Axis]) -> bool:
        """Whether a release has the table of these axes, beside the filters."""
        names = {axis.id for axis in (*axes, *(axis for axis, _ in self.query.filters))}
        in_order = [axis for axis in self.query.dataset.axes.values() if axis.id in names]
        return any(each.offers(self.query.dataset, in_order) for each in self.current)
