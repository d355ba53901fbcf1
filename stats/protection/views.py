"""What an intruder knows of a space, as linear constraints, and what must stay possible in spite of it.

A *view* is one kind of intruder. A *target* is the protection level that one cell must keep in one view. The suppressor and the
auditor are given the same views and targets, and share nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from stats.protection.space import NO_UNKNOWNS, IntArray, LinearForm


@dataclass(frozen=True, eq=False, slots=True)
class Constraint:
    """What is known of one sum: low ≤ form ≤ high. None is no bound. `source` names the cell or the fact that says so."""

    source: str
    form: LinearForm
    low: int | None
    high: int | None


@dataclass(frozen=True, eq=False, slots=True)
class Tie:
    """Two vintages of the same atomic cells: in each cell later = earlier + added − removed, all of them at least zero.

    `added` and `removed` are the sums of these over all cells, in records. An insider knows some of the records: `known_earlier`
    and `known_later` say how many in each cell. `added` and `removed` then count the other records alone.
    """

    earlier: IntArray
    later: IntArray
    added: int
    removed: int
    known_earlier: IntArray = field(default_factory=lambda: NO_UNKNOWNS)
    known_later: IntArray = field(default_factory=lambda: NO_UNKNOWNS)

    @property
    def shift(self) -> IntArray:
        """How much of later − earlier an insider's own records account for, cell by cell."""
        return self.known_later - self.known_earlier if len(self.known_later) else np.zeros(len(self.later), np.int64)


@dataclass(frozen=True, eq=False, slots=True)
class View:
    """What one intruder knows apart from the release in question. Every unknown is at least its floor.

    The floors are zero; an insider's are its own records.
    """

    name: str
    floors: IntArray
    rows: tuple[Constraint, ...] = ()
    ties: tuple[Tie, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Target:
    """The protection level of a form in a view: its feasibility interval reaches down to `low`, up to `high`, and spans `width`.

    None, or a width of 0, demands nothing. `reason` names the rule, and is never published.
    """

    id: str
    view: str
    form: LinearForm
    low: int | None
    high: int | None
    width: int = 0
    reason: str = ""

    def within(self, least: int | None, most: int | None) -> Target:
        """The target, as far as a form that is known to be between these ends (None: no bound) leaves it."""
        low = self.low if self.low is None or least is None else max(self.low, least)
        high = self.high if self.high is None or most is None else min(self.high, most)
        width = self.width if least is None or most is None else min(self.width, most - least)
        return replace(self, low=low, high=high, width=width)

    @property
    def limits(self) -> tuple[int | None, int | None, int]:
        """What it demands."""
        return self.low, self.high, self.width


def noise_row(source: str, form: LinearForm, value: int | None, threshold: int, deviation: int) -> Constraint:
    """What is known of a cell with noise of at most `deviation`: an interval, also where it is not shown (None)."""
    if value is None:
        return Constraint(source, form, 0, threshold - 1 + deviation)
    return Constraint(source, form, max(0, value - deviation), value + deviation)


# The weights of the total and of a cell of a table of one dimension, where one of a larger table has 1.
ONE_WAY, WHOLE = 20.0, 1e4


def weigh(count: int, dimensions: int, threshold: int) -> float:
    """What hiding a cell of a table costs a reader: more for more persons, and far more for a margin.

    It grows in steps: up to 5 persons, 10, 20, 40 and so on. If one person more made a cell dearer, which cells are hidden would
    tell who knows the method how many are in them.
    """
    steps = 1 + ((count - 1) // threshold).bit_length() if count else 0
    return (1 + steps) * {0: WHOLE, 1: ONE_WAY}.get(dimensions, 1.0)


@dataclass(frozen=True, eq=False, slots=True)
class SuppressionCandidate:
    """A cell that the release may show or hide. `weight`: what hiding it costs a reader.

    `least` and `most` are what a reader is told of the cell when it is hidden: it lies between them. None is no bound.
    """

    id: str
    form: LinearForm
    weight: float
    least: int = 0
    most: int | None = None
