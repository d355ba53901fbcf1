"""The audit of a release: whether every target stays possible for every intruder, and no hidden cell is determined.

The auditor knows no true count, and shares no code with the suppressor. It gets what an intruder gets: what a view knows, and
what the release shows. For each target it looks for *witnesses*: whole numbers that agree with all of it, and show the target
possible. Fischetti and Salazar (2001), "Solving the cell suppression problem on tabular data with linear constraints", call this
the attacker's problem.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, MutableMapping, Sequence
from hashlib import sha256
from typing import Any

import numpy as np

from cases.statistics.protection.audit.intervals import SharedKnowledge
from cases.statistics.protection.audit.knowledge import FAR
from cases.statistics.protection.audit.report import AuditReport, Verdict
from cases.statistics.protection.audit.search import Search
from cases.statistics.protection.space import LinearForm
from cases.statistics.protection.views import Constraint, Target, View

Tell = Callable[[str], None]
MEMORY = "audit"
_EXPLAINED = 20  # failures for which the cells and facts are looked up


def audit(
    *,
    views: Mapping[str, View],
    shown: Sequence[Constraint],
    targets: Sequence[Target],
    hidden: Sequence[tuple[str, LinearForm]],
    undetermined_in: Sequence[str],
    exempt: Collection[str] = (),
    explain: bool = True,
    tell: Tell = lambda _: None,
    memory: MutableMapping[str, Any] | None = None,
) -> AuditReport:
    """The verdicts on every target in its view, and on every hidden cell in the views of `undetermined_in`.

    `shown` are the cells that the release shows: every view is given them. `hidden` are the ids and forms of its hidden
    cells; those whose id is in `exempt` may be determined. `explain`: whether the cells and facts behind a failure are looked
    up. `memory`, where given, keeps the verdicts of finished views, so that an interrupted run goes on. Raises
    `Contradiction` where a view cannot hold, `ValueError` where a target names a view that there is not.
    """
    goals = _goals_by_view(views, targets, hidden, undetermined_in, exempt)
    knowledge = SharedKnowledge((views[name] for name in goals), shown)
    memory_of_views = {} if memory is None else memory
    verdicts_before = dict(memory_of_views.get(MEMORY, {}))
    verdicts: list[Verdict] = []
    margins: dict[str, dict[str, int]] = {}
    for name, (goals_of_view, of_hidden) in goals.items():
        key = _fingerprint(views[name], shown, [*goals_of_view, *of_hidden])
        if key not in verdicts_before:
            verdicts_before[key] = _audit_view(
                knowledge, views[name], goals_of_view, of_hidden, _EXPLAINED if explain else 0, tell
            )
            memory_of_views[MEMORY] = verdicts_before  # a mapping that keeps what it is given must be given it
        verdicts += [_verdict(each) for each in verdicts_before[key]["verdicts"]]
        margins[name] = verdicts_before[key]["margins"]
    return AuditReport(tuple(verdicts), margins)


def _goals_by_view(
    views: Mapping[str, View],
    targets: Sequence[Target],
    hidden: Sequence[tuple[str, LinearForm]],
    undetermined_in: Sequence[str],
    exempt: Collection[str],
) -> dict[str, tuple[list[Target], list[Target]]]:
    """By view, in their order: the targets, and for each hidden cell the target that it has two values."""
    if unknown := sorted({*(target.view for target in targets), *undetermined_in} - views.keys()):
        raise ValueError(f"There is no view {', '.join(unknown)}.")
    loose = [(name, form) for name, form in hidden if name not in exempt]
    goals: dict[str, tuple[list[Target], list[Target]]] = {name: ([], []) for name in views}
    for target in targets:
        goals[target.view][0].append(target)
    for view in undetermined_in:
        goals[view][1].extend(Target(name, view, form, None, None, width=1) for name, form in loose)
    return {view: both for view, both in goals.items() if both[0] or both[1]}


def _audit_view(
    knowledge: SharedKnowledge,
    view: View,
    goals_of_view: list[Target],
    of_hidden: list[Target],
    room_to_explain: int,
    tell: Tell,
) -> dict[str, Any]:
    goals = [*goals_of_view, *of_hidden]
    search = knowledge.search(view, goals)
    search.run(tell=tell)
    results = search.is_met().tolist()
    failing = [place for place, is_met in enumerate(results) if not is_met]
    because = {place: list(knowledge.because(search, place)) for place in failing[:room_to_explain]}
    verdicts = [
        {
            "id": goal.id,
            "view": view.name,
            "passed": results[place],
            "least": None if search.least[place] == FAR else int(search.least[place]),
            "most": None if search.most[place] == -FAR else int(search.most[place]),
            "hidden": place >= len(goals_of_view),
            "undecided": place in search.undecided_places,
            "because": because.get(place, []),
        }
        for place, goal in enumerate(goals)
    ]
    return {"verdicts": verdicts, "margins": dict(_margins(search))}


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


def _verdict(verdict_stored: Mapping[str, Any]) -> Verdict:
    return Verdict(**{**verdict_stored, "because": tuple(verdict_stored["because"])})


def _fingerprint(view: View, shown: Sequence[Constraint], goals: Sequence[Target]) -> str:
    """A SHA-256 of what the verdicts of a view depend on, so that kept ones are never those of another question."""
    digest = sha256(np.ascontiguousarray(view.floors).tobytes())

    def take(form: LinearForm, *more: object) -> None:
        digest.update(repr((len(form.plus), len(form.minus), more)).encode())
        digest.update(form.plus.astype(np.int64).tobytes() + form.minus.astype(np.int64).tobytes())

    for row in (*view.rows, None, *shown):
        if row is not None:
            take(row.form, row.source, row.low, row.high)
        else:
            digest.update(b"shown")
    for tie in view.ties:
        take(
            LinearForm(tie.earlier, tie.later),
            tie.added,
            tie.removed,
            tie.known_earlier.tolist(),
            tie.known_later.tolist(),
        )
    for goal in goals:
        take(goal.form, goal.id, goal.view, goal.low, goal.high, goal.width)
    return digest.hexdigest()
