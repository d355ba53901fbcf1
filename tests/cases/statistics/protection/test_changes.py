"""A table of changes: no small change and no hidden count can be computed from it and the two vintages."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.statistics.protection.audit import changes
from cases.statistics.protection.audit.changes import CellChange, protect_changes
from cases.statistics.protection.audit.intervals import interval
from cases.statistics.protection.audit.report import AuditReport
from cases.statistics.protection.space import IntArray, LinearForm
from cases.statistics.protection.views import Constraint, Target
from tests.cases.statistics.protection.auditing import cells, form, grid

THRESHOLD = 5


def table(before: IntArray, after: IntArray, hidden: tuple[set[str], set[str]]) -> list[CellChange]:
    """Every cell of a row of counts and their total, at two moments."""
    every = cells(grid(len(before)))
    return [
        CellChange(
            name,
            each,
            None if name in hidden[0] else each.value(before),
            None if name in hidden[1] else each.value(after),
            each.value(after) - each.value(before),
        )
        for name, each in every.items()
    ]


@st.composite
def two_vintages(draw: st.DrawFn) -> tuple[IntArray, IntArray, list[CellChange]]:
    """Two vintages of three counts, with some hidden in either or both."""
    counts = [np.array(draw(st.lists(st.integers(0, 6), min_size=3, max_size=3))) for _ in range(2)]
    names = list(cells(grid(3)))
    both = draw(st.sets(st.sampled_from(names)))
    hidden = (both | draw(st.sets(st.sampled_from(names), max_size=1)), both)
    return counts[0], counts[1], table(counts[0], counts[1], hidden)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(two_vintages())
def test_nothing_that_is_hidden_can_be_computed(drawn: tuple[IntArray, IntArray, list[CellChange]]) -> None:
    before, after, listed = drawn
    found = protect_changes(size=3, changes=listed, threshold=THRESHOLD)
    assert found.report.passed
    assert found.shown.keys() | found.hidden == {each.id for each in listed}
    truth = np.concatenate((before, after))
    forms = {each.id: changes.change_form(each.form, 3) for each in listed}
    rows = [Constraint(name, forms[name], value, value) for name, value in found.shown.items()]
    assert all(row.form.value(truth) == row.low for row in rows)
    view = changes.view_of_vintages(3, listed)
    for each in listed:
        if each.visible:
            assert each.id in found.shown
            assert (each.id in found.already_visible) == (0 < abs(each.delta) < THRESHOLD)
            continue
        small = 0 < abs(each.delta) < THRESHOLD
        assert not small or each.id in found.hidden
        if each.id in found.hidden:
            low, high = interval(view, rows, forms[each.id])
            assert (low is not None and low == high) == (each.id in found.already_visible)
        if each.id in found.already_visible:
            continue
        assert (each.before is None) == (each.after is None) or each.id in found.hidden


def of_two(before: tuple[int, int], after: tuple[int, int], hidden: set[str], **more: Any) -> changes.ProtectedChanges:
    """Two counts and their total, with the same hidden in both vintages."""
    listed = table(np.array(before), np.array(after), (hidden, hidden))
    return protect_changes(size=2, changes=listed, threshold=THRESHOLD, **more)


def test_a_small_change_takes_another_with_it() -> None:
    """Both cells are hidden in both vintages, and the total shown: a shown change of the one would tell the other's."""
    found = of_two((3, 10), (4, 20), {"a=a0", "a=a1"})
    assert found.shown == {"TOTAL": 11}
    assert found.hidden == {"a=a0", "a=a1"}
    assert not found.already_visible


def test_a_large_change_of_hidden_counts_is_shown_where_it_tells_nothing() -> None:
    found = of_two((3, 10), (13, 30), {"TOTAL", "a=a0", "a=a1"})
    assert found.shown == {"TOTAL": 30, "a=a0": 10, "a=a1": 20}


def test_beyond_what_both_vintages_show_nothing_is_shown_where_that_is_asked() -> None:
    given = table(np.array([3, 10]), np.array([13, 30]), ({"a=a0", "a=a1"},) * 2)
    assert protect_changes(size=2, changes=given, threshold=THRESHOLD, beyond=False).shown == {"TOTAL": 30}


def test_a_count_that_one_vintage_hides_is_not_told_by_its_change() -> None:
    listed = table(np.array([3, 40]), np.array([30, 60]), ({"a=a0", "a=a1"}, set()))
    found = protect_changes(size=2, changes=listed, threshold=THRESHOLD)
    assert found.hidden == {"a=a0", "a=a1"}


def test_what_both_vintages_show_is_shown_and_reported() -> None:
    found = of_two((30, 40), (32, 40), set())
    assert found.shown == {"TOTAL": 2, "a=a0": 2, "a=a1": 0}
    assert found.already_visible == {"TOTAL", "a=a0"}


def test_what_the_vintages_give_away_is_reported() -> None:
    """Two vintages that hide one cell beside a total hide nothing; the table of changes is not to blame."""
    found = of_two((3, 10), (4, 20), {"a=a0"})
    assert found.already_visible == {"a=a0"} and found.hidden == {"a=a0"}
    assert found.report.passed


def test_records_in_between_bound_a_change() -> None:
    """With one record added and none removed no change can reach five: what is left of the rule is kept."""
    found = of_two((3, 10), (4, 10), {"a=a0", "a=a1"}, added=1, removed=0)
    assert found.hidden == {"a=a0", "a=a1"} and found.report.passed
    (target,) = (verdict for verdict in found.report.verdicts if verdict.id == "a=a0" and not verdict.hidden)
    assert (target.least, target.most) == (0, 1)


def test_targets_of_the_vintages_are_kept() -> None:
    """That the first count may have been none: not where its rise is shown to be 10 of 13."""
    listed = table(np.array([0, 10]), np.array([13, 20]), ({"a=a0", "a=a1", "TOTAL"},) * 2)
    after = Target("after", "changes", LinearForm(np.array([2])), low=5, high=None)
    assert protect_changes(size=2, changes=listed, threshold=THRESHOLD).shown["a=a0"] == 13
    assert "a=a0" not in protect_changes(size=2, changes=listed, threshold=THRESHOLD, targets=[after]).shown


def test_a_change_that_is_not_the_difference_is_refused() -> None:
    with pytest.raises(ValueError, match="cell: the change"):
        protect_changes(size=1, changes=[CellChange("cell", form(0), 3, 5, 3)], threshold=THRESHOLD)


def test_without_the_audit_a_hidden_change_could_be_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "audit", lambda **given: AuditReport((), {}))
    found = of_two((3, 10), (4, 20), {"a=a0", "a=a1"})
    view = changes.view_of_vintages(2, table(np.array([3, 10]), np.array([4, 20]), ({"a=a0", "a=a1"},) * 2))
    rows = [
        Constraint(name, changes.change_form(cells(grid(2))[name], 2), value, value)
        for name, value in found.shown.items()
    ]
    low, high = interval(view, rows, changes.change_form(form(0), 2))
    assert low == high == 1
