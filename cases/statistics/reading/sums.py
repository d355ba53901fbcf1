"""What hidden cells have together: where a margin is shown, the rest of its line is hidden in sum only.

Every line of a table has one axis that varies and others that are fixed. Its hidden cells together have the margin without the
cells that are shown. Everybody may compute it, so it is said: "M or X: 23".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cases.dimensions import Axis, table_id
from cases.statistics.counting.cube import SEPARATOR
from cases.statistics.periods import Period
from cases.statistics.reading.cells import TableCells
from cases.statistics.reading.layout import margins
from cases.statistics.reading.query import Query

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
        for place, axis in enumerate(axes):
            margin = tables.get(table_id(other for other in axes if other is not axis))
            if axis.id not in code_of and margin is not None and can_add_up(cells, margin):
                filters = [code_of.get(each.id) for each in axes]
                yield from sums_of_axis(period, axes, place, filters, cells, margin)


def can_add_up(cells: TableCells, margin: TableCells) -> bool:
    """Whether the cells of a table add up to those of a margin: both are exact, and of one release."""
    return bool(cells.hidden) and cells.exact and margin.exact and cells.release == margin.release


def sums_of_axis(
    period: Period,
    axes: tuple[Axis, ...],
    place: int,
    filters: list[str | None],
    cells: TableCells,
    margin: TableCells,
) -> Iterator[HiddenSum]:
    """The sums of the lines in which the axis at a place varies. Lines that a filter leaves out are left out."""
    lines: dict[str, list[str]] = defaultdict(list)
    for codes in cells.hidden:
        parts = codes.split(SEPARATOR)
        if all(code in {None, part} for code, part in zip(filters, parts, strict=True)):
            lines[rest_of(parts, place)].append(parts[place])
    shown: dict[str, int] = defaultdict(int)
    for codes, count in zip(cells.codes, cells.counts, strict=True):
        shown[rest_of(codes.split(SEPARATOR), place)] += count
    counts, secret = dict(zip(margin.codes, margin.counts, strict=True)), frozenset(margin.hidden)
    for rest, varying in lines.items():
        if len(varying) >= FEWEST and rest not in secret:
            others = iter(rest.split(SEPARATOR))
            by_axis = {axis.id: tuple(varying) if n == place else (next(others),) for n, axis in enumerate(axes)}
            yield HiddenSum(period, by_axis, counts.get(rest, 0) - shown[rest])


def rest_of(parts: list[str], place: int) -> str:
    """The codes of a cell without the one at a place, as they are stored."""
    return SEPARATOR.join([*parts[:place], *parts[place + 1 :]])
