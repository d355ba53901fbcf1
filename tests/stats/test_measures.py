"""Shares and changes, rounded by one rule."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.reading.measures import (
    EXTERNAL,
    STATUSES,
    CellStatus,
    Value,
    change,
    change_percent,
    count,
    legend,
    percent,
    share,
)


@pytest.mark.parametrize(
    ("part", "base", "expected"),
    [
        (39, 73, 53),
        (1, 3, 33),
        (1, 8, 13),
        (-1, 8, -13),
        (0, 5, 0),
        (5, 5, 100),
        (1, 199, 1),
        (1, 200, Decimal("0.5")),
        (1, 400, Decimal("0.3")),
        (-1, 400, Decimal("-0.3")),
        (333, 1000, Decimal("33.3")),
        (0, 1000, Decimal("0.0")),
    ],
)
def test_percentages(part: int, base: int, expected: Value) -> None:
    found = percent(part, base)
    assert found == expected
    assert type(found) is type(expected)


@given(st.integers(-(10**7), 10**7), st.integers(1, 10**7))
def test_percentages_are_what_decimal_arithmetic_gives(part: int, base: int) -> None:
    step = Decimal(1) if base < 200 else Decimal("0.1")
    assert percent(part, base) == (Decimal(100 * part) / base).quantize(step, ROUND_HALF_UP)


def test_counts() -> None:
    assert count(0) == (0, CellStatus.NORMAL)
    assert count(None) == (None, CellStatus.HIDDEN)


def test_shares() -> None:
    assert share(16, 64) == (25, CellStatus.NORMAL)
    assert share(0, 64) == (0, CellStatus.NORMAL)
    assert share(0, 0) == (None, CellStatus.UNDEFINED)
    assert share(66, 64) == (100, CellStatus.NORMAL)
    assert share(301, 300) == (Decimal("100.0"), CellStatus.NORMAL)


def test_changes() -> None:
    assert change(112, 73) == (39, CellStatus.NORMAL)
    assert change(0, 5) == (-5, CellStatus.NORMAL)
    assert change_percent(112, 73) == (53, CellStatus.NORMAL)
    assert change_percent(0, 5) == (-100, CellStatus.NORMAL)
    assert change_percent(5, 0) == (None, CellStatus.UNDEFINED)


@pytest.mark.parametrize("measure", [share, change, change_percent])
@given(st.none() | st.integers(0, 10**6), st.none() | st.integers(0, 10**6))
def test_a_hidden_number_hides_what_is_computed_from_it(measure: Any, shown: int | None, other: int | None) -> None:
    value, status = measure(shown, other)
    assert (status == CellStatus.HIDDEN) == (shown is None or other is None)
    assert (value is None) == (status != CellStatus.NORMAL)


def test_the_legend_names_the_threshold_and_is_silent_where_nothing_is_hidden() -> None:
    assert CellStatus.HIDDEN not in legend(None)
    assert "fewer than 7 persons" in legend(7)[CellStatus.HIDDEN].en
    assert "færre end 7 personer" in legend(7)[CellStatus.HIDDEN].da
    assert legend(7).keys() == STATUSES.keys() - EXTERNAL
    assert legend(7, external=True).keys() == STATUSES.keys()
    assert legend(None, external=True).keys() == STATUSES.keys() - {CellStatus.HIDDEN}
