"""What an intruder knows, as linear conditions over whole numbers; and the exact check that a point satisfies them.

The conditions stand here as they were given. A point is a witness only if it satisfies every one of them, in whole numbers: no
proof rests on the solver, nor on `reduce`, which makes the smaller system that the solver works on.

It repeats three steps until nothing changes. None of them changes the set of possible counts. Unknowns under a published zero
are zero. Conditions on the same sum become one. From a sum of which a part is known exactly, that part is taken away: of a
total whose cells are all shown but two, the sum of these two remains. Differences and ties stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import numpy.typing as npt

from stats.protection.space import NO_UNKNOWNS, IntArray, LinearForm
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


BoolArray = npt.NDArray[np.bool_]
_ROUNDS = 10


@dataclass(frozen=True, eq=False, slots=True)
class BoundedSum:
    """low ≤ Σ plus − Σ minus ≤ high, ±`FAR` where there is no bound."""

    plus: IntArray
    minus: IntArray
    low: int
    high: int


@dataclass(frozen=True, eq=False, slots=True)
class ReducedKnowledge:
    """Conditions with the same solutions. `free[b]` is false for an unknown that can only be zero: no condition mentions it.

    `impossible`: the reduction found that the conditions cannot hold.
    """

    free: BoolArray
    conditions: tuple[BoundedSum, ...]
    impossible: bool = False


def bounded_sums(knowledge: Knowledge) -> list[BoundedSum]:
    """The conditions as they were given, in their order."""
    bounds = zip(knowledge.rows, knowledge.low.tolist(), knowledge.high.tolist(), strict=True)
    return [BoundedSum(row.form.plus, row.form.minus, low, high) for row, low, high in bounds]


def reduce(knowledge: Knowledge) -> ReducedKnowledge:
    """The knowledge with fewer and shorter conditions. Its ties are not reduced."""
    free, conditions = np.ones(knowledge.size, dtype=np.bool_), bounded_sums(knowledge)
    for _ in range(_ROUNDS):
        before = _size_of(conditions, free)
        conditions = _merge_equal(_drop_zeros(conditions, free))
        if any(
            each.low > each.high or (not len(each.plus) + len(each.minus) and not each.low <= 0 <= each.high)
            for each in conditions
        ):
            return ReducedKnowledge(free, (), impossible=True)
        conditions = _shorten([each for each in conditions if len(each.plus) + len(each.minus)], knowledge.size)
        if _size_of(conditions, free) == before:
            break
    return ReducedKnowledge(free, tuple(_merge_equal(_drop_zeros(conditions, free))))


def _size_of(conditions: list[BoundedSum], free: BoolArray) -> tuple[int, int]:
    return sum(len(each.plus) + len(each.minus) for each in conditions), int(free.sum())


def _drop_zeros(conditions: list[BoundedSum], free: BoolArray) -> list[BoundedSum]:
    """The conditions without the unknowns that can only be zero. These are marked in `free`."""
    for each in conditions:
        if each.high == 0 and not len(each.minus):
            free[each.plus] = False
    sums_kept = [
        replace(each, plus=each.plus[free[each.plus]], minus=each.minus[free[each.minus]]) for each in conditions
    ]
    # A sum of counts is at least zero by itself.
    return [each for each in sums_kept if not (each.high == FAR and each.low <= 0 and not len(each.minus))]


def _merge_equal(conditions: list[BoundedSum]) -> list[BoundedSum]:
    """The conditions, of each sum one."""
    sums_found: dict[tuple[bytes, bytes], BoundedSum] = {}
    for each in conditions:
        each = replace(each, plus=np.sort(each.plus), minus=np.sort(each.minus))
        name = (each.plus.tobytes(), each.minus.tobytes())
        other = sums_found.get(name, each)
        sums_found[name] = replace(each, low=max(each.low, other.low), high=min(each.high, other.high))
    return list(sums_found.values())


def _shorten(conditions: list[BoundedSum], size: int) -> list[BoundedSum]:
    """The conditions, the shortest first, each without the parts that shorter ones determine."""
    order = sorted(conditions, key=lambda each: len(each.plus))
    containing: list[list[int]] = [[] for _ in range(size)]
    is_covered = np.zeros(size, dtype=np.bool_)
    sums_done: list[BoundedSum] = []
    for each in order:
        each = _take_away_parts(each, sums_done, containing, is_covered)
        if len(each.plus) + len(each.minus) == 0 and each.low <= 0 <= each.high:
            continue
        if each.low == each.high and not len(each.minus):
            for unknown in each.plus.tolist():
                containing[unknown].append(len(sums_done))
        sums_done.append(each)
    return sums_done


def _take_away_parts(
    each: BoundedSum, sums_done: list[BoundedSum], containing: list[list[int]], is_covered: BoolArray
) -> BoundedSum:
    """A condition without disjoint parts of it that are known exactly. The longest parts are taken away first."""
    if len(each.minus) or not len(each.plus):
        return each
    places_met = [place for unknown in each.plus.tolist() for place in containing[unknown]]
    if not places_met:
        return each
    places, times = np.unique(np.array(places_met), return_counts=True)
    inside = [
        place for place, n in zip(places.tolist(), times.tolist(), strict=True) if n == len(sums_done[place].plus)
    ]
    sum_known = 0
    for place in sorted(inside, key=lambda place: (-len(sums_done[place].plus), place)):
        part = sums_done[place].plus
        if not is_covered[part].any():
            is_covered[part] = True
            sum_known += sums_done[place].low
    rest = each.plus[~is_covered[each.plus]]
    is_covered[each.plus] = False
    return BoundedSum(
        rest if len(rest) else NO_UNKNOWNS,
        each.minus,
        each.low - sum_known if each.low > -FAR else -FAR,
        each.high - sum_known if each.high < FAR else FAR,
    )
