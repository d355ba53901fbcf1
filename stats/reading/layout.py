"""Where cells stand in an answer: its axes and categories, its tables, the place of each, and the sums of hidden ones.

Where a margin is shown, the rest of its line is hidden in sum only. Every line of a table has one axis that varies and others that
are fixed. Its hidden cells together have the margin without the cells that are shown. Everybody may compute it, so it is said:
"M or X: 23".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product
from math import prod
from typing import Self

from cases.codelists.types import TOTAL, Code
from cases.dimensions import Axis, table_id
from core.text import Text
from stats.counting.cube import SEPARATOR
from stats.periods import Period
from stats.reading.cells import TableCells
from stats.reading.query import Query

TOTAL_CODE = Code(TOTAL, Text("I alt", "Total"))
# An axis of a table in an answer: the place of each of its codes, how far apart they stand, and whether it is filtered.
TableSide = tuple[dict[str, int], int, bool]


@dataclass(frozen=True)
class AnswerAxis:
    """One axis of the answer with its categories. A filtered one has its one code."""

    axis: Axis
    codes: tuple[Code, ...]

    @cached_property
    def place(self) -> dict[str, int]:
        """The place of each code among the categories."""
        return {code.code: n for n, code in enumerate(self.codes)}


def sides_of(query: Query) -> tuple[AnswerAxis, ...]:
    """The axes of the answer: those of `by`, then those that are only filtered."""
    code_of = {axis.id: code for axis, code in query.filters}
    by = {axis.id for axis in query.by}
    axes = (*query.by, *(axis for axis, _ in query.filters if axis.id not in by))
    return tuple(
        AnswerAxis(axis, categories(axis, code_of.get(axis.id), totals=query.totals and axis.has_total))
        for axis in axes
    )


def categories(axis: Axis, code_of: str | None, *, totals: bool) -> tuple[Code, ...]:
    if code_of is not None:
        return tuple(code for code in axis.codes if code.code == code_of)
    return (TOTAL_CODE, *axis.codes) if totals else axis.codes


def table_ids(query: Query) -> list[str]:
    """The ids of every table that the answer is made of."""
    return [table_id(axes) for axes in margins(query)]


def margins(query: Query) -> Iterator[tuple[Axis, ...]]:
    """The axes of every table that the answer is made of: the filtered ones, with every choice of the others.

    An axis without a total is one of each table.
    """
    names_fixed = {axis.id for axis, _ in query.filters} | {axis.id for axis in query.axes if not axis.has_total}
    free = [axis for axis in query.axes if axis.id not in names_fixed]
    for size in range(len(free) + 1) if query.totals else {0, len(free)}:
        for combination in combinations(free, size):
            yield tuple(axis for axis in query.axes if axis.id in names_fixed or axis in combination)


class Layout:
    """The places of one period's cells in an answer, in the order of the sides with the last side fastest."""

    def __init__(self, query: Query, sides: tuple[AnswerAxis, ...]) -> None:
        self.query, self.sides = query, sides
        self.size = prod(len(side.codes) for side in sides)
        self.filters = {axis.id: code for axis, code in query.filters}
        self._strides = [prod(len(side.codes) for side in sides[n + 1 :]) for n in range(len(sides))]
        self._by_axis = {
            side.axis.id: (side.place, stride, side.axis.id in self.filters)
            for side, stride in zip(sides, self._strides, strict=True)
        }

    @cached_property
    def tables(self) -> list[tuple[Axis, ...]]:
        """The axes of every table whose cells stand in the answer; margins do where totals are asked for."""
        return [axes for axes in margins(self.query) if self.query.totals or len(axes) == len(self.query.axes)]

    def region(self, axes: tuple[Axis, ...]) -> Iterator[int]:
        """The places of a margin: the total of every side that is not among its axes."""
        breakdown = {axis.id for axis in axes} - self.filters.keys()
        offsets = [
            range(int(side.axis.has_total), len(side.codes)) if side.axis.id in breakdown else (0,)
            for side in self.sides
        ]
        for choice in product(*offsets):
            yield sum(offset * stride for offset, stride in zip(choice, self._strides, strict=True))

    def sides_of_table(self, axes: tuple[Axis, ...]) -> list[TableSide]:
        """What `place_of` needs of the axes of a table."""
        return [self._by_axis[axis.id] for axis in axes]


def place_of(codes: str, sides: list[TableSide]) -> int | None:
    """Where a stored cell stands among the answer's; None where a filter leaves it out. An unknown code is an error."""
    place = 0
    for code, (by_code, stride, is_filtered) in zip(codes.split(SEPARATOR) if codes else (), sides, strict=True):
        if is_filtered and code not in by_code:
            return None
        place += by_code[code] * stride
    return place


# The codes of a cell, one for each axis of its table.
Codes = tuple[str, ...]
FEWEST = 2  # hidden cells of a line: of a single one the sum would be its count


@dataclass(frozen=True, slots=True)
class HiddenSum:
    """The persons in hidden cells together: those with the codes of each axis. Of an axis without codes it is the total."""

    period: Period
    codes: Mapping[str, tuple[str, ...]]
    count: int


def sums_of_period(query: Query, period: Period, tables: Mapping[str, TableCells]) -> Iterator[HiddenSum]:
    """The sums of hidden cells in the tables of one period's answer."""
    code_of = {axis.id: code for axis, code in query.filters}
    for axes in margins(query):
        cells = tables[table_id(axes)]
        if not cells.hidden or not cells.exact:
            continue
        table = SplitTable.of(cells, [code_of.get(axis.id) for axis in axes])
        for place, axis in enumerate(axes):
            margin = tables.get(table_id(other for other in axes if other is not axis))
            # Both are exact and of one release: so the cells of the one add up to those of the other.
            if (
                axis.id not in code_of
                and axis.has_total
                and margin is not None
                and margin.exact
                and margin.release == cells.release
            ):
                yield from sums_of_axis(period, [each.id for each in axes], place, table, margin)


@dataclass(frozen=True, slots=True)
class SplitTable:
    """The cells of a table by the codes of its axes, without those that a filter leaves out: the hidden ones and the counts."""

    hidden: Sequence[Codes]
    counts: Sequence[tuple[Codes, int]]

    @classmethod
    def of(cls, cells: TableCells, filters: Sequence[str | None]) -> Self:
        """The cells with the code of each axis that has one."""
        wanted_codes = [(place, code) for place, code in enumerate(filters) if code is not None]
        hidden = (split(codes) for codes in cells.hidden)
        counts = ((split(codes), count) for codes, count in zip(cells.codes, cells.counts, strict=True))
        if not wanted_codes:
            return cls([*hidden], [*counts])
        return cls(
            [codes for codes in hidden if all(codes[place] == code for place, code in wanted_codes)],
            [pair for pair in counts if all(pair[0][place] == code for place, code in wanted_codes)],
        )


def sums_of_axis(
    period: Period, axes: Sequence[str], place: int, table: SplitTable, margin: TableCells
) -> Iterator[HiddenSum]:
    """The sums of the lines in which the axis at a place varies."""
    by_line: dict[Codes, list[str]] = defaultdict(list)
    for codes in table.hidden:
        by_line[codes[:place] + codes[place + 1 :]].append(codes[place])
    secret = {split(codes) for codes in margin.hidden}
    lines = {line: codes for line, codes in by_line.items() if len(codes) >= FEWEST and line not in secret}
    if not lines:
        return
    rest = dict.fromkeys(lines, 0)
    for name, count in zip(margin.codes, margin.counts, strict=True):
        if (line := split(name)) in rest:
            rest[line] = count
    for codes, count in table.counts:
        if (line := codes[:place] + codes[place + 1 :]) in rest:
            rest[line] -= count
    for line, varying in lines.items():
        by_axis = [*((code,) for code in line[:place]), tuple(varying), *((code,) for code in line[place:])]
        yield HiddenSum(period, dict(zip(axes, by_axis, strict=True)), rest[line])


def split(codes: str) -> Codes:
    """The codes of a stored cell. The total has none."""
    return tuple(codes.split(SEPARATOR)) if codes else ()
