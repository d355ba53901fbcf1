"""The clean-up after the heuristic: cells of a small table that need not be hidden are shown again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from cases.statistics.protection.space import IntArray
from cases.statistics.protection.suppress.needs import Need, Reach
from cases.statistics.protection.suppress.problem import SuppressionProblem
from cases.statistics.protection.suppress.solver import BoolArray


def clean_up(problem: SuppressionProblem, hidden: BoolArray, tell: Callable[[str], None]) -> BoolArray:
    """The hidden forms without the superfluous ones. The dearest are tried first."""
    needs = [*problem.needs, *problem.to_vary(hidden, ())]
    witnesses, failed = find_witnesses(problem, needs, hidden, [])
    needs = [need for need in needs if need not in failed]  # known from elsewhere, whatever is hidden
    for place in np.argsort(-problem.costs(np.zeros(problem.size, np.bool_)), kind="stable"):
        if not hidden[place] or problem.primary[place]:
            continue
        fewer = hidden.copy()
        fewer[place] = False
        wanted = [need for need in needs if need.strict or fewer[need.place]]
        found, failed = find_witnesses(problem, wanted, fewer, witnesses, patient=False)
        if not failed:
            hidden, witnesses = fewer, found
    tell(f"{int((hidden & ~problem.primary).sum())} complementary cells are needed")
    return hidden


def find_witnesses(
    problem: SuppressionProblem,
    needs: Sequence[Need],
    hidden: BoolArray,
    kept: Sequence[IntArray],
    *,
    patient: bool = True,
) -> tuple[list[IntArray], list[Need]]:
    """Witnesses in which no shown form deviates, the usable ones of `kept` among them; and the needs for which there is none.

    Unless `patient` is set, the search ends with the first such need.
    """
    shown = problem.is_candidate & ~hidden
    reached = problem.reach()
    found = [each for each in kept if not problem.forms.values(each)[shown].any()]
    for each in found:
        reached.add(each)
    failed: list[Need] = []
    for need in needs:
        if not meet_need(problem, need, hidden, reached, found):
            failed.append(need)
            if not patient:
                break
    return found, failed


def meet_need(
    problem: SuppressionProblem, need: Need, hidden: BoolArray, reached: Reach, found: list[IntArray]
) -> bool:
    """Meet one need by new witnesses, which are added to `found`. False: it cannot be met."""
    if reached.met(need):
        return True
    for moves in reached.choices(need):
        new = [problem.whole(need.view, move, hidden) for move in moves]
        for each in new:
            if each is not None:
                reached.add(each)
                found.append(each)
        if reached.met(need):
            return True
    return False
