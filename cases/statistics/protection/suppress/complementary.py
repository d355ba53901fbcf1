"""Complementary suppression: which cells to hide beside the primary ones, so that every target stays possible.

`heuristic` meets target after target by the cheapest deviation. On a small table `cleanup` then shows again what is not needed, and
`cuts` seeks the cheapest set where that is not near it. Every witness is checked in whole numbers: no target rests on the solver's
word.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, MutableMapping, Sequence
from typing import Any

import numpy as np

from cases.statistics.protection.space import IntArray, LinearForm
from cases.statistics.protection.suppress.cleanup import clean_up
from cases.statistics.protection.suppress.cuts import improve
from cases.statistics.protection.suppress.heuristic import Suppressor
from cases.statistics.protection.suppress.problem import Impossible, SuppressionProblem, Untrue
from cases.statistics.protection.suppress.solver import NoSolution
from cases.statistics.protection.views import SuppressionCandidate, Target, View

__all__ = ["Impossible", "NoSolution", "Untrue", "suppress"]
KEY = "suppress"
FEW_UNKNOWNS = 300  # up to which the pattern is improved: every trial asks for whole numbers anew
FEW_CANDIDATES = 200  # up to which the cheapest set is sought
NEAR = 1.1  # but not if what is found costs at most so many times as much
ROUNDS, QUESTIONS = 100, 900  # each round asks of every target; a whole search asks no more than this


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
    tell: Callable[[str], None] = say_nothing,
    memory: MutableMapping[str, Any] | None = None,
) -> frozenset[str]:
    """The ids of all candidates to hide. The primary ones, `hidden`, are among them. All others may be shown exactly.

    `counts` is the truth, one number of persons for each unknown. Afterwards each target holds in its view, proved by witnesses in
    whole numbers. No hidden cell is determined in the views `undetermined_in` (default: the first target's view), unless their own
    constraints determine it. Equal arguments give an equal answer; `seed` breaks ties.

    `memory` (of JSON values) keeps the progress under "suppress": called again with the same arguments, the run goes on from there.
    Raises `Impossible` for targets that the views' constraints alone forbid, `Untrue` for a view that the counts contradict,
    `NoSolution` where the solver gives up.
    """
    problem = SuppressionProblem(counts, candidates, hidden, views, targets, seed, undetermined_in)
    run, memory = Suppressor(problem, tell), {} if memory is None else memory
    key = fingerprint(problem, hidden, targets, seed)
    solution = memory.get(KEY, {})
    if solution.get("of") == key:
        run.resume(solution)
    run.all(lambda: memory.update({KEY: {"of": key, **run.state()}}))
    if len(candidates) > FEW_CANDIDATES or len(counts) > FEW_UNKNOWNS:
        return problem.ids(run.hidden)
    rounds = min(ROUNDS, QUESTIONS // max(1, len(targets)))
    return problem.ids(improve(problem, clean_up(problem, run.hidden, tell), NEAR, rounds))


def fingerprint(problem: SuppressionProblem, hidden: Collection[str], targets: Sequence[Target], seed: int) -> str:
    """A SHA-256 of all arguments that decide the answer."""
    digest = hashlib.sha256(np.ascontiguousarray(problem.counts).tobytes())

    def take(*values: object) -> None:
        for value in values:
            numbers = (value.plus.tobytes(), value.minus.tobytes()) if isinstance(value, LinearForm) else value
            digest.update(repr(numbers).encode())

    take(seed, sorted(hidden), problem.undetermined_in)
    for candidate in problem.candidates:
        take(candidate.id, candidate.form, candidate.weight)
    for name, view in problem.views.items():
        take(name, view.floors.tobytes())
        for row in view.rows:
            take(row.source, row.form, row.low, row.high)
        for tie in view.ties:
            take(tie.earlier.tobytes(), tie.later.tobytes(), tie.added, tie.removed, tie.shift.tobytes())
    for target in targets:
        take(target.id, target.view, target.form, target.low, target.high, target.width)
    return digest.hexdigest()
