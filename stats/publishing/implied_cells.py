"""Implied cells: nobody publishes them, and everybody can compute them by subtracting published cells.

Two roll-ups of one dimension that cut it in different places imply what lies between the cuts: under 25 less under 18. A pool less
its published years implies the other years. A rule of the dictionary that puts the persons of one cell into another implies the
others of the latter: minors when exploited less minors at the referral. A small implied cell tells as much of a person as any small
cell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, product

from cases.dimensions import Axis, table_id
from stats.counting.cube import SEPARATOR
from stats.protection.space import Box
from stats.publishing.blocks import TableBlock
from stats.publishing.cells import Cell, cell_of, cells_of_table
from stats.publishing.choice import Table, codes_of
from stats.publishing.links import LinkingRule
from stats.publishing.sources import ReleaseSource

Side = tuple[int, tuple[int, ...]]
NO_CODE: tuple[Axis | None, str] = None, ""


def implied_cells(block: TableBlock, source: ReleaseSource, others: Sequence[ReleaseSource]) -> Iterator[Cell]:
    """The cells in no table that a public release implies, by itself and together with other public ones."""
    for this, that, axes_shared in crossing_axes(block, source):
        yield from cells_between(block, source, this, that, axes_shared)
    if source.period.pool:
        for table in source.choice.tables:
            if block.has(table):
                yield from cells_of_other_years(block, source, table, others)
    for rule in block.rules:
        for one, another in tables_linked_by(rule, block, source, others):
            yield from cells_left_by(rule, block, source, one, another)


def crossing_axes(block: TableBlock, source: ReleaseSource) -> Iterator[tuple[Axis, Axis, Table]]:
    """The axes of one dimension in which alone two tables differ, with the axes that both tables have."""
    for one, another in combinations((table for table in source.choice.tables if block.has(table)), 2):
        axes_shared = tuple(axis for axis in one if axis in another)
        mine, theirs = ([axis for axis in table if axis not in axes_shared] for table in (one, another))
        if len(mine) == len(theirs) == 1 and mine[0].dimension == theirs[0].dimension:
            yield mine[0], theirs[0], axes_shared


def cells_between(
    block: TableBlock, source: ReleaseSource, this: Axis, that: Axis, axes_shared: Table
) -> Iterator[Cell]:
    """The cells that two overlapping cells of two tables have in common, where neither lies within the other."""
    place, of_this = block.space.axes[this.id]
    _, of_that = block.space.axes[that.id]
    for left_code, right in product(codes_of(this), codes_of(that)):
        common = sorted(set(of_this.atoms(left_code)) & set(of_that.atoms(right)))
        if common and common not in (sorted(of_this.atoms(left_code)), sorted(of_that.atoms(right))):
            for codes in product(*map(codes_of, axes_shared)):
                cell = block.cell(source, axes_shared, codes)
                name = f"{cell.id};{this.id}={left_code};{that.id}={right}"
                box = Box(name, (*cell.sides, (place, tuple(common))))
                yield cell_of(block, box, axes_shared, SEPARATOR.join(codes))


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
        box = Box(f"{cell.id};not published by year", ((0, tuple(runs_left)), *sides))
        yield cell_of(block, box, table, cell.codes)


def tables_linked_by(
    rule: LinkingRule, block: TableBlock, source: ReleaseSource, others: Sequence[ReleaseSource]
) -> Iterator[tuple[Table, Table]]:
    """The pairs of tables that differ in the two dimensions of a rule alone: each has one of them.

    One of the two is of the release, the other of any public release that shares months with it.
    """
    mine = {table_id(table): table for table in source.choice.tables if block.has(table)}
    theirs = dict(mine)
    for other in others:
        if other.public and other.period.first <= source.period.last and source.period.first <= other.period.last:
            theirs |= {table_id(table): table for table in other.choice.tables if block.has(table)}
    for one, another in product(theirs.values(), theirs.values()):
        if table_id(one) in mine or table_id(another) in mine:
            rests = [
                {axis.id for axis in table if axis.dimension != name}
                for table, name in ((one, rule.one), (another, rule.other))
            ]
            if rests[0] == rests[1] and len(one) == len(another) == len(rests[0]) + 1:
                yield one, another


def cells_left_by(
    rule: LinkingRule, block: TableBlock, source: ReleaseSource, one: Table, another: Table
) -> Iterator[Cell]:
    """What is left of the codes that a rule allows beside each other when those are gone that it puts there.

    All of it, and of each table the part in each code.
    """
    (first,) = (axis for axis in one if axis.dimension == rule.one)
    (second,) = (axis for axis in another if axis.dimension == rule.other)
    axes_in_both = tuple(axis for axis in one if axis is not first)
    for bar in rule.bars():
        sides = [rest_of(block, name, codes) for name, codes in zip((rule.one, rule.other), bar, strict=True)]
        for axis, code in [NO_CODE, *((each, code) for each in (first, second) for code in codes_of(each))]:
            sides_kept = [within_code(block, axis, code, side) for side in sides]
            if all(atoms for _, atoms in sides_kept):
                for codes in product(*map(codes_of, axes_in_both)):
                    cell = block.cell(source, axes_in_both, codes)
                    name = f"{cell.id};{rule.id};{axis.id if axis else ''}={code}"
                    table, places = (*axes_in_both, *([axis] if axis else [])), (*codes, *([code] if axis else []))
                    yield cell_of(block, Box(name, (*cell.sides, *sides_kept)), table, SEPARATOR.join(places))


def rest_of(block: TableBlock, name: str, codes: Collection[str]) -> Side:
    """The atoms of a dimension but those of some submitted codes."""
    place, atoms_gone = block.side(name, frozenset(codes))
    return place, tuple(atom for atom in range(block.space.shape[place]) if atom not in atoms_gone)


def within_code(block: TableBlock, axis: Axis | None, code: str, side: Side) -> Side:
    """The atoms of a side that are in a code of an axis, where the axis is of the side's dimension."""
    if axis is None or block.space.axes[axis.id][0] != side[0]:
        return side
    inside = block.space.axes[axis.id][1].atoms(code)
    return side[0], tuple(atom for atom in side[1] if atom in inside)


def remainders_of_facts(
    block: TableBlock, source: ReleaseSource, cells: Sequence[Cell], hidden: Collection[str]
) -> list[str]:
    """The shown cells that leave a few persons when a fact within them is subtracted, each with the fact, as lines for staff.

    Facts are of the records as they are now, and of persons erased since; here each is taken in the months of the release.
    """
    time, threshold = block.timeline, source.choice.threshold
    first, last = source.period.first.year, source.period.last.year
    facts = []
    for fact in (fact for fact in block.facts if fact.low == fact.high and first <= fact.first <= fact.last <= last):
        runs = tuple(n for n in time.of_source[source.id] if fact.first <= time.runs[n].first.year <= fact.last)
        sides = [side for side in block.fact(fact).sides if side[0]]
        facts.append((fact, set(block.form(Box(fact.id, ((0, runs), *sides))).plus.tolist())))
    shown = [(cell, set(cell.form.plus.tolist())) for cell in cells if cell.count and cell.id not in hidden]
    return [
        f"{cell.id} less {fact.id}"
        for cell, members in shown
        for fact, inside in facts
        if inside < members and 1 <= cell.count - fact.low < threshold
    ]
