"""Why a view cannot hold, or why a value in it is bounded: the cells and facts that say so together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cases.statistics.protection.audit.knowledge import Knowledge
from cases.statistics.protection.audit.reduce import Condition, Reduced
from cases.statistics.protection.audit.solver import FloatArray, Solver, System
from cases.statistics.protection.views import Constraint, View


def conflict(view: View, shown: Sequence[Constraint] = ()) -> tuple[str, ...]:
    """The sources of rows that cannot all hold, of a view of which that is known; empty where only whole numbers tell.

    Every row may be missed by an amount, and the sum of the amounts is made least: the rows with a price are a contradiction.
    """
    knowledge = Knowledge.of(view, shown)
    size, rows = knowledge.size, len(knowledge.rows)
    over, under = size + np.arange(rows), size + rows + np.arange(rows)
    conditions = tuple(
        Condition(np.append(each.plus, over[place]), np.append(each.minus, under[place]), each.low, each.high)
        for place, each in enumerate(_as_given(knowledge))
    )
    floors = np.concatenate((view.floors, np.zeros(2 * rows, dtype=np.int64)))
    solver = Solver(System(Reduced(np.ones(len(floors), dtype=np.bool_), conditions), view.ties), floors)
    amounts = np.concatenate((np.zeros(size), -np.ones(2 * rows)))
    answer = solver.farthest(amounts)
    # Where nothing has to be missed, fractions would do, and there is no price to read.
    return _priced(knowledge, solver) if answer.bound is not None and answer.bound < -0.5 else ()


def bounding(view: View, shown: Sequence[Constraint], direction: FloatArray) -> tuple[str, ...]:
    """The sources of the rows that together keep the sum of direction × unknown from being larger than it can be."""
    knowledge = Knowledge.of(view, shown)
    solver = Solver(
        System(Reduced(np.ones(knowledge.size, dtype=np.bool_), _as_given(knowledge)), view.ties), view.floors
    )
    solver.farthest(direction)
    return _priced(knowledge, solver)


def _as_given(knowledge: Knowledge) -> tuple[Condition, ...]:
    bounds = zip(knowledge.low.tolist(), knowledge.high.tolist(), strict=True)
    return tuple(
        Condition(row.form.plus, row.form.minus, low, high)
        for row, (low, high) in zip(knowledge.rows, bounds, strict=True)
    )


def _priced(knowledge: Knowledge, solver: Solver) -> tuple[str, ...]:
    prices = solver.prices()[: len(knowledge.rows)]
    return tuple(
        dict.fromkeys(knowledge.rows[place].source for place in np.flatnonzero(np.abs(prices) > 1e-6).tolist())
    )
