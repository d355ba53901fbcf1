"""The heuristic of the cheapest deviation: it meets one need after the other, and hides what deviates.

Kelly, Golden and Assad (1992), "Cell suppression: disclosure protection for sensitive tabular data", Networks 22. The linear
program gives a deviation in fractions. It becomes a witness when it is in whole numbers, or when one near it is found that is.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from stats.protection.space import IntArray
from stats.protection.suppress.deviations import Move, whole_deviation
from stats.protection.suppress.problem import BOTH, Impossible, Need
from stats.protection.suppress.solver import BoolArray, FloatArray, NoSolution
from stats.protection.suppress.witnesses import CLOSE, Witnesses

HIDDEN_PRICE = 1e-4  # what a hidden cell costs, as a part of its weight: it may deviate, but no farther than it helps
PRICE_SPREAD = 1e-3  # no two forms cost quite the same, so that the cheapest deviation is one
ROUNDINGS = 40  # tries to find a witness near a deviation in fractions
QUICK = 3  # of these by the linear program alone


class Suppressor:
    """A run. The witnesses know which forms are hidden so far."""

    def __init__(self, witnesses: Witnesses, tell: Callable[[str], None]) -> None:
        self.problem, self.witnesses, self.tell = witnesses.problem, witnesses, tell

    def run(self) -> BoolArray:
        """Meet every target, then see that no hidden form is determined. Returns the hidden forms.

        Raises `Impossible` with the targets that cannot be met.
        """
        if unmeetable := self.unmeetable():
            raise Impossible(sorted(unmeetable))
        needs_tried: set[tuple[str, int]] = set()
        while more := [
            each for each in self.problem.to_vary(self.witnesses.hidden) if (each.view, each.place) not in needs_tried
        ]:
            for need in more:
                needs_tried.add((need.view, need.place))
                if not self.meet(need):
                    self.tell(f"{need.id}: known from elsewhere, whatever is hidden")
        return self.witnesses.hidden

    def unmeetable(self) -> frozenset[str]:
        """Meet every target that can be met. Returns the others, by id."""
        return frozenset(need.id for need in sorted(self.problem.needs, key=self._urgency) if not self.meet(need))

    def _urgency(self, need: Need) -> tuple[int, float]:
        """Needs that ask for much come first: their witnesses serve others. Ties are broken by the seed."""
        return -need.amount, float(self.problem.random[need.place])

    def meet(self, need: Need) -> bool:
        """Meet a need. False: it is impossible, whatever is hidden."""
        if self.witnesses.met(need):
            return True
        if need.sign != BOTH:
            return self._make(Move(need.view, need.place, need.sign, need.amount))
        # The best way begins a third of the width below the truth.
        falls = sorted(range(need.amount + 1), key=lambda fall: (abs(fall - need.amount // 3), fall))
        return any(
            self._make(Move(need.view, need.place, -1, fall))
            and self._make(Move(need.view, need.place, 1, need.amount - fall))
            for fall in falls
        )

    def _costs(self) -> FloatArray:
        costs: FloatArray = self.problem.weights * (1 + PRICE_SPREAD * self.problem.random)
        return costs * np.where(self.witnesses.hidden, HIDDEN_PRICE, 1)

    def _make(self, move: Move) -> bool:
        """Find the cheapest witness of a move, and hide what deviates in it. False: there is none."""
        if self.witnesses.reaches(move.view, move.place, move.sign) >= move.amount:
            return True
        deviation = self.witnesses.program(move.view).cheapest(move, self._costs())
        witness = None if deviation is None else self._find_witness(move, deviation)
        if witness is None:
            return False
        deviates = self.problem.forms.values(witness) != 0
        self.witnesses.hide_more(self.problem.is_candidate & deviates)
        self.witnesses.add(witness)
        self.witnesses.add(-witness)  # its mirror hides nothing more
        if self.witnesses.reaches(move.view, move.place, move.sign) < move.amount:
            raise NoSolution("what the solver found is no witness")
        return True

    def _find_witness(self, move: Move, deviation: FloatArray) -> IntArray | None:
        """A witness of a move, at or near a deviation in fractions. None: the move is impossible.

        Each try may hide what deviated in the tries before. Only where all fail is a search over all cells made, which
        can take long.
        """
        problem, hidden, costs = self.problem, self.witnesses.hidden, self._costs()
        random, free = np.random.default_rng(move.place), self.witnesses.hidden.copy()
        for number in range(ROUNDINGS):
            free |= problem.is_candidate & (np.abs(problem.forms.measures(deviation)) > CLOSE)
            witness = self.witnesses.exact(move.view, deviation)
            if witness is None and number >= QUICK:
                witness = whole_deviation(
                    problem,
                    move,
                    free,
                    self.witnesses.effort,
                    np.where(free & ~hidden, costs, 0) if number > QUICK else None,
                )
            if witness is not None:
                return witness
            # A corner nearby is often whole: first only the hidden cells, which cost next to nothing, cost something else.
            other = np.exp((2 if number < QUICK else 1) * random.normal(size=problem.size))
            again = self.witnesses.program(move.view).cheapest(
                move, costs * np.where(hidden | (number >= QUICK), other, 1)
            )
            deviation = deviation if again is None else again
        self.tell("a target needs a search over all cells")
        return whole_deviation(problem, move, problem.is_candidate, self.witnesses.effort, costs)
