"""The demands on a release: its primary cells, and the targets of every view, of the new release and of every earlier one.

Shortfalls are what a release counts a few persons fewer of than facts say, because those were erased. Facts still count them.
Whoever subtracts would learn what the few were, also where a fact is of several cells, or where the years of a pool have a fact
each.

Prior disclosures are targets that facts of others, or earlier releases, break by themselves. Such a target is replaced by what
is left of it. So a release fails only if its own cells make something worse. Without the facts (in the view `cells`) a cell of
the new release must be as safe as any.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from stats.periods import Period
from stats.protection.space import Box, LinearForm
from stats.protection.suppress.primary import FEWEST_OTHERS, Primary, PrimaryRule
from stats.protection.views import Target
from stats.publishing.blocks import TableBlock
from stats.publishing.cells import Cell, cells_of, shown_value
from stats.publishing.facts import Fact
from stats.publishing.implied_cells import implied_cells
from stats.publishing.intruders import CELLS, EVERYBODY, FACTS, IntruderKnowledge, Own
from stats.publishing.planning import ReleasePlan
from stats.publishing.rules import Rules, is_quiet
from stats.publishing.sources import ReleaseSource

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


def relax_demands(
    knowledge: IntruderKnowledge, demands: Demands, failing: Collection[str]
) -> tuple[Demands, frozenset[str]]:
    """The demands with what is left of the failing targets (by name); and the cells of the release that facts give away."""
    mine = f"{knowledge.plan.source.id};"
    targets = [target for target in demands.targets if target.id in failing]
    new = [target for target in targets if target.id.startswith(mine) and target.view != CELLS]
    old = [target for target in targets if not target.id.startswith(mine)]
    losses = [
        *find_violated(knowledge, {target.view: view_of_facts(target.view) for target in new}, new),
        *find_violated(knowledge, {target.view: target.view for target in old}, old),
    ]
    targets_left = {(target.id, target.view): target for target in losses}
    targets_now = tuple(targets_left.get((target.id, target.view), target) for target in demands.targets)
    given_away = frozenset(cell_name(target) for target in losses if target.id.startswith(mine))
    return replace(demands, targets=targets_now), given_away


def drop_known_cells(knowledge: IntruderKnowledge, demands: Demands) -> Demands:
    """The demands without the cells that only the coalition rule makes primary and that facts alone determine.

    To hide such a cell protects nobody: an insider who knows all of its persons but two knows by the fact that there are two.
    """
    forms = {cell_name(target): target.form for target in demands.targets}
    alone = [
        (name, forms[name])
        for name, why in demands.primaries.items()
        if why == {PrimaryRule.COALITION} and name in forms
    ]
    cells_known = find_determined(knowledge, FACTS, alone)
    return Demands(
        {name: why for name, why in demands.primaries.items() if name not in cells_known},
        tuple(target for target in demands.targets if cell_name(target) not in cells_known),
    )


def view_of_facts(view: str) -> str:
    """The view of the facts alone, with the insider's own persons, that goes with a view."""
    return f"{FACTS}:{view}" if ":" in view else FACTS


def find_violated(knowledge: IntruderKnowledge, views: Mapping[str, str], targets: Sequence[Target]) -> list[Target]:
    """What is left of each target that fails in the view alone that `views` names for its own."""
    violations = list[Target]()
    for of_target, name in views.items():
        of_view = [target for target in targets if target.view == of_target]
        bounds = knowledge.intervals(name, [target.form for target in of_view])
        targets_left = [target.within(*bound) for target, bound in zip(of_view, bounds, strict=True)]
        violations += [rest for target, rest in zip(of_view, targets_left, strict=True) if rest.limits != target.limits]
    return violations


def find_determined(knowledge: IntruderKnowledge, view: str, cells: Sequence[tuple[str, LinearForm]]) -> frozenset[str]:
    """The names of the cells that a view (by name) alone determines."""
    bounds = knowledge.intervals(view, [form for _, form in cells])
    return frozenset(
        name for (name, _), (least, most) in zip(cells, bounds, strict=True) if least is not None and least == most
    )
