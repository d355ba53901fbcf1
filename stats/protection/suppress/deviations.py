"""The programs over deviations: how the atomic cells may deviate from the truth, so that one form moves as far as is asked.

In the linear program a deviation is a rise or a fall: z⁺, z⁻ of an atomic cell, y⁺, y⁻ of a form. The program in whole numbers
settles what the linear one leaves in fractions. `ProgramRows` collects the rows and columns of either.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import highspy
import numpy as np
import numpy.typing as npt

from stats.protection.space import IntArray
from stats.protection.suppress.forms import Forms, Terms, flatten, nest
from stats.protection.suppress.problem import FAR, Restrictions, SuppressionProblem
from stats.protection.suppress.solver import (
    INFINITE,
    BoolArray,
    Effort,
    FloatArray,
    NoSolution,
    new_solver,
    solve,
)
from stats.protection.views import Tie

Ends = tuple[float, float]
Line = tuple[IntArray, npt.NDArray[Any]]


@dataclass
class ProgramRows:
    """Rows over columns. The last atomic cells that were added begin at `first`; rows of deviations are about these.

    `split`: a cell has a column to rise and one to fall.
    """

    counts: IntArray
    split: bool = False
    first: int = 0
    width: int = 0
    lines: list[Line] = field(default_factory=list)
    ends: list[Ends] = field(default_factory=list)
    bounds: list[tuple[FloatArray, FloatArray]] = field(default_factory=list)
    costs: dict[int, float] = field(default_factory=dict)
    whole: list[bool] = field(default_factory=list)

    def new_columns(self, lower: FloatArray, upper: FloatArray, *, whole: bool = False) -> IntArray:
        """Add columns with these bounds. Returns their numbers."""
        self.bounds.append((lower, upper))
        self.whole += [whole] * len(lower)
        self.width += len(lower)
        return np.arange(self.width - len(lower), self.width, dtype=np.int64)

    def columns(self, number: int) -> IntArray:
        """Add so many columns of at least zero."""
        return self.new_columns(np.zeros(number), np.full(number, INFINITE))

    def new_cells(self, lower: FloatArray, upper: FloatArray, *, whole: bool = False) -> None:
        """Add the columns of all atomic cells. The rows that follow are about these."""
        self.first = self.width
        self.new_columns(lower, upper, whole=whole)

    def add(self, ends: Ends, *parts: Line) -> None:
        """Add a row: the sum of some parts lies between two ends."""
        columns, factors = zip(*parts, strict=True)
        self.lines.append((np.concatenate(columns), np.concatenate(factors)))
        self.ends.append(ends)

    def deviation(self, line: Terms) -> tuple[Line, ...]:
        """The deviation of a sum of atomic cells, as terms over the columns."""
        unknowns, factors = line[0] + self.first, line[1]
        return ((unknowns, factors), (unknowns + len(self.counts), -factors)) if self.split else ((unknowns, factors),)

    def know(self, restrictions: Restrictions) -> None:
        """Add the rows of what a view knows. Frozen cells are no rows: they are bounds of columns."""
        for line, low, high in zip(restrictions.terms, restrictions.low, restrictions.high, strict=True):
            ends = -INFINITE if low == -FAR else float(low), INFINITE if high == FAR else float(high)
            self.add(ends, *self.deviation(line))
        for tie in restrictions.ties:
            self._tie(tie)

    def _tie(self, tie: Tie) -> None:
        """Add a tie: in each cell later − earlier ≤ added; the added have a bounded sum; removed records make up the rest."""
        net = self.counts[tie.later] - self.counts[tie.earlier] - tie.shift
        added, every = self.columns(len(net)), np.ones(len(net), np.int64)
        for earlier, later, column, value in zip(tie.earlier, tie.later, added, net, strict=True):
            move_terms = self.deviation((np.array([later, earlier]), np.array([1, -1])))
            self.add((-INFINITE, -value), *move_terms, (np.array([column]), np.array([-1])))
        self.add((-INFINITE, tie.added), (added, every))
        rest = float(tie.added - tie.removed - net.sum())
        self.add((rest, rest), *self.deviation((tie.later, every)), *self.deviation((tie.earlier, -every)))

    def bound(self, problem: SuppressionProblem, place: int, *, hidden: bool) -> None:
        """Bound the deviation of a candidate: none while it is shown, and what is told of it while it is hidden."""
        fall, rise = (problem.fall[place], problem.rise[place]) if hidden else (0, 0)
        if fall < FAR or rise < FAR:
            ends = -INFINITE if fall == FAR else -float(fall), INFINITE if rise == FAR else float(rise)
            self.add(ends, *self.deviation(problem.forms.terms[place]))

    def charge(self, forms: Forms, costs: FloatArray) -> None:
        """Have a deviation of a form cost what is given, up or down."""
        places_paid = np.flatnonzero(costs)
        for place, column in zip(places_paid, self.columns(len(places_paid)), strict=True):
            unknowns, factors = forms.terms[place]
            own = np.array([column]), np.ones(1, np.int64)
            self.add((0, INFINITE), *self.deviation((unknowns, factors)), own)
            self.add((0, INFINITE), *self.deviation((unknowns, -factors)), own)
            self.costs[int(column)] = float(costs[place])

    def program(self) -> highspy.HighsLp:
        """The rows as HiGHS takes them: a sparse matrix row by row. Unknowns are whole numbers where `whole` says so."""
        columns, factors, starts = flatten(self.lines)
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = self.width, len(self.ends)
        cost = np.zeros(self.width)
        cost[list(self.costs)] = list(self.costs.values())
        program.col_cost_ = cost
        program.col_lower_, program.col_upper_ = map(np.concatenate, zip(*self.bounds, strict=True))
        program.row_lower_, program.row_upper_ = np.array(self.ends, float).reshape(-1, 2).T
        matrix = program.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.start_, matrix.index_ = starts.astype(np.int32), columns.astype(np.int32)
        matrix.value_ = factors.astype(np.float64)
        if any(self.whole):
            kinds = highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger
            program.integrality_ = [kinds[each] for each in self.whole]
        return program


TRIES = 8  # corners near the truth that are looked at for one in whole numbers, before a search in whole numbers
GAP = 0.2  # a rounding that costs a fifth more than the best will do


@dataclass(frozen=True, slots=True)
class Move:
    """In a view, a form (by place) has to move by at least `amount` > 0: up (+1) or down (−1)."""

    view: str
    place: int
    sign: int
    amount: int


class DeviationProgram:
    """The linear program of all views that know what `view` knows. They differ in their floors only.

    The model is built once: a question sets bounds and costs. Every question starts from the truth, so an answer never depends on
    earlier questions.
    """

    def __init__(self, problem: SuppressionProblem, view: str, effort: Effort) -> None:
        self.problem, self.size, self.effort = problem, len(problem.counts), effort
        restrictions = problem.restrictions[view]
        rows = ProgramRows(problem.counts, split=True)
        rows.new_cells(np.zeros(2 * self.size), np.full(2 * self.size, INFINITE))
        self.up, self.down = self._sums(rows)
        rows.know(restrictions)
        self._upper = np.full(rows.width, INFINITE)
        self._upper[self.up] = np.where(problem.rise == FAR, INFINITE, problem.rise)
        self._upper[self.down] = np.where(problem.fall == FAR, INFINITE, problem.fall)
        self._upper[: self.size][restrictions.is_frozen] = 0
        self.prices = 1 + 3 * np.random.default_rng(0).random((TRIES, 2 * self.size))
        self._solver = new_solver(rows.program())
        self._solver.setOptionValue("presolve", "off")

    def _sums(self, rows: ProgramRows) -> tuple[IntArray, IntArray]:
        """The columns of the rise and of the fall of each form. A form of one atomic cell has the cell's own."""
        terms = self.problem.forms.terms
        single = np.array([len(unknowns) == 1 and factors[0] == 1 for unknowns, factors in terms], np.bool_)
        up, down = np.zeros(len(terms), np.int64), np.zeros(len(terms), np.int64)
        up[single] = [unknowns[0] for (unknowns, _), one in zip(terms, single, strict=True) if one]
        down[single] = up[single] + self.size
        sums = np.flatnonzero(~single)
        up[sums], down[sums] = rows.columns(len(sums)), rows.columns(len(sums))
        every = nest(terms)
        for place in sums:
            parts, rest = every[place]
            one = np.ones(len(parts), np.int64)
            own = np.array([up[place], down[place]]), np.array([-1, 1])
            rows.add((0, 0), (up[parts], one), (down[parts], -one), *rows.deviation(rest), own)
        return up, down

    def cheapest(self, move: Move, costs: FloatArray) -> FloatArray | None:
        """How each atomic cell deviates in the cheapest move. `costs`: of a deviation of each form. None: it is impossible."""
        cost = np.zeros(len(self._upper))
        cost[self.up], cost[self.down] = costs, costs
        return self._make(move, self._bounds(move), cost)

    def nearest(self, move: Move, shown: BoolArray, prices: FloatArray) -> FloatArray | None:
        """How each atomic cell deviates in a move that is small, while the shown forms do not. None: it is impossible.

        Such a move touches few cells, and is mostly in whole numbers. `prices` of `prices` say which of several is taken.
        """
        upper, cost = self._bounds(move), np.zeros(len(self._upper))
        upper[self.up[shown]] = upper[self.down[shown]] = 0
        cost[: 2 * self.size] = prices
        return self._make(move, upper, cost)

    def farthest(self, move: Move, shown: BoolArray) -> tuple[float, FloatArray, FloatArray]:
        """How far a form moves, up to the amount, while the shown ones do not; and the multipliers of each form's rise and fall.

        A multiplier says how much farther the form would move if that one might deviate by one.
        """
        there, back = self._columns(move)
        upper, cost = self._bounds(move), np.zeros(len(self._upper))
        upper[there], upper[back] = min(move.amount, upper[there]), 0
        upper[self.up[shown]] = upper[self.down[shown]] = 0
        cost[there] = -1
        deviation = self._ask(np.zeros(len(upper)), upper, cost)
        if deviation is None:
            raise NoSolution("the truth is not among the points")
        dual = np.array(self._solver.getSolution().col_dual)
        return float(deviation[there]), -dual[self.up], -dual[self.down]

    def _columns(self, move: Move) -> tuple[int, int]:
        """The column of the form's move, and that of the opposite move."""
        up, down = int(self.up[move.place]), int(self.down[move.place])
        return (up, down) if move.sign > 0 else (down, up)

    def _bounds(self, move: Move) -> FloatArray:
        """The most that each column may be: no cell falls below the floor of the view that asks."""
        upper, falls = self._upper.copy(), slice(self.size, 2 * self.size)
        upper[falls] = np.minimum(upper[falls], self.problem.counts - self.problem.views[move.view].floors)
        return upper

    def _make(self, move: Move, upper: FloatArray, cost: FloatArray) -> FloatArray | None:
        there, back = self._columns(move)
        if move.amount > upper[there]:
            return None
        lower = np.zeros(len(upper))
        lower[there], upper[back] = move.amount, 0
        deviation = self._ask(lower, upper, cost)
        return None if deviation is None else deviation[: self.size] - deviation[self.size : 2 * self.size]

    def _ask(self, lower: FloatArray, upper: FloatArray, cost: FloatArray) -> FloatArray | None:
        columns = np.arange(len(upper), dtype=np.int32)
        self._solver.changeColsBounds(len(columns), columns, lower, upper)
        self._solver.changeColsCost(len(columns), columns, cost)
        self._solver.setBasis()
        return solve(self._solver, self.effort)


def whole_deviation(
    problem: SuppressionProblem, move: Move, free: BoolArray, effort: Effort, costs: FloatArray | None = None
) -> IntArray | None:
    """How each atomic cell deviates in a move, in whole numbers, while no candidate does but the free ones. None: impossible.

    With `costs`, one of each form, the deviation costs at most the share `GAP` more than the cheapest. Without, any will do.
    """
    rows = ProgramRows(problem.counts)
    add_witness(rows, problem, move.view, move.amount)
    for place in np.flatnonzero(problem.is_candidate).tolist():
        rows.bound(problem, place, hidden=bool(free[place]))
    unknowns, factors = problem.forms.terms[move.place]
    rows.add((move.amount, INFINITE), *rows.deviation((unknowns, factors * move.sign)))
    if costs is not None:
        rows.charge(problem.forms, costs)
    deviation = solve(new_solver(rows.program(), GAP), effort)
    return None if deviation is None else np.rint(deviation[: len(problem.counts)]).astype(np.int64)


def add_witness(rows: ProgramRows, problem: SuppressionProblem, view: str, amount: int) -> None:
    """Add a deviation in whole numbers that an intruder thinks possible: a column for each atomic cell, and what the view knows."""
    restrictions = problem.restrictions[view]
    lower = (problem.views[view].floors - problem.counts).astype(np.float64)
    upper = np.full(len(problem.counts), float(problem.counts.sum() + amount))  # a search without a bound need not end
    lower[restrictions.is_frozen] = upper[restrictions.is_frozen] = 0
    rows.new_cells(lower, upper, whole=True)
    rows.know(restrictions)
