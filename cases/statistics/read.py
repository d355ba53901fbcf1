"""Reading figures: from stored cells to a dense table. Nothing here knows a referral, a case or an assessment.

A table is dense: every code of every axis, in the order of the code lists, a zero where nobody is. With totals, each axis
begins with `TOTAL`, whose figures come from the tables with fewer axes and are never added up here: what is published of a
margin is what the release says of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import prod

from django.db import connection

from cases.codelists.types import TOTAL, Code, Text
from cases.statistics.catalogue import Shown
from cases.statistics.cube import SEPARATOR
from cases.statistics.dimensions import Axis, table_id
from cases.statistics.measures import Measure, Status, Value, change, change_percent, share
from cases.statistics.query import Query, refused

MOST_VALUES = 1_000_000
TOTAL_CODE = Code(TOTAL, Text("I alt", "Total"))
TABLES = """
SELECT release_id, axes, codes, counts FROM cases_releasetable
WHERE dataset = %s AND release_id = ANY(%s) AND axes = ANY(%s)
"""

Cells = tuple[Sequence[str], Sequence[int]]
Tables = Mapping[str, Cells]


@dataclass(frozen=True)
class Side:
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
    statuses: list[Status]


@dataclass(frozen=True)
class Figures:
    """The answer to a query."""

    query: Query
    shown: tuple[Shown, ...]
    sides: tuple[Side, ...]
    columns: tuple[Column, ...]


def sides_of(query: Query) -> tuple[Side, ...]:
    """The axes of the answer: those of `by`, then those that are only filtered."""
    fixed = {axis.id: code for axis, code in query.filters}
    by = {axis.id for axis in query.by}
    axes = (*query.by, *(axis for axis, _ in query.filters if axis.id not in by))
    return tuple(Side(axis, categories(axis, fixed.get(axis.id), totals=query.totals)) for axis in axes)


def categories(axis: Axis, fixed: str | None, *, totals: bool) -> tuple[Code, ...]:
    """The categories of an axis."""
    if fixed is not None:
        return tuple(code for code in axis.codes if code.code == fixed)
    return (TOTAL_CODE, *axis.codes) if totals else axis.codes


def figures(query: Query, shown: Sequence[Shown]) -> Figures:
    """The answer. One statement. Raises `QueryRefused` where it would be too large, whatever is in it."""
    sides = sides_of(query)
    if prod(len(side.codes) for side in sides) * len(shown) * len(query.measures) > MOST_VALUES:
        raise refused("by", "answer_too_large")
    stored = fetch(query, {one.id for each in shown for one in (each.release, each.before) if one})
    rows = [Row.of(query, sides, stored, each) for each in shown]
    return Figures(query, tuple(shown), sides, tuple(column(measure, rows) for measure in query.measures))


def margins(query: Query) -> Iterator[tuple[Axis, ...]]:
    """The axes of every table that the answer is made of: the filtered ones, with every choice of the others."""
    fixed = {axis.id for axis, _ in query.filters}
    free = [axis for axis in query.axes if axis.id not in fixed]
    for size in range(len(free) + 1) if query.totals else {0, len(free)}:
        for chosen in combinations(free, size):
            yield tuple(axis for axis in query.axes if axis.id in fixed or axis in chosen)


def fetch(query: Query, releases: set[str]) -> dict[str, dict[str, Cells]]:
    """The stored cells, by release and table."""
    found: dict[str, dict[str, Cells]] = {release: {} for release in releases}
    wanted = [table_id(axes) for axes in margins(query)]
    with connection.cursor() as cursor:
        cursor.execute(TABLES, [query.dataset.id, sorted(releases), wanted])
        for release, axes, codes, counts in cursor.fetchall():
            found[release][axes] = codes, counts
    if any(len(tables) < len(wanted) for tables in found.values()):
        raise LookupError("a release lacks a table that its settings promise")
    return found


@dataclass(frozen=True, slots=True)
class Row:
    """The counts of one period, those of the year before, and the total under the same filters."""

    counts: list[int]
    before: list[int] | None
    total: int

    @classmethod
    def of(cls, query: Query, sides: Sequence[Side], stored: Mapping[str, Tables], each: Shown) -> Row:
        """The row of a release."""
        tables = stored[each.release.id]
        before = dense(query, sides, stored[each.before.id]) if each.before else None
        return cls(dense(query, sides, tables), before, total(query, tables))


def total(query: Query, tables: Tables) -> int:
    """The number of records under the query's filters."""
    fixed = {axis.id: code for axis, code in query.filters}
    axes = tuple(axis for axis in query.axes if axis.id in fixed)
    codes, counts = tables[table_id(axes)]
    wanted = SEPARATOR.join(fixed[axis.id] for axis in axes)
    return next((count for code, count in zip(codes, counts, strict=True) if code == wanted), 0)


def dense(query: Query, sides: Sequence[Side], tables: Tables) -> list[int]:
    """Every cell of the answer, in order. The sides' codes are places, so that each stored cell is put down once."""
    strides = [prod(len(side.codes) for side in sides[n + 1 :]) for n in range(len(sides))]
    values = [0] * prod(len(side.codes) for side in sides)
    by_axis = {side.axis.id: (side.place, stride) for side, stride in zip(sides, strides, strict=True)}
    fixed = {axis.id for axis, _ in query.filters}
    for axes in margins(query):
        if not query.totals and len(axes) < len(query.axes):
            continue
        places = [by_axis[axis.id] for axis in axes]
        filtered = [axis.id in fixed for axis in axes]
        for codes, count in zip(*tables[table_id(axes)], strict=True):
            if (place := placed(codes, places, filtered)) is not None:
                values[place] = count
    return values


def placed(codes: str, places: Sequence[tuple[dict[str, int], int]], filtered: Sequence[bool]) -> int | None:
    """Where a stored cell stands among the answer's; None where a filter leaves it out. An unknown code is an error."""
    place = 0
    for code, (by_code, stride), fixed in zip(codes.split(SEPARATOR) if codes else (), places, filtered, strict=True):
        if fixed and code not in by_code:
            return None
        place += by_code[code] * stride
    return place


def column(measure: Measure, rows: Sequence[Row]) -> Column:
    """One measure of every row."""
    pairs = [pair for row in rows for pair in measured(measure, row)]
    return Column(measure, [value for value, _ in pairs], [status for _, status in pairs])


def measured(measure: Measure, row: Row) -> Iterator[tuple[Value, Status]]:
    """One measure of a row."""
    before: Sequence[int | None] = row.before or [None] * len(row.counts)
    match measure:
        case Measure.COUNT:
            yield from ((count, Status.NORMAL) for count in row.counts)
        case Measure.SHARE:
            yield from (share(count, row.total) for count in row.counts)
        case Measure.CHANGE:
            yield from map(change, row.counts, before)
        case Measure.CHANGE_PERCENT:
            yield from map(change_percent, row.counts, before)
