"""Case tokens against Crockford's definition, and against the errors of reading them over a telephone."""

from __future__ import annotations

import random
import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases import tokens

bodies = st.text(tokens.ALPHABET, min_size=10, max_size=10)
PROFILE = settings(derandomize=True, database=None, deadline=None, max_examples=200)


@pytest.mark.parametrize(
    ("body", "symbol"),
    # The numbers 0, 1, 36, 37, 63 and 2 ** 50 - 1, modulo 37, in Crockford's 37 symbols.
    [
        ("0000000000", "0"),
        ("0000000001", "1"),
        ("0000000014", "U"),
        ("0000000015", "0"),
        ("000000001Z", "T"),
        ("ZZZZZZZZZZ", "X"),
    ],
)
def test_the_check_symbol_is_crockfords(body: str, symbol: str) -> None:
    assert tokens.check_symbol(body) == symbol
    assert tokens.canonical(body + symbol) == body + symbol


def test_minted_tokens_are_valid_speakable_and_different() -> None:
    minted = {tokens.mint() for _ in range(500)}
    assert len(minted) == 500
    assert all(tokens.canonical(token) == token and re.match(tokens.PATTERN, token) for token in minted)
    assert all(set(token) <= set(tokens.ALPHABET) for token in minted)
    for place in range(tokens.LENGTH):
        assert len({token[place] for token in minted}) > 24  # no place is fixed, by time or by count


def test_a_token_is_not_derived_from_the_predictable_generator() -> None:
    random.seed(1)
    first = tokens.mint()
    random.seed(1)
    assert tokens.mint() != first


@PROFILE
@given(bodies)
def test_every_valid_token_matches_the_published_pattern(body: str) -> None:
    token = body + tokens.check_symbol(body)
    assert re.match(tokens.PATTERN, token)
    assert tokens.canonical(token) == tokens.canonical(token.lower()) == token


@PROFILE
@given(
    st.text(string.digits + string.ascii_letters.replace("u", "").replace("U", ""), min_size=10, max_size=10),
    st.integers(0, 9),
)
def test_what_is_written_in_any_way_is_described_and_read(text: str, place: int) -> None:
    said = text.upper().translate(str.maketrans("ILO", "110"))
    token = said + tokens.check_symbol(said)
    for sign in ("-", " ", "\xa0"):
        written = text[:place] + sign * place + text[place:] + token[-1]
        assert re.fullmatch(tokens.READ_PATTERN, written) and len(written) <= 2 * tokens.LENGTH
        assert tokens.canonical(written) == token


def test_a_token_is_read_in_the_groups_of_its_card_with_blanks_and_in_lower_case() -> None:
    token = tokens.mint()
    groups = tokens.in_groups(token)
    for written in (groups.replace("-", " "), groups.replace("-", " - "), f" {groups.lower()} "):
        assert tokens.canonical(written) == token and tokens.fault_of(written) is None


@pytest.mark.parametrize("text", ["*~$=*~$=*~$", "-----------", "UUUUUUUUUUU", "0123456789", "0123456789AB"])
def test_the_description_does_not_take_what_cannot_be_a_token(text: str) -> None:
    assert not re.fullmatch(tokens.READ_PATTERN, text)


@PROFILE
@given(bodies, st.integers(0, 9), st.sampled_from(tokens.ALPHABET))
def test_one_wrong_character_is_always_noticed(body: str, place: int, wrong: str) -> None:
    symbol = tokens.check_symbol(body)
    other = body[:place] + wrong + body[place + 1 :]
    assert (tokens.canonical(other + symbol) is None) == (other != body)


@PROFILE
@given(bodies, st.integers(0, 8))
def test_two_neighbours_swapped_are_always_noticed(body: str, place: int) -> None:
    symbol = tokens.check_symbol(body)
    other = body[:place] + body[place + 1] + body[place] + body[place + 2 :]
    assert (tokens.canonical(other + symbol) is None) == (other != body)


@PROFILE
@given(bodies, st.data())
def test_case_hyphens_and_look_alikes_read_the_same(body: str, data: st.DataObject) -> None:
    token = body + tokens.check_symbol(body)
    alike = {"0": "0Oo", "1": "1IiLl"}
    spelt = "".join(
        data.draw(st.sampled_from(alike.get(digit, digit + digit.lower()))) + data.draw(st.sampled_from(["", "", "-"]))
        for digit in body
    )
    if len(spelt) < 20:
        assert tokens.canonical(spelt + token[-1]) == token


@PROFILE
@given(st.text(max_size=24))
def test_any_other_text_is_no_token(text: str) -> None:
    token = tokens.canonical(text)
    assert token is None or (len(token) == 11 and tokens.canonical(token) == token)


@pytest.mark.parametrize(
    "text", ["", "0" * 10, "0" * 12, "U" * 11, "0000000000\t0", "٠" * 11, "０" * 11, "0" * 1000, "-" * 20, "ı" * 11]
)
def test_these_are_none(text: str) -> None:
    assert tokens.canonical(text) is None
