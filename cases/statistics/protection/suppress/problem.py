"""The problem of complementary suppression in numbers: what is hidden first, what must stay possible, and what hiding costs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from cases.statistics.protection.space import IntArray
from cases.statistics.protection.suppress.forms import Forms
from cases.statistics.protection.suppress.needs import Need, Reach
from cases.statistics.protection.suppress.programs import DeviationProgram, Move, whole_deviation
from cases.statistics.protection.suppress.restrictions import Restrictions, find_broken
from cases.statistics.protection.suppress.solver import BoolArray, FloatArray
from cases.statistics.protection.views import SuppressionCandidate, Target, View

HIDDEN_PRICE = 1e-4  # what a hidden cell costs, as a part of its weight: it may deviate, but no farther than it helps
PRICE_SPREAD = 1e-3
GAP = 0.2  # a rounding that costs a fifth more than the best will do


class Impossible(Exception):
    """Some targets (by id) cannot be met, whatever the release hides: the view's own constraints forbid it."""

    def __init__(self, targets: Sequence[str]) -> None:
        super().__init__(f"not possible whatever is hidden: {', '.join(targets)}")
        self.targets = tuple(targets)


class Untrue(Exception):
    """The counts contradict what a view knows. `sources` names the constraints that do not hold."""

    def __init__(self, view: str, sources: Sequence[str]) -> None:
        super().__init__(f"{view}: not true of the counts: {', '.join(sources)}")
        self.view, self.sources = view, tuple(sources)


class SuppressionProblem:
    """The arguments of a suppression in numbers.

    A form stands at its place in `forms`. Candidates of equal forms share a place: one is hidden only if all are. Arrays over
    places: `weights`, `is_candidate`, `primary` (hidden from the start) and `random` (breaks ties, by the seed).
    """

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
            if wrong := find_broken(view, counts):
                raise Untrue(name, wrong)
        self.counts, self.candidates, self.views, self.forms = counts, candidates, views, Forms()
        restrictions_of = {
            (view.rows, view.ties): Restrictions(counts, view.rows, view.ties) for view in views.values()
        }
        self.restrictions = {
            name: restrictions_of[view.rows, view.ties] for name, view in views.items()
        }  # one object for equal ones
        self.place = np.array([self.forms.add(candidate.form) for candidate in candidates], np.int64)
        self.needs = [Need.of(target, self.forms.add(target.form)) for target in targets]
        first = [self.needs[0].view] if self.needs else list(views)[:1]
        self.undetermined_in = first if undetermined_in is None else list(undetermined_in)
        self.size = len(self.forms)
        weights = np.array([candidate.weight for candidate in candidates], float)
        self.weights = np.bincount(self.place, weights, self.size)  # of each form
        self.random = np.random.default_rng(seed % 2**64).random(self.size)
        self.is_candidate = np.bincount(self.place, minlength=self.size) > 0
        self.primary = np.zeros(self.size, np.bool_)
        ids_wanted = set(hidden)
        self.primary[[at for at, each in zip(self.place, candidates, strict=True) if each.id in ids_wanted]] = True
        self._models: dict[int, DeviationProgram] = {}

    def model(self, view: str) -> DeviationProgram:
        """The linear program of a view. Views that know the same share one."""
        restrictions_of = self.restrictions[view]
        if id(restrictions_of) not in self._models:
            self._models[id(restrictions_of)] = DeviationProgram(self.forms, restrictions_of)
        return self._models[id(restrictions_of)]

    def forget(self) -> None:
        """Make the linear programs anew, so that what follows does not depend on which questions were asked before."""
        self._models.clear()

    def costs(self, hidden: BoolArray) -> FloatArray:
        """What a deviation of each form costs while some are hidden. No two cost quite the same, so that the cheapest is one."""
        costs: FloatArray = self.weights * (1 + PRICE_SPREAD * self.random) * np.where(hidden, HIDDEN_PRICE, 1)
        return costs

    def to_vary(self, hidden: BoolArray, attempts: Collection[tuple[str, int]]) -> list[Need]:
        """The needs that no hidden form is determined in the views that ask for it, without those tried (view, place)."""
        names = {int(at): each.id for at, each in zip(self.place, self.candidates, strict=True) if hidden[at]}
        ids_wanted = ((name, view, place) for view in self.undetermined_in for place, name in names.items())
        return [Need.to_vary(name, view, place) for name, view, place in ids_wanted if (view, place) not in attempts]

    def ids(self, hidden: BoolArray) -> frozenset[str]:
        """The ids of the candidates at the hidden places."""
        return frozenset(each.id for at, each in zip(self.place, self.candidates, strict=True) if hidden[at])

    def whole(self, view: str, move: Move, free: BoolArray, costs: FloatArray | None = None) -> IntArray | None:
        """A deviation in whole numbers that makes a move, and in which no candidate deviates but the free ones.

        None: it is impossible.
        """
        shown = np.flatnonzero(self.is_candidate & ~free)
        return whole_deviation(self.forms, self.restrictions[view], self.views[view].floors, move, shown, costs, GAP)

    def allows(self, view: str, deviation: IntArray) -> bool:
        """Whether a view's intruder thinks a deviation possible."""
        floors = self.views[view].floors
        return self.restrictions[view].allows(deviation) and bool((self.counts + deviation >= floors).all())

    def reach(self) -> Reach:
        """The reach of the truth alone, without any witness yet."""
        return Reach(self.counts, self.forms, self.views, self.restrictions)
