"""Complementary suppression: which cells to hide beside those that must be, so that every target stays possible.

The heuristic is that of the cheapest deviation (see `suppress_model`), target after target. On a small table what is not needed
in the end is shown again, and the cheapest set is sought if that is not near it. Every witness is checked in whole numbers, so
that no target rests on the solver's word.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, MutableMapping, Sequence
from typing import Any

import numpy as np

from cases.statistics.protection.space import IntArray, LinearForm
from cases.statistics.protection.suppress.clean import clean
from cases.statistics.protection.suppress.cuts import better
from cases.statistics.protection.suppress.model import Unsolved
from cases.statistics.protection.suppress.run import Impossible, Problem, Run, Untrue
from cases.statistics.protection.views import SuppressionCandidate, Target, View

__all__ = ["Impossible", "Unsolved", "Untrue", "suppress"]
KEY = "suppress"
FEW = 300  # unknowns up to which the pattern is improved: every trial asks for whole numbers anew
SMALL = 200  # candidates, up to which the cheapest set is sought
NEAR = 1.1  # but not if what is found costs at most so many times as much
ROUNDS, QUESTIONS = 100, 900  # each round asks of every target; a whole search asks no more than this


def quiet(_: str) -> None:
    """Tell nobody."""


def suppress(
    *,
    counts: IntArray,
    candidates: Sequence[SuppressionCandidate],
    hidden: Collection[str],
    views: Mapping[str, View],
    targets: Sequence[Target],
    seed: int,
    undetermined_in: Sequence[str] | None = None,
    tell: Callable[[str], None] = quiet,
    memory: MutableMapping[str, Any] | None = None,
) -> frozenset[str]:
    """The ids of all candidates to hide, `hidden` among them; what is not returned may be shown exactly.

    `counts` is the truth, one number for each unknown. Each target holds in its view afterwards, proved by witnesses in whole
    numbers, and no hidden cell is determined in the views `undetermined_in` (unless said: the first target's view), but where
    their own rows determine it. Equal arguments give an equal answer. `memory` (JSON-able) keeps the progress under "suppress":
    called again with the same arguments it goes on from there. Raises `Impossible` for targets that the views' rows alone forbid,
    `Untrue` for a view that the counts contradict, `Unsolved` if the solver gives up.
    """
    problem = Problem(counts, candidates, hidden, views, targets, seed, undetermined_in)
    run, memory = Run(problem, tell), {} if memory is None else memory
    key = fingerprint(problem, hidden, targets, seed)
    kept = memory.get(KEY, {})
    if kept.get("of") == key:
        run.resume(kept)
    run.all(lambda: memory.update({KEY: {"of": key, **run.state()}}))
    if len(candidates) > SMALL or len(counts) > FEW:
        return problem.ids(run.hidden)
    rounds = min(ROUNDS, QUESTIONS // max(1, len(targets)))
    return problem.ids(better(problem, clean(problem, run.hidden, tell), NEAR, rounds))


def fingerprint(problem: Problem, hidden: Collection[str], targets: Sequence[Target], seed: int) -> str:
    """A hash of all arguments that decide the answer."""
    made = hashlib.sha256(np.ascontiguousarray(problem.counts).tobytes())

    def take(*values: object) -> None:
        for value in values:
            numbers = (value.plus.tobytes(), value.minus.tobytes()) if isinstance(value, LinearForm) else value
            made.update(repr(numbers).encode())

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
    return made.hexdigest()
