"""Which cells of a block are hidden: those that a rule hits, and as many others as it takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log2

from cases.statistics.errors import ReleaseRefused
from cases.statistics.protection import keys
from cases.statistics.protection.suppress.complementary import Impossible, Unsolved, suppress
from cases.statistics.protection.suppress.primary import PrimaryRule
from cases.statistics.protection.views import Constraint, SuppressionCandidate
from cases.statistics.publishing import baseline
from cases.statistics.publishing.cells import Cell, exactly
from cases.statistics.publishing.choice import PROTECTED
from cases.statistics.publishing.knowledge import CELLS, FACTS, Knowledge, Own
from cases.statistics.publishing.plan import Plan
from cases.statistics.publishing.rules import Demands
from cases.statistics.publishing.universe import Block
from cases.statistics.publishing.work import Part
from partners.text import say

ONE_WAY, WHOLE = 20.0, 1e4


@dataclass(frozen=True)
class Hidden:
    """The names of the hidden cells, the demands without what is lost already, and the cells that facts give away."""

    cells: frozenset[str]
    wanted: Demands
    elsewhere: frozenset[str]
    knowledge: Knowledge


def hide(
    plan: Plan,
    block: Block,
    cells: Sequence[Cell],
    wanted: Demands,
    own: Own,
    forced: frozenset[str],
    memory: Part,
) -> Hidden:
    """The cells to hide. Raises `ReleaseRefused` where what others know makes a cell unprotectable.

    First with the zeros of one dimension shown in any case, which is quicker; then without what was lost before this release; and
    where its zeros themselves are in the way, with these for hiding too.
    """
    bare = Knowledge(plan, block, own)
    wanted = baseline.without_known(bare, wanted)
    certain = Knowledge(plan, block, own, tuple(certain_zeros(cells, wanted)))
    elsewhere: frozenset[str] = frozenset()
    failing: tuple[str, ...] = ()
    for knowledge in (certain, certain, bare):
        if failing:
            wanted, lost = baseline.adjusted(bare, wanted, failing)
            elsewhere |= lost
        try:
            return Hidden(chosen(plan, knowledge, cells, wanted, forced, memory), wanted, elsewhere, knowledge)
        except Impossible as impossible:
            failing = impossible.targets
    raise unprotectable(failing)


def chosen(
    plan: Plan, knowledge: Knowledge, cells: Sequence[Cell], wanted: Demands, forced: frozenset[str], memory: Part
) -> frozenset[str]:
    """The cells that the suppressor hides. Raises `Impossible`."""
    certain = {row.source for row in knowledge.extra}
    candidates = [SuppressionCandidate(cell.id, cell.form, weight(cell)) for cell in cells if cell.id not in certain]
    try:
        return suppress(
            counts=knowledge.block.counts,
            candidates=candidates,
            hidden=wanted.primaries.keys() | (forced & {cell.id for cell in cells}),
            views={name: view for name, view in knowledge.views.items() if not name.startswith(FACTS)},
            targets=wanted.targets,
            seed=keys.seed(plan.key),
            undetermined_in=[CELLS],
            tell=plan.tell,
            memory=memory,
        )
    except Unsolved:
        raise ReleaseRefused(
            say(
                "Beregningen gav op: vælg færre eller grovere tabeller.",
                "The solver gave up: choose fewer or coarser tables.",
            )
        ) from None


def certain_zeros(cells: Sequence[Cell], wanted: Demands) -> Iterator[Constraint]:
    """The empty cells of tables of one dimension: shown if possible, since nobody hides where nobody is.

    But where a small group has to be hidden, that nobody has the other values of what would harm it is just what must not be told.
    """
    grouped = any(PrimaryRule.GROUP in why for why in wanted.primaries.values())
    for cell in cells:
        if len(cell.table) != 1 or cell.count or cell.id in wanted.primaries:
            continue
        if not (grouped and PROTECTED.by_name[cell.table[0].dimension].tells):
            yield exactly(cell, 0)


def unprotectable(failing: Sequence[str]) -> ReleaseRefused:
    """Why nothing that could be hidden protects: the first of the cells."""
    named = ", ".join(sorted({name.partition("|")[0] for name in failing})[:20])
    return ReleaseRefused(
        say(
            f"Med det, der allerede er udgivet, kan disse ikke beskyttes, hvad der end skjules: {named}.",
            f"With what is published already, these cannot be protected whatever else is hidden: {named}.",
        )
    )


def weight(cell: Cell) -> float:
    """What hiding a cell costs the reader: more the more persons it holds, and the more tables lean on it."""
    by_axes = {0: WHOLE, 1: ONE_WAY}
    return (1 + log2(1 + cell.count)) * by_axes.get(len(cell.table), 1.0)
