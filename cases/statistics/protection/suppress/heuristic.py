"""The heuristic of the cheapest deviation: it meets one need after the other, and hides what deviates.

Kelly, Golden and Assad (1992), "Cell suppression: disclosure protection for sensitive tabular data", Networks 22. The linear
program gives a deviation in fractions. It becomes a witness when it is in whole numbers, or when one near it is found that is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from cases.statistics.protection.space import IntArray
from cases.statistics.protection.suppress.needs import Need
from cases.statistics.protection.suppress.problem import Impossible, SuppressionProblem
from cases.statistics.protection.suppress.programs import Move
from cases.statistics.protection.suppress.solver import FloatArray, NoSolution

CLOSE = 1e-6  # what is nearer to a whole number than this is taken for it, and then checked in whole numbers
ROUNDINGS = 40  # tries to find a witness near a deviation in fractions
QUICK = 3  # of these by the linear program alone
PAUSE = 25  # needs that took work between two notes of the progress


class Suppressor:
    """A run: the forms hidden so far, and how far the witnesses reach."""

    def __init__(self, problem: SuppressionProblem, tell: Callable[[str], None]) -> None:
        self.problem, self.tell = problem, tell
        self.hidden = problem.primary.copy()
        self.reach = problem.reach()
        self.order = sorted(range(len(problem.needs)), key=self._urgency)
        self.position = 0
        self.refusals: list[str] = []

    def state(self) -> dict[str, Any]:
        """How far the run has come, for JSON."""
        return {
            "done": self.position,
            "hidden": np.flatnonzero(self.hidden).tolist(),
            "refused": self.refusals,
            "fall": {name: values.tolist() for name, values in self.reach.fall.items()},
            "rise": {name: values.tolist() for name, values in self.reach.rise.items()},
        }

    def resume(self, state: Mapping[str, Any]) -> None:
        """Go on from where another run stopped."""
        self.position, self.refusals = state["done"], list(state["refused"])
        self.hidden[state["hidden"]] = True
        self.reach.fall = {name: np.array(values, np.int64) for name, values in state["fall"].items()}
        self.reach.rise = {name: np.array(values, np.int64) for name, values in state["rise"].items()}

    def all(self, note: Callable[[], None]) -> None:
        """Meet every target, then see that no hidden cell is determined.

        Raises `Impossible` with the targets that cannot be met.
        """
        changes_made = 0
        for number, at in enumerate(self.order[self.position :], self.position + 1):
            need = self.problem.needs[at]
            changes_made += not self.reach.is_met(need)
            if not self.meet(need):
                self.refusals.append(need.id)
            self.position = number
            if changes_made == PAUSE:
                changes_made = 0
                note()
                self.tell(
                    f"{number} of {len(self.order)} targets, {int((self.hidden & ~self.problem.primary).sum())} more cells"
                )
        note()
        if self.refusals:
            raise Impossible(sorted(set(self.refusals)))
        attempts: set[tuple[str, int]] = set()
        while more := self.problem.to_vary(self.hidden, attempts):
            for need in more:
                attempts.add((need.view, need.place))
                if not self.meet(need):
                    self.tell(f"{need.id}: known from elsewhere, whatever is hidden")

    def _urgency(self, number: int) -> tuple[int, float]:
        """Targets that ask for much come first: their witnesses serve others. Ties are broken by the seed."""
        need = self.problem.needs[number]
        moves = self.reach.choices(need)[0]
        return -max((move.amount for move in moves), default=0), float(self.problem.random[need.place])

    def meet(self, need: Need) -> bool:
        """Meet a need. False: it is impossible, whatever is hidden."""
        if self.reach.is_met(need):
            return True
        return any(all(self._make(need.view, move) for move in moves) for moves in self.reach.choices(need))

    def _make(self, view: str, move: Move) -> bool:
        """Find the cheapest witness of a move, and hide what deviates in it. False: there is none."""
        if (self.reach.rise if move.sign > 0 else self.reach.fall)[view][move.place] * move.sign >= move.amount:
            return True
        witness_found = self._cheapest(view, move, self.problem.costs(self.hidden))
        if witness_found is None:
            return False
        witness = self._find_witness(view, move, witness_found)
        if witness is None:
            return False
        movement = self.reach.add(witness)
        if movement[move.place] * move.sign < move.amount or not self.problem.allows(view, witness):
            raise NoSolution("what the solver found is no witness")
        self.hidden |= self.problem.is_candidate & (movement != 0)
        self.reach.add(-witness)  # its mirror hides nothing more
        return True

    def _cheapest(self, view: str, move: Move, costs: FloatArray) -> FloatArray | None:
        """The linear program's answer at these costs."""
        model = self.problem.model(view)
        model.price(costs)
        return model.cheapest(self.problem.views[view].floors, move)

    def _exact(self, view: str, witness_found: FloatArray) -> IntArray | None:
        """The deviation, if it is in whole numbers and the view allows it."""
        integers: IntArray = np.rint(witness_found).astype(np.int64)
        near = np.abs(witness_found - integers).max(initial=0) <= CLOSE
        return integers if near and self.problem.allows(view, integers) else None

    def _find_witness(self, view: str, move: Move, witness_found: FloatArray) -> IntArray | None:
        """A witness of a move, at or near a deviation in fractions. None: the move is impossible.

        Each try may hide what deviated in the tries before. Only where all fail is a search over all cells made, which
        can take long.
        """
        problem, random = self.problem, np.random.default_rng(move.place)
        free, costs = self.hidden.copy(), problem.costs(self.hidden)
        for number in range(ROUNDINGS):
            free |= problem.is_candidate & (np.abs(problem.forms.measures(witness_found)) > CLOSE)
            witness = self._exact(view, witness_found)
            if witness is None and number >= QUICK:
                witness = problem.whole(
                    view, move, free, np.where(free & ~self.hidden, costs, 0) if number > QUICK else None
                )
            if witness is not None:
                return witness
            # A corner nearby is often whole: first only the hidden cells, which cost next to nothing, cost something else.
            other = np.exp((2 if number < QUICK else 1) * random.normal(size=problem.size))
            again = self._cheapest(view, move, costs * np.where(self.hidden | (number >= QUICK), other, 1))
            witness_found = witness_found if again is None else again
        self.tell("a target needs a search over all cells")
        return problem.whole(view, move, problem.is_candidate, costs)
