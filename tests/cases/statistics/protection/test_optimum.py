"""The exact optimum, checked by trying every set, and the heuristic's distance from it."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest

from cases.statistics.protection.space import AtomicDimension, LinearForm, Partition, Space
from cases.statistics.protection.suppress import cuts
from cases.statistics.protection.suppress.complementary import Impossible, suppress
from cases.statistics.protection.suppress.optimum import Optimum, optimum
from cases.statistics.protection.views import Constraint, View
from tests.cases.statistics.protection.suppression_cases import Case, dimension, people, small_case, unmet

RATIO = 1.3


def best(case: Case, **more: Any) -> Optimum:
    """The optimum of a case."""
    arguments: dict[str, Any] = {**case.arguments, **more}
    return optimum(**arguments)


def by_trial(case: Case) -> float:
    """The least cost of all sets that suffice, the total never hidden."""
    others = [each.id for each in case.candidates if each.id not in case.hidden and each.id != "TOTAL"]
    sets = (case.hidden | set(more) for size in range(5) for more in combinations(others, size))
    return min(case.cost(chosen) for chosen in sets if not unmet(case, chosen))


def test_the_optimum_is_that_of_trying_every_set() -> None:
    space = Space((dimension("a", 3), dimension("b", 2)))
    for counts in ([2, 9, 8, 9, 9, 7], [3, 9, 9, 0, 6, 8], [9, 5, 6, 9, 4, 7]):
        case = small_case(space, np.array(counts))
        found = best(case)
        assert found.proved
        assert unmet(case, found.hidden) == []
        assert found.cost == found.bound == pytest.approx(by_trial(case))


@pytest.mark.parametrize("seed", range(4))
def test_the_heuristic_costs_little_more(seed: int) -> None:
    space = Space((dimension("a", 6, (0, 0, 1, 1, 2, 2)), dimension("b", 4)))
    case = small_case(space, people(space, 120, seed))
    arguments: dict[str, Any] = {**case.arguments, "seed": 1}
    least = best(case)
    assert least.proved
    assert least.cost - 1e-6 <= case.cost(suppress(**arguments)) <= RATIO * least.cost


def test_cuts_by_trial_lead_to_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where a target holds in fractions only, and the linear program has no cut."""
    case = small_case(Space((dimension("a", 3), dimension("b", 2))), np.array([2, 9, 8, 9, 9, 7]))
    cost = best(case).cost
    monkeypatch.setattr(cuts, "factors_by_duals", lambda *_: None)
    assert best(case).cost == pytest.approx(cost)


def test_out_of_time_the_answer_is_the_heuristics() -> None:
    case = small_case(Space((dimension("a", 3), dimension("b", 2))), np.array([2, 9, 8, 9, 9, 7]))
    found = best(case, seconds=0)
    assert not found.proved
    assert found.bound <= found.cost
    assert unmet(case, found.hidden) == []


def test_what_is_impossible_is_said() -> None:
    known = Constraint("a fact", LinearForm(np.array([0])), 2, 2)
    views = {"public": View("public", np.zeros(6, np.int64), (known,))}
    case = small_case(Space((dimension("a", 3), dimension("b", 2))), np.array([2, 9, 8, 9, 9, 7]), views)
    with pytest.raises(Impossible):
        best(case)


def test_large_tables_are_refused() -> None:
    long = tuple(map(str, range(201)))
    space = Space((AtomicDimension("a", long, (Partition("a", long, tuple(range(201))),)),))
    with pytest.raises(ValueError, match="200"):
        best(small_case(space, np.full(201, 9)))
