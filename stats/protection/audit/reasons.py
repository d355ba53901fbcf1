"""The reasons: which cells and facts together contradict each other, or bound a value. They are read from the solver's prices."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from stats.protection.audit.knowledge import Knowledge
from stats.protection.audit.reduce import BoundedSum, ReducedKnowledge, bounded_sums
from stats.protection.audit.solver import FloatArray, Solver, System
from stats.protection.space import IntArray
from stats.protection.views import Constraint, View


def conflicting_sources(view: View, shown: Sequence[Constraint] = ()) -> tuple[str, ...]:
    """The sources of constraints that cannot all hold, of a view that cannot. Empty where fractions could hold.

    Every constraint may be missed by an amount, and the sum of the amounts is made least. The constraints with a price are the
    contradiction.
    """
    knowledge = Knowledge.of(view, shown)
    size, rows = knowledge.size, len(knowledge.rows)
    over, under = size + np.arange(rows), size + rows + np.arange(rows)
    conditions = [
        BoundedSum(np.append(each.plus, over[place]), np.append(each.minus, under[place]), each.low, each.high)
        for place, each in enumerate(bounded_sums(knowledge))
    ]
    floors = np.concatenate((view.floors, np.zeros(2 * rows, dtype=np.int64)))
    solver = _solver(view, conditions, floors)
    answer = solver.farthest(np.concatenate((np.zeros(size), -np.ones(2 * rows))))
    # Where nothing has to be missed, fractions would do, and there is no price to read.
    return _sources_with_price(knowledge, solver) if answer.bound is not None and answer.bound < -0.5 else ()


def bounding_sources(view: View, shown: Sequence[Constraint], direction: FloatArray) -> tuple[str, ...]:
    """The sources of the constraints that together bound the sum of direction × unknown from above."""
    knowledge = Knowledge.of(view, shown)
    solver = _solver(view, bounded_sums(knowledge), view.floors)
    solver.farthest(direction)
    return _sources_with_price(knowledge, solver)


def _solver(view: View, conditions: Sequence[BoundedSum], floors: IntArray) -> Solver:
    free = np.ones(len(floors), dtype=np.bool_)
    return Solver(System(ReducedKnowledge(free, tuple(conditions)), view.ties), floors)


def _sources_with_price(knowledge: Knowledge, solver: Solver) -> tuple[str, ...]:
    prices = solver.prices()[: len(knowledge.rows)]
    return tuple(
        dict.fromkeys(knowledge.rows[place].source for place in np.flatnonzero(np.abs(prices) > 1e-6).tolist())
    )
