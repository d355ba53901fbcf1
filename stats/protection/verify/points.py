"""Points and sums: the arithmetic of the verifier. Every number is a whole number of persons.

The atomic cells of a block are numbered from 0, the last dimension fastest. A point has a number of persons for each. It is written
as a *base* and a *change*: two mappings from a cell's number to a number, in which nothing is zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from operator import mul
from typing import Any

Counts = dict[int, int]


class AtomicCells:
    """The numbering of the atomic cells."""

    def __init__(self, dimensions: Sequence[Mapping[str, Any]]) -> None:
        self.shape = [len(dimension["atoms"]) for dimension in dimensions]
        self.size = prod(self.shape)
        self.steps = [prod(self.shape[place + 1 :]) for place in range(len(self.shape))]

    def members(self, sides: Iterable[tuple[int, Sequence[int]]]) -> list[int]:
        """The cells with the atoms that `sides` lists of some dimensions, and any atom of the others.

        Raises `ValueError` for a dimension or an atom that there is not, or that is listed twice.
        """
        atoms: list[Sequence[int]] = [range(size) for size in self.shape]
        places_left = set(range(len(self.shape)))
        for place, codes_listed in sides:
            if place not in places_left:
                raise ValueError("no such dimension")
            places_left.remove(place)
            if len(set(codes_listed)) < len(codes_listed) or not set(codes_listed) <= set(range(self.shape[place])):
                raise ValueError("no such atoms")
            atoms[place] = codes_listed
        return [sum(map(mul, each, self.steps)) for each in product(*atoms)]

    def counts(self, pairs: Iterable[tuple[int, int]]) -> Counts:
        """Numbers by cell. Raises `ValueError` for what is no whole number, no cell, or a cell twice."""
        counts_found: Counts = {}
        for place, value in pairs:
            if type(place) is not int or type(value) is not int or not 0 <= place < self.size or place in counts_found:
                raise ValueError("no whole numbers by atomic cell")
            counts_found[place] = value
        return counts_found


@dataclass(frozen=True, slots=True)
class Points:
    """The points of a block.

    `bases[n]`: whether it is to agree with the facts, and its counts. `changes[n]`: its base, its change.
    """

    bases: Sequence[tuple[bool, Counts]]
    changes: Sequence[tuple[int, Counts]]

    @classmethod
    def read(cls, certificate: Mapping[str, Any], cells: AtomicCells) -> Points:
        """The points of a block's certificate. Raises `ValueError` as `AtomicCells.counts` does."""
        return cls(
            [(bool(base["facts"]), cells.counts(base["values"])) for base in certificate["bases"]],
            [(int(point["base"]), cells.counts(point["change"])) for point in certificate["points"]],
        )

    def with_facts(self) -> Points:
        """The points that are to agree with the facts."""
        return Points(self.bases, [change for change in self.changes if self.bases[change[0]][0]])

    def count(self, point: int, members: Iterable[int]) -> int:
        """The number of persons in some cells at a point."""
        base, change = self.changes[point]
        return sum(self.bases[base][1].get(member, 0) + change.get(member, 0) for member in members)

    def under_zero(self) -> Iterator[str]:
        """The bases and points with a count under zero."""
        for n, (_, base) in enumerate(self.bases):
            if any(value < 0 for value in base.values()):
                yield f"base {n}"
        for n, (of, change) in enumerate(self.changes):
            base = self.bases[of][1]
            if any(base.get(place, 0) + value < 0 for place, value in change.items()):
                yield f"point {n}"


@dataclass(frozen=True, slots=True)
class BoundedCount:
    """low ≤ the number of persons in the members ≤ high. None: no bound."""

    name: str
    members: list[int]
    low: int | None
    high: int | None

    def holds(self, count: int) -> bool:
        """Whether a number of persons is within the bounds."""
        return (self.low is None or count >= self.low) and (self.high is None or count <= self.high)


def ranges(forms: Sequence[list[int]], points: Points, size: int) -> list[tuple[int, int] | None]:
    """For each of some sums of cells the least and the greatest number of persons at any of the points. None: no points."""
    conditions = [BoundedCount("", members, None, None) for members in forms]
    containing, extremes = _conditions_by_cell(conditions, size), [list[int]() for _ in forms]
    for of in sorted({of for of, _ in points.changes}):
        base = points.bases[of][1]
        sums = [sum(base.get(member, 0) for member in members) for members in forms]
        moves = [_differences(change, containing) for place, change in points.changes if place == of]
        for n, count in enumerate(sums):
            extremes[n] += [
                count + min(each.get(n, 0) for each in moves),
                count + max(each.get(n, 0) for each in moves),
            ]
    return [(min(counts), max(counts)) if counts else None for counts in extremes]


def find_broken(conditions: Sequence[BoundedCount], points: Points, size: int) -> Iterator[str]:
    """The conditions that do not hold, each with the base or point at which it does not.

    Of a point only the sums that its change touches are added up again.
    """
    containing = _conditions_by_cell(conditions, size)
    sums = [[sum(base.get(member, 0) for member in each.members) for each in conditions] for _, base in points.bases]
    for of in sorted({of for of, _ in points.changes}):
        pairs = zip(conditions, sums[of], strict=True)
        yield from (f"{condition.name} at base {of}" for condition, count in pairs if not condition.holds(count))
    for point, (of, change) in enumerate(points.changes):
        for n, movement in _differences(change, containing).items():
            if not conditions[n].holds(sums[of][n] + movement):
                yield f"{conditions[n].name} at point {point}"


def _conditions_by_cell(conditions: Sequence[BoundedCount], size: int) -> list[list[int]]:
    """For each atomic cell the conditions (by place) that have it."""
    containing: list[list[int]] = [[] for _ in range(size)]
    for n, condition in enumerate(conditions):
        for member in condition.members:
            containing[member].append(n)
    return containing


def _differences(change: Counts, containing: Sequence[Sequence[int]]) -> dict[int, int]:
    """By how much a change moves the sum of each condition that it touches."""
    movements: dict[int, int] = defaultdict(int)
    for place, value in change.items():
        for n in containing[place]:
            movements[n] += value
    return movements
