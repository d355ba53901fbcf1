"""The cells of a release in a block: their sums, their true counts, and what a reader is shown of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from cases.dimensions import table_id
from cases.statistics.counting.cube import SEPARATOR
from cases.statistics.protection.space import Box, LinearForm
from cases.statistics.protection.views import Constraint
from cases.statistics.publishing.choice import Table
from cases.statistics.publishing.sources import Source
from cases.statistics.publishing.universe import Block

OFFERED_FROM = 0.5


@dataclass(frozen=True, eq=False, slots=True)
class Cell:
    """A cell of a source's table: `codes` joined as they are stored, `count` its true number of persons."""

    table: Table
    codes: str
    box: Box
    form: LinearForm
    count: int

    @property
    def id(self) -> str:
        """The name of the cell among all releases."""
        return self.box.id


@lru_cache(maxsize=128)
def cells_of(block: Block, source: Source) -> tuple[Cell, ...]:
    """Every cell of the tables that a source has in a block."""
    return tuple(
        cell for table in source.choice.tables if block.has(table) for cell in cells_of_table(block, source, table)
    )


def cells_of_table(block: Block, source: Source, table: Table) -> Iterator[Cell]:
    """Every cell of a table, in the order of the code lists."""
    for codes in product(*(tuple(code.code for code in axis.codes) for axis in table)):
        box = block.cell(source, table, codes)
        form = block.form(box)
        yield Cell(table, SEPARATOR.join(codes), box, form, form.value(block.counts))


def value_of(source: Source, cell: Cell) -> int | None:
    """What a published release shows of a cell; None where it is hidden."""
    axes = table_id(cell.table)
    if cell.codes in source.shown[axes]:
        return source.shown[axes][cell.codes]
    absent_is_zero = source.public and cell.codes not in source.hidden[axes]
    return 0 if absent_is_zero else None


def exactly(cell: Cell, value: int) -> Constraint:
    """A cell that is shown as it is."""
    return Constraint(cell.id, cell.form, value, value)


def noisy(source: Source, cell: Cell, value: int | None) -> Constraint:
    """What an authority knows of a cell that carries noise of at most D: an interval; also of one that is not shown."""
    most = source.choice.deviation
    if value is None:
        return Constraint(cell.id, cell.form, 0, source.choice.threshold - 1 + most)
    return Constraint(cell.id, cell.form, max(0, value - most), value + most)


@dataclass(frozen=True, slots=True)
class Protected:
    """A table as it is published: the cells that are shown and not zero, and in a public one the hidden ones.

    `share`: the shown cells' sum in per cent of the shown total, or None where that is hidden; `offered` follows from it.
    `absent_is_zero`: whether a cell that is in neither is a published zero (else it is hidden).
    """

    table: Table
    codes: tuple[str, ...]
    counts: tuple[int, ...]
    hidden: tuple[str, ...]
    share: int | None
    absent_is_zero: bool

    @property
    def axes(self) -> str:
        """The table's stored name."""
        return table_id(self.table)

    @property
    def offered(self) -> bool:
        """Whether the table is offered: its total is shown, and its shown cells hold at least half of it."""
        return self.share is not None and self.share >= 100 * OFFERED_FROM


def table_as_published(
    table: Table, values: Mapping[str, int | None], total: int | None, *, absent_is_zero: bool
) -> Protected:
    """A table from what is shown of its cells (None: hidden), decided from protected values only."""
    shown = {codes: value for codes, value in values.items() if value is not None}
    share = min(100, 100 * sum(shown.values()) // total) if total else (None if total is None else 100)
    kept = {codes: value for codes, value in shown.items() if value} if absent_is_zero else shown
    hidden = tuple(codes for codes, value in values.items() if value is None) if absent_is_zero else ()
    return Protected(table, tuple(kept), tuple(kept.values()), hidden, share, absent_is_zero)


def as_published(
    tables: Sequence[Table], values: Mapping[str, Mapping[str, int | None]], *, absent_is_zero: bool
) -> tuple[Protected, ...]:
    """Every table from what is shown of each (by its stored name)."""
    total = values[""][""]
    return tuple(
        table_as_published(table, values[table_id(table)], total, absent_is_zero=absent_is_zero) for table in tables
    )
