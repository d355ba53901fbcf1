"""The auditor's solver: HiGHS over the reduced conditions of a view.

It is asked how far a sum can go, in fractions; and for any point in whole numbers, from which `Moves` goes on. Its points are
checked in `knowledge`, and its bounds are taken to the safe side.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt
from highspy._core import _Highs

from stats.protection.audit.knowledge import FAR, ReducedKnowledge
from stats.protection.space import NO_UNKNOWNS, IntArray
from stats.protection.views import Tie

FloatArray = npt.NDArray[np.float64]
_SECONDS = 60.0  # for one question in whole numbers; what is not answered then counts as not proved
_INF = highspy.kHighsInf
_STATUS = highspy.HighsModelStatus


@dataclass(frozen=True, eq=False, slots=True)
class SolverAnswer:
    """A bound that no solution exceeds (None: unbounded), and a point, not checked yet, where there is one.

    `empty`: there is no solution at all. `decided`: the solver came to an end.
    """

    bound: float | None = None
    point: FloatArray | None = None
    empty: bool = False
    decided: bool = True


class System:
    """Conditions as a matrix. Its columns: every free unknown, then for every pair of every tie the records added."""

    def __init__(self, reduction: ReducedKnowledge, ties: Sequence[Tie]) -> None:
        self.free = np.flatnonzero(reduction.free)
        self.impossible = reduction.impossible
        place = np.full(len(reduction.free), -1, dtype=np.int64)
        place[self.free] = np.arange(len(self.free))
        rows = _matrix_rows(reduction, ties, place)
        self.columns = len(self.free) + sum(len(tie.later) for tie in ties)
        self.low = np.array([row[2] for row in rows], dtype=np.float64)
        self.high = np.array([row[3] for row in rows], dtype=np.float64)
        sizes = [len(row[0]) + len(row[1]) for row in rows]
        self.row = np.repeat(np.arange(len(rows)), sizes)
        self.column = np.concatenate((NO_UNKNOWNS, *(part for row in rows for part in row[:2]))).astype(np.int64)
        self.sign = np.concatenate((NO_UNKNOWNS, *(np.repeat((1.0, -1.0), (len(row[0]), len(row[1]))) for row in rows)))

    def admits(self, floors: IntArray) -> bool:
        """Whether the floors leave every unknown zero that can only be zero."""
        return not self.impossible and int(floors.sum()) == int(floors[self.free].sum())

    def point(self, values: FloatArray, size: int) -> FloatArray:
        """The values of the free unknowns as a point."""
        point = np.zeros(size)
        point[self.free] = values[: len(self.free)]
        return point


class Solver:
    """The conditions of a view with its floors. The linear model is kept, and each question starts where the last ended."""

    def __init__(self, system: System, floors: IntArray) -> None:
        self._system, self._floors = system, floors
        self._model: _Highs | None = None

    @property
    def possible(self) -> bool:
        """Whether the conditions can hold at all, in fractions."""
        return self._system.admits(self._floors) and not self.farthest(np.zeros(len(self._floors))).empty

    def farthest(self, direction: FloatArray) -> SolverAnswer:
        """How large the sum of direction × unknown can be, in fractions, and at which point."""
        self._model = self._model or self._build(whole=False)
        weights = direction[self._system.free]
        self._model.changeColsCost(len(weights), np.arange(len(weights), dtype=np.int32), weights)
        return self._ask(self._model)

    def anywhere(self) -> SolverAnswer:
        """A point in whole numbers, if there is one."""
        return self._ask(self._build(whole=True))

    def prices(self) -> FloatArray:
        """By how much each condition, in its order, bounded the last answer of `farthest`."""
        return np.array([] if self._model is None else self._model.getSolution().row_dual)

    def _ask(self, model: _Highs) -> SolverAnswer:
        return solve(model, lambda values: self._system.point(values, len(self._floors)))

    def _build(self, *, whole: bool) -> _Highs:
        system = self._system
        lowest = np.zeros(system.columns)
        lowest[: len(system.free)] = self._floors[system.free]
        columns = (np.zeros(system.columns), lowest, np.full(system.columns, _INF))
        matrix = (system.row, system.column, system.sign)
        return build_model(
            columns, (system.low, system.high), matrix, whole=len(system.free) if whole else 0, sense=_MOST
        )


_MOST, LEAST = highspy.ObjSense.kMaximize, highspy.ObjSense.kMinimize
_Entry = tuple[IntArray, IntArray, float, float]  # columns to add up, columns to take away, lowest, highest


def build_model(
    columns: tuple[FloatArray, FloatArray, FloatArray],
    rows: tuple[FloatArray, FloatArray],
    matrix: tuple[IntArray, IntArray, FloatArray],
    *,
    whole: int,
    sense: highspy.ObjSense,
) -> _Highs:
    """A model of columns (cost, low, high), rows (low, high), and entries (row ascending, column, value).

    The first `whole` columns are whole numbers.
    """
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(columns[0]), len(rows[0])
    lp.sense_ = sense
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = columns
    lp.row_lower_, lp.row_upper_ = rows
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.num_col_, lp.a_matrix_.num_row_ = lp.num_col_, lp.num_row_
    starts = np.searchsorted(matrix[0], np.arange(lp.num_row_ + 1))
    lp.a_matrix_.start_, lp.a_matrix_.index_ = starts.astype(np.int32), matrix[1].astype(np.int32)
    lp.a_matrix_.value_ = matrix[2]
    if whole:
        kinds = (highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous)
        lp.integrality_ = [kinds[0]] * whole + [kinds[1]] * (lp.num_col_ - whole)
    # The class below `Highs`: that one prints a banner on standard output and takes ten times as long to make.
    model = _Highs()
    options = {"output_flag": False, "threads": 1, "random_seed": 1, "time_limit": _SECONDS if whole else _INF}
    # Any change in whole numbers will do, not the smallest.
    for option, value in {**options, "mip_rel_gap": 1.0}.items():
        model.setOptionValue(option, value)
    model.passModel(lp)
    return model


def solve(model: _Highs, point_of: Callable[[FloatArray], FloatArray]) -> SolverAnswer:
    """The answer of a model. `point_of`: the point of the values of its columns."""
    model.run()
    status = model.getModelStatus()
    if status == _STATUS.kInfeasible:
        return SolverAnswer(empty=True)
    if status in (_STATUS.kUnbounded, _STATUS.kUnboundedOrInfeasible):
        return SolverAnswer()
    if status not in (_STATUS.kOptimal, _STATUS.kModelEmpty):
        return SolverAnswer(decided=False)
    return SolverAnswer(model.getObjectiveValue(), point_of(np.array(model.getSolution().col_value)))


def _matrix_rows(reduction: ReducedKnowledge, ties: Sequence[Tie], place: IntArray) -> list[_Entry]:
    rows: list[_Entry] = [
        (
            place[each.plus],
            place[each.minus],
            each.low if each.low > -FAR else -_INF,
            each.high if each.high < FAR else _INF,
        )
        for each in reduction.conditions
    ]
    column = int((place >= 0).sum())
    for tie in ties:
        new_columns = np.arange(column, column + len(tie.later))
        column += len(tie.later)
        earlier, later = place[tie.earlier], place[tie.later]
        rows += [
            (np.array([new, *before[before >= 0]]), after[after >= 0], -float(own), _INF)
            for new, before, after, own in zip(new_columns, earlier[:, None], later[:, None], tie.shift, strict=True)
        ]
        earlier, later = earlier[earlier >= 0], later[later >= 0]
        net = float(tie.added - tie.removed + tie.shift.sum())
        rows += [
            (new_columns, NO_UNKNOWNS, -_INF, float(tie.added)),
            (later, earlier, net, net),
            (later, NO_UNKNOWNS, float(tie.added + tie.known_later.sum()), _INF),
        ]
    return rows
