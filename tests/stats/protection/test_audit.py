"""The auditor against an oracle that tries every table, and what it must object to."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stats.protection.audit.auditor import audit
from stats.protection.audit.intervals import intervals
from stats.protection.audit.knowledge import Contradiction, Knowledge, reduce
from stats.protection.audit.search import Moves
from stats.protection.audit.solver import Solver, SolverAnswer, System
from stats.protection.space import IntArray, LinearForm
from stats.protection.views import Constraint, Target, Tie, View
from tests.stats.protection.auditing import cells, everything, form, grid, interval, possible, showing, view

FEW = settings(max_examples=60, deadline=None, derandomize=True)
MOST = 4


@st.composite
def forms(draw: st.DrawFn, size: int) -> LinearForm:
    """A sum of some unknowns, sometimes less others."""
    signs = draw(st.lists(st.sampled_from((0, 1, 1, 0, -1)), min_size=size, max_size=size))
    places = np.array(signs)
    return LinearForm(np.flatnonzero(places == 1), np.flatnonzero(places == -1))


@st.composite
def problems(draw: st.DrawFn) -> tuple[View, list[Constraint], IntArray]:
    """What is known of five unknowns, all of it true of some point; the total is known, so that the oracle comes to an end."""
    size = 5
    truth = np.array(draw(st.lists(st.integers(0, 2), min_size=size, max_size=size)))
    truth[0] = max(0, MOST - int(truth[1:].sum()))
    rows = []
    for n in range(draw(st.integers(0, 4))):
        each = draw(forms(size))
        low, high = (draw(st.sampled_from((0, 0, 1, None))) for _ in range(2))
        value = each.value(truth)
        rows.append(
            Constraint(f"row {n}", each, None if low is None else value - low, None if high is None else value + high)
        )
    floors = np.minimum(truth, draw(st.lists(st.sampled_from((0, 0, 1)), min_size=size, max_size=size)))
    total = Constraint("total", form(*range(size)), int(truth.sum()), int(truth.sum()))
    ties: tuple[Tie, ...] = ()
    if draw(st.booleans()):
        earlier, later = truth[:2], truth[2:4]
        same = draw(st.integers(0, int(np.minimum(earlier, later).sum())))
        tie = Tie(np.arange(2), np.arange(2, 4), int(later.sum()) - same, int(earlier.sum()) - same)
        ties = (tie,)
    return View("v", floors, tuple(rows), ties), [total], truth


@FEW
@given(problems(), st.data())
def test_intervals_are_those_of_every_table_there_is(
    problem: tuple[View, list[Constraint], IntArray], data: st.DataObject
) -> None:
    known, shown, _ = problem
    points = list(everything(int(shown[0].low or 0), known, shown))
    asked = [data.draw(forms(5)) for _ in range(3)]
    expected = [(min(values), max(values)) for each in asked if (values := [each.value(point) for point in points])]
    assert intervals(known, shown, asked) == expected


@FEW
@given(problems(), st.data())
def test_verdicts_are_those_of_every_table_there_is(
    problem: tuple[View, list[Constraint], IntArray], data: st.DataObject
) -> None:
    known, shown, truth = problem
    points = list(everything(int(shown[0].low or 0), known, shown))
    targets = []
    for n in range(4):
        each = data.draw(forms(5))
        low, high = (data.draw(st.sampled_from((0, 1, 2, None))) for _ in range(2))
        value, width = each.value(truth), data.draw(st.sampled_from((0, 0, 1, 3)))
        targets.append(
            Target(
                f"t{n}", "v", each, None if low is None else value - low, None if high is None else value + high, width
            )
        )
    hidden = [(f"h{n}", data.draw(forms(5))) for n in range(3)]
    report = audit(views={"v": known}, shown=shown, targets=targets, hidden=hidden, undetermined_in=["v"])
    expected = [possible(each, points) for each in targets]
    expected += [possible(Target(name, "v", each, None, None, 1), points) for name, each in hidden]
    assert [verdict.passed for verdict in report.verdicts] == expected
    assert report.passed == all(expected)
    assert report.determined_cells == tuple(("v", v.id) for v in report.verdicts if v.hidden and not v.passed)


@FEW
@given(st.data(), st.integers(2, 4), st.integers(2, 4))
def test_it_objects_when_any_one_complementary_cell_is_shown(data: st.DataObject, rows: int, columns: int) -> None:
    """Four cells at the corners of a rectangle are the least that hides one of them."""
    space = grid(rows, columns)
    truth = np.array(data.draw(st.lists(st.integers(2, 9), min_size=space.size, max_size=space.size)))
    first, second = sorted(data.draw(st.sets(st.integers(0, rows - 1), min_size=2, max_size=2)))
    left, right = sorted(data.draw(st.sets(st.integers(0, columns - 1), min_size=2, max_size=2)))
    pattern = [f"a=a{a};b=b{b}" for a in (first, second) for b in (left, right)]
    every = cells(space)

    def passes(hidden: list[str]) -> bool:
        target = Target(pattern[0], "public", every[pattern[0]], None, None, width=2)
        return audit(
            views={"public": view(space.size)},
            shown=showing(every, truth, hidden),
            targets=[target],
            hidden=[(name, every[name]) for name in hidden],
            undetermined_in=["public"],
        ).passed

    assert passes(pattern)
    assert not any(passes([name for name in pattern if name != shown]) for shown in pattern[1:])


def in_a_square(hidden: list[str], **more: Any) -> Any:
    """The audit of a table 2 × 2 of threes of which some cells are hidden."""
    every, truth = cells(grid(2, 2)), np.full(4, 3)
    given = {"views": {"public": view(4)}, "targets": (), "undetermined_in": ["public"]} | more
    return audit(shown=showing(every, truth, hidden), hidden=[(name, every[name]) for name in hidden], **given)


INNER = [f"a=a{a};b=b{b}" for a in range(2) for b in range(2)]


def test_what_bounds_a_failing_cell_is_named() -> None:
    report = in_a_square(INNER[:1])
    assert report.determined_cells == (("public", INNER[0]),)
    (verdict,) = report.failing
    assert (verdict.least, verdict.most, verdict.undecided) == (3, 3, False)
    assert verdict.because
    stored = json.loads(json.dumps(report.as_json()))
    assert not stored["passed"] and stored["failing"][0]["id"] == INNER[0]


def test_own_records_narrow_what_a_partner_cannot_tell() -> None:
    """The public cannot exclude 0 to 6 in a corner; a partner with two records in the opposite one can."""
    partner = View("partner", np.array([0, 0, 0, 2]))
    targets = [Target("corner", name, form(0), low=0, high=6) for name in ("public", "partner")]
    report = in_a_square(
        INNER, views={"public": view(4), "partner": partner}, targets=targets, undetermined_in=["partner"]
    )
    assert [(v.view, v.passed) for v in report.verdicts if not v.hidden] == [("public", True), ("partner", False)]
    assert report.failing[0].least == 2
    assert report.margins["public"] == {"low": 0, "high": 0}


def test_floors_that_no_one_point_satisfies_do_not_keep_views_from_being_audited() -> None:
    """Two partners may each know of all three persons of a row what the other does not: together they would contradict the row."""
    one, other = (View(name, np.array(floors)) for name, floors in (("one", [3, 0, 0, 0]), ("other", [0, 0, 3, 1])))
    wide, known = view(4, rows=(row := Constraint("row", form(0, 2), 3, 5),)), (row,)
    views = {"wide": wide, "one": View("one", one.floors, known), "other": View("other", other.floors, known)}
    targets = [Target("t", name, form(0), 0 if name != "one" else 3, None) for name in views]
    assert audit(views=views, shown=(), targets=targets, hidden=(), undetermined_in=()).passed


def test_a_contradiction_names_its_sources() -> None:
    rows = (
        Constraint("all", form(0, 1, 2), 5, 5),
        Constraint("some", form(0, 1), 6, None),
        Constraint("other", form(2), 1, 2),
    )
    with pytest.raises(Contradiction, match=r"contradict each other: .*some") as raised:
        interval(view(3, rows=rows), (), form(0))
    assert set(raised.value.sources) <= {"all", "some", "other"} and {"all", "some"} <= set(raised.value.sources)
    with pytest.raises(Contradiction):
        in_a_square(INNER, views={"public": View("public", np.array([7, 0, 0, 0]))})


def test_what_only_whole_numbers_exclude_is_a_contradiction_and_no_proof() -> None:
    """Each two of three unknowns add up to one: a half each, but no whole numbers."""
    known = view(3, rows=tuple(Constraint(f"{a}{b}", form(a, b), 1, 1) for a, b in ((0, 1), (1, 2), (0, 2))))
    with pytest.raises(Contradiction):
        interval(known, (), form(0))
    report = audit(
        views={"public": known},
        shown=(),
        targets=[Target("t", "public", form(0), 0, None)],
        hidden=[("h", form(1))],
        undetermined_in=["public"],
    )
    assert not report.passed and len(report.failing) == 2


def triangles(n: int) -> View:
    """Triangles of unknowns, each two of which add up to one at most: one and a half in fractions, one in whole numbers."""
    pairs = [(3 * each + a, 3 * each + b) for each in range(n) for a, b in ((0, 1), (1, 2), (0, 2))]
    return view(3 * n, rows=tuple(Constraint(f"{a} {b}", form(a, b), None, 1) for a, b in pairs))


def test_what_only_fractions_reach_is_not_reached() -> None:
    every = form(*range(12))
    assert intervals(triangles(4), (), [every, form(0, 1, 2), form(0, 3)]) == [(0, 4), (0, 1), (0, 2)]
    targets = [Target(f"{high}", "public", every, None, high) for high in (4, 5, 6)]
    targets += [Target(f"{width} wide", "public", every, None, None, width) for width in (4, 5)]
    report = audit(views={"public": triangles(4)}, shown=(), targets=targets, hidden=(), undetermined_in=())
    assert [verdict.passed for verdict in report.verdicts] == [True, False, False, True, False]
    assert not any(verdict.undecided for verdict in report.verdicts)


def test_a_form_without_bound_has_none() -> None:
    assert interval(view(2), (), form(0)) == (0, None)
    assert interval(view(2), (), form(0, minus=[1])) == (None, None)
    assert interval(view(0), (), form()) == (0, 0)
    targets = [Target("t", "public", form(0), 0, 1000, 2000)]
    assert audit(views={"public": view(2)}, shown=(), targets=targets, hidden=(), undetermined_in=()).passed


def test_that_somebody_is_there_is_known_without_an_upper_bound() -> None:
    some = Constraint("some", form(0, 1), 1, None)
    assert intervals(view(3, rows=(some,)), (), [form(0, 1), form(0), form(2)]) == [(1, None), (0, None), (0, None)]


def test_a_tie_carries_knowledge_from_one_vintage_to_the_next() -> None:
    tie = Tie(np.array([0, 1]), np.array([2, 3]), added=2, removed=1)
    known = view(4, rows=(Constraint("64", form(0, 1), 64, 64), Constraint("men", form(2), 40, 40)), ties=(tie,))
    assert intervals(known, (), [form(2, 3), form(0), form(3)]) == [(65, 65), (38, 41), (25, 25)]


def test_an_insider_s_own_records_are_not_among_the_others_that_were_added() -> None:
    """Two others were added and two removed, and of its own one became four: at least three were there, and now are six."""
    tie = Tie(np.array([0]), np.array([1]), 2, 2, np.array([1]), np.array([4]))
    assert intervals(View("v", np.array([1, 4]), (), (tie,)), (), [form(0), form(1)]) == [(3, None), (6, None)]


def test_a_move_is_the_nearest_and_goes_where_it_may() -> None:
    known, base, free = Knowledge.of(view(3), ()), np.array([2, 2, 2]), np.zeros(3, np.int64)
    moves, up = Moves(System(reduce(known), ()), base), np.array([0.0, 0.0, 1.0])
    bound = moves.nearest(free, up, 4).bound
    assert bound is not None and 2 <= bound < 3
    for among, is_empty in (([3, 1, 2], True), ([2, 2, 3], False)):
        assert moves.whole(free, up, 3, [np.array(among, float)]).empty == is_empty


def test_a_view_or_a_condition_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="no view elsewhere"):
        in_a_square(INNER, undetermined_in=["elsewhere"])
    for rows in ((Constraint("far", form(3), 0, 1),), (Constraint("twice", form(1, 1), 0, 1),)):
        with pytest.raises(ValueError, match="public: a condition"):
            interval(view(3, rows=rows), (), form(0))
    with pytest.raises(ValueError, match="floor is under zero"):
        interval(View("v", np.array([-1])), (), form(0))


def answering(monkeypatch: pytest.MonkeyPatch, answer: SolverAnswer) -> None:
    """Let every question for a change be answered alike."""
    monkeypatch.setattr(Moves, "nearest", lambda *given: answer)
    monkeypatch.setattr(Moves, "whole", lambda *given: answer)


def test_a_solver_that_errs_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the solver says, a point counts only if it satisfies every condition: without that check it would pass here."""
    far = SolverAnswer(0.0, np.array([9.0, 9.0, 9.0, 9.0]))
    answering(monkeypatch, far)
    assert not in_a_square(INNER[:1]).passed
    monkeypatch.setattr(Knowledge, "holds", lambda *given: True)
    assert in_a_square(INNER[:1]).passed


def test_a_solver_that_gives_up_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, SolverAnswer(decided=False))
    report = in_a_square(INNER)
    assert not report.passed and all(verdict.undecided for verdict in report.failing)
    with pytest.raises(TimeoutError):
        interval(triangles(4), (), form(*range(12)))


def test_where_the_solver_finds_no_point_and_says_not_that_there_is_none_nothing_is_contradicted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Solver, "anywhere", lambda self: SolverAnswer(decided=False))
    with pytest.raises(TimeoutError):
        interval(view(2, rows=(Constraint("both", form(0, 1), 3, 3),)), (), form(0))
    monkeypatch.setattr(Solver, "farthest", lambda *given: SolverAnswer(decided=False))
    with pytest.raises(TimeoutError):
        interval(view(2, rows=(Constraint("sum", form(0, 1), 3, 3),)), (), form(0))
