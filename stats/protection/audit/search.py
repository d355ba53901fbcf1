"""The search for witnesses in one view: points that show what an intruder cannot rule out.

A point counts only where it satisfies, in whole numbers, every condition as it was given. So no target passes on the solver's
word; only that a target fails rests on the solver.

Small moves from one point, the *base*, which satisfies all conditions, are the way to witnesses in whole numbers. The smallest
move that takes a sum to a wanted value is the solution of a linear program. It touches few unknowns, and is mostly in whole
numbers. Where it is not, the same question is asked in whole numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import floor

import highspy
import numpy as np
from highspy._core import _Highs

from stats.protection.audit.knowledge import FAR, BoolArray, Contradiction, Knowledge, Sums, reduce
from stats.protection.audit.solver import LEAST, FloatArray, Solver, SolverAnswer, System, build_model, solve
from stats.protection.space import IntArray
from stats.protection.views import Target, View

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


# Rounding of a bound to whole numbers: the solver's tolerance, to the side on which an intruder knows less than he may.
_TOLERANCE = 1e-6
_TRIES = 6  # small changes with other prices, before the question is asked in whole numbers
_TIMES = (1, 2, 3, 4)


class SharedConditions:
    """What views with the same conditions share: the reduced conditions, the witnesses, and a base that suits the floors of all."""

    def __init__(self, knowledge: Knowledge, floors: Iterable[IntArray]) -> None:
        self.knowledge = knowledge
        self.points: list[IntArray] = []  # every one satisfies the conditions; floors are the views' own
        self.system = System(reduce(knowledge), knowledge.ties)
        self.common_moves = self.moves_at(np.maximum.reduce(list(floors)))

    def moves_at(self, floors: IntArray) -> Moves | None:
        """Moves from a point with these floors. None where no point was found."""
        if not self.system.admits(floors):
            return None
        answer = Solver(self.system, floors).anywhere()
        point = None if answer.point is None else np.rint(answer.point).astype(np.int64)
        return Moves(self.system, point) if point is not None and self.knowledge.holds(point, floors) else None


class Search:
    """Goals in a view, and the least and the greatest value of each goal's form at the witnesses so far."""

    def __init__(self, view: View, conditions: SharedConditions, goals: Sequence[Target]) -> None:
        """Raises `Contradiction`, without sources, where the view's conditions cannot hold."""
        self.view, self.goals = view, goals
        self.undecided_places: set[int] = set()
        self.conditions = conditions
        self._sums = Sums.of(goal.form for goal in goals)
        self._solver = Solver(conditions.system, view.floors)
        self.least = np.full(len(goals), FAR, dtype=np.int64)
        self.most = np.full(len(goals), -FAR, dtype=np.int64)
        self.least_at, self.most_at = np.zeros((2, len(goals)), dtype=np.int64)  # places in the conditions points
        self._low = np.array([FAR if goal.low is None else goal.low for goal in goals], dtype=np.int64)
        self._high = np.array([-FAR if goal.high is None else goal.high for goal in goals], dtype=np.int64)
        self._width = np.array([goal.width for goal in goals], dtype=np.int64)
        self._moves = conditions.common_moves or conditions.moves_at(view.floors)
        if self._moves is not None:
            self.add(self._moves.base)
        elif not self._solver.possible:
            raise Contradiction(view.name, ())

    def is_met(self) -> BoolArray:
        """Which goals the witnesses so far prove."""
        return (self.least <= self._low) & (self.most >= self._high) & (self.most - self.least >= self._width)

    def add(self, point: IntArray) -> None:
        """Keep a point if it is a witness and widens an interval."""
        values = self._sums.values(point)
        is_wider = ((values < self.least) | (values > self.most)).any()
        if is_wider and self.conditions.knowledge.holds(point, self.view.floors):
            self.conditions.points.append(point)
            self._weigh(len(self.conditions.points) - 1)

    def run(self, *, tell: Callable[[str], None] = lambda _: None) -> None:
        """Prove what can be proved: first by the witnesses of other views with the same conditions, then goal by goal."""
        for at in range(len(self.conditions.points)):
            self._weigh(at)
        for place in np.flatnonzero(~self.is_met()).tolist():
            self._aim_at(place, self.goals[place])
        tell(f"{self.view.name}: {int(self.is_met().sum())} of {len(self.goals)} proved")

    def direction(self, place: int, sign: int = 1) -> FloatArray:
        """The form of a goal as a direction."""
        direction = np.zeros(self.conditions.knowledge.size)
        form = self.goals[place].form
        direction[form.plus], direction[form.minus] = sign, -sign
        return direction

    def extreme(self, place: int, sign: int) -> int | None:
        """The greatest (sign 1) or least (sign −1) value of a goal's form, exactly. None: no bound.

        The witness of it is kept. Raises `Contradiction` where no whole numbers satisfy the view, `TimeoutError` where the solver
        gave up.
        """
        answer = self._solver.farthest(self.direction(place, sign))
        self._take(answer)
        if self._moves is None and self._solver.anywhere().empty:
            raise Contradiction(self.view.name, ())
        if answer.decided and answer.bound is None:
            return None
        if self._moves is None or answer.bound is None:
            raise TimeoutError(f"{self.view.name}: {self.goals[place].id} was not decided")
        bound = floor(answer.bound + _TOLERANCE)
        while not self._reach(place, sign, bound):
            if place in self.undecided_places:
                raise TimeoutError(f"{self.view.name}: {self.goals[place].id} was not decided")
            bound -= 1
        return sign * bound

    def _weigh(self, at: int) -> None:
        """Widen the intervals by a point that satisfies the conditions, where it suits the view's floors too."""
        point = self.conditions.points[at]
        if (point >= self.view.floors).all():
            values = self._sums.values(point)
            lower, higher = values < self.least, values > self.most
            self.least[lower], self.most[higher] = values[lower], values[higher]
            self.least_at[lower], self.most_at[higher] = at, at

    def _farthest(self, place: int, sign: int) -> int:
        return int(self.most[place] if sign > 0 else -self.least[place])

    def _take(self, answer: SolverAnswer) -> None:
        """Keep the point of an answer where it is in whole numbers, or a few times its move from the base is."""
        if answer.point is None or self._moves is None:
            return
        change = answer.point - self._moves.base
        for times in _TIMES:
            whole = np.rint(times * change)
            if np.abs(times * change - whole).max(initial=0) < _TOLERANCE:
                self.add(self._moves.base + whole.astype(np.int64))
                return

    def _aim_at(self, place: int, goal: Target) -> None:
        if goal.high is not None:
            self._reach(place, 1, goal.high)
        if goal.low is not None:
            self._reach(place, -1, -goal.low)
        # How far up there is room, and whether the rest of the width is there below.
        room = goal.width
        while room > 0 and not self._reach(place, 1, self._farthest(place, 1) + room):
            room -= 1
        if self.most[place] - self.least[place] < goal.width:
            self._reach(place, -1, goal.width - self._farthest(place, 1))

    def _reach(self, place: int, sign: int, least: int) -> bool:
        """Whether there is a witness where sign × form is `least` or more."""
        if self._farthest(place, sign) >= least:
            return True
        if self._moves is None:
            self.undecided_places.add(place)
            return False
        direction, points = self.direction(place, sign), list[FloatArray]()
        for _ in range(_TRIES):
            answer = self._moves.nearest(self.view.floors, direction, least)
            self._take(answer)
            if answer.empty or self._farthest(place, sign) >= least:
                return not answer.empty
            points += [] if answer.point is None else [answer.point]
        for among in (points, None) if points else (None,):
            answer = self._moves.whole(self.view.floors, direction, least, among)
            self._take(answer)
            if self._farthest(place, sign) >= least:
                return True
        if not answer.empty:
            self.undecided_places.add(place)
        return False
