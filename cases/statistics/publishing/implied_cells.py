"""Implied cells: nobody publishes them, and everybody can compute them by subtracting published cells.

Two roll-ups of one dimension that cut it in different places imply what lies between the cuts: under 25 less under 18. A pool less
its published years implies the other years. A small implied cell tells as much of a person as any small cell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, product

from cases.dimensions import Axis, table_id
from cases.statistics.protection.space import Box
from cases.statistics.publishing.blocks import TableBlock
from cases.statistics.publishing.cells import Cell, cells_of_table
from cases.statistics.publishing.choice import Table
from cases.statistics.publishing.sources import ReleaseSource


def implied_cells(block: TableBlock, source: ReleaseSource, others: Sequence[ReleaseSource]) -> Iterator[Cell]:
    """The cells in no table that a public release implies, by itself and together with other public ones."""
    for one, another in crossing_tables(block, source):
        yield from cells_between(block, source, one, another)
    if source.period.pool:
        for table in source.choice.tables:
            if block.has(table):
                yield from cells_of_other_years(block, source, table, others)


def crossing_tables(block: TableBlock, source: ReleaseSource) -> Iterator[tuple[Table, Table]]:
    """The pairs of tables that differ in the axis of one dimension alone."""
    tables = [table for table in source.choice.tables if block.has(table)]
    for one, another in combinations(tables, 2):
        ids = {axis.id for axis in one} ^ {axis.id for axis in another}
        dimensions = {axis.dimension for axis in (*one, *another) if axis.id in ids}
        if len(ids) == 2 and len(dimensions) == 1:
            yield one, another


def cells_between(block: TableBlock, source: ReleaseSource, one: Table, another: Table) -> Iterator[Cell]:
    """The cells that two overlapping cells of two tables have in common, where neither lies within the other."""
    mine, theirs = ({axis.id: axis for axis in table} for table in (one, another))
    (this,), (that,) = (
        [axis for name, axis in own.items() if name not in other] for own, other in ((mine, theirs), (theirs, mine))
    )
    place, of_this = block.space.axes[this.id]
    _, of_that = block.space.axes[that.id]
    axes_shared = [axis for axis in one if axis.id != this.id]
    for left_code, right in product(codes_of(this), codes_of(that)):
        common = sorted(set(of_this.atoms(left_code)) & set(of_that.atoms(right)))
        if common and common not in (sorted(of_this.atoms(left_code)), sorted(of_that.atoms(right))):
            for codes in product(*(codes_of(axis) for axis in axes_shared)):
                cell = block.cell(source, tuple(axes_shared), codes)
                name = f"{cell.id};{this.id}={left_code};{that.id}={right}"
                yield implied_cell(block, Box(name, (*cell.sides, (place, tuple(common)))))


def codes_of(axis: Axis) -> tuple[str, ...]:
    """The codes of an axis."""
    return tuple(code.code for code in axis.codes)


def cells_of_other_years(
    block: TableBlock, pool: ReleaseSource, table: Table, others: Sequence[ReleaseSource]
) -> Iterator[Cell]:
    """The cells of a pool's table over those months of which no other public release has the table."""
    covering = [
        other
        for other in others
        if other is not pool
        and other.public
        and table_id(table) in map(table_id, other.choice.tables)
        and pool.period.first <= other.period.first
        and other.period.last <= pool.period.last
    ]
    months = {run: block.timeline.runs[run].first for run in block.timeline.of_source[pool.id]}
    runs_left = [
        run for run, month in months.items() if not any(o.period.first <= month <= o.period.last for o in covering)
    ]
    if not runs_left or len(runs_left) == len(months):
        return
    for cell in cells_of_table(block, pool, table):
        sides = tuple(side for side in cell.box.sides if side[0] != 0)
        yield implied_cell(block, Box(f"{cell.id};not published by year", ((0, tuple(runs_left)), *sides)))


def implied_cell(block: TableBlock, box: Box) -> Cell:
    """A box as a cell of no table."""
    form = block.form(box)
    return Cell((), "", box, form, form.value(block.counts))


def remainders_of_facts(block: TableBlock, cells: Sequence[Cell], hidden: Collection[str], threshold: int) -> list[str]:
    """The shown cells that leave a few persons when a fact within them is subtracted, each with the fact, as lines for staff."""
    facts = [(fact, set(block.form(block.fact(fact)).plus.tolist())) for fact in block.facts if fact.low == fact.high]
    shown = [(cell, set(cell.form.plus.tolist())) for cell in cells if cell.count and cell.id not in hidden]
    return [
        f"{cell.id} less {fact.id}"
        for cell, members in shown
        for fact, inside in facts
        if inside < members and 1 <= cell.count - fact.low < threshold
    ]
