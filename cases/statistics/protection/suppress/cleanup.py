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
    witnesses, failures = find_witnesses(problem, needs, hidden, [])
    needs = [need for need in needs if need not in failures]  # known from elsewhere, whatever is hidden
    for place in np.argsort(-problem.costs(np.zeros(problem.size, np.bool_)), kind="stable"):
        if not hidden[place] or problem.primary[place]:
            continue
        fewer = hidden.copy()
        fewer[place] = False
        needs_left = [need for need in needs if need.strict or fewer[need.place]]
        new_witnesses, failures = find_witnesses(problem, needs_left, fewer, witnesses, patient=False)
        if not failures:
            hidden, witnesses = fewer, new_witnesses
    tell(f"{int((hidden & ~problem.primary).sum())} complementary cells are needed")
    return hidden


def find_witnesses(
    problem: SuppressionProblem,
    needs: Sequence[Need],
    hidden: BoolArray,
    old_witnesses: Sequence[IntArray],
    *,
    patient: bool = True,
) -> tuple[list[IntArray], list[Need]]:
    """Witnesses in which no shown form deviates, the usable `old_witnesses` among them; and the needs without one.

    Unless `patient` is set, the search ends with the first such need.
    """
    shown = problem.is_candidate & ~hidden
    reach_of_all = problem.reach()
    witnesses_found = [each for each in old_witnesses if not problem.forms.values(each)[shown].any()]
    for each in witnesses_found:
        reach_of_all.add(each)
    failures: list[Need] = []
    for need in needs:
        if not meet_need(problem, need, hidden, reach_of_all, witnesses_found):
            failures.append(need)
            if not patient:
                break
    return witnesses_found, failures


def meet_need(
    problem: SuppressionProblem, need: Need, hidden: BoolArray, reach_of_all: Reach, witnesses_found: list[IntArray]
) -> bool:
    """Meet one need by new witnesses, which are added to `witnesses_found`. False: it cannot be met."""
    if reach_of_all.is_met(need):
        return True
    for moves in reach_of_all.choices(need):
        new = [problem.whole(need.view, move, hidden) for move in moves]
        for each in new:
            if each is not None:
                reach_of_all.add(each)
                witnesses_found.append(each)
        if reach_of_all.is_met(need):
            return True
    return False
