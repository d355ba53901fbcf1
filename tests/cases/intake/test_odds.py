"""How probable a count is: the same as adding up every case with exact fractions, and known values of published tables."""

from __future__ import annotations

from fractions import Fraction
from math import comb, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.intake.checks import delivery

COUNTS = st.integers(0, 40)


@given(COUNTS, COUNTS, st.sampled_from([Fraction(1, 10), Fraction(1, 2), Fraction(3, 4)]))
def test_a_binomial_tail_is_the_sum_of_its_terms(x: int, more: int, share: Fraction) -> None:
    n = x + more
    tail = sum(comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(x, n + 1))
    told = delivery.at_least(x, n, float(share))
    assert told == 1.0 if x <= n * share else isclose(told, float(tail), rel_tol=1e-9)


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_fisher_s_test_is_the_sum_of_its_tables(x: int, rest: int, x_before: int, rest_before: int) -> None:
    n, n_before = x + rest, x_before + rest_before
    marked, everyone = x + x_before, n + n_before
    told = delivery.as_many_marked(x, n, x_before, n_before)
    if x * everyone <= n * marked:
        assert told == 1.0
        return
    tables = sum(comb(marked, k) * comb(everyone - marked, n - k) for k in range(x, min(n, marked) + 1))
    assert isclose(told, tables / comb(everyone, n), rel_tol=1e-9)


@pytest.mark.parametrize(
    ("count", "before", "chance"),
    [(15, 5, 0.0414), (10, 0, 0.00195), (11, 0, 0.00098), (0, 11, 0.00098), (7, 7, 1.0), (0, 0, 1.0)],
)
def test_two_counts_are_as_far_apart_as_tables_say(count: int, before: int, chance: float) -> None:
    assert delivery.as_far_apart(count, before) == pytest.approx(chance, rel=0.01)


def test_a_million_rows_are_no_trouble() -> None:
    assert delivery.as_many_marked(510_000, 1_000_000, 500_000, 1_000_000) < 1e-40
    assert delivery.at_least(500_500, 1_000_000, 0.5) == pytest.approx(0.159, rel=0.01)
