"""The suppressor's programs: how the finest cells may deviate from the truth, so that one form moves as far as is asked.

For the linear program a deviation is a rise or a fall (z⁺, z⁻ of a cell, y⁺, y⁻ of a sum), and costs what its candidate costs:
the cells that deviate in the cheapest one are those to hide. Kelly, Golden and Assad (1992), "Cell suppression: disclosure
protection for sensitive tabular data". The program in whole numbers settles what the linear one leaves in fractions.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import highspy
import numpy as np
import numpy.typing as npt
from highspy._core import _Highs

from cases.statistics.protection.space import IntArray
from cases.statistics.protection.suppress.forms import Forms, Terms, laid, nested
from cases.statistics.protection.suppress.view import FAR, Known
from cases.statistics.protection.views import Tie

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
INFINITE = highspy.kHighsInf
Ends = tuple[float, float]


class Unsolved(Exception):
    """The solver gave neither a solution nor a proof that there is none."""


@dataclass(frozen=True, slots=True)
class Move:
    """A form (by place) that has to move by at least `amount` > 0: up (+1) or down (−1)."""

    place: int
    sign: int
    amount: int


@dataclass
class Lines:
    """The rows of a program over deviations while they are collected. `split`: a cell has a column to rise and one to fall."""

    counts: IntArray
    split: bool
    width: int = field(init=False)
    terms: list[Terms] = field(default_factory=list)
    ends: list[Ends] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.width = len(self.counts) * (2 if self.split else 1)

    def columns(self, number: int) -> IntArray:
        """New columns."""
        self.width += number
        return np.arange(self.width - number, self.width, dtype=np.int64)

    def add(self, ends: Ends, *parts: Terms) -> None:
        """A row: what lies between two ends is the sum of some parts."""
        columns, factors = zip(*parts, strict=True)
        self.terms.append((np.concatenate(columns), np.concatenate(factors)))
        self.ends.append(ends)

    def deviation(self, line: Terms) -> tuple[Terms, ...]:
        """What a sum of cells deviates by."""
        unknowns, factors = line
        return (line, (unknowns + len(self.counts), -factors)) if self.split else (line,)

    def know(self, known: Known) -> None:
        """Add what a view knows, but for the still cells."""
        for line, low, high in zip(known.terms, known.low, known.high, strict=True):
            ends = -INFINITE if low == -FAR else float(low), INFINITE if high == FAR else float(high)
            self.add(ends, *self.deviation(line))
        for tie in known.ties:
            self._tie(tie)

    def _tie(self, tie: Tie) -> None:
        """later − earlier ≤ added in each cell, the added ones in sum at most as many as known: then removed ones fill up."""
        net = self.counts[tie.later] - self.counts[tie.earlier] - tie.shift
        added, every = self.columns(len(net)), np.ones(len(net), np.int64)
        for earlier, later, column, value in zip(tie.earlier, tie.later, added, net, strict=True):
            moved = self.deviation((np.array([later, earlier]), np.array([1, -1])))
            self.add((-INFINITE, -value), *moved, (np.array([column]), np.array([-1])))
        self.add((-INFINITE, tie.added), (added, every))
        rest = float(tie.added - tie.removed - net.sum())
        self.add((rest, rest), *self.deviation((tie.later, every)), *self.deviation((tie.earlier, -every)))

    def program(self, lower: FloatArray, upper: FloatArray, cost: FloatArray) -> highspy.HighsLp:
        """The program with these bounds and costs of its columns."""
        columns, factors, starts = laid(self.terms)
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


class Deviations:
    """The linear program for all views with the same rows and ties; they differ by their floors only.

    The model is built once: a question changes bounds, a hidden cell a cost. Every question starts from the truth, which is the
    best answer while nothing has to move: so an answer depends on the prices, never on earlier questions.
    """

    def __init__(self, forms: Forms, known: Known) -> None:
        self.counts, self.size = known.counts, len(known.counts)
        lines = Lines(self.counts, split=True)
        self.up, self.down = self._sums(forms, lines)
        lines.know(known)
        self.lower, self.upper = np.zeros(lines.width), np.full(lines.width, INFINITE)
        self.upper[: self.size][known.still] = 0
        self.cost = np.zeros(lines.width)
        self._floors: IntArray | None = None
        self._solver = new_solver(lines.program(self.lower, self.upper, self.cost))
        self._solver.setOptionValue("presolve", "off")

    def _sums(self, forms: Forms, lines: Lines) -> tuple[IntArray, IntArray]:
        """For each form the columns of its rise and of its fall: the cell's own where it is a single cell."""
        single = np.array([len(unknowns) == 1 and factors[0] == 1 for unknowns, factors in forms.terms], np.bool_)
        up, down = np.zeros(len(forms), np.int64), np.zeros(len(forms), np.int64)
        up[single] = [unknowns[0] for (unknowns, _), one in zip(forms.terms, single, strict=True) if one]
        down[single] = up[single] + self.size
        sums = np.flatnonzero(~single)
        up[sums], down[sums] = lines.columns(len(sums)), lines.columns(len(sums))
        every = nested(forms.terms)
        for place in sums:
            parts, rest = every[place]
            one = np.ones(len(parts), np.int64)
            own = np.array([up[place], down[place]]), np.array([-1, 1])
            lines.add((0, 0), (up[parts], one), (down[parts], -one), *lines.deviation(rest), own)
        return up, down

    def price(self, costs: FloatArray) -> None:
        """What a deviation of each form costs from now on, up or down."""
        cost = np.zeros(len(self.lower))
        cost[self.up], cost[self.down] = costs, costs
        columns = np.flatnonzero(cost != self.cost)
        self.cost = cost
        self._solver.changeColsCost(len(columns), columns.astype(np.int32), cost[columns])

    def _stand(self, floors: IntArray) -> None:
        """Look with these floors: no cell falls below its own."""
        if self._floors is not floors:
            self._floors = floors
            falls = np.arange(self.size, 2 * self.size)
            self.upper[falls] = self.counts - floors
            self._solver.changeColsBounds(self.size, falls.astype(np.int32), self.lower[falls], self.upper[falls])

    def cheapest(self, floors: IntArray, move: Move) -> FloatArray | None:
        """How each finest cell deviates in the cheapest move, in whole numbers or not; None: it is impossible."""
        self._stand(floors)
        there, back = (self.up, self.down) if move.sign > 0 else (self.down, self.up)
        columns = np.array([there[move.place], back[move.place]])
        if move.amount > self.upper[columns[0]]:
            return None
        numbers = columns.astype(np.int32)
        bounds = np.array([move.amount, 0.0]), np.array([self.upper[columns[0]], 0.0])
        self._solver.changeColsBounds(2, numbers, *bounds)
        self._solver.setBasis()
        found = solve(self._solver)
        self._solver.changeColsBounds(2, numbers, self.lower[columns], self.upper[columns])
        return None if found is None else found[: self.size] - found[self.size : 2 * self.size]

    def farthest(self, floors: IntArray, move: Move, shown: BoolArray) -> tuple[float, FloatArray, FloatArray]:
        """How far a form moves, up to the amount, while the shown ones do not; the multiplier of each form's rise and fall.

        A multiplier says how much farther it would be if that form might deviate by one.
        """
        self._stand(floors)
        there, back = (self.up, self.down) if move.sign > 0 else (self.down, self.up)
        upper, cost = self.upper.copy(), np.zeros(len(self.upper))
        upper[there[move.place]], upper[back[move.place]] = min(move.amount, upper[there[move.place]]), 0
        upper[self.up[shown]] = upper[self.down[shown]] = 0
        cost[there[move.place]] = -1
        columns = np.arange(len(upper), dtype=np.int32)
        self._solver.changeColsBounds(len(upper), columns, self.lower, upper)
        self._solver.changeColsCost(len(upper), columns, cost)
        self._solver.setBasis()
        found = solve(self._solver)
        if found is None:
            raise Unsolved("the truth is not among the points")
        dual = np.array(self._solver.getSolution().col_dual)
        self._solver.changeColsBounds(len(upper), columns, self.lower, self.upper)
        self._solver.changeColsCost(len(upper), columns, self.cost)
        return float(found[there[move.place]]), -dual[self.up], -dual[self.down]


def whole(
    forms: Forms, known: Known, floors: IntArray, move: Move, shown: IntArray, costs: FloatArray | None, gap: float
) -> IntArray | None:
    """How each finest cell deviates, in whole numbers, if the shown forms (by place) do not; None: the move is impossible.

    With costs of all forms the deviation costs at most the share `gap` more than the cheapest, without any will do.
    """
    counts, still = known.counts, known.still.copy()
    lines = Lines(counts, split=False)
    lines.know(known)
    for place in shown:
        unknowns, factors = forms.terms[place]
        if len(unknowns) == 1:
            still[unknowns] = True
        else:
            lines.add((0, 0), *lines.deviation((unknowns, factors)))
    unknowns, factors = forms.terms[move.place]
    lines.add((move.amount, INFINITE), *lines.deviation((unknowns, factors * move.sign)))
    size = len(counts)
    extra = lines.width
    if costs is not None:
        paid = np.flatnonzero(costs)
        for place, column in zip(paid, lines.columns(len(paid)), strict=True):
            unknowns, factors = forms.terms[place]
            own = np.array([column]), np.ones(1, np.int64)
            lines.add((0, INFINITE), (unknowns, factors), own)
            lines.add((0, INFINITE), (unknowns, -factors), own)
    lower, upper, cost = np.zeros(lines.width), np.full(lines.width, INFINITE), np.zeros(lines.width)
    upper[:size] = counts.sum() + move.amount  # a search without a bound need not end
    lower[:size] = np.where(still, 0, floors - counts)
    upper[:size][still] = 0
    if costs is not None:
        cost[extra:] = costs[paid]
    program = lines.program(lower, upper, cost)
    kinds = [highspy.HighsVarType.kInteger] * size + [highspy.HighsVarType.kContinuous] * (lines.width - size)
    program.integrality_ = kinds
    found = solve(new_solver(program, gap))
    return None if found is None else np.rint(found[:size]).astype(np.int64)


def new_solver(program: highspy.HighsLp, gap: float = 0) -> _Highs:
    """A silent solver of one thread, whose answers are the same every time."""
    # The class below `Highs`: that one prints a banner on standard output and takes ten times as long to make.
    solver = _Highs()
    for option, value in (("output_flag", False), ("threads", 1), ("parallel", "off"), ("mip_rel_gap", gap)):
        solver.setOptionValue(option, value)
    solver.passModel(program)
    return solver


def solve(solver: _Highs) -> FloatArray | None:
    """The columns of the best solution; None where there is none. Raises `Unsolved` for every other outcome."""
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kOptimal:
        return np.array(solver.getSolution().col_value)
    if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        return None  # costs are not negative, so nothing is unbounded
    raise Unsolved(solver.modelStatusToString(status))
