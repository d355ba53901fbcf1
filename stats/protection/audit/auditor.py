"""The audit of a release: whether every target stays possible for every intruder, and no hidden cell is determined.

The auditor knows no true count, and shares no code with the suppressor. It gets what an intruder gets: what a view knows, and
what the release shows. For each target it looks for *witnesses*: whole numbers that agree with all of it, and show the target
possible. Fischetti and Salazar (2001), "Solving the cell suppression problem on tabular data with linear constraints", call
this the attacker's problem. What it comes to is a verdict on each target in each view, and the room to spare.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from stats.protection.audit.intervals import SharedKnowledge
from stats.protection.audit.knowledge import FAR
from stats.protection.audit.search import Search
from stats.protection.space import LinearForm
from stats.protection.views import Constraint, Target, View


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a target was proved in a view. `hidden`: the target is that a hidden cell has more than one value.

    `least` and `most` are the extreme values of its form at the witnesses, None without any. The feasibility interval holds
    them. `undecided`: neither proof nor disproof was found in time, which counts as failed. `because` names the cells and
    facts that bound a failing form.
    """

    id: str
    view: str
    passed: bool
    least: int | None
    most: int | None
    hidden: bool = False
    undecided: bool = False
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditReport:
    """The verdicts of an audit. `margins`: by view and kind (low, high, width) the room to spare of the target with the least."""

    verdicts: tuple[Verdict, ...]
    margins: dict[str, dict[str, int]]

    @property
    def passed(self) -> bool:
        """Whether every target was proved."""
        return all(verdict.passed for verdict in self.verdicts)

    @property
    def failing(self) -> tuple[Verdict, ...]:
        """The verdicts on targets that were not proved."""
        return tuple(verdict for verdict in self.verdicts if not verdict.passed)

    @property
    def determined_cells(self) -> tuple[tuple[str, str], ...]:
        """View and id of every hidden cell for which two values were not found."""
        return tuple((verdict.view, verdict.id) for verdict in self.failing if verdict.hidden)

    def cells_to_hide(self, rows: Mapping[str, Constraint], hidden: Collection[str]) -> set[str]:
        """Of the cells that bound each failing target, the one with the fewest unknowns: a reader misses it least."""
        offending_names = set()
        for verdict in self.failing:
            hideable = [source for source in verdict.because if source in rows and source not in hidden]
            if hideable:
                offending_names.add(min(hideable, key=lambda source: (len(rows[source].form.plus), source)))
        return offending_names

    def as_json(self) -> dict[str, Any]:
        """What the build keeps of the audit. It names what failed and why, and is not for publication."""
        return {
            "passed": self.passed,
            "verdicts": len(self.verdicts),
            "failing": [
                {name: value for name, value in asdict(each).items() if name != "passed"} for each in self.failing
            ],
            "margins": self.margins,
        }


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
