"""One symbol for each table: every hidden cell of at most B persons is told as 0 to B, whatever the reason for which it is hidden.

B is the same for all cells of a table. It is 2T − 1 where that protects, else 3T − 1, else there is no symbol, and a reader is told
the intervals alone (docs/decisions/0038). A hidden cell without the symbol has more than B persons, which everybody may conclude.
The total has no symbol: it is in every block, and is hidden where no block can do otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from cases.dimensions import table_id
from stats.protection.doubt import Bounds
from stats.protection.views import Constraint, Target
from stats.publishing.cells import Cell, bounds_of_hidden, row_of_hidden

TOTAL_TABLE = ""


def symbols_of(threshold: int) -> tuple[int | None, ...]:
    """What B may be, the narrowest first: 9 and 14 where T is 5; None is no symbol."""
    return 2 * threshold - 1, 3 * threshold - 1, None


@dataclass(frozen=True)
class Symbols:
    """The symbol of each table (by its stored name) of a block. `rank` says which of the `choices` it is."""

    choices: tuple[int | None, ...]
    rank: Mapping[str, int]

    @classmethod
    def narrowest(cls, threshold: int, cells: Iterable[Cell]) -> Self:
        """The narrowest symbol for every table of these cells."""
        choices = symbols_of(threshold)
        names = dict.fromkeys(table_id(cell.table) for cell in cells)
        return cls(choices, {name: len(choices) - 1 if name == TOTAL_TABLE else 0 for name in names})

    def of(self, name: str) -> int | None:
        return self.choices[self.rank[name]]

    def wider(self, names: Collection[str]) -> Self | None:
        """The next symbol for these tables, or for all where these have none any more. None: no table has one."""
        last = len(self.choices) - 1
        with_one = {name for name, rank in self.rank.items() if rank < last}
        to_widen = with_one & set(names) or with_one
        if not to_widen:
            return None
        return type(self)(self.choices, {name: rank + (name in to_widen) for name, rank in self.rank.items()})

    def with_room(self, cells: Iterable[Cell], targets: Iterable[Target]) -> Self:
        """The narrowest symbols by which no cell is told to be less, or more, than it has to be able to be."""
        cell_of_form, rank = {id(cell.form): cell for cell in cells}, dict(self.rank)
        for target in targets:
            cell = cell_of_form.get(id(target.form))
            while cell is not None and type(self)(self.choices, rank).bars(cell, target):
                rank[table_id(cell.table)] += 1
        return type(self)(self.choices, rank)

    def bars(self, cell: Cell, target: Target) -> bool:
        """Whether what is told of a cell, once it is hidden, bars a target of it."""
        least, most = self.bounds(cell)
        too_little = target.high is not None and most is not None and most < target.high
        return too_little or (target.low is not None and target.low < least)

    def has(self, cell: Cell) -> bool:
        """Whether a cell, once it is hidden, is told by the symbol of its table."""
        symbol = self.of(table_id(cell.table))
        return symbol is not None and cell.count <= symbol

    def bounds(self, cell: Cell) -> Bounds:
        """What a reader is told of a cell, once it is hidden."""
        return bounds_of_hidden(self.of(table_id(cell.table)), within=self.has(cell))

    def rows(self, cells: Iterable[Cell]) -> list[Constraint]:
        """What a reader is told of hidden cells."""
        return [row for cell in cells if (row := row_of_hidden(cell, self.bounds(cell))) is not None]
