"""Cells that nobody publishes and everybody can compute: what remains when published cells are taken from each other.

Two roll-ups of one dimension that cut it in different places leave what lies between their cuts (under 25 less under 18). A pool
leaves, of years that are published beside it, the years that are not. A small cell of these is as much of a person as any.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, product

from cases.dimensions import Axis, table_id
from cases.statistics.protection.space import Box
from cases.statistics.publishing.cells import Cell, cells_of_table
from cases.statistics.publishing.choice import Table
from cases.statistics.publishing.sources import Source
from cases.statistics.publishing.universe import Block


def implied_cells(block: Block, source: Source, others: Sequence[Source]) -> Iterator[Cell]:
    """The cells that a public release implies, by itself and with other public ones, that are in no table."""
    for one, another in crossing(block, source):
        yield from between(block, source, one, another)
    if source.period.pool:
        for table in source.choice.tables:
            if block.has(table):
                yield from remaining(block, source, table, others)


def crossing(block: Block, source: Source) -> Iterator[tuple[Table, Table]]:
    """The pairs of tables that differ in nothing but the axis of one dimension."""
    tables = [table for table in source.choice.tables if block.has(table)]
    for one, another in combinations(tables, 2):
        ids = {axis.id for axis in one} ^ {axis.id for axis in another}
        dimensions = {axis.dimension for axis in (*one, *another) if axis.id in ids}
        if len(ids) == 2 and len(dimensions) == 1:
            yield one, another


def between(block: Block, source: Source, one: Table, another: Table) -> Iterator[Cell]:
    """What a cell of one table and a cell of the other have in common, where neither lies within the other."""
    mine, theirs = ({axis.id: axis for axis in table} for table in (one, another))
    (this,), (that,) = (
        [axis for name, axis in own.items() if name not in other] for own, other in ((mine, theirs), (theirs, mine))
    )
    place, of_this = block.space.axes[this.id]
    _, of_that = block.space.axes[that.id]
    shared = [axis for axis in one if axis.id != this.id]
    for left, right in product(codes_of(this), codes_of(that)):
        common = sorted(set(of_this.atoms(left)) & set(of_that.atoms(right)))
        if common and common not in (sorted(of_this.atoms(left)), sorted(of_that.atoms(right))):
            for codes in product(*(codes_of(axis) for axis in shared)):
                cell = block.cell(source, tuple(shared), codes)
                name = f"{cell.id};{this.id}={left};{that.id}={right}"
                yield implied(block, Box(name, (*cell.sides, (place, tuple(common)))))


def codes_of(axis: Axis) -> tuple[str, ...]:
    """The codes of an axis."""
    return tuple(code.code for code in axis.codes)


def remaining(block: Block, pool: Source, table: Table, others: Sequence[Source]) -> Iterator[Cell]:
    """The cells of a pool's table over the months of which no other public release has the table."""
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
    left = [run for run, month in months.items() if not any(o.period.first <= month <= o.period.last for o in covering)]
    if not left or len(left) == len(months):
        return
    for cell in cells_of_table(block, pool, table):
        sides = tuple(side for side in cell.box.sides if side[0] != 0)
        yield implied(block, Box(f"{cell.id};not published by year", ((0, tuple(left)), *sides)))


def implied(block: Block, box: Box) -> Cell:
    """A cell of no table."""
    form = block.form(box)
    return Cell((), "", box, form, form.value(block.counts))


def less_facts(block: Block, cells: Sequence[Cell], hidden: Collection[str], threshold: int) -> list[str]:
    """The shown cells that leave a few persons when a fact of a finer kind is taken off, each with the fact."""
    facts = [(fact, set(block.form(block.fact(fact)).plus.tolist())) for fact in block.facts if fact.low == fact.high]
    shown = [(cell, set(cell.form.plus.tolist())) for cell in cells if cell.count and cell.id not in hidden]
    return [
        f"{cell.id} less {fact.id}"
        for cell, members in shown
        for fact, inside in facts
        if inside < members and 1 <= cell.count - fact.low < threshold
    ]
