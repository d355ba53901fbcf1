"""The cells of a release in a block: their sums, their true counts, and what a reader is shown and told of them.

One symbol for each table: every hidden cell of at most B persons is told as 0 to B, whatever the reason for which it is hidden.
B is the same for all cells of a table. It is 2T − 1 where that protects, else 3T − 1, else there is no symbol, and a reader is
told the intervals alone (docs/decisions/0038). A hidden cell without the symbol has more than B persons, which everybody may
conclude. The total has no symbol: it is in every block, and is hidden where no block can do otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Self

from cases.dimensions import table_id
from stats.counting.cube import SEPARATOR
from stats.protection.doubt import Bounds
from stats.protection.space import Box, LinearForm
from stats.protection.views import Constraint, Target, noise_row
from stats.publishing.blocks import TableBlock
from stats.publishing.choice import Table, codes_of
from stats.publishing.sources import ReleaseSource

# Of an authority's table the shown cells hold at least so many per cent of the total: its hidden cells are told by noise, too.
LEAST_SHARE = 50
# Of a public table the widths of its intervals are together at most so many times the persons in it.
MOST_DOUBT = 1.0


@dataclass(frozen=True, eq=False, slots=True)
class Cell:
    """A cell of a release: `codes` joined as they are stored, `count` its true number of persons."""

    table: Table
    codes: str
    box: Box
    form: LinearForm
    count: int

    @property
    def id(self) -> str:
        """The name of the cell, unique among all releases."""
        return self.box.id


@lru_cache(maxsize=128)
def cells_of(block: TableBlock, source: ReleaseSource) -> tuple[Cell, ...]:
    """Every cell of the tables of a release in a block."""
    return tuple(
        cell for table in source.choice.tables if block.has(table) for cell in cells_of_table(block, source, table)
    )


def cells_of_table(block: TableBlock, source: ReleaseSource, table: Table) -> Iterator[Cell]:
    """Every cell of a table, in the order of the code lists."""
    for codes in product(*map(codes_of, table)):
        yield cell_of(block, block.cell(source, table, codes), table, SEPARATOR.join(codes))


def cell_of(block: TableBlock, box: Box, table: Table, codes: str) -> Cell:
    """A box as a cell. It is the cell of these codes of a table, or within it."""
    form = block.form(box)
    return Cell(table, codes, box, form, form.value(block.counts))


def shown_value(source: ReleaseSource, cell: Cell) -> int | None:
    """The value that a published release shows of a cell. None: hidden."""
    axes = table_id(cell.table)
    if cell.codes in source.shown[axes]:
        return source.shown[axes][cell.codes]
    absent_is_zero = source.public and cell.codes not in source.hidden[axes]
    return 0 if absent_is_zero else None


def exact_constraint(cell: Cell, value: int) -> Constraint:
    """What a reader knows of a cell that is shown exactly."""
    return Constraint(cell.id, cell.form, value, value)


def bounds_of_hidden(symbol: int | None, *, within: bool) -> Bounds:
    """What the symbol of a table tells of a hidden cell, within it or not."""
    if symbol is None:
        return 0, None
    return (0, symbol) if within else (symbol + 1, None)


def row_of_hidden(cell: Cell, bounds: Bounds) -> Constraint | None:
    """What a reader knows of a hidden cell with these bounds. None: nothing."""
    return None if bounds == (0, None) else Constraint(cell.id, cell.form, *bounds)


def symbol_bounds(source: ReleaseSource, cell: Cell) -> Bounds:
    """What a published release tells of a cell that it hides, by its table's symbol."""
    axes = table_id(cell.table)
    return bounds_of_hidden(source.symbols.get(axes), within=cell.codes in source.within.get(axes, ()))


def public_constraint(source: ReleaseSource, cell: Cell) -> Constraint | None:
    """What everybody knows of a cell of a public release, shown or hidden. None: nothing."""
    value = shown_value(source, cell)
    return row_of_hidden(cell, symbol_bounds(source, cell)) if value is None else exact_constraint(cell, value)


def noise_constraint(source: ReleaseSource, cell: Cell, value: int | None) -> Constraint:
    """What an authority knows of a cell with noise of at most D: an interval, also where the cell is not shown."""
    return noise_row(cell.id, cell.form, value, source.choice.threshold, source.choice.deviation)


@dataclass(frozen=True, slots=True)
class TableDraft:
    """A table as it will be published: `codes` and `counts` of the shown cells that are not zero; in a public one the hidden cells.

    `total`: the shown number of persons in the table; None where it is hidden. `absent_is_zero`: a cell in neither is a published
    zero. Otherwise it is hidden. `within`: the hidden cells that are told as 0 to `symbol`. `doubt`: the sum of the widths of the
    hidden cells' intervals, for each person of a public table; None where it has no bound.
    """

    table: Table
    codes: tuple[str, ...]
    counts: tuple[int, ...]
    hidden: tuple[str, ...]
    total: int | None
    absent_is_zero: bool
    symbol: int | None = None
    within: tuple[str, ...] = ()
    doubt: float | None = None

    @property
    def axes(self) -> str:
        """The table's stored name."""
        return table_id(self.table)

    @property
    def share(self) -> int | None:
        """The persons in shown cells, in per cent of the total; None where the total is hidden."""
        if not self.total:
            return None if self.total is None else 100
        return min(100, 100 * sum(self.counts) // self.total)

    @property
    def offered(self) -> bool:
        """Whether the table is worth asking for, by what it tells: its total is shown, and it leaves little doubt.

        Of an authority's table every cell leaves the same doubt, by noise. There its shown cells hold half of the persons.
        """
        if self.share is None:
            return False
        if not self.absent_is_zero:
            return self.share >= LEAST_SHARE
        return self.doubt is not None and self.doubt <= MOST_DOUBT


@dataclass(frozen=True, slots=True)
class TableBounds:
    """What is told of the hidden cells of one table (by its stored name) of the release `of`."""

    of: str
    axes: str
    intervals: Mapping[str, Bounds]


def draft_tables(
    tables: Sequence[Table], values: Mapping[str, Mapping[str, int | None]], *, absent_is_zero: bool
) -> tuple[TableDraft, ...]:
    """Every table of the shown values of its cells (None: hidden), by its stored name. Protected values alone decide it."""
    drafts = []
    for table in tables:
        cells = values[table_id(table)]
        shown = {codes: value for codes, value in cells.items() if value is not None and (value or not absent_is_zero)}
        hidden = tuple(codes for codes, value in cells.items() if value is None) if absent_is_zero else ()
        drafts.append(TableDraft(table, tuple(shown), tuple(shown.values()), hidden, values[""][""], absent_is_zero))
    return tuple(drafts)


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
