"""The solver of the suppressor: HiGHS, silent, on one thread, so that equal programs have equal answers.

Nothing rests on its word: every witness that is made of an answer is checked in whole numbers (`witnesses`).
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt
from highspy._core import _Highs

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
INFINITE = highspy.kHighsInf
OPTIMAL, LIMIT = highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kSolutionLimit
# An iteration within a search for whole numbers takes so many times as long as one without; a search takes as long as so many
# iterations beside those that it counts; and a node is taken for so many.
IN_WHOLE, PER_SEARCH, PER_NODE = 20, 10, 50


class NoSolution(Exception):
    """The solver gave neither a solution nor a proof that there is none."""


class EffortSpent(Exception):
    """A search has made the effort that it may."""


@dataclass
class Effort:
    """What a search may still do: iterations of the simplex method, times the rows and columns of their program.

    It is the same on every machine, as no clock is.
    """

    rest: float = INFINITE

    def limit(self, solver: _Highs) -> None:
        """Let the next search for whole numbers divide no farther than what is left. Raises `EffortSpent` where nothing is."""
        if self.rest <= 0:
            raise EffortSpent
        if self.rest < INFINITE:
            nodes = self.rest / (IN_WHOLE * PER_NODE * size_of(solver))
            solver.setOptionValue("mip_max_nodes", int(nodes) + 1)

    def spend(self, solver: _Highs) -> None:
        """Take off what the last search took."""
        info = solver.getInfo()
        factor = IN_WHOLE if info.mip_node_count >= 0 else 1
        self.rest -= factor * (PER_SEARCH + max(info.simplex_iteration_count, 0)) * size_of(solver)


def size_of(solver: _Highs) -> int:
    """The rows and columns of the solver's program."""
    return int(solver.getNumRow() + solver.getNumCol())


def new_solver(program: highspy.HighsLp, gap: float = 0) -> _Highs:
    """A silent solver of one thread, whose answers are the same every time."""
    # The class below `Highs`: that one prints a banner on standard output and takes ten times as long to make.
    solver = _Highs()
    options: dict[str, bool | int | float | str] = {
        "output_flag": False,
        "threads": 1,
        "parallel": "off",
        "mip_rel_gap": gap,
    }
    for option, value in options.items():
        solver.setOptionValue(option, value)
    solver.passModel(program)
    return solver


def run(solver: _Highs, effort: Effort) -> highspy.HighsModelStatus:
    """Run the solver within an effort. Returns what came of it: a solution, or that there is none or that the effort ended before.

    Raises `EffortSpent` where no effort is left to begin with, `NoSolution` for every other outcome.
    """
    effort.limit(solver)
    solver.run()
    effort.spend(solver)
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kUnboundedOrInfeasible:
        return (
            highspy.HighsModelStatus.kInfeasible
        )  # costs are not negative where a column has no end, so nothing is unbounded
    if status not in (OPTIMAL, highspy.HighsModelStatus.kInfeasible, LIMIT):
        raise NoSolution(solver.modelStatusToString(status))
    return status


def solve(solver: _Highs, effort: Effort) -> FloatArray | None:
    """The columns of the best solution; None where there is none. Raises `EffortSpent` and `NoSolution`."""
    status = run(solver, effort)
    if status == LIMIT:
        raise EffortSpent
    return np.array(solver.getSolution().col_value) if status == OPTIMAL else None
