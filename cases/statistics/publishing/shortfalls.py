"""Shortfalls: cells of a year's release that hold a few persons fewer than a fact says, because those were erased.

The fact still counts them. Whoever subtracts the cell from it would learn what the few were.
"""

from __future__ import annotations

from collections.abc import Iterator

from cases.statistics.protection.space import Box
from cases.statistics.protection.views import Target
from cases.statistics.publishing.blocks import TableBlock
from cases.statistics.publishing.cells import Cell, cells_of
from cases.statistics.publishing.facts import Fact
from cases.statistics.publishing.intruders import EVERYBODY
from cases.statistics.publishing.plan import ReleasePlan

SHORT = "less than a fact"


def targets_of_shortfalls(plan: ReleasePlan, block: TableBlock) -> Iterator[tuple[Cell, Target]]:
    """The cells of a new release that fall a little short of a fact, each with its target: that it does not must stay possible.

    The total is exempt, since it tells nothing of anybody.
    """
    new = plan.source
    if not (new.public and new.period.annual):
        return
    counts = {sides_of(block.fact(fact)): fact.low for fact in block.facts if counts_year(fact, new.period.first.year)}
    for cell in cells_of(block, new):
        count = counts.get(sides_of(cell.box), cell.count)
        if cell.table and 1 <= count - cell.count < new.choice.threshold:
            yield cell, Target(f"{cell.id}|{EVERYBODY}|{SHORT}", EVERYBODY, cell.form, None, count, 0, SHORT)


def counts_year(fact: Fact, year: int) -> bool:
    """Whether a fact gives an exact number of one year."""
    return fact.low == fact.high and fact.first == fact.last == year


def sides_of(box: Box) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """A box without its time."""
    return tuple(sorted((place, tuple(sorted(atoms))) for place, atoms in box.sides if place))
