"""The suppressor's programs: how the atomic cells may deviate from the truth, so that one form moves as far as is asked.

In the linear program a deviation is a rise or a fall: z⁺, z⁻ of an atomic cell, y⁺, y⁻ of a sum. It costs what hiding its
candidate costs, so the cells that deviate in the cheapest one are those to hide. Kelly, Golden and Assad (1992), "Cell
suppression: disclosure protection for sensitive tabular data", Networks 22. The program in whole numbers settles what the linear
one leaves in fractions.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import highspy
import numpy as np

from cases.statistics.protection.space import IntArray
from cases.statistics.protection.suppress.forms import Forms, Terms, flatten, nest
from cases.statistics.protection.suppress.restrictions import FAR, Restrictions
from cases.statistics.protection.suppress.solver import INFINITE, BoolArray, FloatArray, NoSolution, new_solver, solve
from cases.statistics.protection.views import Tie

Ends = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Move:
    """A form (by place) that has to move by at least `amount` > 0: up (+1) or down (−1)."""

    place: int
    sign: int
    amount: int


@dataclass
class ProgramRows:
    """The rows of a program over deviations while they are collected. `split`: a cell has a column to rise and one to fall."""

    counts: IntArray
    split: bool
    width: int = field(init=False)
    terms: list[Terms] = field(default_factory=list)
    ends: list[Ends] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.width = len(self.counts) * (2 if self.split else 1)

    def columns(self, number: int) -> IntArray:
        """Add so many columns. Returns their numbers."""
        self.width += number
        return np.arange(self.width - number, self.width, dtype=np.int64)

    def add(self, ends: Ends, *parts: Terms) -> None:
        """Add a row: the sum of some parts lies between two ends."""
        columns, factors = zip(*parts, strict=True)
        self.terms.append((np.concatenate(columns), np.concatenate(factors)))
        self.ends.append(ends)

    def deviation(self, line: Terms) -> tuple[Terms, ...]:
        """The deviation of a sum of atomic cells, as terms over the columns."""
        unknowns, factors = line
        return (line, (unknowns + len(self.counts), -factors)) if self.split else (line,)

    def know(self, knowledge: Restrictions) -> None:
        """Add the rows of what a view knows. Frozen cells are no rows: they are bounds of columns."""
        for line, low, high in zip(knowledge.terms, knowledge.low, knowledge.high, strict=True):
            ends = -INFINITE if low == -FAR else float(low), INFINITE if high == FAR else float(high)
            self.add(ends, *self.deviation(line))
        for tie in knowledge.ties:
            self._tie(tie)

    def _tie(self, tie: Tie) -> None:
        """Add a tie: in each cell later − earlier ≤ added; the added have a bounded sum; removed records make up the rest."""
        net = self.counts[tie.later] - self.counts[tie.earlier] - tie.shift
        new_columns, every = self.columns(len(net)), np.ones(len(net), np.int64)
        for earlier, later, column, value in zip(tie.earlier, tie.later, new_columns, net, strict=True):
            movement = self.deviation((np.array([later, earlier]), np.array([1, -1])))
            self.add((-INFINITE, -value), *movement, (np.array([column]), np.array([-1])))
        self.add((-INFINITE, tie.added), (new_columns, every))
        rest = float(tie.added - tie.removed - net.sum())
        self.add((rest, rest), *self.deviation((tie.later, every)), *self.deviation((tie.earlier, -every)))

    def fix(self, forms: Forms, shown: IntArray) -> IntArray:
        """Let forms (by place) not deviate. A form of one atomic cell needs no row: the numbers of these cells are returned."""
        single = [np.empty(0, np.int64)]
        for place in shown:
            unknowns, factors = forms.terms[place]
            if len(unknowns) == 1:
                single.append(unknowns)
            else:
                self.add((0, 0), *self.deviation((unknowns, factors)))
        return np.concatenate(single)

    def charge(self, forms: Forms, cells_paid: IntArray) -> IntArray:
        """Add a column for each of some forms (by place) that is at least its deviation, up or down; their numbers."""
        cost_columns = self.columns(len(cells_paid))
        for place, column in zip(cells_paid, cost_columns, strict=True):
            unknowns, factors = forms.terms[place]
            own = np.array([column]), np.ones(1, np.int64)
            self.add((0, INFINITE), (unknowns, factors), own)
            self.add((0, INFINITE), (unknowns, -factors), own)
        return cost_columns

    def program(self, lower: FloatArray, upper: FloatArray, cost: FloatArray) -> highspy.HighsLp:
        """The program with these bounds and costs of its columns."""
        columns, factors, starts = flatten(self.terms)
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = self.width, len(self.ends)
        program.col_cost_, program.col_lower_, program.col_upper_ = cost, lower, upper
        program.row_lower_, program.row_upper_ = np.array(self.ends, float).reshape(-1, 2).T
        matrix = program.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.start_, matrix.index_, matrix.value_ = (
            starts.astype(np.int32),
            columns.astype(np.int32),
            factors.astype(np.float64),
        )
        return program


class DeviationProgram:
    """The linear program of all views with the same constraints and ties. They differ in their floors only.

    The model is built once: a question changes bounds, a hidden cell a cost. Every question starts from the truth, which is the
    best answer while nothing has to move. So an answer depends on the prices, and never on earlier questions.
    """

    def __init__(self, forms: Forms, knowledge: Restrictions) -> None:
        self.counts, self.size = knowledge.counts, len(knowledge.counts)
        lines = ProgramRows(self.counts, split=True)
        self.up, self.down = self._sums(forms, lines)
        lines.know(knowledge)
        self.lower, self.upper = np.zeros(lines.width), np.full(lines.width, INFINITE)
        self.upper[: self.size][knowledge.is_frozen] = 0
        self.cost = np.zeros(lines.width)
        self._floors: IntArray | None = None
        self._solver = new_solver(lines.program(self.lower, self.upper, self.cost))
        self._solver.setOptionValue("presolve", "off")

    def _sums(self, forms: Forms, lines: ProgramRows) -> tuple[IntArray, IntArray]:
        """The columns of the rise and of the fall of each form. A form of one atomic cell has the cell's own."""
        single = np.array([len(unknowns) == 1 and factors[0] == 1 for unknowns, factors in forms.terms], np.bool_)
        up, down = np.zeros(len(forms), np.int64), np.zeros(len(forms), np.int64)
        up[single] = [unknowns[0] for (unknowns, _), one in zip(forms.terms, single, strict=True) if one]
        down[single] = up[single] + self.size
        sums = np.flatnonzero(~single)
        up[sums], down[sums] = lines.columns(len(sums)), lines.columns(len(sums))
        every = nest(forms.terms)
        for place in sums:
            parts, rest = every[place]
            one = np.ones(len(parts), np.int64)
            own = np.array([up[place], down[place]]), np.array([-1, 1])
            lines.add((0, 0), (up[parts], one), (down[parts], -one), *lines.deviation(rest), own)
        return up, down

    def price(self, costs: FloatArray) -> None:
        """Set what a deviation of each form costs, up or down."""
        cost = np.zeros(len(self.lower))
        cost[self.up], cost[self.down] = costs, costs
        columns = np.flatnonzero(cost != self.cost)
        self.cost = cost
        self._solver.changeColsCost(len(columns), columns.astype(np.int32), cost[columns])

    def _set_floors(self, floors: IntArray) -> None:
        """Set the floors of the view that asks: no cell falls below its own."""
        if self._floors is not floors:
            self._floors = floors
            falls = np.arange(self.size, 2 * self.size)
            self.upper[falls] = self.counts - floors
            self._solver.changeColsBounds(self.size, falls.astype(np.int32), self.lower[falls], self.upper[falls])

    def cheapest(self, floors: IntArray, move: Move) -> FloatArray | None:
        """How each atomic cell deviates in the cheapest move, in whole numbers or in fractions. None: the move is impossible."""
        self._set_floors(floors)
        there, back = (self.up, self.down) if move.sign > 0 else (self.down, self.up)
        columns = np.array([there[move.place], back[move.place]])
        if move.amount > self.upper[columns[0]]:
            return None
        numbers = columns.astype(np.int32)
        bounds = np.array([move.amount, 0.0]), np.array([self.upper[columns[0]], 0.0])
        self._solver.changeColsBounds(2, numbers, *bounds)
        self._solver.setBasis()
        solution = solve(self._solver)
        self._solver.changeColsBounds(2, numbers, self.lower[columns], self.upper[columns])
        return None if solution is None else solution[: self.size] - solution[self.size : 2 * self.size]

    def farthest(self, floors: IntArray, move: Move, shown: BoolArray) -> tuple[float, FloatArray, FloatArray]:
        """How far a form moves, up to the amount, while the shown ones do not; and the multipliers of each form's rise and fall.

        A multiplier says how much farther the form would move if that one might deviate by one.
        """
        self._set_floors(floors)
        there, back = (self.up, self.down) if move.sign > 0 else (self.down, self.up)
        upper, cost = self.upper.copy(), np.zeros(len(self.upper))
        upper[there[move.place]], upper[back[move.place]] = min(move.amount, upper[there[move.place]]), 0
        upper[self.up[shown]] = upper[self.down[shown]] = 0
        cost[there[move.place]] = -1
        columns = np.arange(len(upper), dtype=np.int32)
        self._solver.changeColsBounds(len(upper), columns, self.lower, upper)
        self._solver.changeColsCost(len(upper), columns, cost)
        self._solver.setBasis()
        solution = solve(self._solver)
        if solution is None:
            raise NoSolution("the truth is not among the points")
        dual = np.array(self._solver.getSolution().col_dual)
        self._solver.changeColsBounds(len(upper), columns, self.lower, self.upper)
        self._solver.changeColsCost(len(upper), columns, self.cost)
        return float(solution[there[move.place]]), -dual[self.up], -dual[self.down]


def whole_deviation(
    forms: Forms,
    knowledge: Restrictions,
    floors: IntArray,
    move: Move,
    shown: IntArray,
    costs: FloatArray | None,
    gap: float,
) -> IntArray | None:
    """How each atomic cell deviates in a move, in whole numbers, while the shown forms (by place) do not. None: impossible.

    With `costs`, one of each form, the deviation costs at most the share `gap` more than the cheapest. Without, any will do.
    """
    counts, size, is_frozen = knowledge.counts, len(knowledge.counts), knowledge.is_frozen.copy()
    rows = ProgramRows(counts, split=False)
    rows.know(knowledge)
    is_frozen[rows.fix(forms, shown)] = True
    unknowns, factors = forms.terms[move.place]
    rows.add((move.amount, INFINITE), *rows.deviation((unknowns, factors * move.sign)))
    cells_paid = np.empty(0, np.int64) if costs is None else np.flatnonzero(costs)
    cost_columns = rows.charge(forms, cells_paid)
    lower, upper, cost = np.zeros(rows.width), np.full(rows.width, INFINITE), np.zeros(rows.width)
    upper[:size] = counts.sum() + move.amount  # a search without a bound need not end
    lower[:size] = np.where(is_frozen, 0, floors - counts)
    upper[:size][is_frozen] = 0
    if costs is not None:
        cost[cost_columns] = costs[cells_paid]
    program = rows.program(lower, upper, cost)
    kinds = [highspy.HighsVarType.kInteger] * size + [highspy.HighsVarType.kContinuous] * (rows.width - size)
    program.integrality_ = kinds
    solution = solve(new_solver(program, gap))
    return None if solution is None else np.rint(solution[:size]).astype(np.int64)
