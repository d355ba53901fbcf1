"""What hidden cells have together: where a margin is shown, the rest of its line is hidden in sum only.

Every line of a table has one axis that varies and others that are fixed. Its hidden cells together have the margin without the
cells that are shown. Everybody may compute it, so it is said: "M or X: 23".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from cases.dimensions import table_id
from stats.counting.cube import SEPARATOR
from stats.periods import Period
from stats.reading.cells import TableCells
from stats.reading.layout import margins
from stats.reading.query import Query

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
