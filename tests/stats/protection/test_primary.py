"""The rules that make a cell primary, and what each view must leave possible."""

from __future__ import annotations

import numpy as np
import pytest

from stats.protection.space import LinearForm
from stats.protection.suppress.primary import Primary, PrimaryRule, coalition, group, small, targets
from stats.protection.views import View

CELL = LinearForm(np.array([0]))
REST = LinearForm(np.array([1, 2]))


def test_small_cells_count_one_to_four() -> None:
    assert small(np.array([0, 1, 4, 5, 90]), 5).tolist() == [False, True, True, False, False]
    assert small(np.array([2, 3]), 3).tolist() == [True, False]
    with pytest.raises(ValueError, match="threshold"):
        small(np.array([2]), 2)


def test_a_partner_that_knows_all_but_two_offends() -> None:
    counts, by_partner = np.array([9, 9, 9, 9, 9]), np.array([[6, 3], [7, 2], [8, 1], [9, 0], [0, 8]])
    assert coalition(counts, by_partner).tolist() == [
        [False, False],
        [True, False],
        [True, False],
        [False, False],
        [False, True],
    ]


def test_a_group_that_shares_a_value_is_hit() -> None:
    totals = np.array([0, 1, 5, 6, 6, 19, 20])
    parts = np.array([[0, 0], [1, 0], [5, 0], [5, 1], [4, 2], [1, 18], [20, 0]])
    assert group(totals, parts).tolist() == [
        [False, False],
        [True, False],
        [True, False],
        [True, False],
        [False, False],
        [False, True],
        [False, False],
    ]


def limits(primary: Primary, view: str, counts: list[int], own: list[int]) -> tuple[int | None, int | None, int] | None:
    """The low, high and width of the only target, None where there is none."""
    views = {view: View(view, np.array(own, np.int64))}
    found = list(targets([primary], counts=np.array(counts), views=views, threshold=5))
    assert all(each.id == f"{primary.id}|{view}|{primary.rule}" and each.view == view for each in found)
    return (found[0].low, found[0].high, found[0].width) if found else None


@pytest.mark.parametrize(("count", "low"), [(1, 0), (2, 0), (3, 1), (4, 2)])
def test_a_small_cell_may_be_five_and_may_be_fewer(count: int, low: int) -> None:
    for view in ("cells", "public"):
        assert limits(Primary("c", CELL, PrimaryRule.SMALL), view, [count, 9, 9], [0, 0, 0]) == (low, 5, 0)
    assert limits(Primary("c", CELL, PrimaryRule.SMALL), "authority", [count, 9, 9], [0, 0, 0]) == (None, None, 3)


@pytest.mark.parametrize(
    ("count", "own", "expected"),
    [(4, 0, (2, 5, 0)), (4, 1, (2, 6, 0)), (4, 2, (2, 7, 0)), (4, 3, (3, 8, 0)), (4, 4, None), (1, 0, (0, 5, 0))],
)
def test_a_partner_looks_at_the_others(count: int, own: int, expected: object) -> None:
    assert limits(Primary("c", CELL, PrimaryRule.SMALL), "partner:p", [count, 9, 9], [own, 3, 3]) == expected


def test_a_coalition_cell_is_open_to_the_offended_partner_only() -> None:
    primary = Primary("c", CELL, PrimaryRule.COALITION)
    assert limits(primary, "public", [9, 9, 9], [0, 0, 0]) == (None, None, 3)
    assert limits(primary, "partner:p", [9, 9, 9], [8, 0, 0]) == (8, 13, 0)
    assert limits(primary, "partner:p", [9, 9, 9], [6, 0, 0]) is None
    assert limits(primary, "partner:p", [9, 9, 9], [9, 0, 0]) is None


def test_a_group_may_hold_three_without_the_value() -> None:
    primary = Primary("c", CELL, PrimaryRule.GROUP, REST)
    assert limits(primary, "public", [9, 1, 0], [0, 0, 0]) == (None, 3, 0)
    assert limits(primary, "partner:p", [9, 1, 0], [0, 1, 0]) == (None, 4, 0)
    assert limits(primary, "partner:p", [9, 1, 0], [9, 1, 0]) is None
    assert limits(primary, "authority", [9, 1, 0], [0, 0, 0]) == (None, None, 3)
    with pytest.raises(ValueError, match="rest"):
        Primary("c", CELL, PrimaryRule.GROUP)


def test_a_view_without_a_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="press"):
        limits(Primary("c", CELL, PrimaryRule.SMALL), "press", [1, 9, 9], [0, 0, 0])
