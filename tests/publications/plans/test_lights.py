"""The traffic light: a rule over numbers and years, against what a person would say of any indicator."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publications.plans.lights import LIGHTS, SHAPES, IndicatorPath, PlanLight, TargetDirection, light

NUMBERS = st.decimals(-1000, 1000, places=2)
YEARS = st.integers(2010, 2040)
GOODNESS = (PlanLight.BEHIND, PlanLight.ON_TRACK, PlanLight.REACHED)


@st.composite
def paths(draw: st.DrawFn) -> IndicatorPath:
    """A line from a baseline to a target."""
    first, last = sorted(draw(st.lists(YEARS, min_size=2, max_size=2, unique=True)))
    low, high = sorted(draw(st.lists(NUMBERS, min_size=2, max_size=2)))
    direction = draw(st.sampled_from(TargetDirection))
    baseline, target = (low, high) if direction == TargetDirection.UP else (high, low)
    return IndicatorPath(first, baseline, last, target, direction)


def mirrored(path: IndicatorPath) -> IndicatorPath:
    """The same line upside down."""
    (direction,) = set(TargetDirection) - {path.direction}
    return IndicatorPath(path.baseline_year, -path.baseline, path.due_year, -path.target, direction)


@pytest.mark.parametrize(
    ("year", "value", "said"),
    [
        (2022, "52.99", PlanLight.BEHIND),
        (2022, "53", PlanLight.ON_TRACK),
        (2024, "71", PlanLight.ON_TRACK),
        (2023, "80", PlanLight.REACHED),
        (2025, "79.99", PlanLight.BEHIND),
        (2030, "79.99", PlanLight.BEHIND),
        (2020, "44", PlanLight.ON_TRACK),
        (2020, "43.99", PlanLight.BEHIND),
    ],
)
def test_from_44_in_2021_to_at_least_80_in_2025(year: int, value: str, said: PlanLight) -> None:
    path = IndicatorPath(2021, Decimal(44), 2025, Decimal(80), TargetDirection.UP)
    assert light(path, [(year, Decimal(value))]) == said


@given(paths())
def test_nothing_is_said_of_what_nobody_observed(path: IndicatorPath) -> None:
    assert light(path, []) == PlanLight.NOT_KNOWN


@given(paths(), YEARS, NUMBERS)
def test_a_value_that_is_not_shown_is_never_said_to_be_good_or_bad(
    path: IndicatorPath, year: int, value: Decimal
) -> None:
    """An older value does not stand in for it: that would tell something of the hidden one."""
    assert light(path, [(year - 1, value), (year, None)]) == PlanLight.NOT_KNOWN


@given(paths(), YEARS, NUMBERS, NUMBERS)
def test_only_the_latest_year_counts(path: IndicatorPath, year: int, value: Decimal, earlier: Decimal) -> None:
    assert light(path, [(year - 1, earlier), (year, value)]) == light(path, [(year, value)])
    assert light(path, [(year, value), (year - 1, None)]) == light(path, [(year, value)])


@given(paths(), YEARS, NUMBERS, st.decimals(0, 100, places=2))
def test_a_better_value_is_never_said_to_be_worse(
    path: IndicatorPath, year: int, value: Decimal, more: Decimal
) -> None:
    better = value + more if path.direction == TargetDirection.UP else value - more
    assert GOODNESS.index(light(path, [(year, better)])) >= GOODNESS.index(light(path, [(year, value)]))


@given(paths(), YEARS, NUMBERS)
def test_the_same_value_is_never_better_later(path: IndicatorPath, year: int, value: Decimal) -> None:
    assert GOODNESS.index(light(path, [(year + 1, value)])) <= GOODNESS.index(light(path, [(year, value)]))


@given(paths(), YEARS, NUMBERS)
def test_up_and_down_are_one_rule(path: IndicatorPath, year: int, value: Decimal) -> None:
    assert light(path, [(year, value)]) == light(mirrored(path), [(year, -value)])


@given(paths(), YEARS, NUMBERS)
def test_reached_is_the_target_and_nothing_else(path: IndicatorPath, year: int, value: Decimal) -> None:
    meets = value >= path.target if path.direction == TargetDirection.UP else value <= path.target
    assert (light(path, [(year, value)]) == PlanLight.REACHED) == meets


@given(paths(), YEARS, NUMBERS, st.decimals(0, 2000, places=2))
def test_what_is_said_of_the_least_holds_of_any_higher_number(
    path: IndicatorPath, year: int, value: Decimal, more: Decimal
) -> None:
    """It is never said to be worse than it is, and never better."""
    said, true = light(path, [(year, value)], {year}), light(path, [(year, value + more)])
    if said == PlanLight.BEHIND:
        assert true == PlanLight.BEHIND
    elif said != PlanLight.NOT_KNOWN:
        assert GOODNESS.index(true) >= GOODNESS.index(said)
        assert path.direction == TargetDirection.UP


@given(paths())
def test_the_line_begins_at_the_baseline_and_ends_at_the_target(path: IndicatorPath) -> None:
    assert path.line_value(path.baseline_year) == Fraction(path.baseline)
    assert path.line_value(path.due_year) == path.line_value(path.due_year + 9) == Fraction(path.target)


@given(paths(), st.integers(0, 30))
def test_on_the_line_is_on_track(path: IndicatorPath, years: int) -> None:
    """Exactly so: no rounding turns a value on the line into one behind it."""
    year = min(path.baseline_year + years, path.due_year - 1)
    line = path.line_value(year)
    if (value := Decimal(line.numerator) / Decimal(line.denominator)) == line:
        assert light(path, [(year, value)]) in {PlanLight.ON_TRACK, PlanLight.REACHED}


def test_each_light_has_words_and_a_shape_of_its_own() -> None:
    assert set(LIGHTS) == set(SHAPES) == set(PlanLight)
    assert len(set(SHAPES.values())) == len({text.da for text in LIGHTS.values()}) == len(PlanLight)
