"""The published bounds of hidden cells: the least and the most that each may be. And the certificate that proves them.

Both are made from what everybody may read, and from nothing else: the cells of public releases with their symbols, which codes
there were in which months, and which releases count the same records of a month. They know of no release for authorities, and
not how many records changed between two vintages. So the bounds tell nothing new, and they are true. The rules of the
dictionary are left out of them, since a rule may have exceptions, which nobody is told; and the facts of others, which are not
the centre's to prove. The certificate has a witness at each end: both are possible. That nothing lies outside takes a solver.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from cases.dimensions import table_id
from stats.protection.audit.certificate import (
    CertifiedFact,
    GivenAway,
    PublicCell,
    block_certificate,
    public_certificate,
)
from stats.protection.audit.intervals import bounds_within
from stats.protection.audit.knowledge import Contradiction
from stats.protection.doubt import Bounds, doubt_of_intervals, narrower
from stats.protection.views import Constraint, View
from stats.publishing.blocks import TableBlock
from stats.publishing.cells import (
    Cell,
    TableBounds,
    TableDraft,
    cells_of,
    public_constraint,
    shown_value,
    symbol_bounds,
)
from stats.publishing.intruders import CELLS
from stats.publishing.planning import ReleasePlan
from stats.publishing.sources import ReleaseSource


def as_published(plan: ReleasePlan, tables: Iterable[TableDraft]) -> ReleasePlan:
    """The plan as everybody will know it: with these tables of the new release, and without releases for authorities."""
    by_axes = {table.axes: table for table in tables}
    source = replace(
        plan.source,
        shown={axes: dict(zip(table.codes, table.counts, strict=True)) for axes, table in by_axes.items()},
        hidden={axes: frozenset(table.hidden) for axes, table in by_axes.items()},
        symbols={axes: table.symbol for axes, table in by_axes.items()},
        within={axes: frozenset(table.within) for axes, table in by_axes.items()},
    )
    return replace(plan, source=source, earlier=tuple(each for each in plan.earlier if each.public))


BoundedCell = tuple[ReleaseSource, Cell, Bounds]


def bounds_of_blocks(plan: ReleasePlan) -> list[list[BoundedCell]]:
    """What each block of a plan of `as_published` tells of its hidden cells."""
    return [[*bounds_of_block(block, plan.sources)] for block in plan.blocks]


def bounds_of_tables(plan: ReleasePlan, by_block: Iterable[Iterable[BoundedCell]]) -> tuple[TableBounds, ...]:
    """What the new release tells, once it is published, of its own hidden cells, and of those of earlier releases that it narrows.

    `by_block`: what its blocks tell.
    """
    before = {(source.id, axes): intervals for source in plan.earlier for axes, intervals in source.intervals.items()}
    now: dict[tuple[str, str], dict[str, Bounds]] = {}
    for source, cell, bounds in (each for of_block in by_block for each in of_block):
        name = source.id, table_id(cell.table)
        intervals = now.setdefault(name, dict(before.get(name, {})))
        intervals[cell.codes] = narrower(bounds, intervals.get(cell.codes, (0, None)))
    return tuple(TableBounds(*name, intervals) for name, intervals in now.items() if before.get(name) != intervals)


def bounds_of_block(block: TableBlock, sources: Sequence[ReleaseSource]) -> Iterator[BoundedCell]:
    """What is told of each hidden cell of a block: its symbol as it is, or the interval that anybody may compute."""
    cells = [(source, cell) for source in sources for cell in cells_of(block, source)]
    rows = [row for source, cell in cells if (row := public_constraint(source, cell)) is not None]
    rows += [Constraint(box.id, block.form(box), 0, 0) for box in block.out_of_time()]
    view = View(CELLS, np.zeros(block.unknowns, dtype=np.int64), tuple(rows))
    secret = [
        (source, cell, symbol_bounds(source, cell)) for source, cell in cells if shown_value(source, cell) is None
    ]
    open_ended = [(source, cell, bounds) for source, cell, bounds in secret if bounds[1] is None]
    intervals = bounds_within(view, [cell.form for _, cell, _ in open_ended])
    yield from ((source, cell, bounds) for source, cell, bounds in secret if bounds[1] is not None)
    for (source, cell, bounds), interval in zip(open_ended, intervals, strict=True):
        yield source, cell, narrower(bounds, interval)


def with_doubt(release: str, tables: Iterable[TableDraft], bounds: Iterable[TableBounds]) -> tuple[TableDraft, ...]:
    """The tables of a release with their doubt."""
    ends = {each.axes: each.intervals.values() for each in bounds if each.of == release}
    return tuple(replace(table, doubt=doubt_of_intervals(ends.get(table.axes, ()), table.total)) for table in tables)


def certify_release(plan: ReleasePlan, by_block: Iterable[Iterable[BoundedCell]]) -> dict[str, Any]:
    """The certificate of a release: for each hidden cell two witnesses, of published cells and facts, and two of what is told.

    `plan` is the release as everybody will know it (`as_published`). `by_block`: what its blocks tell.
    """
    blocks = [certify_block(each, plan.sources, of_block) for each, of_block in zip(plan.blocks, by_block, strict=True)]
    return public_certificate(plan.source.id, blocks, [source.id for source in plan.sources])


def certify_block(of: TableBlock, sources: Sequence[ReleaseSource], cells: Iterable[BoundedCell]) -> dict[str, Any]:
    """The certificate of one block.

    Its witnesses keep the rules of the dictionary, and it lists none of them: a missing rule would tell that somebody breaks it.
    For the same reason they are kept, where that is possible, whether they are certain or not. The ends of what is told know of
    no rule.
    """
    facts = [CertifiedFact(f"{fact.id} {fact.source}", of.fact(fact), fact.low, fact.high) for fact in of.facts]
    make = partial(
        block_certificate,
        release=sources[-1].id,
        space=of.space,
        cells=[each for source in sources for each in public_cells(of, source)],
        told={cell.id: bounds for _, cell, bounds in cells},
        facts=facts,
        unused=of.out_of_time(),
    )
    try:
        return make(empty=[box for rule in of.rules for box in of.boxes_barred(rule)])
    except (Contradiction, GivenAway):
        if not of.rules:
            raise
        return make()


def public_cells(of: TableBlock, source: ReleaseSource) -> Iterator[PublicCell]:
    """The cells of a release as the public sees them, hidden ones too."""
    for cell in cells_of(of, source):
        yield PublicCell(source.id, cell.box, shown_value(source, cell), *symbol_bounds(source, cell))
