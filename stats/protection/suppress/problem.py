"""The problem of complementary suppression in numbers: what is hidden first, what must stay possible, and what hiding costs.

What a view knows is written as restrictions on deviations from the truth. That a witness keeps all of them is checked exactly.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from stats.protection.space import IntArray
from stats.protection.suppress.forms import Forms, MergedCells, flatten, groups_of, terms_of
from stats.protection.suppress.solver import BoolArray, FloatArray
from stats.protection.views import Constraint, SuppressionCandidate, Target, Tie, View

FAR = 2**62


def find_broken(view: View, point: IntArray) -> list[str]:
    """What a point breaks of a view, in whole numbers: the sources of constraints, ``a floor``, ``a tie``."""
    violations = ["a floor"] if (point < view.floors).any() else []
    for row in view.rows:
        value = row.form.value(point)
        if (row.low is not None and value < row.low) or (row.high is not None and value > row.high):
            violations.append(row.source)
    return violations + ["a tie" for tie in view.ties if not tie_holds(tie, point)]


def tie_holds(tie: Tie, point: IntArray) -> bool:
    """Whether the added and removed records account for the difference of two vintages, in sum and cell by cell."""
    net = point[tie.later] - point[tie.earlier] - tie.shift
    return bool(net.sum() == tie.added - tie.removed and np.maximum(net, 0).sum() <= tie.added)


class Restrictions:
    """The constraints and ties of a view, as bounds on deviations from the counts.

    `terms`, `low` and `high` are the constraints. The atomic cells under a known zero are `frozen`: they cannot deviate.
    """

    def __init__(self, counts: IntArray, rows: Sequence[Constraint], ties: Sequence[Tie]) -> None:
        self.counts, self.ties = counts, tuple(ties)
        self.is_frozen = np.zeros(len(counts), np.bool_)
        holds = []
        for row in rows:
            if row.high == 0 and not len(row.form.minus):
                self.is_frozen[row.form.plus] = True
            else:
                holds.append((terms_of(row.form), row, row.form.value(counts)))
        self.terms = [each for each, _, _ in holds]
        self.low = np.array([-FAR if row.low is None else row.low - value for _, row, value in holds], np.int64)
        self.high = np.array([FAR if row.high is None else row.high - value for _, row, value in holds], np.int64)
        self._layout = flatten(self.terms)

    def groups(self, nobody: BoolArray) -> Iterable[IntArray]:
        """Atomic cells that are known alike. Of `nobody`, the cells that no view allows to deviate, nothing more is known."""
        self.terms = [(unknowns[~nobody[unknowns]], factors[~nobody[unknowns]]) for unknowns, factors in self.terms]
        sides = [side for tie in self.ties for side in (tie.earlier, tie.later)]
        return chain([np.flatnonzero(self.is_frozen)], groups_of(self.terms), *(each[:, None] for each in sides))

    def merge(self, cells: MergedCells, counts: IntArray) -> None:
        """From now on the restrictions are on merged cells."""
        self.counts, self.is_frozen = counts, cells.sums(self.is_frozen.astype(np.int64)) > 0
        self.terms = [cells.terms(each) for each in self.terms]
        self.ties = tuple(
            replace(tie, earlier=cells.number[tie.earlier], later=cells.number[tie.later]) for tie in self.ties
        )
        self._layout = flatten(self.terms)

    def allows(self, deviation: IntArray) -> bool:
        """Whether a deviation keeps every restriction, in whole numbers."""
        numbers, factors, ends = self._layout
        sums = np.diff(np.concatenate([np.zeros(1, np.int64), np.cumsum(deviation[numbers] * factors)])[ends])
        holds = not deviation[self.is_frozen].any() and bool((sums >= self.low).all() and (sums <= self.high).all())
        return holds and all(tie_holds(tie, self.counts + deviation) for tie in self.ties)


BOTH = 0  # the sign of a need that may be met by falls and rises together
SPREAD = 1e-5  # by so small a part weights differ at random: of sets that cost the same, the seed chooses one


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


@dataclass(frozen=True, slots=True)
class Need:
    """In a view, a form (by place) must be able to move by `amount`: down (−1), up (+1), or over both (0) together.

    A need that is not `strict` is that of a hidden form not to be determined. It is needed only while the form is hidden, and given
    up where the view's own constraints forbid it.
    """

    id: str
    view: str
    place: int
    sign: int
    amount: int
    strict: bool = True


class SuppressionProblem:
    """The arguments of a suppression in numbers.

    A form stands at its place in `forms`. Candidates of equal forms share a place: one is hidden only if all are. Arrays over
    places: `truth`; `fall` and `rise`, the most that a form may move in the eyes of a reader who is told its bounds; `weights`,
    `is_candidate`, `is_sum` (nothing is taken away), `primary` (hidden from the start) and `random` (breaks ties, by the seed).
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
        by_knowledge = {(view.rows, view.ties): Restrictions(counts, view.rows, view.ties) for view in views.values()}
        # Views that know the same share one object, and with it one program.
        self.restrictions = {name: by_knowledge[view.rows, view.ties] for name, view in views.items()}
        self.place = np.array([self.forms.add(candidate.form) for candidate in candidates], np.int64)
        places = [self.forms.add(target.form) for target in targets]
        is_known_zero = self._merge(list(by_knowledge.values()))
        self.size, self.truth = len(self.forms), self.forms.values(self.counts)
        self.is_sum = np.array([bool((factors > 0).all()) for _, factors in self.forms.terms], np.bool_)
        self.needs = [
            need
            for target, place in zip(targets, places, strict=True)
            for need in needs_of(target, place, int(self.truth[place]))
        ]
        first = [target.view for target in targets[:1]] or list(views)[:1]
        self.undetermined_in = first if undetermined_in is None else list(undetermined_in)
        weights = np.array([candidate.weight for candidate in candidates], float)
        self.weights: FloatArray = np.bincount(self.place, weights, self.size)
        self.random = np.random.default_rng(seed % 2**64).random(self.size)
        self.primary = np.zeros(self.size, np.bool_)
        to_hide = set(hidden)
        self.primary[[at for at, each in zip(self.place, candidates, strict=True) if each.id in to_hide]] = True
        # What everybody knows to be empty gains nothing by being hidden. As a candidate it costs little and misleads every cut.
        self.is_candidate: BoolArray = (np.bincount(self.place, minlength=self.size) > 0) & (
            ~is_known_zero | self.primary
        )
        self.fall, self.rise = np.full(self.size, FAR, np.int64), np.full(self.size, FAR, np.int64)
        self._tell_bounds()

    def _merge(self, knowledge: Sequence[Restrictions]) -> BoolArray:
        """Take atomic cells that no form and no view tells apart for one. Returns which forms every view knows to be empty."""
        nobody = np.logical_and.reduce([np.ones(len(self.counts), np.bool_), *(each.is_frozen for each in knowledge)])
        is_known_zero = np.array([nobody[unknowns].all() for unknowns, _ in self.forms.terms], np.bool_)
        groups = chain(groups_of(self.forms.terms), *(each.groups(nobody) for each in knowledge))
        cells = MergedCells(len(self.counts), groups)
        self.counts = cells.sums(self.counts)
        self.views = {name: replace(view, floors=cells.sums(view.floors)) for name, view in self.views.items()}
        self.forms.merge(cells)
        for each in knowledge:
            each.merge(cells, self.counts)
        return is_known_zero

    def _tell_bounds(self) -> None:
        """Heed what a reader is told of a hidden candidate. Equal forms are told all bounds of each other."""
        for at, each in zip(self.place, self.candidates, strict=True):
            self.fall[at] = min(self.fall[at], self.truth[at] - each.least)
            self.rise[at] = min(self.rise[at], FAR if each.most is None else each.most - self.truth[at])
        if wrong := [
            each.id
            for at, each in zip(self.place, self.candidates, strict=True)
            if min(self.fall[at], self.rise[at]) < 0
        ]:
            raise Untrue("what is told of hidden cells", wrong)

    def cost(self, hidden: BoolArray) -> float:
        """What hiding these forms costs a reader."""
        return float(self.weights[hidden].sum())

    @property
    def prices(self) -> FloatArray:
        """The weights, no two the same."""
        return self.weights * (1 + SPREAD * self.random)

    def to_vary(self, hidden: BoolArray) -> list[Need]:
        """The needs that no hidden form is determined in the views that ask for it."""
        names = {int(at): each.id for at, each in zip(self.place, self.candidates, strict=True) if hidden[at]}
        hidden_in_views = ((name, view, place) for view in self.undetermined_in for place, name in names.items())
        return [Need(name, view, place, BOTH, 1, strict=False) for name, view, place in hidden_in_views]

    def ids(self, hidden: BoolArray) -> frozenset[str]:
        """The ids of the candidates at the hidden places."""
        return frozenset(each.id for at, each in zip(self.place, self.candidates, strict=True) if hidden[at])


def needs_of(target: Target, place: int, truth: int) -> Iterator[Need]:
    """What a target asks for beyond the truth."""
    if target.low is not None and target.low < truth:
        yield Need(target.id, target.view, place, -1, truth - target.low)
    if target.high is not None and target.high > truth:
        yield Need(target.id, target.view, place, 1, target.high - truth)
    if target.width > 0:
        yield Need(target.id, target.view, place, BOTH, target.width)
