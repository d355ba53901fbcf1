"""The cheapest set of hidden cells, checked by trying every set; its bound; and what a reader is told of hidden cells."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stats.protection.space import IntArray, LinearForm, Space
from stats.protection.suppress import complementary
from stats.protection.suppress.complementary import Impossible, Suppression, Untrue, suppress
from stats.protection.suppress.heuristic import Suppressor
from stats.protection.suppress.problem import SuppressionProblem
from stats.protection.suppress.programme import Programme
from stats.protection.views import Constraint, SuppressionCandidate, Target, View
from tests.stats.protection.suppression_cases import Case, cells, dimension, people, small_case, unmet

few = settings(derandomize=True, deadline=None, max_examples=20)
SQUARE = Space((dimension("a", 3), dimension("b", 2)))
CUBE = Space((dimension("a", 2), dimension("b", 2), dimension("c", 2)))
NEAR = 1e-4  # more than what breaks ties


def best(case: Case, **more: Any) -> Suppression:
    """The suppression of a case."""
    arguments: dict[str, Any] = {**case.arguments, "seed": 1, **more}
    return suppress(**arguments)


def by_trial(case: Case) -> float:
    """The least cost of all sets that protect, the total never hidden. Infinite where none does."""
    others = [each.id for each in case.candidates if each.id not in case.hidden and each.id != "TOTAL"]
    sets = (case.hidden | set(more) for size in range(len(others) + 1) for more in combinations(others, size))
    cheap = sorted(sets, key=case.cost)
    return next((case.cost(chosen) for chosen in cheap if not unmet(case, chosen)), float("inf"))


def counts_of(size: int) -> st.SearchStrategy[IntArray]:
    """True counts, small ones mostly."""
    count = st.one_of(st.integers(0, 4), st.integers(5, 9))
    return st.lists(count, min_size=size, max_size=size).map(lambda each: np.array(each, np.int64))


def told(case: Case, symbol: int) -> Case:
    """A case whose hidden cells are told: as 0 to the symbol, or as above it."""
    bounds = {True: (0, symbol), False: (symbol + 1, None)}

    def of(each: SuppressionCandidate) -> SuppressionCandidate:
        least, most = bounds[each.form.value(case.counts) <= symbol]
        return replace(each, least=least, most=most)

    return replace(case, candidates=[of(each) for each in case.candidates])


@given(counts_of(SQUARE.size), st.integers(0, 3))
@few
def test_the_cost_is_that_of_trying_every_set(counts: IntArray, own: int) -> None:
    floors = np.minimum(counts, [own, 0, 0, own, 0, 1])
    views = {"public": View("public", np.zeros(6, np.int64)), "partner:x": View("partner:x", floors)}
    case = small_case(SQUARE, counts, views)
    if counts.sum() >= 5:
        found, least = best(case), by_trial(case)
        assert found.proved
        assert found.bound <= found.cost
        assert case.cost(found.hidden) == pytest.approx(found.cost)
        if "TOTAL" not in found.hidden:
            assert unmet(case, found.hidden) == []
            assert found.cost == pytest.approx(least, rel=NEAR)


@given(counts_of(SQUARE.size), st.integers(5, 14), st.integers(0, 2))
@few
def test_the_cost_is_that_of_trying_every_set_where_hidden_cells_are_told(
    counts: IntArray, symbol: int, own: int
) -> None:
    floors = np.minimum(counts, [0, own, own, 0, own, 0])
    views = {"public": View("public", np.zeros(6, np.int64)), "partner:x": View("partner:x", floors)}
    case = told(small_case(SQUARE, counts, views), symbol)
    if counts.sum() >= 5:
        try:
            found = best(case)
        except Impossible:
            assert by_trial(case) == float("inf")
            return
        assert found.proved
        if "TOTAL" not in found.hidden:
            assert unmet(case, found.hidden) == []
            assert found.cost == pytest.approx(by_trial(case), rel=NEAR)


@pytest.mark.parametrize("counts", [[5, 3, 5, 2, 0, 2], [5, 3, 6, 2, 1, 2]])
def test_a_cell_that_must_vary_in_a_second_view_costs_no_more_than_it_must(counts: list[int]) -> None:
    """What does not vary there is hidden no more, and what it would have needed there is not hidden for it."""
    known = Constraint("a fact", LinearForm(np.array([2, 4])), counts[2] + counts[4], counts[2] + counts[4])
    views = {"cells": View("cells", np.zeros(6, np.int64)), "public": View("public", np.zeros(6, np.int64), (known,))}
    case = small_case(SQUARE, np.array(counts), {"cells": views["cells"]})
    judges = [case, replace(case, views={"public": views["public"]}, targets=[])]
    found = best(replace(case, views=views), undetermined_in=list(views))
    others = [each.id for each in case.candidates if each.id not in case.hidden and each.id != "TOTAL"]
    sets = [case.hidden | set(more) for size in range(len(others) + 1) for more in combinations(others, size)]
    least = next(case.cost(each) for each in sorted(sets, key=case.cost) if not any(unmet(one, each) for one in judges))
    assert found.cost == pytest.approx(least, rel=NEAR)


@given(counts_of(CUBE.size))
@few
def test_the_bound_holds_where_half_a_person_would_do(counts: IntArray) -> None:
    """In three dimensions fractions meet what whole numbers do not."""
    case = small_case(CUBE, counts)
    if counts.sum() >= 5:
        found = best(case)
        assert found.proved
        assert "TOTAL" in found.hidden or unmet(case, found.hidden) == []


@pytest.mark.parametrize("space", [SQUARE, CUBE])
def test_witnesses_within_the_programme_lead_to_the_same(monkeypatch: pytest.MonkeyPatch, space: Space) -> None:
    """As where fractions meet a need that whole numbers do not, and the linear program has no cut."""
    case = small_case(space, np.array([3, 9, 8, 9, 9, 7, 9, 0])[: space.size])
    least = best(case)
    monkeypatch.setattr(Programme, "_cut", lambda *_: None)
    monkeypatch.setattr(Suppressor, "run", lambda self: self.problem.is_candidate)
    found = best(case)
    assert found.proved
    assert found.cost == pytest.approx(least.cost, rel=NEAR)
    assert unmet(case, found.hidden) == []


@pytest.mark.parametrize("bounds", [(9, None), (None, 9)])
def test_a_width_that_is_open_on_one_side_is_the_same_within_the_programme(
    monkeypatch: pytest.MonkeyPatch, bounds: tuple[int | None, int | None]
) -> None:
    counts, form = np.array([9, 2, 9, 2, 9, 9, 9, 9, 9]), LinearForm(np.array([0]))
    space = Space((dimension("a", 3), dimension("b", 3)))
    views = {"public": View("public", np.zeros(9, np.int64), (Constraint("a fact", form, *bounds),))}
    target = Target("it", "public", form, None, None, 3)
    case = Case(counts, cells(space, counts), frozenset({"a=a0;b=b0"}), views, [target])
    least = best(case)
    monkeypatch.setattr(Programme, "_cut", lambda *_: None)
    monkeypatch.setattr(Suppressor, "run", lambda self: self.problem.is_candidate)
    assert best(case).cost == pytest.approx(least.cost, rel=NEAR)


@pytest.mark.parametrize("effort", [0, 3e5])
def test_where_the_effort_ends_the_set_holds_and_the_bound_is_true(effort: float) -> None:
    space = Space((dimension("a", 6, (0, 0, 1, 1, 2, 2)), dimension("b", 4)))
    for seed in range(3):
        case = small_case(space, people(space, 120, seed))
        hurried, least = best(case, effort=effort), best(case)
        assert hurried == best(case, effort=effort)
        assert least.proved
        assert hurried.bound <= least.cost * (1 + NEAR)
        assert least.cost <= hurried.cost * (1 + NEAR)
        assert hurried.bound < hurried.cost
        # What holds for the hurried set: with it hidden from the start, nothing more is.
        again: dict[str, Any] = {**case.arguments, "hidden": hurried.hidden, "seed": 1}
        assert suppress(**again).hidden == hurried.hidden


@given(counts_of(CUBE.size), st.lists(st.integers(0, 2), min_size=8, max_size=8))
@few
def test_cells_that_nothing_tells_apart_are_one(counts: IntArray, own: list[int]) -> None:
    """Nobody is told of c, and a partner knows all but a few of the records: what is hidden costs as much as without merging."""
    views = {
        "public": View("public", np.zeros(8, np.int64)),
        "partner:x": View("partner:x", np.maximum(counts - own, 0)),
    }
    case = small_case(CUBE, counts, views)
    case = replace(case, candidates=[each for each in case.candidates if "c=" not in each.id])
    case = replace(case, hidden=case.hidden & {each.id for each in case.candidates})
    shown_forms = {id(each.form) for each in case.candidates}
    case = replace(case, targets=[target for target in case.targets if id(target.form) in shown_forms])
    if counts.sum() >= 5:
        merged = best(case)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(SuppressionProblem, "_merge", lambda self, _: np.zeros(len(self.forms), np.bool_))
            apart = best(case)
        assert merged.proved
        assert merged.cost == pytest.approx(apart.cost, rel=NEAR)


def test_above_a_size_cuts_alone_raise_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    space = Space((dimension("a", 6, (0, 0, 1, 1, 2, 2)), dimension("b", 4)))
    case = small_case(space, people(space, 120, 1))
    least = best(case)
    monkeypatch.setattr(complementary, "FEW_CANDIDATES", 0)
    found = best(case)
    assert case.cost(case.hidden) < found.bound <= least.cost * (1 + NEAR)
    assert least.cost <= found.cost * (1 + NEAR)
    assert best(case, effort=0).hidden == found.hidden


def test_a_hidden_cell_that_is_told_to_be_above_falls_no_farther() -> None:
    """The cheapest partner of a 2 is a 10. Told that it is over 9, a reader knows the 2 to be 3 at most."""
    counts = np.array([2, 10, 7, 9])
    space = Space((dimension("a", 4),))
    case = small_case(space, counts)
    symbol = told(case, 9)
    assert unmet(case, {"a=a0", "a=a1"}) == []
    assert unmet(symbol, {"a=a0", "a=a1"})
    found = best(symbol)
    assert unmet(symbol, found.hidden) == []
    assert found.cost == pytest.approx(by_trial(symbol), rel=NEAR)


def test_what_is_told_must_be_true() -> None:
    case = small_case(SQUARE, np.array([2, 9, 8, 9, 9, 7]))
    wrong = [replace(each, most=1) if each.id == "a=a0;b=b0" else each for each in case.candidates]
    with pytest.raises(Untrue, match="a=a0;b=b0"):
        best(replace(case, candidates=wrong))


def test_a_forbidden_atomic_cell_hides_nothing() -> None:
    """Nobody can be in it, as everybody knows: it takes no person of its neighbour."""
    counts = np.array([2, 0, 9, 9, 9, 9, 9, 9, 9])
    space = Space((dimension("a", 3), dimension("b", 3)))
    forbidden = Constraint("a rule", LinearForm(np.array([1])), 0, 0)
    falls = [Target("it", "public", LinearForm(np.array([0])), 0, None)]
    views = {"public": View("public", np.zeros(9, np.int64), (forbidden,))}
    case = replace(small_case(space, counts, views), targets=falls)
    bare = replace(small_case(space, counts), targets=falls)
    assert unmet(bare, best(bare).hidden) == []
    assert unmet(case, best(bare).hidden)
    assert best(case).proved
    assert unmet(case, best(case).hidden) == []


def test_a_width_is_had_at_the_least_cost() -> None:
    counts = np.array([9, 9, 9, 9, 30, 9])
    target = Target("it", "public", LinearForm(np.array([0])), None, None, 6)
    bare = small_case(SQUARE, counts)
    case = replace(bare, hidden=frozenset({"a=a0;b=b0"}), targets=[target])
    found = best(case)
    assert found.proved
    assert found.cost == pytest.approx(by_trial(case), rel=NEAR)


def test_what_is_impossible_is_said() -> None:
    known = Constraint("a fact", LinearForm(np.array([0])), 2, 2)
    views = {"public": View("public", np.zeros(6, np.int64), (known,))}
    with pytest.raises(Impossible):
        best(small_case(SQUARE, np.array([2, 9, 8, 9, 9, 7]), views))
