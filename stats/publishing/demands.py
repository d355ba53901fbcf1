"""The demands on a release: its primary cells, and the targets of every view, of the new release and of every earlier one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from stats.protection.suppress.primary import FEWEST_OTHERS, Primary, PrimaryRule
from stats.protection.views import Target
from stats.publishing.blocks import TableBlock
from stats.publishing.cells import Cell, cells_of, shown_value
from stats.publishing.implied_cells import implied_cells
from stats.publishing.intruders import CELLS, EVERYBODY, Own
from stats.publishing.plan import ReleasePlan
from stats.publishing.rules import Rules, is_quiet
from stats.publishing.shortfalls import targets_of_shortfalls
from stats.publishing.sources import ReleaseSource

HIDDEN, REVISED = "hidden before", "revised"


@dataclass(frozen=True)
class Demands:
    """`primaries`: the cells of the new release that must be hidden, each with its rules. `targets`: of every release."""

    primaries: dict[str, frozenset[str]]
    targets: tuple[Target, ...]


def find_demands(plan: ReleasePlan, block: TableBlock, own: Own, *, for_partners: bool = False) -> Demands:
    """What the rules demand in a block: of the new release, of every earlier one, and of what they imply together.

    `for_partners`: whether the new release hides what a partner knows wholly. Of earlier ones that is not demanded: they may have
    been published without.
    """
    primaries: dict[str, set[str]] = {}
    targets_wanted: dict[tuple[str, str], Target] = {}
    for source in plan.sources:
        rules = Rules(plan, block, source, cells_of(block, source), own, for_partners and source is plan.source)
        before = source is not plan.source and source.public
        hidden = {cell.id: cell for cell in rules.cells if before and shown_value(source, cell) is None}
        for cell, primary in rules.hits():
            if source is plan.source:
                primaries.setdefault(cell.id, set()).add(primary.rule)
            if not before or cell.id in hidden:
                targets_wanted |= {(target.id, target.view): target for target in rules.demands(cell, primary)}
        for name, cell in hidden.items():
            targets_wanted[name, CELLS] = Target(name, CELLS, cell.form, None, None, 1, HIDDEN)
        if source.public:
            targets_wanted |= {(target.id, target.view): target for target in targets_of_implied(rules)}
    changes = [*targets_of_revisions(plan, block), *targets_of_shortfalls(plan, block)]
    targets_wanted |= {(target.id, target.view): target for _, target in changes}
    for name in {cell.id for cell, _ in changes if cell is not None}:
        primaries.setdefault(name, set()).add(REVISED)
    return Demands({name: frozenset(why) for name, why in primaries.items()}, tuple(targets_wanted.values()))


def targets_of_implied(rules: Rules) -> Iterator[Target]:
    """The targets of small implied cells."""
    for cell in implied_cells(rules.block, rules.source, rules.plan.sources):
        if 1 <= cell.count < rules.source.choice.threshold and not is_quiet(cell):
            yield from rules.demands(cell, Primary(cell.id, cell.form, PrimaryRule.SMALL))


def targets_of_revisions(plan: ReleasePlan, block: TableBlock) -> Iterator[tuple[Cell | None, Target]]:
    """The cells of a new vintage in which a few persons changed since a vintage that shows the cell, each with its target.

    That nothing changed must stay possible: the difference of the two would tell of those few. So must every other number of three
    that follow each other. Where one or two records changed in all, the audit takes it that a reader knows that, and then all is
    possible that it leaves. The total is exempt, since it tells nothing of anybody. What was demanded of an earlier vintage is
    still demanded (no cell of the new release): a series of vintages tells no more than each of them.
    """
    vintages = [source for source in plan.sources if source.public and source.period == plan.source.period]
    for earlier, later in combinations(vintages, 2):
        for cell, target in revised_since(plan, block, earlier, later):
            yield (cell if later is plan.source else None), target


def revised_since(
    plan: ReleasePlan, block: TableBlock, earlier: ReleaseSource, later: ReleaseSource
) -> Iterator[tuple[Cell, Target]]:
    """The targets of the cells that one vintage shows and a later one does not, or, not published yet, need not."""
    threshold = plan.source.choice.threshold
    shown = {cell.box.id.partition(";")[2]: shown_value(earlier, cell) for cell in cells_of(block, earlier)}
    newcomers, leavers = block.timeline.records_changed(earlier.id, later.id)
    for cell in cells_of(block, later):
        value = shown.get(cell.id.partition(";")[2])
        if not cell.table or value is None or not 1 <= abs(cell.count - value) < threshold:
            continue
        if later is plan.source or shown_value(later, cell) is None:
            low, high = (value, None) if cell.count > value else (None, value)
            width = min(FEWEST_OTHERS, newcomers + min(leavers, value))
            for view in (CELLS, EVERYBODY):
                name = f"{cell.id}|{view}|{REVISED}|{earlier.id}"
                yield cell, Target(name, view, cell.form, low, high, width, REVISED)


def cell_name(target: Target) -> str:
    """The name of the cell that a target is about."""
    return target.id.partition("|")[0]
