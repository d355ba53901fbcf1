"""The least that has to be hidden, exactly: for small tables, and to measure how far the heuristic is from it."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from cases.statistics.protection.space import IntArray
from cases.statistics.protection.suppress.complementary import suppress
from cases.statistics.protection.suppress.cuts import approach_optimum, possible_needs
from cases.statistics.protection.suppress.problem import SuppressionProblem
from cases.statistics.protection.views import SuppressionCandidate, Target, View

LARGEST = 200


@dataclass(frozen=True, slots=True)
class Optimum:
    """Candidates (by id) that suffice when hidden, and their cost. `bound`: the least it can be. `proved`: it is the least."""

    hidden: frozenset[str]
    cost: float
    proved: bool
    bound: float


def optimum(
    *,
    counts: IntArray,
    candidates: Sequence[SuppressionCandidate],
    hidden: Collection[str],
    views: Mapping[str, View],
    targets: Sequence[Target],
    undetermined_in: Sequence[str] | None = None,
    seconds: float = 60,
) -> Optimum:
    """The cheapest set of candidates to hide, `hidden` among them, the cost being the sum of their weights.

    When the time (`seconds`) is over, the answer is that of `suppress`, with the bound reached. Raises `ValueError` for more
    than 200 candidates, and what `suppress` raises.
    """
    if len(candidates) > LARGEST:
        raise ValueError(f"more than {LARGEST} candidates")
    problem = SuppressionProblem(counts, candidates, hidden, views, targets, 0, undetermined_in)
    needs = possible_needs(problem)
    ends = time.monotonic() + seconds
    bound = 0.0
    for selection, enough in approach_optimum(problem, needs, problem.weights):
        bound = float(problem.weights[selection].sum())
        if enough:
            return Optimum(problem.ids(selection), bound, proved=True, bound=bound)
        if time.monotonic() > ends:
            break
    heuristic_cells = suppress(
        counts=counts,
        candidates=candidates,
        hidden=hidden,
        views=views,
        targets=targets,
        seed=0,
        undetermined_in=undetermined_in,
    )
    return Optimum(
        heuristic_cells,
        sum(each.weight for each in candidates if each.id in heuristic_cells),
        proved=False,
        bound=bound,
    )
