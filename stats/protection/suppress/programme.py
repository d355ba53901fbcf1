"""The cheapest set of hidden cells, by one integer programme: a yes or no for each cell, and what every set that protects obeys.

    minimise  Σ price × hidden      hidden = 1 for a primary cell
    for each need that a set did not meet:  Σ factor × hidden ≥ 1                                                 a cut

Hiding more never hurts. So where a need is not met, the dual solution of its linear program says what further cells could add to
how far its form moves: together at least what is lacking. Fischetti and Salazar (2001), "Solving the cell suppression problem on
tabular data with linear constraints", Management Science 47. Where fractions meet a need and whole numbers do not, there is no such
cut. Then the programme itself gets a witness of the need, in whole numbers, in which a cell deviates only if it is hidden.

Every programme asks for less than is needed, so what its solution costs is a bound. The first that meets all needs is the cheapest.
Cuts are first sought with parts of cells hidden, which takes little: only then does the programme decide in whole cells.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from stats.protection.space import IntArray
from stats.protection.suppress.deviations import Line, Move, ProgramRows, add_witness
from stats.protection.suppress.heuristic import Suppressor
from stats.protection.suppress.problem import BOTH, FAR, SPREAD, Need
from stats.protection.suppress.solver import (
    INFINITE,
    LIMIT,
    OPTIMAL,
    BoolArray,
    EffortSpent,
    FloatArray,
    NoSolution,
    new_solver,
    run,
)
from stats.protection.suppress.witnesses import CLOSE, Witnesses

SLACK = 1e-7  # a cut is weakened by this much, for rounding


@dataclass(frozen=True, eq=False, slots=True)
class Cut:
    """Σ factor × (1 if the form at the place is hidden) ≥ least."""

    places: IntArray
    factors: FloatArray
    least: float


@dataclass
class Programme:
    """The integer programme of a problem while it grows. `bound`: no set that meets all needs costs less, in prices."""

    witnesses: Witnesses
    tell: Callable[[str], None]
    cuts: list[Cut] = field(default_factory=list)
    in_whole: list[Need] = field(default_factory=list)
    bound: float = 0.0

    def __post_init__(self) -> None:
        self.problem = self.witnesses.problem
        self.prices = self.problem.prices
        self.given_up: set[tuple[str, int]] = set()
        self.bound = self._price(self.problem.primary)

    @property
    def least(self) -> float:
        """The bound in weights: prices are at most a little higher."""
        return self.bound / (1 + SPREAD)

    def cheapest(self, fallback: BoolArray) -> BoolArray:
        """The cheapest set of hidden forms that meets all needs; or, when the effort ends before, the cheapest found.

        `fallback` meets them all. Every other set that does not is completed by the heuristic, and may then be cheaper.
        """
        self.approach()
        try:
            while self._price(fallback) > self.bound + CLOSE:
                choice = self._solve() > 1 / 2
                if not self._learn(choice):
                    return choice
                fallback = min(fallback, self._complete(choice), key=self._price)
                self.tell(f"{len(self.cuts)} cuts, {len(self.in_whole)} witnesses")
        except (EffortSpent, NoSolution) as stop:
            self.tell(f"not proved: {'the effort is made' if isinstance(stop, EffortSpent) else stop}")
        return fallback

    def approach(self) -> None:
        """Raise the bound by cuts alone, with parts of cells hidden.

        Of these parts all are taken for hidden: the cuts that this leaves are about few cells, and say much. It is all that a large
        problem has effort for.
        """
        choice = self.problem.primary
        try:
            while self._add_cuts(self.problem.needs, choice)[0]:
                choice = self._solve(whole=False) > CLOSE
        except (EffortSpent, NoSolution):
            return

    def _complete(self, choice: BoolArray) -> BoolArray:
        """These forms, and what the heuristic hides beside them."""
        self.witnesses.hide(choice)
        return Suppressor(self.witnesses, self.tell).run()

    def _price(self, hidden: BoolArray) -> float:
        return float(self.prices[hidden].sum())

    def _learn(self, hidden: BoolArray) -> bool:
        """Add to the programme what this set does not meet: targets, or else that nothing hidden is determined. False: nothing."""
        if self._add_unmet(self.problem.needs, hidden):
            return True
        to_vary = [each for each in self.problem.to_vary(hidden) if (each.view, each.place) not in self.given_up]
        return self._add_unmet([each for each in to_vary if not self._gives_up(each, hidden)], hidden)

    def _gives_up(self, need: Need, hidden: BoolArray) -> bool:
        """Whether a need is not met whatever is hidden: it is known from elsewhere."""
        if self.witnesses.met(need) or self.witnesses.meet(need):
            return False
        self.witnesses.hide(self.problem.is_candidate)
        if not self.witnesses.meet(need):
            self.given_up.add((need.view, need.place))
        self.witnesses.hide(hidden)
        return (need.view, need.place) in self.given_up

    def _add_unmet(self, needs: Sequence[Need], hidden: BoolArray) -> bool:
        """Add cuts for needs that fail; where fractions meet all, a witness of the first that still fails. False: none fails."""
        has_cuts, failing = self._add_cuts(needs, hidden)
        if failing and not has_cuts:
            if failing[0] in self.in_whole:
                raise NoSolution("what the programme found has no witness")
            self.in_whole.append(failing[0])
        return has_cuts or bool(failing)

    def _add_cuts(self, needs: Sequence[Need], hidden: BoolArray) -> tuple[bool, list[Need]]:
        """Add a cut for needs that fail: one for each move of a form, since what serves one view mostly serves the others.

        Returns whether there is any, and the needs that whole numbers do not meet, though fractions do.
        """
        self.witnesses.hide(hidden)
        moves_cut, failing = set[tuple[int, int]](), list[Need]()
        for need in needs:
            if (need.place, need.sign) in moves_cut or self.witnesses.met(need):
                continue
            if cut := self._cut(need, hidden):
                self.cuts.append(cut)
                moves_cut.add((need.place, need.sign))
            elif not self.witnesses.meet(need):
                failing.append(need)
        return bool(moves_cut), failing

    def _cut(self, need: Need, hidden: BoolArray) -> Cut | None:
        """The cut that a need gives which these hidden forms do not meet. None: they meet it in fractions.

        A shown form that may deviate by at most u adds at most u × its multiplier to how far the need's form moves. A cut has these
        in parts of what is lacking, and 1 where they are more.
        """
        model, lacking, factors = self.witnesses.program(need.view), float(need.amount), np.zeros(self.problem.size)
        fall, rise = self._room(need.view)
        for sign in (-1, 1) if need.sign == BOTH else (need.sign,):
            move = Move(need.view, need.place, sign, need.amount)
            reach, up, down = model.farthest(move, self.problem.is_candidate & ~hidden)
            lacking -= reach
            for multiplier, room in ((up, rise), (down, fall)):
                factors += np.multiply(multiplier, room, out=np.zeros(len(room)), where=multiplier > CLOSE)
        if lacking < CLOSE:
            return None
        factors = np.minimum(factors / lacking, 1)
        factors[hidden | ~self.problem.is_candidate] = 0
        if not need.strict:
            factors[need.place] = -1
        places = np.flatnonzero(factors)
        return Cut(places, factors[places], (1 if need.strict else 0) - SLACK)

    def _room(self, view: str) -> tuple[FloatArray, ...]:
        """How far each form may fall and rise at most in a view: by its floors, and by what is told of it."""
        room = self.problem.forms.values(self.problem.counts - self.problem.views[view].floors)
        fall = np.where(self.problem.is_sum, np.minimum(room, self.problem.fall), self.problem.fall)
        return tuple(np.where(most < FAR, most, np.inf) for most in (fall, self.problem.rise))

    def _solve(self, *, whole: bool = True) -> FloatArray:
        """Solve the programme, and take its bound. Raises `EffortSpent`."""
        size, primary = self.problem.size, self.problem.primary.astype(np.float64)
        rows = ProgramRows(self.problem.counts)
        rows.new_columns(primary, self.problem.is_candidate.astype(np.float64), whole=whole)
        rows.costs = dict(enumerate(np.where(self.problem.is_candidate, self.prices, 0).tolist()))
        for cut in self.cuts:
            rows.add((cut.least, INFINITE), (cut.places, cut.factors))
        for need in self.in_whole if whole else ():
            self._add_need(rows, need)
        solver = new_solver(rows.program())
        status, info = run(solver, self.witnesses.effort), solver.getInfo()
        if whole or status == OPTIMAL:
            self.bound = max(self.bound, info.mip_dual_bound if whole else info.objective_function_value)
        if status == LIMIT:
            raise EffortSpent
        if status != OPTIMAL:
            raise NoSolution(solver.modelStatusToString(status))
        return np.array(solver.getSolution().col_value)[:size]

    def _add_need(self, rows: ProgramRows, need: Need) -> None:
        """Add a witness of a need: one that makes its move, or two whose distance is what is needed."""
        unknowns, factors = self.problem.forms.terms[need.place]
        parts: list[Line] = []
        for sign in (-1, 1) if need.sign == BOTH else (need.sign,):
            add_witness(rows, self.problem, need.view, need.amount)
            self._let_hidden_deviate(rows, need)
            parts += rows.deviation((unknowns, factors * sign))
        if not need.strict:
            parts.append((np.array([need.place]), np.array([-need.amount])))
        rows.add((need.amount if need.strict else 0, INFINITE), *parts)

    def _let_hidden_deviate(self, rows: ProgramRows, need: Need) -> None:
        """Let a form deviate in the last witness only if it is hidden, and then by no more than it may."""
        most = self.problem.counts.sum() + need.amount
        fall, rise = (np.minimum(room, most) for room in self._room(need.view))
        for place in np.flatnonzero(self.problem.is_candidate):
            move_terms, own = rows.deviation(self.problem.forms.terms[place]), np.array([place])
            rows.add((-INFINITE, 0), *move_terms, (own, np.array([-rise[place]])))
            rows.add((0, INFINITE), *move_terms, (own, np.array([fall[place]])))
