"""The cheapest set of hidden cells, by cuts: what every set that meets a need has to contain.

Hiding more never hurts a target, so the sets that suffice are those that hit certain cuts: of the cells in one cut at least one
has to be hidden (or a sum of parts of them). A master program finds the cheapest set that hits all cuts known; where a target
fails for it, the dual solution of its linear program gives a cut that it misses: Fischetti and Salazar (2001), "Solving the cell
suppression problem on tabular data with linear constraints". What is possible in fractions only is cut off as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import highspy
import numpy as np

from cases.statistics.protection.space import IntArray
from cases.statistics.protection.suppress.clean import witness
from cases.statistics.protection.suppress.known import Need
from cases.statistics.protection.suppress.model import BoolArray, FloatArray, Move, new_solver
from cases.statistics.protection.suppress.run import Impossible, Problem

CLOSE = 1e-6
SLACK = 1e-7  # a cut is weakened by this much, for rounding


@dataclass(frozen=True, eq=False, slots=True)
class Cut:
    """Σ factor × (1 if the form at the place is hidden) ≥ least."""

    places: IntArray
    factors: FloatArray
    least: float


def approaches(problem: Problem, needs: Sequence[Need], weights: FloatArray) -> Iterator[tuple[BoolArray, bool]]:
    """Sets of hidden forms, none dearer by these weights than the cheapest that meets all needs; whether it does: then it ends."""
    known: list[Cut] = []
    chosen = problem.first
    problem.forget()
    while found := cuts(problem, needs, chosen):
        yield chosen, False
        known += found
        chosen = cheapest(problem, known, weights)
    yield chosen, True


def better(problem: Problem, hidden: BoolArray, near: float, rounds: int) -> BoolArray:
    """The cheapest set, or these hidden forms if they are proved to cost at most `near` times as much, or after many rounds."""
    weights = problem.costs(np.zeros(problem.size, np.bool_))
    cost = weights[hidden].sum()
    sets = approaches(problem, possible(problem), weights)
    for chosen, enough in islice(sets, rounds):
        if cost <= near * weights[chosen].sum():
            return hidden
        if enough:
            return chosen
    return hidden


def possible(problem: Problem) -> list[Need]:
    """The needs that hiding everything meets. Raises `Impossible` for a target that is none."""
    every = problem.candidate
    needs = [*problem.needs, *problem.to_vary(every, ())]
    _, failed = witness(problem, needs, every, [])
    if refused := sorted({need.id for need in failed if need.strict}):
        raise Impossible(refused)
    return [need for need in needs if need not in failed]


def cheapest(problem: Problem, known: Sequence[Cut], weights: FloatArray) -> BoolArray:
    """The cheapest set that meets all cuts, as which forms are hidden."""
    master = highspy.HighsLp()
    master.num_col_, master.num_row_ = problem.size, len(known)
    master.col_cost_ = np.where(problem.candidate, weights, 0)
    master.col_lower_, master.col_upper_ = problem.first.astype(np.float64), problem.candidate.astype(np.float64)
    master.row_lower_ = np.array([cut.least for cut in known], float)
    master.row_upper_ = np.full(len(known), highspy.kHighsInf)
    master.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    master.a_matrix_.start_ = np.cumsum([0, *(len(cut.places) for cut in known)]).astype(np.int32)
    master.a_matrix_.index_ = np.concatenate([cut.places for cut in known]).astype(np.int32)
    master.a_matrix_.value_ = np.concatenate([cut.factors for cut in known])
    master.integrality_ = [highspy.HighsVarType.kInteger] * problem.size
    solver = new_solver(master)
    solver.run()
    chosen: BoolArray = np.array(solver.getSolution().col_value) > 1 / 2
    return chosen


def cuts(problem: Problem, needs: Sequence[Need], hidden: BoolArray) -> list[Cut]:
    """A cut for each need that is not met by hiding these forms; none: all are met, in whole numbers.

    A hidden form that has to vary is one need only while it is hidden.
    """
    wanted = [need for need in needs if need.strict or hidden[need.place]]
    _, failed = witness(problem, wanted, hidden, [])
    return [cut_of(problem, need, hidden) for need in failed]


def cut_of(problem: Problem, need: Need, hidden: BoolArray) -> Cut:
    """The cut of one need that is not met."""
    factors = by_duals(problem, need, hidden)
    if factors is None:
        factors = by_trial(problem, need, hidden)
    factors[hidden] = 0
    if not need.strict:
        factors[need.place] = -1
    places = np.flatnonzero(factors)
    return Cut(places, factors[places], (1 if need.strict else 0) - SLACK)


def by_trial(problem: Problem, need: Need, hidden: BoolArray) -> FloatArray:
    """Hide ever more, the dearest first, while the need is still not met: one of the others has to be hidden."""
    most = hidden.copy()
    for place in np.argsort(-problem.weights, kind="stable"):
        if not problem.candidate[place] or most[place]:
            continue
        most[place] = True
        if not witness(problem, [need], most, [])[1]:
            most[place] = False
    factors: FloatArray = (problem.candidate & ~most).astype(np.float64)
    return factors


def by_duals(problem: Problem, need: Need, hidden: BoolArray) -> FloatArray | None:
    """The cut of the linear program's dual solution; None: the need is met in fractions.

    A shown form that may deviate by at most u adds at most u × its multiplier to what the target's form reaches. So what is
    missing has to come from these: factors are that in parts of what is missing, and 1 where it is more.
    """
    truth = int(problem.forms.values(problem.counts)[need.place])
    fall, rise = truth - min(need.low, truth), max(need.high, truth) - truth
    either = Move(need.place, -1, need.width), Move(need.place, 1, need.width)
    for moves in ((Move(need.place, -1, fall),), (Move(need.place, 1, rise),), either):
        factors = missing(problem, need.view, moves, problem.candidate & ~hidden)
        if factors is not None:
            return factors
    return None


def missing(problem: Problem, view: str, moves: Sequence[Move], shown: BoolArray) -> FloatArray | None:
    """What each form would add, in parts of what these moves together lack of the amount of each; None: they lack nothing."""
    model, floors = problem.model(view), problem.views[view].floors
    lacking, factors = float(moves[0].amount), np.zeros(problem.size)
    falls = problem.forms.values(problem.counts - floors)
    for move in moves:
        reach, up, down = model.farthest(floors, move, shown) if move.amount else (0.0, factors, factors)
        lacking -= reach
        factors = factors + np.where(up > CLOSE, np.inf, 0) + np.where(down > CLOSE, down * falls, 0)
    return np.minimum(factors / lacking, 1) if lacking > CLOSE else None
