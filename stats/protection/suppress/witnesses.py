"""Witnesses: points that an intruder thinks possible. They prove that a need is met while some forms are hidden.

A witness is kept as its deviation from the truth, in whole numbers, with the views that allow it. It serves every choice of hidden
forms that hides whatever deviates in it.
"""

from __future__ import annotations

import numpy as np

from stats.protection.space import IntArray
from stats.protection.suppress.deviations import DeviationProgram, Move, whole_deviation
from stats.protection.suppress.problem import BOTH, Need, SuppressionProblem
from stats.protection.suppress.solver import BoolArray, Effort, FloatArray, NoSolution

CLOSE = 1e-6  # what is nearer to a whole number than this is taken for it, and then checked in whole numbers


class Witnesses:
    """The witnesses found so far; and, by view, how far each form falls and rises in those that serve the `hidden` forms.

    The truth is the first: nothing deviates in it, and every view allows it.
    """

    def __init__(self, problem: SuppressionProblem) -> None:
        self.problem, self.effort = problem, Effort()
        self.moves, self.views_allowing = [np.zeros(problem.size, np.int64)], [frozenset(problem.views)]
        self._programs: dict[int, DeviationProgram] = {}
        self.hide(problem.primary)

    def program(self, view: str) -> DeviationProgram:
        """The linear program of a view. Views that know the same share one."""
        key = id(self.problem.restrictions[view])
        if key not in self._programs:
            self._programs[key] = DeviationProgram(self.problem, view, self.effort)
        return self._programs[key]

    def hide(self, hidden: BoolArray) -> None:
        """From now on these forms are hidden, and all other candidates are shown."""
        self.hidden, self.shown = hidden.copy(), self.problem.is_candidate & ~hidden
        moves = np.array(self.moves)
        serves = ~moves[:, self.shown].any(axis=1)
        self.fall, self.rise = {}, {}
        for view in self.problem.views:
            own = moves[serves & np.array([view in each for each in self.views_allowing])]
            self.fall[view], self.rise[view] = -own.min(axis=0), own.max(axis=0)

    def hide_more(self, more: BoolArray) -> None:
        """Hide these forms as well. What has been found serves still."""
        self.hidden = self.hidden | more
        self.shown = self.problem.is_candidate & ~self.hidden

    def among(self, hidden: BoolArray) -> BoolArray:
        """Of these hidden forms the primary ones, and those that deviate in a witness. To show the others changes no witness."""
        self.hide(hidden)
        deviates = [(self.fall[view] > 0) | (self.rise[view] > 0) for view in self.problem.views]
        cells_needed: BoolArray = hidden & np.logical_or.reduce([self.problem.primary, *deviates])
        return cells_needed

    def allows(self, view: str, deviation: IntArray) -> bool:
        """Whether a view's intruder thinks a deviation possible."""
        floors = self.problem.views[view].floors
        kept = bool((self.problem.counts + deviation >= floors).all())
        return kept and self.problem.restrictions[view].allows(deviation)

    def add(self, deviation: IntArray) -> IntArray | None:
        """Keep a witness. Returns by how much each form deviates in it. None: it breaks what is told of a hidden form."""
        moves = self.problem.forms.values(deviation)
        if (moves > self.problem.rise).any() or (-moves > self.problem.fall).any():
            return None
        views = frozenset(view for view in self.problem.views if self.allows(view, deviation))
        self.moves.append(moves)
        self.views_allowing.append(views)
        if not moves[self.shown].any():
            for view in views:
                self.fall[view] = np.maximum(self.fall[view], -moves)
                self.rise[view] = np.maximum(self.rise[view], moves)
        return moves

    def reaches(self, view: str, place: int, sign: int) -> int:
        """How far a form moves in the witnesses."""
        return int((self.rise if sign > 0 else self.fall)[view][place])

    def met(self, need: Need) -> bool:
        """Whether the witnesses found so far meet a need."""
        signs = (-1, 1) if need.sign == BOTH else (need.sign,)
        return sum(self.reaches(need.view, need.place, sign) for sign in signs) >= need.amount

    def meet(self, need: Need) -> bool:
        """Whether a need is met while these forms are hidden. Witnesses are sought where those found so far do not say so.

        Raises `EffortSpent`.
        """
        if self.met(need):
            return True
        if need.sign != BOTH:
            return self.find(Move(need.view, need.place, need.sign, need.amount))
        rises = range(need.amount, 0, -1)
        most = next((rise for rise in rises if self.find(Move(need.view, need.place, 1, rise))), 0)
        return most == need.amount or self.find(Move(need.view, need.place, -1, need.amount - most))

    def find(self, move: Move) -> bool:
        """Whether a form can move so far while these forms are hidden: the nearest move in fractions, or one in whole numbers."""
        if self.reaches(move.view, move.place, move.sign) >= move.amount:
            return True
        deviation, program = None, self.program(move.view)
        for prices in program.prices:
            near = program.nearest(move, self.shown, prices)
            if near is None:
                return False
            if (deviation := self.exact(move.view, near)) is not None:
                break
        if deviation is None:
            deviation = whole_deviation(self.problem, move, self.hidden, self.effort)
        if deviation is None:
            return False
        self.add(deviation)
        if self.reaches(move.view, move.place, move.sign) < move.amount:
            raise NoSolution("what the solver found is no witness")
        return True

    def exact(self, view: str, deviation: FloatArray) -> IntArray | None:
        """The deviation, if it is in whole numbers and the view allows it."""
        in_whole: IntArray = np.rint(deviation).astype(np.int64)
        near = np.abs(deviation - in_whole).max(initial=0) <= CLOSE
        return in_whole if near and self.allows(view, in_whole) else None
