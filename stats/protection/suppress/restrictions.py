"""What a view knows, as restrictions on deviations from the truth; and the exact check that a witness keeps all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

import numpy as np

from stats.protection.space import IntArray
from stats.protection.suppress.forms import flatten, terms_of
from stats.protection.suppress.merging import MergedCells, groups_of
from stats.protection.suppress.solver import BoolArray
from stats.protection.views import Constraint, Tie, View

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
