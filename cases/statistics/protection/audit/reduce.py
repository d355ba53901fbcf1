"""The same knowledge in fewer and shorter conditions, for the solver's sake.

Three steps, each of which leaves the set of possible counts as it is: unknowns under a published zero are zero; equal sums are one
condition; from a sum of which a part is known exactly, that part is taken away (of a total whose cells are shown but for two, the
sum of these two remains). They are repeated until nothing changes. Differences and ties are left alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from cases.statistics.protection.audit.knowledge import FAR, Knowledge
from cases.statistics.protection.space import NO_UNKNOWNS, IntArray

BoolArray = npt.NDArray[np.bool_]
_ROUNDS = 10


@dataclass(frozen=True, eq=False, slots=True)
class Condition:
    """low ≤ Σ plus − Σ minus ≤ high, ±`FAR` where there is no bound."""

    plus: IntArray
    minus: IntArray
    low: int
    high: int


@dataclass(frozen=True, eq=False, slots=True)
class Reduced:
    """Equivalent conditions. `free[b]` is false for an unknown that can only be zero; no condition mentions it.

    `impossible`: the conditions cannot hold, as was seen on the way.
    """

    free: BoolArray
    conditions: tuple[Condition, ...]
    impossible: bool = False


def reduce(knowledge: Knowledge) -> Reduced:
    """The reduced conditions of some knowledge. Its ties are not reduced."""
    free = np.ones(knowledge.size, dtype=np.bool_)
    bounds = zip(knowledge.low.tolist(), knowledge.high.tolist(), strict=True)
    conditions = [
        Condition(row.form.plus, row.form.minus, low, high)
        for row, (low, high) in zip(knowledge.rows, bounds, strict=True)
    ]
    for _ in range(_ROUNDS):
        before = _weight(conditions, free)
        conditions = _unique(_without_zeros(conditions, free))
        if any(
            each.low > each.high or (not len(each.plus) + len(each.minus) and not each.low <= 0 <= each.high)
            for each in conditions
        ):
            return Reduced(free, (), impossible=True)
        conditions = _shortened([each for each in conditions if len(each.plus) + len(each.minus)], knowledge.size)
        if _weight(conditions, free) == before:
            break
    return Reduced(free, tuple(_unique(_without_zeros(conditions, free))))


def _weight(conditions: list[Condition], free: BoolArray) -> tuple[int, int]:
    return sum(len(each.plus) + len(each.minus) for each in conditions), int(free.sum())


def _without_zeros(conditions: list[Condition], free: BoolArray) -> list[Condition]:
    """The conditions without the unknowns that can only be zero, which are marked in `free`."""
    for each in conditions:
        if each.high == 0 and not len(each.minus):
            free[each.plus] = False
    kept = [replace(each, plus=each.plus[free[each.plus]], minus=each.minus[free[each.minus]]) for each in conditions]
    # A sum of counts is at least zero by itself.
    return [each for each in kept if not (each.high == FAR and each.low <= 0 and not len(each.minus))]


def _unique(conditions: list[Condition]) -> list[Condition]:
    """The conditions, with those of the same sum joined."""
    found: dict[tuple[bytes, bytes], Condition] = {}
    for each in conditions:
        each = replace(each, plus=np.sort(each.plus), minus=np.sort(each.minus))
        name = (each.plus.tobytes(), each.minus.tobytes())
        other = found.get(name, each)
        found[name] = replace(each, low=max(each.low, other.low), high=min(each.high, other.high))
    return list(found.values())


def _shortened(conditions: list[Condition], size: int) -> list[Condition]:
    """The conditions, shortest first, each without the parts that shorter ones say exactly."""
    order = sorted(conditions, key=lambda each: len(each.plus))
    containing: list[list[int]] = [[] for _ in range(size)]
    covered = np.zeros(size, dtype=np.bool_)
    done: list[Condition] = []
    for each in order:
        each = _less_parts(each, done, containing, covered)
        if len(each.plus) + len(each.minus) == 0 and each.low <= 0 <= each.high:
            continue
        if each.low == each.high and not len(each.minus):
            for unknown in each.plus.tolist():
                containing[unknown].append(len(done))
        done.append(each)
    return done


def _less_parts(each: Condition, done: list[Condition], containing: list[list[int]], covered: BoolArray) -> Condition:
    """A condition less disjoint parts of it that are known exactly, the longest first."""
    if len(each.minus) or not len(each.plus):
        return each
    met = [place for unknown in each.plus.tolist() for place in containing[unknown]]
    if not met:
        return each
    places, times = np.unique(np.array(met), return_counts=True)
    inside = [place for place, n in zip(places.tolist(), times.tolist(), strict=True) if n == len(done[place].plus)]
    known = 0
    for place in sorted(inside, key=lambda place: (-len(done[place].plus), place)):
        part = done[place].plus
        if not covered[part].any():
            covered[part] = True
            known += done[place].low
    left = each.plus[~covered[each.plus]]
    covered[each.plus] = False
    return Condition(
        left if len(left) else NO_UNKNOWNS,
        each.minus,
        each.low - known if each.low > -FAR else -FAR,
        each.high - known if each.high < FAR else FAR,
    )
