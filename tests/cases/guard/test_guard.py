"""The identifier guard: 20,000 identifiers in disguise are all seen, and 20,000 valid rows pass."""

from __future__ import annotations

import string
from collections.abc import Iterator
from random import Random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.dk import cpr as danish_cpr

from cases import dictionary as d
from cases import tokens
from cases.intake.findings import FileRefused, Finding
from cases.intake.guard.check import (
    HARMLESS_BEFORE,
    MOST_NAMED,
    IdentifierTally,
    check_cells,
    check_headers,
    check_members,
)
from cases.intake.guard.kinds import GUARD_RULES, IdentifierKind
from cases.intake.guard.references import reference_kind, token_kind
from cases.intake.guard.values import value_kind
from cases.intake.guard.words import all_fields, codes_and_labels
from tests.cases.guard.identifiers import cpr, identifiers
from tests.cases.guard.valid import valid_rows

COLUMNS = ("reference", *(field.name for field in d.REFERRAL))
PLACES = (None, "region", "services_needed", "citizenship", "reference", "case_token")
PROFILE = settings(max_examples=200, derandomize=True, database=None, deadline=None)


def test_of_20_000_identifiers_none_is_accepted() -> None:
    rng = Random(3)
    accepted = [
        (kind, value) for kind, value in identifiers(20_007, seed=1) if value_kind(rng.choice(PLACES), value) is None
    ]
    assert accepted == []


def test_of_20_000_valid_rows_none_is_refused() -> None:
    refused = [(row, seen) for row in valid_rows(20_000, seed=2) if (seen := check_cells(COLUMNS, row))]
    assert refused == []


def near_misses() -> Iterator[tuple[str, str, str]]:
    """Every label with one letter too many, too few or another one."""
    rng = Random(4)
    for field in all_fields():
        for text in codes_and_labels(field):
            place, letter = rng.randrange(len(text)), rng.choice(string.ascii_lowercase)
            after = text[place + rng.randrange(2) :]
            yield field.name, text, text[:place] + rng.choice([letter, ""]) + after


def test_a_misspelt_label_is_no_name() -> None:
    """A label of fewer than five letters can become one: Mali and Ali."""
    wrong = [(text, sent) for name, text, sent in near_misses() if len(text) > 4 and value_kind(name, sent)]
    assert wrong == []


def test_every_number_that_the_standard_library_of_numbers_takes_for_a_cpr_number_is_seen() -> None:
    rng = Random(5)
    numbers = [number for number in (cpr(rng) for _ in range(2_000)) if danish_cpr.is_valid(number)]
    assert len(numbers) > 1_000
    assert {value_kind(None, number) for number in numbers} == {IdentifierKind.CPR}


@PROFILE
@given(
    st.text() | st.integers() | st.floats() | st.dates() | st.recursive(st.text(), st.lists), st.sampled_from(COLUMNS)
)
def test_no_value_is_an_error(value: object, field: str) -> None:
    assert value_kind(field, value) in {None, *IdentifierKind}
    assert value_kind(field, value) == value_kind(field, value)


@PROFILE
@given(st.randoms(use_true_random=False), st.text(alphabet="\u200b\u200d\u2060\ufe0f\u0338 -._/", max_size=3))
def test_nothing_that_is_set_between_its_digits_hides_a_cpr_number(rng: Random, between: str) -> None:
    assert value_kind("region", between.join(cpr(rng))) == IdentifierKind.CPR


@PROFILE
@given(st.integers(0, 2**128 - 1))
def test_a_reference_says_the_same_in_every_writing(number: int) -> None:
    plain = str(UUID(int=number, version=4))
    assert reference_kind(plain) == reference_kind(plain.upper()) == reference_kind(f"{{{plain}}}")


@pytest.mark.parametrize("step", range(16))
def test_a_long_series_of_digits_is_seen_wherever_it_stands(step: int) -> None:
    """Fourteen of the thirty digits that are random, with the same step from each to the next."""
    for start in range(17):
        rng = Random(step * 100 + start)
        digits = rng.choices(range(16), k=30)
        digits[start : start + 14] = [(start + place * step) % 16 for place in range(14)]
        free = "".join(f"{each:x}" for each in digits)
        assert reference_kind(f"{free[:8]}-{free[8:12]}-4{free[12:15]}-8{free[15:18]}-{free[18:]}") is not None, start


def test_100_000_random_references_pass() -> None:
    rng = Random(6)
    assert not any(reference_kind(str(UUID(int=rng.getrandbits(128), version=4))) for _ in range(100_000))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "11111111-1111-4111-8111-111111111111",
            "01234567-89ab-4def-8123-456789abcdef",
            "abababab-abab-4bab-abab-abababababab",
        ),
        *(
            "12121212-3434-4121-8343-412121212343",
            "14038512-3400-4000-8000-000000000000",
            "fedcba98-7654-4210-bedc-ba9876543210",
        ),
        *("0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f", "aaaaaaaa-aaaa-4aaa-8aaa-1403851234aa"),
    ],
)
def test_a_reference_with_a_pattern_is_none(text: str) -> None:
    assert reference_kind(text) is not None


def test_no_token_is_a_number_of_a_person() -> None:
    body = next(number for number in ("0101851234", "0101851235") if tokens.check_symbol(number) in tokens.ALPHABET)
    token = body + tokens.check_symbol(body)
    assert token_kind(token) == value_kind("case_token", f"{token[:6]}-{token[6:]}") == IdentifierKind.CPR
    assert value_kind("case_token", token.replace("0", "O").replace("1", "l")) == IdentifierKind.CPR
    assert token_kind("9999999999" + tokens.check_symbol("9999999999")) is None


def test_no_token_of_digits_alone_is_given_out(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([0, 1, *[10 << shift for shift in range(0, 50, 5)]])
    monkeypatch.setattr("cases.tokens.secrets.randbits", lambda _: next(drawn))
    assert not tokens.mint()[: tokens.LENGTH].isdecimal()


def test_a_finding_has_neither_the_value_nor_a_header_of_the_sender() -> None:
    members = {"gender": "Fatima Hassan", "Adaeze Zogaj 010185-1234": 1, "region": "DK01", "note": "x@y.dk"}
    assert check_members(members) == [
        Finding("identifier_name", field="gender"),
        Finding("identifier_cpr"),
        Finding("identifier_email"),
    ]
    assert check_headers(["reference", "Navn", "Region", "010185-1234"]) == [
        Finding("identifier_name", column=1),
        Finding("identifier_cpr", column=3),
    ]


def test_cells_are_named_by_column_and_line() -> None:
    cells = ["x@y.dk", "DK01", "Fatima", ["010185-1234"]]
    assert check_cells(["reference", "region", None], cells, 7) == [
        Finding("identifier_email", field="reference", column=0, lines=(7,)),
        Finding("identifier_name", column=2, lines=(7,)),
        Finding("identifier_cpr", column=3, lines=(7,)),
    ]


def test_what_is_remembered_is_harmless_and_little() -> None:
    HARMLESS_BEFORE.clear()
    check_cells(["region", "region", "reference"], ["Kvinder", "Fatima Hassan", "12"])
    assert {("region", "Kvinder")} == HARMLESS_BEFORE
    assert check_cells(["version", "region"], ["140385", "140385"]) == check_cells(
        ["version", "region"], ["140385", "140385"]
    )


def test_a_file_is_refused_with_twenty_places_and_the_number_of_all() -> None:
    tally = IdentifierTally()
    tally.refuse()
    for line in range(2, 40):
        tally.add([Finding("identifier_name", column=1)], line)
    with pytest.raises(FileRefused) as refusal:
        tally.refuse()
    assert refusal.value.code == "identifier_in_file"
    assert [line for _, line in refusal.value.findings] == list(range(2, 2 + MOST_NAMED))
    assert refusal.value.total == 38


def test_every_kind_has_its_words() -> None:
    assert set(GUARD_RULES) == {kind.rule for kind in IdentifierKind}
    assert all(text.da and text.en for text in GUARD_RULES.values())
