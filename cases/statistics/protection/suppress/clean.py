"""Showing again what a small table need not hide."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from cases.statistics.protection.space import IntArray
from cases.statistics.protection.suppress.known import Need, Reached
from cases.statistics.protection.suppress.model import BoolArray
from cases.statistics.protection.suppress.run import Problem


def clean(problem: Problem, hidden: BoolArray, tell: Callable[[str], None]) -> BoolArray:
    """The hidden forms less those without which every need is met too, tried in the order of their weights."""
    needs = [*problem.needs, *problem.to_vary(hidden, ())]
    witnesses, failed = witness(problem, needs, hidden, [])
    needs = [need for need in needs if need not in failed]  # known from elsewhere, whatever is hidden
    for place in np.argsort(-problem.costs(np.zeros(problem.size, np.bool_)), kind="stable"):
        if not hidden[place] or problem.first[place]:
            continue
        fewer = hidden.copy()
        fewer[place] = False
        wanted = [need for need in needs if need.strict or fewer[need.place]]
        found, failed = witness(problem, wanted, fewer, witnesses, patient=False)
        if not failed:
            hidden, witnesses = fewer, found
    tell(f"{int((hidden & ~problem.first).sum())} complementary cells are needed")
    return hidden


def witness(
    problem: Problem, needs: Sequence[Need], hidden: BoolArray, kept: Sequence[IntArray], *, patient: bool = True
) -> tuple[list[IntArray], list[Need]]:
    """Witnesses of needs that leave the truth only where it is hidden, those kept among them, and the needs without one.

    Unless `patient` the first such need is the last looked at.
    """
    shown = problem.candidate & ~hidden
    reached = problem.reached()
    found = [each for each in kept if not problem.forms.values(each)[shown].any()]
    for each in found:
        reached.add(each)
    failed: list[Need] = []
    for need in needs:
        if not meet(problem, need, hidden, reached, found):
            failed.append(need)
            if not patient:
                break
    return found, failed


def meet(problem: Problem, need: Need, hidden: BoolArray, reached: Reached, found: list[IntArray]) -> bool:
    """Meet one need by new witnesses, which are added to those found; whether it can be."""
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
