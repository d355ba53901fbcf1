"""Which periods are asked for: of one kind, and no month twice."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.periods import Period
from stats.reading import selection
from stats.reading.selection import SelectionRefused

PERIODS = ["2019", "2020", "2021", "2022", "2023", "2022-Q4", "2023-Q1", "2023-Q2", "2019-2020", "2021-2023"]

YEARS = range(2019, 2026)
POOLS = [f"{first}-{last}" for first, last in combinations(YEARS, 2)]


def held(text: str) -> str:
    """The periods that a selection holds of those above."""
    periods = [found for name in PERIODS if (found := Period.parse(name))]
    return " ".join(each.id for each in periods if selection.parse(text).holds(each))


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("2023", "2023"),
        ("2020..2022", "2020 2021 2022"),
        ("2022..", "2022 2023"),
        ("..2020", "2019 2020"),
        ("2019,2021,2023", "2019 2021 2023"),
        ("2023,2019..2020", "2019 2020 2023"),
        ("2022-Q4..2023-Q1", "2022-Q4 2023-Q1"),
        ("2023-Q2..", "2023-Q2"),
        ("2022-Q4,2023-Q2", "2022-Q4 2023-Q2"),
        ("2019-2020,2021-2023", "2019-2020 2021-2023"),
        ("2019-2020", "2019-2020"),
        ("2019-2023", ""),
    ],
)
def test_what_is_asked_for_is_of_one_kind(text: str, periods: str) -> None:
    assert held(text) == periods


@given(st.sets(st.sampled_from(YEARS), min_size=2))
def test_pools_that_are_named_are_asked_for_and_none_within_them(bounds: set[int]) -> None:
    ends = sorted(bounds)
    named = [f"{first}-{last}" for first, last in zip(ends[::2], ends[1::2], strict=False)]
    periods = [period for name in POOLS if (period := Period.parse(name))]
    choice = selection.parse(",".join(named))
    assert [each.id for each in periods if choice.holds(each)] == named
    assert [[each.id for each in group] for group in choice.groups(periods)] == [[name] for name in named]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2023,2019", "2019,2023"),
        ("2023..2023", "2023"),
        ("2021,2019..2020", "2019..2020,2021"),
        ("2023..,2019", "2019,2023.."),
    ],
)
def test_the_same_is_one_text_however_it_is_written(one: str, other: str) -> None:
    assert selection.parse(one) == selection.parse(other)
    assert str(selection.parse(one)) == other


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", selection.NO_PERIOD),
        (",", selection.NO_PERIOD),
        ("2023,", selection.NO_PERIOD),
        ("2019;2023", selection.NO_PERIOD),
        ("2019...2023", selection.NO_PERIOD),
        ("2019..2021..2023", selection.NO_PERIOD),
        ("2019.. 2023", selection.NO_PERIOD),
        ("1850..2023", selection.NO_PERIOD),
        ("*", selection.NO_PERIOD),
        ("..", selection.NO_RANGE),
        ("2023..2019", selection.NO_RANGE),
        ("2023-Q2..2023-Q1", selection.NO_RANGE),
        ("2019-2020..2021-2023", selection.NO_RANGE),
        ("2019-2023..", selection.NO_RANGE),
        ("2022,2023-Q1", selection.KINDS),
        ("2022..2023-Q4", selection.KINDS),
        ("2022,2019-2020", selection.KINDS),
        ("2023,2023", selection.OVERLAP),
        ("2019..2021,2021", selection.OVERLAP),
        ("2019..,..2020", selection.OVERLAP),
        ("2019-2021,2021-2023", selection.OVERLAP),
    ],
)
def test_what_is_no_selection_says_why(text: str, code: str) -> None:
    with pytest.raises(SelectionRefused) as refused:
        selection.parse(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2019,2021..2023", "2019, 2021 til 2023"),
        ("2019..", "fra 2019"),
        ("..2021", "til 2021"),
        ("2019-2020", "2019–2020"),
    ],
)
def test_a_selection_in_words(text: str, words: str) -> None:
    assert selection.parse(text).label("da") == words
