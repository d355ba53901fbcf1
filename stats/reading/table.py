"""Reading figures: from stored cells to a dense table. Nothing here knows a referral, a case or an assessment.

A table is dense: every code of every axis, in the order of the code lists, a zero where nobody is. With totals, each axis
begins with `TOTAL`, whose figures come from the tables with fewer axes and are never added up here: what is published of a
margin is what the release says of it. A hidden cell has no number here, and neither has anything that is computed from one; beside
it stands what everybody is told of it, as an interval.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product
from math import prod

from cases.codelists.types import TOTAL
from cases.dimensions import table_id
from stats.counting.cube import SEPARATOR
from stats.models import EXACT
from stats.reading.breaks import mark_breaks, places_of_breaks
from stats.reading.cells import PublishedBounds, TableCells, TableSummary
from stats.reading.entries import CatalogueEntry, PeriodReleases
from stats.reading.layout import AnswerAxis, HiddenSum, Layout, TableSide, place_of, sides_of, sums_of_period, table_ids
from stats.reading.measures import (
    BOUNDS,
    CONCEALED,
    CellStatus,
    Measure,
    Value,
    ValueWithStatus,
    change,
    change_percent,
    count,
    share,
    weakest,
)
from stats.reading.query import Query, refusal
from stats.reading.stored_sums import ReportsBehind, of_quantity

MOST_VALUES = 1_000_000

Tables = Mapping[str, TableCells]
TablesOfReleases = Callable[[], Mapping[str, Tables]]


@dataclass(frozen=True)
class Column:
    """The values of one measure, period by period, each in the order of the sides with the last side fastest."""

    measure: Measure
    values: list[Value]
    statuses: list[CellStatus]


@dataclass(frozen=True)
class Figures:
    """The answer to a query, for an audience.

    `intervals`: what is told of hidden cells, by the place of a count. `tables`: those of each period that it is made of.
    `behind`: of sums, by release what is behind each quantity. `releases_gone`: releases of the periods asked for that were
    withdrawn, where nothing replaces them.
    """

    query: Query
    periods: tuple[PeriodReleases, ...]
    sides: tuple[AnswerAxis, ...]
    columns: tuple[Column, ...]
    audience: str = EXACT
    intervals: Mapping[int, PublishedBounds] = field(default_factory=dict)
    tables: tuple[Tables, ...] = ()
    behind: Mapping[str, Mapping[str, ReportsBehind]] = field(default_factory=dict)
    releases_gone: tuple[CatalogueEntry, ...] = ()

    @cached_property
    def sums(self) -> list[HiddenSum]:
        """What hidden cells have together, period by period."""
        pairs = zip(self.periods, self.tables, strict=True)
        return [one for each, tables in pairs for one in sums_of_period(self.query, each.release.period, tables)]

    def quantity_at(self, place: int, quantities: int) -> int:
        """Which of so many quantities a value is of, by its place: they are the first side, or a filter has left one."""
        cells = len(self.columns[0].values) // len(self.periods)
        return place % cells * quantities // cells

    @cached_property
    def breaks(self) -> frozenset[int]:
        """The places of the periods before which the series breaks."""
        return places_of_breaks(self.periods)

    @property
    def summaries(self) -> list[TableSummary | None]:
        """What the whole table of each period tells; None where it says nothing, as of several units."""
        if self.query.dataset.quantities:
            return [None] * len(self.tables)
        whole = table_id(self.query.axes)
        return [tables[whole].summary(tables.get("")) for tables in self.tables]

    def summaries_of(self, quantity: str) -> list[TableSummary | None]:
        """The same of one quantity of a dataset of sums."""
        whole = table_id(self.query.axes)
        pairs = [(tables[whole], tables.get("")) for tables in self.tables]
        return [of_quantity(cells, quantity).summary(total and of_quantity(total, quantity)) for cells, total in pairs]

    @property
    def symbols(self) -> list[int]:
        """The ends of the symbols of the answer's tables, each once."""
        return sorted({each.symbol for each in self.intervals.values() if each.symbol is not None})


def figures(
    query: Query, periods: Sequence[PeriodReleases], source: TablesOfReleases, audience: str = EXACT
) -> Figures:
    """The answer. `source` gives the stored tables of each release, all that `table_ids` names; it is asked once, at the end.

    Raises `QueryRefused` where the answer would be too large, whatever is in it.
    """
    sides = sides_of(query)
    if prod(len(side.codes) for side in sides) * len(periods) * len(query.measures) > MOST_VALUES:
        raise refusal("by", "answer_too_large")
    answer = source()
    if any(table not in answer[one.id] for table in table_ids(query) for one in every_release(periods)):
        raise LookupError("a release lacks a table that its settings promise")
    layout = Layout(query, sides)
    rows = [PeriodCounts.of(layout, answer, each) for each in periods]
    return Figures(
        query,
        tuple(periods),
        sides,
        tuple(column(measure, rows, periods) for measure in query.measures),
        audience,
        {n * layout.size + place: each for n, row in enumerate(rows) for place, each in row.intervals.items()},
        tuple(answer[each.release.id] for each in periods),
    )


def every_release(periods: Sequence[PeriodReleases]) -> Iterator[CatalogueEntry]:
    """The releases of an answer, those of the years before among them."""
    for each in periods:
        yield each.release
        if each.before:
            yield each.before


@dataclass(frozen=True, slots=True)
class PeriodCounts:
    """The counts of one period, those of the year before, and the total under the same filters. None is hidden.

    `totals`: of each quantity, where the answer has several; else there is one. `intervals`: what is told of hidden counts, by
    place. `marks` are the statuses of all three, where some of it is external or not known.
    """

    counts: list[int | None]
    before: list[int | None] | None
    totals: Sequence[int | None]
    intervals: Mapping[int, PublishedBounds] = field(default_factory=dict)
    marks: PeriodStatuses | None = None

    @classmethod
    def of(cls, layout: Layout, answer: Mapping[str, Tables], each: PeriodReleases) -> PeriodCounts:
        """The counts of a release in the order of a layout, with those before. `marks`: only where a cell says more."""
        tables, earlier = answer[each.release.id], answer[each.before.id] if each.before else None
        before = None if earlier is None else dense(layout, earlier)
        whole = [*totals(layout, tables)]
        plain = cls(dense(layout, tables), before, [number for number, _ in whole], dict(intervals(layout, tables)))
        if all(cells.is_plain for cells in (*tables.values(), *(earlier or {}).values())):
            return plain
        marks_before = None if earlier is None or before is None else statuses(layout, earlier, before)
        of_totals = [status for _, status in whole]
        return replace(plain, marks=PeriodStatuses(statuses(layout, tables, plain.counts), marks_before, of_totals))

    def total_of(self, place: int) -> int | None:
        """The total that a count is a part of. The quantities are the first side."""
        return self.totals[place * len(self.totals) // len(self.counts)]


@dataclass(frozen=True, slots=True)
class PeriodStatuses:
    """The statuses of a row's counts, of those of the year before, and of the totals."""

    counts: Sequence[CellStatus]
    before: Sequence[CellStatus] | None
    totals: Sequence[CellStatus]

    def put(self, measure: Measure, pairs: Iterable[ValueWithStatus]) -> Iterator[ValueWithStatus]:
        """The values of a measure, each with the weakest status of what it is computed from. What cannot be computed stays so."""
        for place, (value, status) in enumerate(pairs):
            is_ordinary = status == CellStatus.NORMAL or status == CellStatus.HIDDEN
            is_bound_of_hidden = measure in BOUNDS and self.counts[place] == CellStatus.HIDDEN
            yield value, self.of(measure, place) if is_ordinary and not is_bound_of_hidden else status

    def of(self, measure: Measure, place: int) -> CellStatus:
        match measure:
            case Measure.COUNT | Measure.LEAST | Measure.MOST:
                return self.counts[place]
            case Measure.SHARE:
                return weakest(self.counts[place], self.totals[place * len(self.totals) // len(self.counts)])
            case _:
                return weakest(self.counts[place], *(self.before[place : place + 1] if self.before else ()))


def totals(layout: Layout, tables: Tables) -> Iterator[tuple[int | None, CellStatus]]:
    """The number under the query's filters, and its status; of several quantities that of each."""
    quantities = layout.query.dataset.quantities
    axes = [axis for axis in layout.query.axes if axis.id in layout.filters or axis == quantities]
    codes = [[layout.filters[axis.id]] if axis.id in layout.filters else [*axis.base.names] for axis in axes]
    cells = tables[table_id(axes)]
    for choice in product(*codes):
        name = SEPARATOR.join(choice)
        yield (number := cells.of(name)), cells.status(name, number)


def statuses(layout: Layout, tables: Tables, counts: Sequence[int | None]) -> list[CellStatus]:
    """The status of every cell of the answer, in order: each is of the table of the axes that are not totalled."""
    sides = layout.sides
    places = sorted(range(len(sides)), key=lambda n: layout.query.axes.index(sides[n].axis))
    statuses_found = []
    for cell, number in zip(product(*(side.codes for side in sides)), counts, strict=True):
        breakdown = [(sides[n].axis, cell[n].code) for n in places if cell[n].code != TOTAL]
        cells = tables[table_id(axis for axis, _ in breakdown)]
        statuses_found.append(cells.status(SEPARATOR.join(code for _, code in breakdown), number))
    return statuses_found


def intervals(layout: Layout, tables: Tables) -> Iterator[tuple[int, PublishedBounds]]:
    """What is told of hidden cells of the answer, by place."""
    for axes in layout.tables:
        sides = layout.sides_of_table(axes)
        for codes, interval in tables[table_id(axes)].intervals.items():
            if (place := place_of(codes, sides)) is not None:
                yield place, interval


def dense(layout: Layout, tables: Tables) -> list[int | None]:
    """Every cell of the answer, in order. The sides' codes are places, so that each stored cell is put down once."""
    whole = tables[table_id(layout.query.axes)]
    values: list[int | None] = [whole.absent] * layout.size
    for axes in layout.tables:
        cells = tables[table_id(axes)]
        if cells.absent != whole.absent:
            for place in layout.region(axes):
                values[place] = cells.absent
        put(values, cells, layout.sides_of_table(axes))
    return values


def put(values: list[int | None], cells: TableCells, sides: list[TableSide]) -> None:
    """Put the stored cells of a table down where they belong."""
    for codes, number in zip(cells.codes, cells.counts, strict=True):
        if (place := place_of(codes, sides)) is not None:
            values[place] = number
    for codes in (*cells.hidden, *cells.not_known):
        if (place := place_of(codes, sides)) is not None:
            values[place] = None


def column(measure: Measure, rows: Sequence[PeriodCounts], periods: Sequence[PeriodReleases]) -> Column:
    """One measure of every row, with the breaks of its series."""
    pairs = [pair for row in rows for pair in with_marks(measure, row)]
    values, statuses = [value for value, _ in pairs], [status for _, status in pairs]
    mark_breaks(measure, values, statuses, periods)
    return Column(measure, values, statuses)


def with_marks(measure: Measure, row: PeriodCounts) -> Iterable[ValueWithStatus]:
    """One measure of a row, with the statuses of external figures."""
    pairs = values_of(measure, row)
    return pairs if row.marks is None else row.marks.put(measure, pairs)


def values_of(measure: Measure, row: PeriodCounts) -> Iterable[ValueWithStatus]:
    """A value with its status for each cell of a row. Where nothing is compared, changes are not collected."""
    match measure:
        case Measure.COUNT:
            return map(count, row.counts)
        case Measure.LEAST:
            return counts_of(row, lambda interval: (interval.least, CellStatus.NORMAL))
        case Measure.MOST:
            return counts_of(row, lambda each: CONCEALED if each.most is None else (each.most, CellStatus.NORMAL))
        case Measure.SHARE:
            return (share(shown, row.total_of(place)) for place, shown in enumerate(row.counts))
        case _ if row.before is None:
            return [(None, CellStatus.NOT_COLLECTED)] * len(row.counts)
        case Measure.CHANGE:
            return map(change, row.counts, row.before)
        case Measure.CHANGE_PERCENT:
            return map(change_percent, row.counts, row.before)


def counts_of(row: PeriodCounts, tell: Callable[[PublishedBounds], ValueWithStatus]) -> list[ValueWithStatus]:
    """The counts of a row; in place of a hidden one what `tell` makes of the interval that is told of it."""
    pairs = [*map(count, row.counts)]
    for place, interval in row.intervals.items():
        pairs[place] = tell(interval)
    return pairs
