"""The reasons: which cells and facts together contradict each other, or bound a value. They are read from the solver's prices."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cases.statistics.protection.audit.knowledge import Knowledge
from cases.statistics.protection.audit.reduce import BoundedSum, ReducedKnowledge
from cases.statistics.protection.audit.solver import FloatArray, Solver, System
from cases.statistics.protection.views import Constraint, View


def conflicting_sources(view: View, shown: Sequence[Constraint] = ()) -> tuple[str, ...]:
    """The sources of constraints that cannot all hold, of a view that cannot. Empty where fractions could hold.

    Every constraint may be missed by an amount, and the sum of the amounts is made least. The constraints with a price are the
    contradiction.
    """
    knowledge = Knowledge.of(view, shown)
    size, rows = knowledge.size, len(knowledge.rows)
    over, under = size + np.arange(rows), size + rows + np.arange(rows)
    conditions = tuple(
        BoundedSum(np.append(each.plus, over[place]), np.append(each.minus, under[place]), each.low, each.high)
        for place, each in enumerate(_without_reduction(knowledge))
    )
    floors = np.concatenate((view.floors, np.zeros(2 * rows, dtype=np.int64)))
    solver = Solver(System(ReducedKnowledge(np.ones(len(floors), dtype=np.bool_), conditions), view.ties), floors)
    amounts = np.concatenate((np.zeros(size), -np.ones(2 * rows)))
    answer = solver.farthest(amounts)
    # Where nothing has to be missed, fractions would do, and there is no price to read.
    return _sources_with_price(knowledge, solver) if answer.bound is not None and answer.bound < -0.5 else ()


def bounding_sources(view: View, shown: Sequence[Constraint], direction: FloatArray) -> tuple[str, ...]:
    """The sources of the constraints that together bound the sum of direction × unknown from above."""
    knowledge = Knowledge.of(view, shown)
    solver = Solver(
        System(ReducedKnowledge(np.ones(knowledge.size, dtype=np.bool_), _without_reduction(knowledge)), view.ties),
        view.floors,
    )
    solver.farthest(direction)
    return _sources_with_price(knowledge, solver)


def _without_reduction(knowledge: Knowledge) -> tuple[BoundedSum, ...]:
    bounds = zip(knowledge.low.tolist(), knowledge.high.tolist(), strict=True)
    return tuple(
        BoundedSum(row.form.plus, row.form.minus, low, high)
        for row, (low, high) in zip(knowledge.rows, bounds, strict=True)
    )


def _sources_with_price(knowledge: Knowledge, solver: Solver) -> tuple[str, ...]:
    prices = solver.prices()[: len(knowledge.rows)]
    return tuple(
        dict.fromkeys(knowledge.rows[place].source for place in np.flatnonzero(np.abs(prices) > 1e-6).tolist())
    )
