"""Small moves from one point, the *base*: the way to witnesses in whole numbers.

The base satisfies all conditions. The smallest move that takes a sum to a wanted value is the solution of a linear program. It
touches few unknowns, and is mostly in whole numbers. Where it is not, the same question is asked in whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

import highspy
import numpy as np
from highspy._core import _Highs

from stats.protection.audit.solver import LEAST, FloatArray, SolverAnswer, System, build_model, solve
from stats.protection.space import IntArray

_TOUCHED = 1e-6
_SPREAD = 3.0  # by how much the price of one unknown may differ from that of another: ties are broken at random


class Moves:
    """The moves from a base, for views with the same conditions. The views differ in their floors alone."""

    def __init__(self, system: System, base: IntArray, *, seed: int = 0) -> None:
        self._system, self.base = system, base
        self._random = np.random.default_rng(seed)
        self._free = len(system.free)
        self._down = np.flatnonzero(base[system.free] > 0)  # what is zero cannot fall
        self._places = np.arange(self._free + len(self._down), dtype=np.int32)
        self._models: dict[bool, _Highs] = {}

    def nearest(self, floors: IntArray, direction: FloatArray, least: int) -> SolverAnswer:
        """The point nearest to the base where the sum of direction × unknown is `least` or more. Random prices break ties."""
        places, spare = self._places, self._spare(floors)
        prices = 1 + _SPREAD * self._random.uniform(size=len(places))
        return self._ask(False, prices, spare, direction, least)

    def whole(
        self, floors: IntArray, direction: FloatArray, least: int, among: Sequence[FloatArray] | None
    ) -> SolverAnswer:
        """Such a point in whole numbers. With `among` it differs from the base only where one of these points does."""
        spare = self._spare(floors)
        if among is not None:
            moving = np.any([np.abs(point - self.base) > _TOUCHED for point in among], axis=0)[self._system.free]
            spare = np.where(np.concatenate((moving, moving[self._down])), spare, 0.0)
        return self._ask(True, np.ones(len(spare)), spare, direction, least)

    def _spare(self, floors: IntArray) -> FloatArray:
        """How far every unknown can rise; and then how far those can fall that can."""
        fall = (self.base - floors)[self._system.free[self._down]]
        return np.concatenate((np.full(self._free, highspy.kHighsInf), fall))

    def _ask(
        self, whole: bool, prices: FloatArray, spare: FloatArray, direction: FloatArray, least: int
    ) -> SolverAnswer:
        model = self._models.get(whole) or self._models.setdefault(whole, self._build(whole=whole))
        places = self._places
        model.changeColsCost(len(places), places, prices)
        model.changeColsBounds(len(places), places, np.zeros(len(places)), spare)
        weights = direction[self._system.free]
        both = np.concatenate((weights, -weights[self._down]))
        variables = np.flatnonzero(both)
        model.addRow(
            float(least - direction @ self.base), highspy.kHighsInf, len(variables), places[variables], both[variables]
        )
        answer = solve(model, self._point_of)
        model.deleteRows(1, np.array([model.getNumRow() - 1], dtype=np.int32))
        model.clearSolver()  # from no change at all the way is shorter than from the last one
        return answer

    def _point_of(self, values: FloatArray) -> FloatArray:
        change = values[: self._free].copy()
        change[self._down] -= values[self._free : self._free + len(self._down)]
        return self.base + self._system.point(change, len(self.base))

    def _build(self, *, whole: bool) -> _Highs:
        system, columns_down = self._system, len(self._down)
        # The columns: rises of every free unknown, falls of those that can fall, and the rest as they are.
        of_fall = np.full(system.columns, -1, dtype=np.int64)
        of_fall[self._down] = self._free + np.arange(columns_down)
        column = np.where(system.column < self._free, system.column, system.column + columns_down)
        falls = np.flatnonzero(of_fall[system.column] >= 0)
        row = np.concatenate((system.row, system.row[falls]))
        order = np.argsort(row, kind="stable")
        matrix = (
            row[order],
            np.concatenate((column, of_fall[system.column[falls]]))[order],
            np.concatenate((system.sign, -system.sign[falls]))[order],
        )
        values_known = np.where(
            system.column < self._free, np.append(self.base[system.free], 0)[np.minimum(system.column, self._free)], 0
        )
        sums_reached = np.bincount(system.row, weights=system.sign * values_known, minlength=len(system.low))
        size = system.columns + columns_down
        columns = (np.zeros(size), np.zeros(size), np.full(size, highspy.kHighsInf))
        rows = (system.low - sums_reached, system.high - sums_reached)
        model = build_model(columns, rows, matrix, whole=self._free + columns_down if whole else 0, sense=LEAST)
        if not whole:
            model.setOptionValue("presolve", "off")
        return model
