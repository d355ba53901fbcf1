"""Which cells of a block are hidden: the primary ones, and as many complementary ones as it takes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from cases.dimensions import table_id
from stats.errors import ReleaseRefused, refuse
from stats.protection import perturbation
from stats.protection.suppress.complementary import (
    Impossible,
    NoSolution,
    Suppression,
    find_impossible,
    suppress,
)
from stats.protection.suppress.primary import PrimaryRule
from stats.protection.views import Constraint, SuppressionCandidate, View, weigh
from stats.publishing.blocks import TableBlock
from stats.publishing.cells import Cell, Symbols, exact_constraint
from stats.publishing.choice import PROTECTED, THRESHOLD
from stats.publishing.demands import Demands, drop_known_cells, relax_demands
from stats.publishing.intruders import CELLS, FACTS, IntruderKnowledge, Own
from stats.publishing.planning import ReleasePlan


@dataclass(frozen=True)
class HiddenCells:
    """The names of the hidden cells, the demands as far as they can be met, and the cells that facts of others give away.

    `gap`: the part of what hiding costs a reader that another choice might save, at most. `symbols`: how hidden cells are told.
    """

    cells: frozenset[str]
    symbols: Symbols
    gap: float
    demands: Demands
    given_away: frozenset[str]
    knowledge: IntruderKnowledge


def hide_cells(
    plan: ReleasePlan,
    block: TableBlock,
    cells: Sequence[Cell],
    demands: Demands,
    own: Own,
    must_hide: frozenset[str],
) -> HiddenCells:
    """The cells to hide. Raises `ReleaseRefused` where a cell cannot be protected from what is known already.

    Three attempts: with every zero of a one-way table shown, which is quicker; without the demands that earlier disclosures broke;
    and with these zeros among the cells that may be hidden.
    """
    bare = IntruderKnowledge(plan, block, own)
    demands = drop_known_cells(bare, demands)
    certain = IntruderKnowledge(plan, block, own, tuple(certain_zeros(cells, demands)))
    given_away: frozenset[str] = frozenset()
    failing: tuple[str, ...] = ()
    for knowledge in (certain, certain, bare):
        if failing:
            demands, losses = relax_demands(bare, demands, failing)
            given_away |= losses
        try:
            choice, symbols = choose_cells_and_symbols(plan, knowledge, cells, demands, must_hide)
            return HiddenCells(choice.hidden, symbols, choice.gap, demands, given_away, knowledge)
        except Impossible as impossible:
            failing = impossible.targets
    raise refuse_unprotectable(failing)


def choose_cells_and_symbols(
    plan: ReleasePlan,
    knowledge: IntruderKnowledge,
    cells: Sequence[Cell],
    demands: Demands,
    must_hide: frozenset[str],
) -> tuple[Suppression, Symbols]:
    """The cells that the suppressor hides, each table with the narrowest symbol that protects.

    Raises `Impossible` for targets that could not be met without any symbol either.
    """
    table_of_cell = {codes_in(cell.id): table_id(cell.table) for cell in cells}
    symbols = Symbols.narrowest(plan.source.choice.threshold, cells).with_room(cells, demands.targets)
    while True:
        try:
            return choose_cells(plan, knowledge, cells, demands, must_hide, symbols), symbols
        except Impossible as impossible:
            if hopeless := find_hopeless(plan, knowledge, cells, demands, impossible.targets):
                raise Impossible(sorted(hopeless)) from None
            names = map(codes_in, impossible.targets)
            wider = symbols.wider({table_of_cell[name] for name in names if name in table_of_cell})
            if wider is None:
                raise
            symbols = wider


def codes_in(name: str) -> str:
    """The codes in the name of a cell or a target. The same cell of an earlier release has the same."""
    return name.partition("|")[0].partition(";")[2]


def table_in(name: str) -> str:
    """The release and the table of a cell or a target: `2012.p2 gender`."""
    axes = ",".join(part.partition("=")[0] for part in codes_in(name).split(";"))
    return f"{name.partition(';')[0]} {axes}"


def find_hopeless(
    plan: ReleasePlan, knowledge: IntruderKnowledge, cells: Sequence[Cell], demands: Demands, names: Collection[str]
) -> frozenset[str]:
    """Those of some targets (by name) that cannot be met whatever is hidden, and though nothing is told of it."""
    failing = [target for target in demands.targets if target.id in names]
    return find_impossible(
        counts=knowledge.block.counts,
        candidates=make_candidates(knowledge, cells),
        views=views_of(knowledge),
        targets=failing,
        seed=perturbation.seed(plan.key),
    )


def make_candidates(
    knowledge: IntruderKnowledge, cells: Sequence[Cell], symbols: Symbols | None = None
) -> list[SuppressionCandidate]:
    """The cells that may be hidden, as they are then told."""
    certain = {row.source for row in knowledge.extra}
    return [
        SuppressionCandidate(
            cell.id,
            cell.form,
            weigh(cell.count, len(cell.table), THRESHOLD),
            *(symbols.bounds(cell) if symbols else (0, None)),
        )
        for cell in cells
        if cell.id not in certain
    ]


def views_of(knowledge: IntruderKnowledge) -> dict[str, View]:
    """The views in which cells are to be protected: all but those of facts alone."""
    return {name: view for name, view in knowledge.views.items() if not name.startswith(FACTS)}


def choose_cells(
    plan: ReleasePlan,
    knowledge: IntruderKnowledge,
    cells: Sequence[Cell],
    demands: Demands,
    must_hide: frozenset[str],
    symbols: Symbols,
) -> Suppression:
    """The cells that the suppressor hides, where they are told by these symbols. Raises `Impossible`."""
    try:
        return suppress(
            counts=knowledge.block.counts,
            candidates=make_candidates(knowledge, cells, symbols),
            hidden=demands.primaries.keys() | (must_hide & {cell.id for cell in cells}),
            views=views_of(knowledge),
            targets=demands.targets,
            seed=perturbation.seed(plan.key),
            undetermined_in=[CELLS],
            tell=plan.tell,
        )
    except NoSolution:
        raise refuse(
            "Beregningen gav op: vælg færre eller grovere tabeller.",
            "The solver gave up: choose fewer or coarser tables.",
        ) from None


def certain_zeros(cells: Sequence[Cell], demands: Demands) -> Iterator[Constraint]:
    """The empty cells of one-way tables that are shown in any case.

    Where a small group has a primary cell, the zeros of its sensitive dimension are not among them: that nobody has the other
    values is what must not be told.
    """
    by_group = any(PrimaryRule.GROUP in why for why in demands.primaries.values())
    for cell in cells:
        if len(cell.table) != 1 or cell.count or cell.id in demands.primaries:
            continue
        if not (by_group and PROTECTED.by_name[cell.table[0].dimension].tells):
            yield exact_constraint(cell, 0)


def refuse_unprotectable(failing: Sequence[str]) -> ReleaseRefused:
    """The refusal of a release whose cells cannot be protected. It names their tables: a cell that is named is a small one."""
    names = ", ".join(sorted({table_in(name) for name in failing}))
    return refuse(
        f"Med det, der allerede er udgivet, kan disse tabeller ikke beskyttes, hvad der end skjules: {names}.",
        f"With what is published already, these tables cannot be protected whatever else is hidden: {names}.",
    )
