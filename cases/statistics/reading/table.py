"""Reading figures: from stored cells to a dense table. Nothing here knows a referral, a case or an assessment.

A table is dense: every code of every axis, in the order of the code lists, a zero where nobody is. With totals, each axis
begins with `TOTAL`, whose figures come from the tables with fewer axes and are never added up here: what is published of a
margin is what the release says of it. A hidden cell has no number here, and neither has anything that is computed from one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, product
from math import prod

from cases.codelists.types import TOTAL, Code
from cases.dimensions import Axis, table_id
from cases.statistics.counting.cube import SEPARATOR
from cases.statistics.models import EXACT
from cases.statistics.reading.cells import TableCells
from cases.statistics.reading.entries import CatalogueEntry, PeriodReleases
from cases.statistics.reading.measures import (
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
from cases.statistics.reading.query import Query, refusal
from partners.text import Text

MOST_VALUES = 1_000_000
TOTAL_CODE = Code(TOTAL, Text("I alt", "Total"))


Tables = Mapping[str, TableCells]
TablesOfReleases = Callable[[], Mapping[str, Tables]]


@dataclass(frozen=True)
class AnswerAxis:
    """One axis of the answer with its categories. A filtered one has its one code."""

    axis: Axis
    codes: tuple[Code, ...]

    @cached_property
    def place(self) -> dict[str, int]:
        """The place of each code among the categories."""
        return {code.code: n for n, code in enumerate(self.codes)}


@dataclass(frozen=True)
class Column:
    """The values of one measure, period by period, each in the order of the sides with the last side fastest."""

    measure: Measure
    values: list[Value]
    statuses: list[CellStatus]


@dataclass(frozen=True)
class Figures:
    """The answer to a query, for an audience."""

    query: Query
    periods: tuple[PeriodReleases, ...]
    sides: tuple[AnswerAxis, ...]
    columns: tuple[Column, ...]
    audience: str = EXACT


def sides_of(query: Query) -> tuple[AnswerAxis, ...]:
    """The axes of the answer: those of `by`, then those that are only filtered."""
    code_of = {axis.id: code for axis, code in query.filters}
    by = {axis.id for axis in query.by}
    axes = (*query.by, *(axis for axis, _ in query.filters if axis.id not in by))
    return tuple(AnswerAxis(axis, categories(axis, code_of.get(axis.id), totals=query.totals)) for axis in axes)


def categories(axis: Axis, code_of: str | None, *, totals: bool) -> tuple[Code, ...]:
    """The categories of an axis."""
    if code_of is not None:
        return tuple(code for code in axis.codes if code.code == code_of)
    return (TOTAL_CODE, *axis.codes) if totals else axis.codes


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
    rows = [PeriodCounts.of(query, sides, answer, each) for each in periods]
    return Figures(query, tuple(periods), sides, tuple(column(measure, rows) for measure in query.measures), audience)


def every_release(periods: Sequence[PeriodReleases]) -> Iterator[CatalogueEntry]:
    """The releases of an answer, those of the years before among them."""
    for each in periods:
        yield each.release
        if each.before:
            yield each.before


def table_ids(query: Query) -> list[str]:
    """The ids of every table that the answer is made of."""
    return [table_id(axes) for axes in margins(query)]


def margins(query: Query) -> Iterator[tuple[Axis, ...]]:
    """The axes of every table that the answer is made of: the filtered ones, with every choice of the others."""
    code_of = {axis.id for axis, _ in query.filters}
    free = [axis for axis in query.axes if axis.id not in code_of]
    for size in range(len(free) + 1) if query.totals else {0, len(free)}:
        for combination in combinations(free, size):
            yield tuple(axis for axis in query.axes if axis.id in code_of or axis in combination)


@dataclass(frozen=True, slots=True)
class PeriodCounts:
    """The counts of one period, those of the year before, and the total under the same filters. None is hidden.

    `marks` are the statuses of all three, where some of it is external.
    """

    counts: list[int | None]
    before: list[int | None] | None
    total: int | None
    marks: PeriodStatuses | None = None

    @classmethod
    def of(
        cls, query: Query, sides: Sequence[AnswerAxis], answer: Mapping[str, Tables], each: PeriodReleases
    ) -> PeriodCounts:
        """The row of a release."""
        tables, earlier = answer[each.release.id], answer[each.before.id] if each.before else None
        before = None if earlier is None else dense(query, sides, earlier)
        whole = total(query, tables)
        plain = cls(dense(query, sides, tables), before, whole[0])
        if all(cells.marks is None for cells in (*tables.values(), *(earlier or {}).values())):
            return plain
        marks_before = None if earlier is None or before is None else statuses(query, sides, earlier, before)
        return replace(
            plain, marks=PeriodStatuses(statuses(query, sides, tables, plain.counts), marks_before, whole[1])
        )


@dataclass(frozen=True, slots=True)
class PeriodStatuses:
    """The statuses of a row's counts, of those of the year before, and of the total."""

    counts: Sequence[CellStatus]
    before: Sequence[CellStatus] | None
    total: CellStatus

    def put(self, measure: Measure, pairs: Iterable[ValueWithStatus]) -> Iterator[ValueWithStatus]:
        """The values of a measure, each with the weakest status of what it is computed from. What cannot be computed stays so."""
        for place, (value, status) in enumerate(pairs):
            is_ordinary = status in {CellStatus.NORMAL, CellStatus.HIDDEN}
            yield value, self.of(measure, place) if is_ordinary else status

    def of(self, measure: Measure, place: int) -> CellStatus:
        """The status of one value."""
        match measure:
            case Measure.COUNT:
                return self.counts[place]
            case Measure.SHARE:
                return weakest(self.counts[place], self.total)
            case _:
                return weakest(self.counts[place], *(self.before[place : place + 1] if self.before else ()))


def total(query: Query, tables: Tables) -> tuple[int | None, CellStatus]:
    """The number of records under the query's filters, and its status."""
    code_of = {axis.id: code for axis, code in query.filters}
    axes = tuple(axis for axis in query.axes if axis.id in code_of)
    cells, codes = tables[table_id(axes)], SEPARATOR.join(code_of[axis.id] for axis in axes)
    return (number := cells.of(codes)), cells.status(codes, number)


def statuses(
    query: Query, sides: Sequence[AnswerAxis], tables: Tables, counts: Sequence[int | None]
) -> list[CellStatus]:
    """The status of every cell of the answer, in order: each is of the table of the axes that are not totalled."""
    places = sorted(range(len(sides)), key=lambda n: query.axes.index(sides[n].axis))
    statuses_found = []
    for cell, number in zip(product(*(side.codes for side in sides)), counts, strict=True):
        breakdown = [(sides[n].axis, cell[n].code) for n in places if cell[n].code != TOTAL]
        cells = tables[table_id(axis for axis, _ in breakdown)]
        statuses_found.append(cells.status(SEPARATOR.join(code for _, code in breakdown), number))
    return statuses_found


def dense(query: Query, sides: Sequence[AnswerAxis], tables: Tables) -> list[int | None]:
    """Every cell of the answer, in order. The sides' codes are places, so that each stored cell is put down once."""
    strides = [prod(len(side.codes) for side in sides[n + 1 :]) for n in range(len(sides))]
    whole = tables[table_id(query.axes)]
    values: list[int | None] = [whole.absent] * prod(len(side.codes) for side in sides)
    by_axis = {side.axis.id: (side.place, stride) for side, stride in zip(sides, strides, strict=True)}
    code_of = {axis.id for axis, _ in query.filters}
    for axes in margins(query):
        if not query.totals and len(axes) < len(query.axes):
            continue
        cells = tables[table_id(axes)]
        if cells.absent != whole.absent:
            for place in region(query, sides, strides, axes):
                values[place] = cells.absent
        put(values, cells, [by_axis[axis.id] for axis in axes], [axis.id in code_of for axis in axes])
    return values


def put(
    values: list[int | None],
    cells: TableCells,
    places: Sequence[tuple[dict[str, int], int]],
    filters_of_side: Sequence[bool],
) -> None:
    """Put the stored cells of a table down where they belong."""
    for codes, number in zip(cells.codes, cells.counts, strict=True):
        if (place := place_of(codes, places, filters_of_side)) is not None:
            values[place] = number
    for codes in cells.hidden:
        if (place := place_of(codes, places, filters_of_side)) is not None:
            values[place] = None


def region(query: Query, sides: Sequence[AnswerAxis], strides: Sequence[int], axes: Sequence[Axis]) -> Iterator[int]:
    """The places of a margin among the answer's: the total of every side that is not among its axes."""
    code_of = {axis.id for axis, _ in query.filters}
    breakdown = {axis.id for axis in axes} - code_of
    offsets = [range(1, len(side.codes)) if side.axis.id in breakdown else (0,) for side in sides]
    for choice in product(*offsets):
        yield sum(offset * stride for offset, stride in zip(choice, strides, strict=True))


def place_of(codes: str, places: Sequence[tuple[dict[str, int], int]], filters_of_side: Sequence[bool]) -> int | None:
    """Where a stored cell stands among the answer's; None where a filter leaves it out. An unknown code is an error."""
    place = 0
    for code, (by_code, stride), code_of in zip(
        codes.split(SEPARATOR) if codes else (), places, filters_of_side, strict=True
    ):
        if code_of and code not in by_code:
            return None
        place += by_code[code] * stride
    return place


def column(measure: Measure, rows: Sequence[PeriodCounts]) -> Column:
    """One measure of every row."""
    pairs = [pair for row in rows for pair in with_marks(measure, row)]
    return Column(measure, [value for value, _ in pairs], [status for _, status in pairs])


def with_marks(measure: Measure, row: PeriodCounts) -> Iterator[ValueWithStatus]:
    """One measure of a row, with the statuses of external figures."""
    pairs = values_of(measure, row)
    return pairs if row.marks is None else row.marks.put(measure, pairs)


def values_of(measure: Measure, row: PeriodCounts) -> Iterator[ValueWithStatus]:
    """One measure of a row."""
    match measure:
        case Measure.COUNT:
            yield from map(count, row.counts)
        case Measure.SHARE:
            yield from (share(shown, row.total) for shown in row.counts)
        case _ if row.before is None:
            yield from [(None, CellStatus.NOT_COLLECTED)] * len(row.counts)
        case Measure.CHANGE:
            yield from map(change, row.counts, row.before)
        case Measure.CHANGE_PERCENT:
            yield from map(change_percent, row.counts, row.before)
