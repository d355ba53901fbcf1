"""What views know, laid out once for the suppressor's programs and for the exact check of its witnesses."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cases.statistics.protection.space import IntArray
from cases.statistics.protection.suppress.forms import laid, terms
from cases.statistics.protection.views import Constraint, Tie, View

FAR = 2**62


def broken(view: View, point: IntArray) -> list[str]:
    """What of a view a point breaks, in whole numbers: the sources of rows, or that it is a floor or a tie."""
    found = ["a floor"] if (point < view.floors).any() else []
    for row in view.rows:
        value = row.form.value(point)
        if (row.low is not None and value < row.low) or (row.high is not None and value > row.high):
            found.append(row.source)
    return found + ["a tie" for tie in view.ties if not tied(tie, point)]


def tied(tie: Tie, point: IntArray) -> bool:
    """Whether added and removed records can account for what lies between two vintages: in sum, and cell by cell."""
    net = point[tie.later] - point[tie.earlier] - tie.shift
    return bool(net.sum() == tie.added - tie.removed and np.maximum(net, 0).sum() <= tie.added)


class Known:
    """Rows and ties, about deviations from the counts. The cells under a known zero are `still`: they cannot rise."""

    def __init__(self, counts: IntArray, rows: Sequence[Constraint], ties: Sequence[Tie]) -> None:
        self.counts, self.ties = counts, tuple(ties)
        self.still = np.zeros(len(counts), np.bool_)
        kept = []
        for row in rows:
            if row.high == 0 and not len(row.form.minus):
                self.still[row.form.plus] = True
            else:
                kept.append((terms(row.form), row, row.form.value(counts)))
        self.terms = [each for each, _, _ in kept]
        self.low = np.array([-FAR if row.low is None else row.low - value for _, row, value in kept], np.int64)
        self.high = np.array([FAR if row.high is None else row.high - value for _, row, value in kept], np.int64)
        self._laid = laid(self.terms)

    def allows(self, deviation: IntArray) -> bool:
        """Whether a deviation breaks nothing of this, in whole numbers."""
        numbers, factors, ends = self._laid
        sums = np.diff(np.concatenate([np.zeros(1, np.int64), np.cumsum(deviation[numbers] * factors)])[ends])
        kept = not deviation[self.still].any() and bool((sums >= self.low).all() and (sums <= self.high).all())
        return kept and all(tied(tie, self.counts + deviation) for tie in self.ties)
