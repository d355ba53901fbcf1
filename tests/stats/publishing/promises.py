"""A town's release as everybody reads it, and what must hold of it: each property names the cells that break it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from stats.publishing.cells import TableDraft
from stats.publishing.planning import ProtectionResult
from tests.stats.publishing.telling import (
    Codes,
    Groups,
    Ints,
    Printed,
    Reader,
    count_of,
    planned,
    protect,
)

THRESHOLD, FEWEST_OTHERS = 5, 3


@dataclass(frozen=True)
class Town:
    """A release of a town, with what everybody can read of it and what only its records tell."""

    groups: Groups
    axes: tuple[str, ...]
    protection: ProtectionResult

    @property
    def reader(self) -> Reader:
        """Who reads the release alone."""
        return Reader((2023,), self.axes)

    @property
    def printed(self) -> list[Printed]:
        """Every cell as it is printed."""
        return self.reader.read("2023.p1", (2023,), self.protection.tables)

    def true(self, cell: Printed) -> int:
        """The true count of a cell."""
        return count_of(self.groups.records()[0], [name for name in cell.axes.split(",") if name])[cell.codes]

    def floors(self) -> Ints:
        """Of each unknown, how many persons the organisation knows."""
        return np.array([self.groups.referred.get(codes, 0) for _, codes in self.reader.unknowns])

    def table(self, cell: Printed) -> TableDraft:
        """The table of a cell."""
        return next(table for table in self.protection.tables if table.axes == cell.axes)

    def told(self, cell: Printed) -> tuple[int, int | None]:
        """What a reader is told of a hidden cell."""
        (table,) = [each for each in self.protection.bounds if each.axes == cell.axes and each.of == "2023.p1"]
        return table.intervals[cell.codes]


def built(axes: tuple[str, ...], counts: Mapping[Codes, int], own: Mapping[Codes, int]) -> Town:
    """The release of a town. Raises `ReleaseRefused`."""
    groups = Groups(axes, counts, own)
    return Town(groups, axes, protect(planned([groups], "2023", [",".join(axes)]))[0])


def hidden_cells(town: Town) -> Iterator[Printed]:
    """The hidden cells of a town's tables."""
    return (cell for cell in town.printed if cell.hidden)


def wrongly_told(town: Town) -> list[str]:
    """The hidden cells of which something else is told than the symbol, or than what every town that agrees has."""
    towns = town.reader.towns(town.printed)
    wrong = []
    for cell in hidden_cells(town):
        values, (least, most) = towns[:, cell.members].sum(axis=1), town.told(cell)
        is_within = cell.codes in town.table(cell).within
        right = (0, town.table(cell).symbol) if is_within else (values.min(), values.max())
        if (least, most) != right or not least <= town.true(cell) <= (most or 0):
            wrong.append(f"{cell.axes} {cell.codes}: {least}–{most}")
    return wrong


def wrong_symbols(town: Town) -> list[str]:
    """The hidden cells that are told by the symbol and are above it, or the other way round; and tables of another symbol."""
    wrong = [
        f"{cell.axes} {cell.codes}"
        for cell in hidden_cells(town)
        if (symbol := town.table(cell).symbol) is not None
        and (cell.codes in town.table(cell).within) != (town.true(cell) <= symbol)
    ]
    symbols = {table.symbol for table in town.protection.tables if table.hidden}
    assert symbols <= {2 * THRESHOLD - 1, 3 * THRESHOLD - 1, None}
    return wrong


def unsafe(town: Town) -> list[str]:
    """The cells of which more can be computed than was promised: by everybody; by the organisation, of those beside its own."""
    return [*unsafe_for(town, np.zeros_like(town.floors())), *unsafe_for(town, town.floors())]


def unsafe_for(town: Town, own: Ints) -> Iterator[str]:
    """The cells of which somebody who knows these persons can compute too much, each with the fewest and the most others."""
    towns = town.reader.towns(town.printed, own)
    for cell in town.printed:
        known, sums = int(own[cell.members].sum()), towns[:, cell.members].sum(axis=1)
        others, least, most = town.true(cell) - known, sums.min() - known, sums.max() - known
        is_few = 1 <= others < (THRESHOLD if town.true(cell) < THRESHOLD else FEWEST_OTHERS if known else 0)
        is_safe = most >= THRESHOLD and least <= (0 if others < FEWEST_OTHERS else others - 2)
        if "_U" not in cell.codes.split("|") and is_few and not is_safe:
            yield f"{cell.axes} {cell.codes}: {least}–{most} beside {known}"
        if cell.hidden and not own.any() and least == most:
            yield f"{cell.axes} {cell.codes}: {least}"
