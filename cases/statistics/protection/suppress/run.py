"""One run of the suppressor: need after need is met by the cheapest deviation, and what deviates in it is hidden."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np

from cases.statistics.protection.space import IntArray
from cases.statistics.protection.suppress.forms import Forms
from cases.statistics.protection.suppress.known import Need, Reached
from cases.statistics.protection.suppress.model import BoolArray, Deviations, FloatArray, Move, Unsolved, whole
from cases.statistics.protection.suppress.view import Known, broken
from cases.statistics.protection.views import SuppressionCandidate, Target, View

HIDDEN = 1e-4  # what a hidden cell costs, as a part of its weight: it may deviate, but no farther than it helps
CLOSE = 1e-6
PERTURBED = 1e-3
ROUNDINGS = 40
QUICK = 3  # of them by the linear program alone
GAP = 0.2  # a rounding that costs a fifth more than the best will do
PAUSE = 25  # needs that took work between two notes of the progress


class Impossible(Exception):
    """Some targets (their ids) cannot be met whatever the release hides: the view's own rows forbid it."""

    def __init__(self, targets: Sequence[str]) -> None:
        super().__init__(f"not possible whatever is hidden: {', '.join(targets)}")
        self.targets = tuple(targets)


class Untrue(Exception):
    """A view knows something (by its sources) that the counts contradict."""

    def __init__(self, view: str, sources: Sequence[str]) -> None:
        super().__init__(f"{view}: not true of the counts: {', '.join(sources)}")
        self.view, self.sources = view, tuple(sources)


class Problem:
    """The arguments in numbers. Candidates of equal forms share a place: one is only hidden if all are."""

    def __init__(
        self,
        counts: IntArray,
        candidates: Sequence[SuppressionCandidate],
        hidden: Collection[str],
        views: Mapping[str, View],
        targets: Sequence[Target],
        seed: int,
        undetermined_in: Sequence[str] | None = None,
    ) -> None:
        for name, view in views.items():
            if wrong := broken(view, counts):
                raise Untrue(name, wrong)
        self.counts, self.candidates, self.views, self.forms = counts, candidates, views, Forms()
        known = {(view.rows, view.ties): Known(counts, view.rows, view.ties) for view in views.values()}
        self.known = {
            name: known[view.rows, view.ties] for name, view in views.items()
        }  # equal knowledge is one object
        self.place = np.array([self.forms.add(candidate.form) for candidate in candidates], np.int64)
        self.needs = [Need.of(target, self.forms.add(target.form)) for target in targets]
        first = [self.needs[0].view] if self.needs else list(views)[:1]
        self.undetermined_in = first if undetermined_in is None else list(undetermined_in)
        self.size = len(self.forms)
        weights = np.array([candidate.weight for candidate in candidates], float)
        self.weights = np.bincount(self.place, weights, self.size)  # of each form
        self.random = np.random.default_rng(seed % 2**64).random(self.size)
        self.candidate = np.bincount(self.place, minlength=self.size) > 0
        self.first = np.zeros(self.size, np.bool_)
        wanted = set(hidden)
        self.first[[at for at, each in zip(self.place, candidates, strict=True) if each.id in wanted]] = True
        self._models: dict[int, Deviations] = {}

    def model(self, view: str) -> Deviations:
        """The linear program of a view, made once for all that know the same."""
        known = self.known[view]
        if id(known) not in self._models:
            self._models[id(known)] = Deviations(self.forms, known)
        return self._models[id(known)]

    def forget(self) -> None:
        """Make the linear programs anew, so that what follows does not depend on which questions were asked before."""
        self._models.clear()

    def costs(self, hidden: BoolArray) -> FloatArray:
        """What a deviation of each form costs while these are hidden; no two cost quite the same."""
        costs: FloatArray = self.weights * (1 + PERTURBED * self.random) * np.where(hidden, HIDDEN, 1)
        return costs

    def to_vary(self, hidden: BoolArray, tried: Collection[tuple[str, int]]) -> list[Need]:
        """That no hidden form is determined in any view where this is asked for; those tried (view, place) are left out."""
        names = {int(at): each.id for at, each in zip(self.place, self.candidates, strict=True) if hidden[at]}
        wanted = ((name, view, place) for view in self.undetermined_in for place, name in names.items())
        return [Need.to_vary(name, view, place) for name, view, place in wanted if (view, place) not in tried]

    def ids(self, hidden: BoolArray) -> frozenset[str]:
        """The candidates of these forms."""
        return frozenset(each.id for at, each in zip(self.place, self.candidates, strict=True) if hidden[at])

    def whole(self, view: str, move: Move, free: BoolArray, costs: FloatArray | None = None) -> IntArray | None:
        """A deviation in whole numbers in which, of all candidates, only the free ones deviate."""
        shown = np.flatnonzero(self.candidate & ~free)
        return whole(self.forms, self.known[view], self.views[view].floors, move, shown, costs, GAP)

    def allows(self, view: str, deviation: IntArray) -> bool:
        """Whether a view's adversary thinks a deviation possible."""
        floors = self.views[view].floors
        return self.known[view].allows(deviation) and bool((self.counts + deviation >= floors).all())

    def reached(self) -> Reached:
        """Nothing reached yet."""
        return Reached(self.counts, self.forms, self.views, self.known)


class Run:
    """The needs, those met, and the forms hidden so far."""

    def __init__(self, problem: Problem, tell: Callable[[str], None]) -> None:
        self.problem, self.tell = problem, tell
        self.hidden = problem.first.copy()
        self.reached = problem.reached()
        self.order = sorted(range(len(problem.needs)), key=self._urgency)
        self.done = 0
        self.refused: list[str] = []

    def state(self) -> dict[str, Any]:
        """Where it stands, for JSON."""
        return {
            "done": self.done,
            "hidden": np.flatnonzero(self.hidden).tolist(),
            "refused": self.refused,
            "fall": {name: values.tolist() for name, values in self.reached.fall.items()},
            "rise": {name: values.tolist() for name, values in self.reached.rise.items()},
        }

    def resume(self, state: Mapping[str, Any]) -> None:
        """Stand where another run stood."""
        self.done, self.refused = state["done"], list(state["refused"])
        self.hidden[state["hidden"]] = True
        self.reached.fall = {name: np.array(values, np.int64) for name, values in state["fall"].items()}
        self.reached.rise = {name: np.array(values, np.int64) for name, values in state["rise"].items()}

    def all(self, note: Callable[[], None]) -> None:
        """Meet every target, then let every hidden cell vary. Raises `Impossible` with all targets that cannot be met."""
        worked = 0
        for number, at in enumerate(self.order[self.done :], self.done + 1):
            need = self.problem.needs[at]
            worked += not self.reached.met(need)
            if not self.meet(need):
                self.refused.append(need.id)
            self.done = number
            if worked == PAUSE:
                worked = 0
                note()
                self.tell(
                    f"{number} of {len(self.order)} targets, {int((self.hidden & ~self.problem.first).sum())} more cells"
                )
        note()
        if self.refused:
            raise Impossible(sorted(set(self.refused)))
        tried: set[tuple[str, int]] = set()
        while more := self.problem.to_vary(self.hidden, tried):
            for need in more:
                tried.add((need.view, need.place))
                if not self.meet(need):
                    self.tell(f"{need.id}: known from elsewhere, whatever is hidden")

    def _urgency(self, number: int) -> tuple[int, float]:
        """Targets that ask for much come first: their witnesses serve others. Ties are broken by the seed."""
        need = self.problem.needs[number]
        moves = self.reached.choices(need)[0]
        return -max((move.amount for move in moves), default=0), float(self.problem.random[need.place])

    def meet(self, need: Need) -> bool:
        """Meet a need, unless it is impossible whatever is hidden."""
        if self.reached.met(need):
            return True
        return any(all(self._make(need.view, move) for move in moves) for moves in self.reached.choices(need))

    def _make(self, view: str, move: Move) -> bool:
        """Find the cheapest witness of a move and hide what deviates in it; whether there is one."""
        if (self.reached.rise if move.sign > 0 else self.reached.fall)[view][move.place] * move.sign >= move.amount:
            return True
        found = self._cheapest(view, move, self.problem.costs(self.hidden))
        if found is None:
            return False
        witness = self._rounded(view, move, found)
        if witness is None:
            return False
        moved = self.reached.add(witness)
        if moved[move.place] * move.sign < move.amount or not self.problem.allows(view, witness):
            raise Unsolved("what the solver found is no witness")
        self.hidden |= self.problem.candidate & (moved != 0)
        self.reached.add(-witness)  # its mirror hides nothing more
        return True

    def _cheapest(self, view: str, move: Move, costs: FloatArray) -> FloatArray | None:
        """The linear program's answer at these costs."""
        model = self.problem.model(view)
        model.price(costs)
        return model.cheapest(self.problem.views[view].floors, move)

    def _exact(self, view: str, found: FloatArray) -> IntArray | None:
        """What was found, if it is in whole numbers."""
        rounded: IntArray = np.rint(found).astype(np.int64)
        near = np.abs(found - rounded).max(initial=0) <= CLOSE
        return rounded if near and self.problem.allows(view, rounded) else None

    def _rounded(self, view: str, move: Move, found: FloatArray) -> IntArray | None:
        """What was found, or a witness near it if it is not in whole numbers; at other costs if there is none; None: none at all.

        Each try may hide what deviated in those before. Only if all fail is everything tried at once, which can take long.
        """
        problem, random = self.problem, np.random.default_rng(move.place)
        free, costs = self.hidden.copy(), problem.costs(self.hidden)
        for number in range(ROUNDINGS):
            free |= problem.candidate & (np.abs(problem.forms.measures(found)) > CLOSE)
            witness = self._exact(view, found)
            if witness is None and number >= QUICK:
                witness = problem.whole(
                    view, move, free, np.where(free & ~self.hidden, costs, 0) if number > QUICK else None
                )
            if witness is not None:
                return witness
            # A corner nearby is often whole: first only the hidden cells, which cost next to nothing, cost something else.
            other = np.exp((2 if number < QUICK else 1) * random.normal(size=problem.size))
            again = self._cheapest(view, move, costs * np.where(self.hidden | (number >= QUICK), other, 1))
            found = found if again is None else again
        self.tell("a target needs a search over all cells")
        return problem.whole(view, move, problem.candidate, costs)
