"""The cheapest set of hidden cells, by cutting planes: what every set that meets a need has to contain.

Hiding more never hurts a target, so the sets that suffice are those that hit certain cuts: of the cells in one cut at least one
has to be hidden (or a sum of parts of them). A master program finds the cheapest set that hits all cuts known; where a target
fails for it, the dual solution of its linear program gives a cut that it misses: Fischetti and Salazar (2001), "Solving the cell
suppression problem on tabular data with linear constraints", Management Science 47. What is possible in fractions only is cut off
as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import highspy
import numpy as np

from cases.statistics.protection.space import IntArray
from cases.statistics.protection.suppress.cleanup import find_witnesses
from cases.statistics.protection.suppress.needs import Need
from cases.statistics.protection.suppress.problem import Impossible, SuppressionProblem
from cases.statistics.protection.suppress.programs import Move
from cases.statistics.protection.suppress.solver import BoolArray, FloatArray, new_solver

CLOSE = 1e-6
SLACK = 1e-7  # a cut is weakened by this much, for rounding


@dataclass(frozen=True, eq=False, slots=True)
class Cut:
    """Σ factor × (1 if the form at the place is hidden) ≥ least."""

    places: IntArray
    factors: FloatArray
    least: float


def approach_optimum(
    problem: SuppressionProblem, needs: Sequence[Need], weights: FloatArray
) -> Iterator[tuple[BoolArray, bool]]:
    """Sets of hidden forms, each with whether it meets all needs; the first that does is the last.

    None costs more than the cheapest set that meets all needs, so the cost of each is a lower bound.
    """
    cuts_known: list[Cut] = []
    solution = problem.primary
    problem.forget()
    while new_cuts := find_cuts(problem, needs, solution):
        yield solution, False
        cuts_known += new_cuts
        solution = cheapest_set(problem, cuts_known, weights)
    yield solution, True


def improve(problem: SuppressionProblem, hidden: BoolArray, near: float, rounds: int) -> BoolArray:
    """The cheapest set. The hidden forms themselves, where they cost at most `near` times as much, or after so many rounds."""
    weights = problem.costs(np.zeros(problem.size, np.bool_))
    cost = weights[hidden].sum()
    sets = approach_optimum(problem, possible_needs(problem), weights)
    for solution, enough in islice(sets, rounds):
        if cost <= near * weights[solution].sum():
            return hidden
        if enough:
            return solution
    return hidden


def possible_needs(problem: SuppressionProblem) -> list[Need]:
    """The needs that are met when everything is hidden. Raises `Impossible` where a target is not."""
    every = problem.is_candidate
    needs = [*problem.needs, *problem.to_vary(every, ())]
    _, failures = find_witnesses(problem, needs, every, [])
    if unmeetable := sorted({need.id for need in failures if need.strict}):
        raise Impossible(unmeetable)
    return [need for need in needs if need not in failures]


def cheapest_set(problem: SuppressionProblem, cuts_known: Sequence[Cut], weights: FloatArray) -> BoolArray:
    """The cheapest set of hidden forms that meets all cuts: the master program."""
    master = highspy.HighsLp()
    master.num_col_, master.num_row_ = problem.size, len(cuts_known)
    master.col_cost_ = np.where(problem.is_candidate, weights, 0)
    master.col_lower_, master.col_upper_ = problem.primary.astype(np.float64), problem.is_candidate.astype(np.float64)
    master.row_lower_ = np.array([cut.least for cut in cuts_known], float)
    master.row_upper_ = np.full(len(cuts_known), highspy.kHighsInf)
    master.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    master.a_matrix_.start_ = np.cumsum([0, *(len(cut.places) for cut in cuts_known)]).astype(np.int32)
    master.a_matrix_.index_ = np.concatenate([cut.places for cut in cuts_known]).astype(np.int32)
    master.a_matrix_.value_ = np.concatenate([cut.factors for cut in cuts_known])
    master.integrality_ = [highspy.HighsVarType.kInteger] * problem.size
    solver = new_solver(master)
    solver.run()
    solution: BoolArray = np.array(solver.getSolution().col_value) > 1 / 2
    return solution


def find_cuts(problem: SuppressionProblem, needs: Sequence[Need], hidden: BoolArray) -> list[Cut]:
    """A cut for each need that these hidden forms do not meet. An empty list: all are met, in whole numbers.

    That a form is not determined is needed only while it is hidden.
    """
    needs_left = [need for need in needs if need.strict or hidden[need.place]]
    _, failures = find_witnesses(problem, needs_left, hidden, [])
    return [cut_for(problem, need, hidden) for need in failures]


def cut_for(problem: SuppressionProblem, need: Need, hidden: BoolArray) -> Cut:
    """The cut that a need which is not met gives."""
    factors = factors_by_duals(problem, need, hidden)
    if factors is None:
        factors = factors_by_trial(problem, need, hidden)
    factors[hidden] = 0
    if not need.strict:
        factors[need.place] = -1
    places = np.flatnonzero(factors)
    return Cut(places, factors[places], (1 if need.strict else 0) - SLACK)


def factors_by_trial(problem: SuppressionProblem, need: Need, hidden: BoolArray) -> FloatArray:
    """The factors of a cut, by trial: of the forms that are left, one has to be hidden.

    Ever more is hidden, the dearest first, as long as the need is not met.
    """
    most = hidden.copy()
    for place in np.argsort(-problem.weights, kind="stable"):
        if not problem.is_candidate[place] or most[place]:
            continue
        most[place] = True
        if not find_witnesses(problem, [need], most, [])[1]:
            most[place] = False
    factors: FloatArray = (problem.is_candidate & ~most).astype(np.float64)
    return factors


def factors_by_duals(problem: SuppressionProblem, need: Need, hidden: BoolArray) -> FloatArray | None:
    """The factors of a cut, by the dual solution of the linear program. None: the need is met in fractions.

    A shown form that may deviate by at most u adds at most u × its multiplier to what the target's form reaches. So what is
    missing has to come from these: factors are that in parts of what is missing, and 1 where it is more.
    """
    truth = int(problem.forms.values(problem.counts)[need.place])
    fall, rise = truth - min(need.low, truth), max(need.high, truth) - truth
    either = Move(need.place, -1, need.width), Move(need.place, 1, need.width)
    for moves in ((Move(need.place, -1, fall),), (Move(need.place, 1, rise),), either):
        factors = shares_of_lack(problem, need.view, moves, problem.is_candidate & ~hidden)
        if factors is not None:
            return factors
    return None


def shares_of_lack(
    problem: SuppressionProblem, view: str, moves: Sequence[Move], shown: BoolArray
) -> FloatArray | None:
    """What each form would add to moves, as a share of what they lack together. None: they lack nothing."""
    model, floors = problem.model(view), problem.views[view].floors
    lacking, factors = float(moves[0].amount), np.zeros(problem.size)
    falls = problem.forms.values(problem.counts - floors)
    for move in moves:
        reach, up, down = model.farthest(floors, move, shown) if move.amount else (0.0, factors, factors)
        lacking -= reach
        factors = factors + np.where(up > CLOSE, np.inf, 0) + np.where(down > CLOSE, down * falls, 0)
    return np.minimum(factors / lacking, 1) if lacking > CLOSE else None
