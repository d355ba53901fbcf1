"""Shortfalls: what a release counts a few persons fewer of than facts say, because those were erased.

Facts still count them. Whoever subtracts would learn what the few were, also where a fact is of several cells, or where the years
of a pool have a fact each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stats.periods import Period
from stats.protection.space import Box
from stats.protection.views import Target
from stats.publishing.blocks import TableBlock
from stats.publishing.cells import Cell, cells_of
from stats.publishing.facts import Fact
from stats.publishing.intruders import EVERYBODY
from stats.publishing.plan import ReleasePlan

SHORT = "less than a fact"

Sides = tuple[tuple[int, tuple[int, ...]], ...]


def targets_of_shortfalls(plan: ReleasePlan, block: TableBlock) -> Iterator[tuple[Cell | None, Target]]:
    """What of a new release falls a little short of facts, each with its target: that it does not must stay possible.

    Where that is a cell, the cell is given too. The total is exempt, since it tells nothing of anybody.
    """
    new = plan.source
    if not (new.public and (new.period.annual or new.period.pool)):
        return
    cells = {sides_of(cell.box): cell for cell in cells_of(block, new)}
    facts: dict[Sides, list[Fact]] = {}
    for fact in block.facts:
        if fact.low == fact.high:
            facts.setdefault(sides_of(block.fact(fact)), []).append(fact)
    for sides, of_these in facts.items():
        count = count_of_period(of_these, new.period)
        if count is None or not sides:
            continue
        form = block.form(Box("", ((0, block.timeline.of_source[new.id]), *sides)))
        if 1 <= count - form.value(block.counts) < new.choice.threshold:
            cell = cells.get(sides)
            name = cell.id if cell else f"{new.id};{of_these[0].id}"
            yield cell, Target(f"{name}|{EVERYBODY}|{SHORT}", EVERYBODY, form, None, count, 0, SHORT)


def count_of_period(facts: Iterable[Fact], period: Period) -> int | None:
    """What facts of the same persons say of a period together. None: they do not cover it exactly."""
    by_year = {fact.first: fact for fact in facts}
    count, year = 0, period.first.year
    while year <= period.last.year:
        if (fact := by_year.get(year)) is None:
            return None
        count, year = count + fact.low, fact.last + 1
    return count if year == period.last.year + 1 else None


def sides_of(box: Box) -> Sides:
    """A box without its time."""
    return tuple(sorted((place, tuple(sorted(atoms))) for place, atoms in box.sides if place))
