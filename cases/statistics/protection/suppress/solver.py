"""The solver of the suppressor: HiGHS, silent, on one thread, so that equal programs have equal answers.

Nothing rests on its word: every witness that is made of an answer is checked in whole numbers (`witnesses`).
"""

from __future__ import annotations

import time

import highspy
import numpy as np
import numpy.typing as npt
from highspy._core import _Highs

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
INFINITE = highspy.kHighsInf


class NoSolution(Exception):
    """The solver gave neither a solution nor a proof that there is none."""


def seconds_left(ends: float) -> float:
    """The seconds until a moment of the thread's own clock. Raises `TimeoutError` when it has passed.

    The clock stands while other programs have the processor. The limit that one run of HiGHS is given is of the wall's clock. So a
    very slow machine can end a search that another one finishes: the set is then safe, and dearer.
    """
    remaining = ends - time.thread_time()
    if remaining <= 0:
        raise TimeoutError
    return remaining


def new_solver(program: highspy.HighsLp, gap: float = 0, ends: float = INFINITE) -> _Highs:
    """A silent solver of one thread, whose answers are the same every time unless its time ends."""
    # The class below `Highs`: that one prints a banner on standard output and takes ten times as long to make.
    solver = _Highs()
    options: dict[str, bool | int | float | str] = {
        "output_flag": False,
        "threads": 1,
        "parallel": "off",
        "mip_rel_gap": gap,
    }
    for option, value in {**options, "time_limit": seconds_left(ends)}.items():
        solver.setOptionValue(option, value)
    solver.passModel(program)
    return solver


def solve(solver: _Highs) -> FloatArray | None:
    """The columns of the best solution; None where there is none.

    Raises `TimeoutError` when the time ends before, `NoSolution` for every other outcome.
    """
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kOptimal:
        return np.array(solver.getSolution().col_value)
    if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        return None  # costs are not negative where a column has no end, so nothing is unbounded
    if status == highspy.HighsModelStatus.kTimeLimit:
        raise TimeoutError
    raise NoSolution(solver.modelStatusToString(status))
