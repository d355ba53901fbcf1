"""Cells that a reader knows anyway: they are no candidates for hiding, and are shown again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from stats.protection.space import Space
from stats.protection.suppress.complementary import suppress
from stats.protection.suppress.heuristic import Suppressor
from stats.protection.suppress.problem import SuppressionProblem
from stats.protection.suppress.witnesses import Witnesses
from stats.protection.views import Constraint
from tests.stats.protection.suppression_cases import Case, dimension, small_case


def known_zero(case: Case, *names: str) -> dict[str, Any]:
    """The arguments of a case in which everybody knows that some cells are empty."""
    forms = {each.id: each.form for each in case.candidates}
    rows = tuple(Constraint(name, forms[name], 0, 0) for name in names)
    return {"views": {name: replace(view, rows=rows) for name, view in case.views.items()}}


def test_what_everybody_knows_to_be_empty_is_no_candidate() -> None:
    """Nobody is in a1: what is under it is known to be empty, and hides nothing."""
    counts = np.array([3, 9, 0, 0, 12, 7, 0, 0], np.int64)
    space = Space((dimension("b", 2), dimension("a", 2), dimension("c", 2)))
    case = small_case(space, counts)
    arguments: dict[str, Any] = {**case.arguments, **known_zero(case, "a=a1"), "seed": 1}
    problem = SuppressionProblem(**arguments)
    candidates = {
        each.id for at, each in zip(problem.place, problem.candidates, strict=True) if problem.is_candidate[at]
    }
    # Of the same people as a cell under a0 is the one without it: nobody takes it for empty.
    assert {name for name in candidates if "a=a1" in name} == set()
    assert {"b=b0", "b=b0;a=a0", "b=b0;a=a0;c=c0"} <= candidates
    assert not any("a=a1" in name for name in suppress(**arguments).hidden)
    # What a rule hides stays a candidate: that it cannot be protected is said.
    primary = SuppressionProblem(**{**arguments, "hidden": {*case.hidden, "a=a1;c=c0"}})
    assert primary.is_candidate[
        [at for at, each in zip(primary.place, case.candidates, strict=True) if each.id == "a=a1;c=c0"]
    ].all()


def test_what_a_reader_knows_all_the_same_is_shown_again() -> None:
    """b0 is known from elsewhere. Whoever hides it beside the small cell has hidden nothing."""
    space = Space((dimension("a", 3), dimension("b", 2)))
    case = small_case(space, np.array([3, 9, 8, 12, 7, 6], np.int64))
    form = next(each.form for each in case.candidates if each.id == "b=b0")
    views = {name: replace(view, rows=(Constraint("elsewhere", form, 18, 18),)) for name, view in case.views.items()}
    arguments: dict[str, Any] = {**case.arguments, "views": views, "seed": 1}
    problem = SuppressionProblem(**arguments)
    witnesses = Witnesses(problem)
    chosen = Suppressor(witnesses, lambda _: None).run()
    with_known = chosen.copy()
    with_known[problem.place[[each.id for each in case.candidates].index("b=b0")]] = True
    assert with_known.sum() == chosen.sum() + 1
    assert (witnesses.among(with_known) == chosen).all()
    assert witnesses.among(problem.primary).sum() == problem.primary.sum()


# Persons by a, b and c, and cells of which others told the number before. Nobody who hides one of these has hidden anything.
TOLD_BEFORE = (
    *("b=b0;c=c0", "a=a0;b=b0", "a=a1;c=c1", "b=b1;c=c0", "a=a2;b=b0", "a=a1;b=b0", "a=a0;b=b0;c=c0"),
    *("a=a0;b=b1", "b=b1", "a=a0;b=b0;c=c1", "c=c1", "a=a2;b=b1", "a=a1", "a=a1;b=b1;c=c0"),
)
PERSONS = [25, 8, 17, 4, 7, 2, 13, 12, 6, 6, 9, 5, 8, 7, 4, 3, 0, 2]
SHORT = 4e6  # the search ends with a set of the programme that the heuristic completed, and that has cells which help nobody


def test_a_search_that_ends_early_hides_nothing_that_was_told_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cheapest set of several is taken, not a proved one. What it hides without any use is shown again."""
    space = Space((dimension("a", 3), dimension("b", 3), dimension("c", 2)))
    case = small_case(space, np.array(PERSONS, np.int64))
    forms = {each.id: each.form for each in case.candidates}
    counts = {name: forms[name].value(case.counts) for name in TOLD_BEFORE}
    rows = tuple(Constraint(name, forms[name], count, count) for name, count in counts.items())
    views = {name: replace(view, rows=rows) for name, view in case.views.items()}
    arguments: dict[str, Any] = {**case.arguments, "views": views, "seed": 1, "effort": SHORT}
    chosen = suppress(**arguments)
    assert not chosen.proved
    assert chosen.hidden & set(TOLD_BEFORE) == case.hidden & set(TOLD_BEFORE) == set()
    assert chosen.cost == pytest.approx(case.cost(chosen.hidden))
    monkeypatch.setattr(Witnesses, "among", lambda _, hidden: hidden)
    weaker = suppress(**arguments)
    assert weaker.hidden - chosen.hidden == {"a=a0;b=b0;c=c1", "a=a2;b=b1"}
    assert chosen.hidden < weaker.hidden
