"""Disclosures that exist before this release: targets that facts of others, or earlier releases, break by themselves.

Such a target is replaced by what is left of it. So a release fails only if its own cells make something worse. Without the facts
(in the view `cells`) a cell of the new release must be as safe as any.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from stats.protection.space import LinearForm
from stats.protection.suppress.primary import PrimaryRule
from stats.protection.views import Target
from stats.publishing.demands import Demands, cell_name
from stats.publishing.intruders import CELLS, FACTS, IntruderKnowledge


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
