"""What an intruder knows, as linear conditions over whole numbers; and the exact check that a point satisfies them.

The conditions stand here as they were given. A point is a witness only if it satisfies every one of them, in whole numbers: no
proof rests on the solver, nor on `reduce`, which makes the smaller system that the solver works on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from stats.protection.space import IntArray, LinearForm
from stats.protection.views import Constraint, Tie, View

# Where a condition has no bound. No count comes near it, and sums of a few stay inside 64 bits.
FAR = 2**60


class Contradiction(Exception):
    """No counts satisfy what a view knows. `sources` names cells and facts that cannot all hold, where that was found."""

    def __init__(self, view: str, sources: Sequence[str]) -> None:
        self.view, self.sources = view, tuple(sources)
        super().__init__(f"{view}: these contradict each other: {', '.join(self.sources) or 'its rows'}")


@dataclass(frozen=True, eq=False, slots=True)
class Sums:
    """Many forms in flat arrays: form i has the unknowns `index[start[i]:start[i+1]]`, each with its sign."""

    index: IntArray
    sign: IntArray
    start: IntArray

    @classmethod
    def of(cls, forms: Iterable[LinearForm]) -> Self:
        """The forms in their order."""
        parts, signs, sizes = [np.empty(0, np.int64)], [np.empty(0, np.int64)], [0]
        for form in forms:
            parts += [form.plus, form.minus]
            signs += [np.ones(len(form.plus), np.int64), -np.ones(len(form.minus), np.int64)]
            sizes.append(len(form.plus) + len(form.minus))
        return cls(np.concatenate(parts), np.concatenate(signs), np.cumsum(sizes, dtype=np.int64))

    def values(self, point: IntArray) -> IntArray:
        """The value of every form at a point."""
        running = np.concatenate((np.zeros(1, np.int64), np.cumsum(self.sign * point[self.index])))
        values: IntArray = running[self.start[1:]] - running[self.start[:-1]]
        return values


@dataclass(frozen=True, eq=False, slots=True)
class Knowledge:
    """The conditions on `size` unknowns, each a whole number and not negative."""

    size: int
    rows: tuple[Constraint, ...]
    ties: tuple[Tie, ...]
    sums: Sums
    low: IntArray
    high: IntArray

    @classmethod
    def of(cls, view: View, shown: Sequence[Constraint] = ()) -> Self:
        """What a view knows, without its floors, once some cells are shown. Raises `ValueError` for a malformed condition."""
        rows, size = (*view.rows, *shown), len(view.floors)
        sums = Sums.of(row.form for row in rows)
        members = np.concatenate((sums.index, *(np.concatenate((tie.earlier, tie.later)) for tie in view.ties)))
        if len(members) and not 0 <= members.min() <= members.max() < size:
            raise ValueError(f"{view.name}: a condition is on an unknown that there is not.")
        places = np.repeat(np.arange(len(rows)), np.diff(sums.start)) * size + sums.index
        if len(np.unique(places)) < len(places):
            raise ValueError(f"{view.name}: a condition has an unknown twice.")
        if size and view.floors.min() < 0:
            raise ValueError(f"{view.name}: a floor is under zero.")
        low = np.array([-FAR if row.low is None else row.low for row in rows], dtype=np.int64)
        high = np.array([FAR if row.high is None else row.high for row in rows], dtype=np.int64)
        return cls(size, rows, view.ties, sums, low, high)

    def holds(self, point: IntArray, floors: IntArray) -> bool:
        """Whether a point satisfies every condition and the floors, in whole numbers."""
        if point.min(initial=0) < 0 or (point < floors).any():
            return False
        values = self.sums.values(point)
        rows = bool(((values >= self.low) & (values <= self.high)).all())
        return rows and all(tie_holds(tie, point) for tie in self.ties)


def tie_holds(tie: Tie, point: IntArray) -> bool:
    """Whether adding and removing so many records can have made the later counts of the earlier ones.

    The added are at least the sum of all rises, and at most all that are there later; the totals differ by added − removed.
    """
    net = point[tie.later] - point[tie.earlier] - tie.shift
    rise, there = int(np.maximum(net, 0).sum()), int(point[tie.later].sum() - tie.known_later.sum())
    return int(net.sum()) == tie.added - tie.removed and rise <= tie.added <= there
