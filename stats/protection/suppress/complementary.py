"""Complementary suppression: which cells to hide beside the primary ones, so that every target stays possible.

`heuristic` meets target after target by the cheapest deviation. `programme` then finds the cheapest set of all, or shows how much
less it could be. Every witness is checked in whole numbers: no target rests on the solver's word.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from stats.protection.space import IntArray
from stats.protection.suppress.heuristic import Suppressor
from stats.protection.suppress.problem import SPREAD, Impossible, SuppressionProblem, Untrue
from stats.protection.suppress.programme import Programme
from stats.protection.suppress.solver import NoSolution
from stats.protection.suppress.witnesses import Witnesses
from stats.protection.views import SuppressionCandidate, Target, View

__all__ = ["Impossible", "NoSolution", "Suppression", "Untrue", "find_impossible", "suppress"]
EFFORT = 3e9  # to find the cheapest set: about half a minute of a usual machine
EFFORT_OF_BOUND = EFFORT / 5  # for the bound alone, of a large problem
FEW_CANDIDATES = 500  # of different forms, up to which the cheapest set is sought; above, the heuristic's is taken


@dataclass(frozen=True, slots=True)
class Suppression:
    """The ids of all candidates to hide, and what hiding them costs. No set that protects costs less than `bound`."""

    hidden: frozenset[str]
    cost: float
    bound: float

    @property
    def gap(self) -> float:
        """The part of the cost that another set might save, at most."""
        return max(0.0, 1 - self.bound / self.cost) if self.cost else 0.0

    @property
    def proved(self) -> bool:
        """Whether no set is cheaper, but for what breaks ties."""
        return self.gap <= SPREAD


def find_impossible(
    *,
    counts: IntArray,
    candidates: Sequence[SuppressionCandidate],
    views: Mapping[str, View],
    targets: Sequence[Target],
    seed: int,
) -> frozenset[str]:
    """The targets (by id) that no hiding meets. The arguments are those of `suppress`, which raises as this does."""
    problem = SuppressionProblem(counts, candidates, (), views, targets, seed)
    return Suppressor(Witnesses(problem), say_nothing).unmeetable()


def say_nothing(_: str) -> None:
    """Let nobody hear of the progress."""


def suppress(
    *,
    counts: IntArray,
    candidates: Sequence[SuppressionCandidate],
    hidden: Collection[str],
    views: Mapping[str, View],
    targets: Sequence[Target],
    seed: int,
    undetermined_in: Sequence[str] | None = None,
    effort: float = EFFORT,
    tell: Callable[[str], None] = say_nothing,
) -> Suppression:
    """The candidates to hide. The primary ones, `hidden`, are among them. All others may be shown exactly.

    `counts` is the truth, one number of persons for each unknown. Afterwards each target holds in its view, proved by witnesses in
    whole numbers, though a reader is told that a hidden candidate lies within its `least` and `most`. No hidden cell is determined
    in the views `undetermined_in` (default: the first target's view), unless their own constraints determine it.

    Equal arguments give an equal answer on every machine; `seed` breaks ties. After so much `effort` (`solver.Effort`) the search
    for a cheaper set ends with the heuristic's set, and `bound` tells what was proved by then.

    Raises `Impossible` for targets that the views' constraints alone forbid, `Untrue` for a view that the counts contradict,
    `NoSolution` where the solver gives up.
    """
    problem = SuppressionProblem(counts, candidates, hidden, views, targets, seed, undetermined_in)
    witnesses = Witnesses(problem)
    choice = Suppressor(witnesses, tell).run()
    programme, witnesses.effort.rest = Programme(witnesses, tell), effort
    if problem.is_candidate.sum() <= FEW_CANDIDATES:
        choice = programme.cheapest(choice)
    else:
        witnesses.effort.rest = min(effort, EFFORT_OF_BOUND)
        programme.approach()
    choice = witnesses.among(choice)
    return Suppression(problem.ids(choice), problem.cost(choice), min(programme.least, problem.cost(choice)))
