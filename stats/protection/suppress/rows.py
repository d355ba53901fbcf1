"""The rows and columns of a program over deviations while they are collected."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import highspy
import numpy as np
import numpy.typing as npt

from stats.protection.space import IntArray
from stats.protection.suppress.forms import Forms, flatten
from stats.protection.suppress.merging import Terms
from stats.protection.suppress.problem import SuppressionProblem
from stats.protection.suppress.restrictions import FAR, Restrictions
from stats.protection.suppress.solver import INFINITE, FloatArray
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
