"""What is lost already: targets that facts of other sources, or releases of before, violate without the release to come.

Such a target is replaced by what is left of it, so that the release fails only if its own cells make something worse. Apart from
facts (the view `cells`), a cell of the new release must be as safe as any.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from cases.statistics.protection.audit.intervals import intervals
from cases.statistics.protection.space import LinearForm
from cases.statistics.protection.suppress.primary import PrimaryRule
from cases.statistics.protection.views import Target, View
from cases.statistics.publishing.knowledge import CELLS, FACTS, Knowledge
from cases.statistics.publishing.rules import Demands, cell_of


def adjusted(knowledge: Knowledge, wanted: Demands, failing: Collection[str]) -> tuple[Demands, frozenset[str]]:
    """The demands, of the failing ones (by name) what is not lost already; and the release's cells that facts give away."""
    mine = f"{knowledge.plan.source.id};"
    targets = [target for target in wanted.targets if target.id in failing]
    new = [target for target in targets if target.id.startswith(mine) and target.view != CELLS]
    old = [target for target in targets if not target.id.startswith(mine)]
    lost = [
        *violated({target.view: knowledge.views[facts_of(target.view)] for target in new}, new),
        *violated({target.view: knowledge.views[target.view] for target in old}, old),
    ]
    left = {(target.id, target.view): target for target in lost}
    changed = tuple(left.get((target.id, target.view), target) for target in wanted.targets)
    elsewhere = frozenset(cell_of(target) for target in lost if target.id.startswith(mine))
    return replace(wanted, targets=changed), elsewhere


def without_known(knowledge: Knowledge, wanted: Demands) -> Demands:
    """The demands without cells of T and more that only the coalition rule hides, and that facts alone tell exactly.

    To hide such a cell protects nobody: whoever knows all of its persons but two knows by the fact that there are two.
    """
    forms = {cell_of(target): target.form for target in wanted.targets}
    alone = [
        (name, forms[name])
        for name, why in wanted.primaries.items()
        if why == {PrimaryRule.COALITION} and name in forms
    ]
    known = determined(knowledge.views[FACTS], alone)
    return Demands(
        {name: why for name, why in wanted.primaries.items() if name not in known},
        tuple(target for target in wanted.targets if cell_of(target) not in known),
    )


def facts_of(view: str) -> str:
    """The view of the facts alone that goes with a view: with the same persons known by name."""
    return f"{FACTS}:{view}" if ":" in view else FACTS


def violated(views: Mapping[str, View], targets: Sequence[Target]) -> list[Target]:
    """The targets that fail in these views alone, each as what is left of it."""
    found = []
    for name, view in views.items():
        of_view = [target for target in targets if target.view == name]
        bounds = intervals(view, (), [target.form for target in of_view])
        found += [
            left for target, bound in zip(of_view, bounds, strict=True) if (left := left_of(target, *bound)) is not None
        ]
    return found


def left_of(target: Target, least: int | None, most: int | None) -> Target | None:
    """A target as far as an interval (None: no bound) leaves it possible; None where it leaves all of it."""
    low = target.low if target.low is None or least is None else max(target.low, least)
    high = target.high if target.high is None or most is None else min(target.high, most)
    room = target.width if least is None or most is None else min(target.width, most - least)
    left = replace(target, low=low, high=high, width=room)
    return None if (low, high, room) == (target.low, target.high, target.width) else left


def determined(view: View, cells: Iterable[tuple[str, LinearForm]]) -> frozenset[str]:
    """The names of the cells that a view alone determines."""
    listed = list(cells)
    bounds = intervals(view, (), [form for _, form in listed]) if listed else []
    return frozenset(
        name for (name, _), (least, most) in zip(listed, bounds, strict=True) if least is not None and least == most
    )
