"""The audit of a release: whether every target stays possible for every intruder, and no hidden cell is determined.

The auditor knows no true count, and shares no code with the suppressor. It gets what an intruder gets: what a view knows, and
what the release shows. For each target it looks for *witnesses*: whole numbers that agree with all of it, and show the target
possible. Fischetti and Salazar (2001), "Solving the cell suppression problem on tabular data with linear constraints", call this
the attacker's problem.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from stats.protection.audit.intervals import SharedKnowledge
from stats.protection.audit.knowledge import FAR
from stats.protection.audit.report import AuditReport, Verdict
from stats.protection.audit.search import Search
from stats.protection.space import LinearForm
from stats.protection.views import Constraint, Target, View

Tell = Callable[[str], None]
_EXPLAINED = 20  # failures for which the cells and facts are looked up


def audit(
    *,
    views: Mapping[str, View],
    shown: Sequence[Constraint],
    targets: Sequence[Target],
    hidden: Sequence[tuple[str, LinearForm]],
    undetermined_in: Sequence[str],
    explain: bool = True,
    tell: Tell = lambda _: None,
) -> AuditReport:
    """The verdicts on every target in its view, and on every hidden cell in the views of `undetermined_in`.

    `shown` are the cells that the release shows: every view is given them. `hidden` are the ids and forms of its hidden
    cells. `explain`: whether the cells and facts behind a failure are looked up. Raises `Contradiction` where a view cannot
    hold, `ValueError` where a target names a view that there is not.
    """
    goals = _goals_by_view(views, targets, hidden, undetermined_in)
    knowledge = SharedKnowledge((views[name] for name in goals), shown)
    verdicts: list[Verdict] = []
    margins: dict[str, dict[str, int]] = {}
    for name, (goals_of_view, of_hidden) in goals.items():
        of_view, margins[name] = _audit_view(
            knowledge, views[name], goals_of_view, of_hidden, _EXPLAINED if explain else 0, tell
        )
        verdicts += of_view
    return AuditReport(tuple(verdicts), margins)


def _goals_by_view(
    views: Mapping[str, View],
    targets: Sequence[Target],
    hidden: Sequence[tuple[str, LinearForm]],
    undetermined_in: Sequence[str],
) -> dict[str, tuple[list[Target], list[Target]]]:
    """By view, in their order: the targets, and for each hidden cell the target that it has two values."""
    if unknown := sorted({*(target.view for target in targets), *undetermined_in} - views.keys()):
        raise ValueError(f"There is no view {', '.join(unknown)}.")
    goals: dict[str, tuple[list[Target], list[Target]]] = {name: ([], []) for name in views}
    for target in targets:
        goals[target.view][0].append(target)
    for view in undetermined_in:
        goals[view][1].extend(Target(name, view, form, None, None, width=1) for name, form in hidden)
    return {view: both for view, both in goals.items() if both[0] or both[1]}


def _audit_view(
    knowledge: SharedKnowledge,
    view: View,
    goals_of_view: list[Target],
    of_hidden: list[Target],
    room_to_explain: int,
    tell: Tell,
) -> tuple[list[Verdict], dict[str, int]]:
    goals = [*goals_of_view, *of_hidden]
    search = knowledge.search(view, goals)
    search.run(tell=tell)
    results = search.is_met().tolist()
    failing = [place for place, is_met in enumerate(results) if not is_met]
    because = {place: tuple(knowledge.because(search, place)) for place in failing[:room_to_explain]}
    verdicts = [
        Verdict(
            id=goal.id,
            view=view.name,
            passed=results[place],
            least=None if search.least[place] == FAR else int(search.least[place]),
            most=None if search.most[place] == -FAR else int(search.most[place]),
            hidden=place >= len(goals_of_view),
            undecided=place in search.undecided_places,
            because=because.get(place, ()),
        )
        for place, goal in enumerate(goals)
    ]
    return verdicts, dict(_margins(search))


def _margins(search: Search) -> Iterator[tuple[str, int]]:
    spare: dict[str, list[int]] = {"low": [], "high": [], "width": []}
    for goal, least, most in zip(search.goals, search.least.tolist(), search.most.tolist(), strict=True):
        if goal.low is not None:
            spare["low"].append(goal.low - least)
        if goal.high is not None:
            spare["high"].append(most - goal.high)
        if goal.width:
            spare["width"].append(most - least - goal.width)
    return ((kind, min(amounts)) for kind, amounts in spare.items() if amounts)
