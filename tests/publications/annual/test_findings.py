"""No rule claims what figures do not say: shares in words, the largest group, and what is said of hidden numbers."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.codelists.types import TOTAL, Code
from cases.dimensions import PERSONS
from core.text import Text
from publications.annual.content.findings import AxisFindings, Group
from publications.annual.sentences import SHARES, share_in_words
from stats.reading import measures

AXIS = PERSONS.axes["gender"]
EVERYBODY = Code(TOTAL, Text("I alt", "Total"))
# What a reader takes the words to mean, in per cent: written a second time.
MEANT = {
    "All victims": (100, 100),
    "Almost all victims": (95, 99.999),
    "The vast majority of victims": (80, 95),
    "About three in four victims": (72, 78),
    "About two in three victims": (64, 69),
    "More than half of the victims": (50.001, 99),
    "Just over half of the victims": (50.001, 55),
    "Half of the victims": (50, 50),
    "Almost half of the victims": (45, 49.999),
    "About a third of the victims": (31, 36),
    "About a quarter of the victims": (23, 27),
}
counts = st.integers(0, 240)


@given(counts, counts)
def test_a_share_in_words_is_true(part: int, rest: int) -> None:
    words = share_in_words(part, part + rest)
    if words is not None:
        least, most = MEANT[words.en]
        assert Fraction(least).limit_denominator(100_000) * (part + rest) <= 100 * part <= most * (part + rest)


def test_every_share_has_words_in_both_languages_of_its_own() -> None:
    assert {each.words.en for each in SHARES} == set(MEANT)
    assert len({each.words.da for each in SHARES}) == len(SHARES)
    assert share_in_words(0, 10) is share_in_words(11, 10) is share_in_words(2, 100) is None


@st.composite
def tables(draw: st.DrawFn) -> tuple[AxisFindings, dict[str, int]]:
    """A table of true counts, of which some are hidden with or without a bound; the counts beside it."""
    truth = {code.code: draw(counts) for code in AXIS.codes}
    hidden = draw(st.sets(st.sampled_from([*truth]), max_size=len(truth)))
    total = sum(truth.values())
    total_group = Group(EVERYBODY, total, None, None, total, hidden=False)
    groups = []
    for code in AXIS.codes:
        count = truth[code.code]
        if code.code in hidden:
            bound = draw(st.none() | st.integers(count, count + 20))
            groups.append(Group(code, None, None, None, bound, hidden=True))
        else:
            share = measures.share(count, total)[0]
            groups.append(Group(code, count, share, draw(st.none() | st.integers(-9, 9)), count, hidden=False))
    return AxisFindings(AXIS, 2023, total_group, tuple(groups)), truth


@given(tables())
def test_the_largest_group_is_the_largest_whatever_the_hidden_ones_are(
    drawn: tuple[AxisFindings, dict[str, int]],
) -> None:
    findings, truth = drawn
    if findings.largest is not None:
        name = findings.largest.code.code
        assert all(truth[name] > count for code, count in truth.items() if code != name)
        assert not findings.largest.hidden


@given(tables())
def test_a_heading_claims_a_share_that_is_true_or_nothing(drawn: tuple[AxisFindings, dict[str, int]]) -> None:
    findings, truth = drawn
    claim = next((words for words in MEANT if findings.heading.en.startswith(f"{words} were ")), None)
    if claim is None:
        assert findings.heading == AXIS.label
        return
    assert findings.largest is not None
    least, most = MEANT[claim]
    assert least * sum(truth.values()) <= 100 * truth[findings.largest.code.code] <= most * sum(truth.values())


@given(tables())
def test_every_number_in_a_sentence_is_shown_and_every_hidden_group_is_named(
    drawn: tuple[AxisFindings, dict[str, int]],
) -> None:
    findings, _ = drawn
    shown = {"2022", str(findings.total.count)}
    for each in findings.groups:
        shown |= {
            str(abs(value)).replace(".", ",") for value in (each.count, each.share, each.change) if value is not None
        }
    text = findings.text
    assert set(re.findall(r"\d+(?:,\d+)?", text.da if text else "")) <= shown
    secret = [each for each in findings.groups if each.hidden and not each.quiet]
    assert ("vises ikke" in (text.da if text else "")) is bool(secret)


def gender(*counts: int, change: int | None = None) -> AxisFindings:
    """So many women and men."""
    groups = tuple(
        Group(code, n, None, change, n, hidden=False) for code, n in zip(AXIS.codes[:2], counts, strict=True)
    )
    return AxisFindings(AXIS, 2023, Group(EVERYBODY, sum(counts), None, None, sum(counts), hidden=False), groups)


def test_no_sentence_is_about_one_person() -> None:
    assert gender(1, 0).text is None and gender(1, 0).heading == AXIS.label
    assert gender(1, 1).text is None
    assert gender(2, 1).text == Text(
        "Af de 3 personer var blandt andre 2 kvinder.", "Of the 3 persons, 2 were women, among others."
    )


@pytest.mark.parametrize(
    ("change", "text"), [(1, ""), (-1, ""), (2, "That is 2 more women"), (-2, "That is 2 fewer women"), (None, "")]
)
def test_no_sentence_is_about_a_change_of_one_person(change: int | None, text: str) -> None:
    changes = gender(20, 0, change=change).changes
    assert (changes.en if changes else "") == (f"{text} than in 2022." if text else "")


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(199, 200, "Almost all victims"), (200, 200, "All victims"), (190, 200, "Almost all victims"), (94, 99, None)],
)
def test_between_almost_all_and_all_there_is_no_gap(part: int, whole: int, words: str | None) -> None:
    found = share_in_words(part, whole)
    assert found is not None and found.en == (words or "The vast majority of victims")
