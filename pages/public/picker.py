"""What can be chosen on the page of a table: breakdowns and periods. What is not published can be seen, and says why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from cases.dimensions import Axis
from core.text import Text
from stats.periods import Period, PeriodKind
from stats.reading.entries import CatalogueEntry
from stats.reading.query import Query
from stats.reading.release_choice import current, offered_tables
from stats.reading.selection import TO, PeriodRange, PeriodSelection

ROWS, COLUMNS, UNTIL = "rows", "columns", "until"
NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice. `why`: why it cannot be chosen; empty where it can."""

    id: str
    label: str
    is_chosen: bool
    why: str = ""


@dataclass(frozen=True)
class Picker:
    """The choices beside a query. `by`: its axes as they were picked. `releases`: all that the public may read."""

    query: Query
    by: tuple[Axis, ...]
    releases: tuple[CatalogueEntry, ...]
    language: str
    words: dict[str, Text]

    @cached_property
    def selection(self) -> PeriodSelection | None:
        """The periods that are chosen, by themselves or with a release; None for all years."""
        periods = (PeriodSelection.of(each.period) for each in self.releases if each.id == self.query.release)
        return self.query.periods or next(periods, None)

    @cached_property
    def span(self) -> PeriodRange | None:
        """What is chosen, where it is one period or a range: more than that cannot be picked."""
        return self.selection.ranges[0] if self.selection and len(self.selection.ranges) == 1 else None

    @cached_property
    def current(self) -> list[CatalogueEntry]:
        """The releases in force that answer who names none."""
        return current(self.releases)

    @cached_property
    def tables(self) -> set[frozenset[str]]:
        """The tables that a release has of a period that is chosen, each as the names of its axes."""
        releases = (each for each in self.current if self.is_chosen(each.period))
        return {table for each in releases for table in self.tables_of(each)}

    def tables_of(self, release: CatalogueEntry) -> Iterator[frozenset[str]]:
        """The tables of a release that are of this dataset and have the filters."""
        others = {axis.id for axis, _ in self.query.filters if axis.has_total}
        for table in offered_tables(self.query, [release]):
            if others <= (axes := frozenset(table.split(",")) - {""}):
                yield axes - (others - {axis.id for axis in self.by})

    def is_chosen(self, period: Period) -> bool:
        return self.selection.holds(period) if self.selection else period.annual

    @property
    def periods(self) -> list[Option]:
        """All years together, what is chosen and cannot be picked, then each period, the newest first."""
        if self.span is None and self.selection:
            choice, several = (
                str(self.selection),
                [Option(str(self.selection), self.selection.label(self.language), True)],
            )
        else:
            choice, several = self.span.first.id if self.span and self.span.first else "", []
        every = Option("", self.words["every_year"](self.language), not choice)
        return [every, *several, *self.options(self.newest_first, choice)]

    @property
    def ends(self) -> list[Option]:
        """No other period, as far as there are any, then each period that a range can end with."""
        span = self.span if self.span and not self.span.only else None
        choice = (span.last.id if span.last else NEWEST) if span else ""
        periods = [each for each in self.newest_first if each.kind != PeriodKind.POOL]
        words = {"": self.words["no_end"], NEWEST: self.words["newest_period"]}
        first = [Option(name, text(self.language), name == choice) for name, text in words.items()]
        return [*first, *self.options(periods, choice)]

    @cached_property
    def newest_first(self) -> list[Period]:
        """The periods that have a release, and those that are chosen."""
        periods = {*(each.period for each in self.current), *(self.span.ends if self.span else ())}
        return sorted(periods, key=lambda period: (period.last, period.first), reverse=True)

    def options(self, periods: Iterable[Period], choice: str) -> Iterator[Option]:
        """Periods; one of which nothing is published with the axes cannot be chosen."""
        axes, why = {axis.id for axis in self.by}, self.words["not_of_table"](self.language)
        periods_there = {each.period for each in self.current if any(axes <= table for table in self.tables_of(each))}
        for each in periods:
            is_there = each in periods_there or each.id == choice
            yield Option(each.id, self.label(each), each.id == choice, "" if is_there else why)

    def label(self, period: Period) -> str:
        """A period as a choice: of several years, that they are counted together."""
        label = period.label(self.language)
        return f"{label} {self.words['pool'](self.language)}" if period.kind == PeriodKind.POOL else label

    @property
    def quantities(self) -> list[Option]:
        """All quantities beside each other, then each by itself. None of a dataset of one unit."""
        axis = self.query.dataset.quantities
        if axis is None:
            return []
        one = next((code for each, code in self.query.filters if each == axis), "")
        every = Option("", self.words["every_quantity"](self.language), not one)
        return [every, *(Option(each.code, each.label(self.language), each.code == one) for each in axis.codes)]

    @property
    def other_filters(self) -> list[tuple[Axis, str]]:
        """The filters that the form keeps as they are."""
        return [(axis, code) for axis, code in self.query.filters if axis.has_total]

    @property
    def rows(self) -> list[Option]:
        """The breakdowns of the rows: all that a table has, by itself or beside another."""
        axes, why = frozenset[str]().union(*self.tables), self.words["not_of_period"](self.language)
        return [*self.breakdowns(0, lambda axis: "" if axis.id in axes else why)]

    @property
    def columns(self) -> list[Option]:
        """The breakdowns that can stand beside that of the rows, or beside any."""
        first, why = self.by[:1], self.words["not_beside"](self.language)
        axes = {axis.id for axis in first}
        combinable = frozenset[str]().union(
            *(table - axes for table in self.tables if axes < table and len(table) == 2)
        )
        dimensions_there = {axis.dimension for axis in first}
        return [
            each
            for each in self.breakdowns(1, lambda axis: "" if axis.id in combinable else why)
            if not each.id or self.query.dataset.axes[each.id].dimension not in dimensions_there
        ]

    def breakdowns(self, place: int, why: Callable[[Axis], str]) -> Iterator[Option]:
        """None, then every axis."""
        axis_now = self.by[place].id if len(self.by) > place else ""
        yield Option("", self.words["none"](self.language), not axis_now)
        for axis in self.query.dataset.breakdowns:
            reason = "" if axis.id == axis_now else why(axis)
            yield Option(axis.id, axis.label(self.language), axis.id == axis_now, reason)


def period_text(begin: str, end: str) -> str:
    """The periods of what was picked: from the earlier of two to the later, whichever was picked first."""
    if not end:
        return begin
    first, last = Period.parse(begin), Period.parse(end)
    if first and last and first.first > last.first:
        begin, end = end, begin
    return f"{begin}{TO}{'' if end == NEWEST else end}" if begin or end != NEWEST else ""
