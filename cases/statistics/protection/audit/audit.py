"""The audit of a release: what an adversary who knows this and is shown that can still not tell.

It knows no true count. It is told what is known in each view, what the release shows, and what has to stay possible, and looks for
whole numbers that agree with all that is known and show it possible. It shares no code with what chose the hidden cells.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np

from cases.statistics.protection.audit.knowledge import FAR, Contradiction, Knowledge
from cases.statistics.protection.audit.reasons import bounding, conflict
from cases.statistics.protection.audit.search import Ground, Search
from cases.statistics.protection.space import LinearForm
from cases.statistics.protection.views import Constraint, Target, View

Tell = Callable[[str], None]
Interval = tuple[int | None, int | None]
MEMORY = "audit"
_EXPLAINED = 20  # failures for which the cells and facts are looked up


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a target, or that a hidden cell has more than one value (`hidden`), was proved in a view.

    `least` and `most` are the extreme values of its form at the witnesses, None without any: the true interval holds them.
    `undecided`: neither proof nor disproof was found in time, which counts as failed. `because` names cells and facts that bound
    a failing form.
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
class Report:
    """The verdicts of an audit. `margins`: by view and kind, what the witnesses have to spare at the target that has the least."""

    verdicts: tuple[Verdict, ...]
    margins: dict[str, dict[str, int]]

    @property
    def passed(self) -> bool:
        """Whether everything was proved."""
        return all(verdict.passed for verdict in self.verdicts)

    @property
    def failing(self) -> tuple[Verdict, ...]:
        """The verdicts that are not."""
        return tuple(verdict for verdict in self.verdicts if not verdict.passed)

    @property
    def determined(self) -> tuple[tuple[str, str], ...]:
        """View and id of every hidden cell for which no two values were found."""
        return tuple((verdict.view, verdict.id) for verdict in self.failing if verdict.hidden)

    def as_json(self) -> dict[str, Any]:
        """What is kept of it with the build. It names what failed and why, and is not for publication."""
        return {
            "passed": self.passed,
            "verdicts": len(self.verdicts),
            "failing": [
                {
                    "id": each.id,
                    "view": each.view,
                    "hidden": each.hidden,
                    "least": each.least,
                    "most": each.most,
                    "undecided": each.undecided,
                    "because": list(each.because),
                }
                for each in self.failing
            ],
            "margins": self.margins,
        }


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
) -> Report:
    """Audit what is shown against every target, each in its view, and every hidden cell in the views of `undetermined_in`.

    `shown` are the rows of the release itself, which every view is given. `hidden` are the ids and forms of its hidden cells; those
    whose id is in `exempt` may be determined. `explain`: whether it is looked up why something fails. `memory`, where given, keeps
    the verdicts of finished views, so that a run that was interrupted goes on. Raises `Contradiction` where a view cannot hold, and
    `ValueError` where a target names a view that is none.
    """
    goals = _goals(views, targets, hidden, undetermined_in, exempt)
    known = _Known((views[name] for name in goals), shown)
    kept = {} if memory is None else memory
    done = dict(kept.get(MEMORY, {}))
    verdicts: list[Verdict] = []
    margins: dict[str, dict[str, int]] = {}
    for name, (wanted, of_hidden) in goals.items():
        key = _digest(views[name], shown, [*wanted, *of_hidden])
        if key not in done:
            done[key] = _audit_view(known, views[name], wanted, of_hidden, _EXPLAINED if explain else 0, tell)
            kept[MEMORY] = done  # a mapping that keeps what it is given must be given it
        verdicts += [_verdict(each) for each in done[key]["verdicts"]]
        margins[name] = done[key]["margins"]
    return Report(tuple(verdicts), margins)


def interval(view: View, shown: Sequence[Constraint], form: LinearForm) -> Interval:
    """The least and the greatest value that a form can have in a view, exactly; None where it has no bound.

    Raises `Contradiction` where the view cannot hold, `TimeoutError` where the solver gave up.
    """
    return intervals(view, shown, [form])[0]


def intervals(view: View, shown: Sequence[Constraint], forms: Sequence[LinearForm]) -> list[Interval]:
    """The same for many forms at once."""
    goals = [Target(f"form {place}", view.name, form, None, None) for place, form in enumerate(forms)]
    search = searching(view, goals, shown)
    try:
        return [(search.extreme(place, -1), search.extreme(place, 1)) for place in range(len(forms))]
    except Contradiction:
        raise Contradiction(view.name, conflict(view, shown)) from None


def searching(view: View, goals: Sequence[Target], shown: Sequence[Constraint] = ()) -> Search:
    """A search for witnesses in one view. Raises `Contradiction` where it cannot hold."""
    return _Known([view], shown).search(view, goals)


class _Known:
    """The knowledge of views. Views that differ in their floors only have the same rows, and these are worked on once."""

    def __init__(self, views: Iterable[View], shown: Sequence[Constraint]) -> None:
        self._shown = shown
        self._alike: dict[tuple[int, ...], list[View]] = {}
        self._grounds: dict[tuple[int, ...], Ground] = {}
        for view in views:
            self._alike.setdefault(_conditions(view), []).append(view)

    def search(self, view: View, goals: Sequence[Target]) -> Search:
        """A search in one of the views. Raises `Contradiction`."""
        key = _conditions(view)
        if key not in self._grounds:
            self._grounds[key] = Ground(Knowledge.of(view, self._shown), (each.floors for each in self._alike[key]))
        try:
            return Search(view, self._grounds[key], goals)
        except Contradiction:
            raise Contradiction(view.name, conflict(view, self._shown)) from None

    def because(self, search: Search, place: int) -> tuple[str, ...]:
        """The sources that keep a goal's form from going where it should: up, if that is what is missing, else down."""
        goal = search.goals[place]
        up = goal.high is not None and search.most[place] < goal.high
        both = not up and (goal.low is None or search.least[place] <= goal.low)
        found = [bounding(search.view, self._shown, search.direction(place, sign)) for sign in _signs(up, both)]
        return tuple(dict.fromkeys(source for sources in found for source in sources))


def _conditions(view: View) -> tuple[int, ...]:
    return (len(view.floors), *map(id, view.rows), -1, *map(id, view.ties))


def _signs(up: bool, both: bool) -> tuple[int, ...]:
    return (1, -1) if both else (1 if up else -1,)


def _goals(
    views: Mapping[str, View],
    targets: Sequence[Target],
    hidden: Sequence[tuple[str, LinearForm]],
    undetermined_in: Sequence[str],
    exempt: Collection[str],
) -> dict[str, tuple[list[Target], list[Target]]]:
    """By view, in their order: the targets, and for each hidden cell that it has two values."""
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
    known: _Known, view: View, wanted: list[Target], of_hidden: list[Target], explained: int, tell: Tell
) -> dict[str, Any]:
    goals = [*wanted, *of_hidden]
    search = known.search(view, goals)
    search.run(tell=tell)
    met = search.met().tolist()
    failing = [place for place, passed in enumerate(met) if not passed]
    because = {place: list(known.because(search, place)) for place in failing[:explained]}
    verdicts = [
        {
            "id": goal.id,
            "view": view.name,
            "passed": met[place],
            "least": None if search.least[place] == FAR else int(search.least[place]),
            "most": None if search.most[place] == -FAR else int(search.most[place]),
            "hidden": place >= len(wanted),
            "undecided": place in search.undecided,
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


def _verdict(stored: Mapping[str, Any]) -> Verdict:
    return Verdict(**{**stored, "because": tuple(stored["because"])})


def _digest(view: View, shown: Sequence[Constraint], goals: Sequence[Target]) -> str:
    """What the verdicts of a view depend on, so that remembered ones are never those of another question."""
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
