"""The search as a pure function: properties that hold for any rows."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.codelists import AGE_BAND
from cases.duplicates import candidates, weights
from cases.duplicates.candidates import MOST, PASSES, WINDOW, CandidatePair, DroppedBlocks, SearchResult, find, prior
from cases.duplicates.evidence import Reason
from cases.duplicates.table import COMPARED, FIELDS, PLACE, ReferralRow, ReferralTable, tabulate
from cases.duplicates.weights import FIRST_EARLIER, FIRST_LATER, SAME_MONTH, of_bands
from cases.rules import UNINFORMATIVE
from tests.cases.duplicates import invented

PROFILE = settings(max_examples=100, derandomize=True, database=None, deadline=None)
CODES, OTHER_CODE = "c" * 64, "d" * 64
# Few persons, months and codes, so that rows meet.
row = st.builds(
    ReferralRow,
    st.integers(1, 12).map(lambda number: UUID(int=number)),
    st.integers(24_000, 24_030),
    st.tuples(*(st.sampled_from(["_U", *field.codelist.names[:2]]) for field in FIELDS)),
    st.sampled_from([None, None, CODES, OTHER_CODE]),
)
rows = st.lists(row, max_size=60)


def pairs(found: SearchResult, reason: Reason | None = None) -> set[tuple[UUID, UUID]]:
    """The persons of the candidates, of those with a reason."""
    return {(each.first, each.second) for each in found.candidates if reason is None or reason in each.reasons}


def holders(given: Iterable[ReferralRow], digest: str) -> set[UUID]:
    return {each.person for each in given if each.digest == digest}


def some(
    count: int, *, person: int = 0, month: int = 24_000, digest: str | None = None, **codes: str
) -> list[ReferralRow]:
    """Rows of different persons that all say the same."""
    said = {**{field.name: field.example for field in FIELDS}, **codes}
    told = tuple(said[field.name] for field in FIELDS)
    return [ReferralRow(UUID(int=person + number), month, told, digest) for number in range(1, count + 1)]


def crowd(count: int, seed: int = 1) -> list[ReferralRow]:
    """Unrelated rows."""
    return invented.year(count, months=24, twins=0, seed=seed)[0]


@PROFILE
@given(rows, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(given: list[ReferralRow], rng: Random) -> None:
    shuffled = list(given)
    rng.shuffle(shuffled)
    assert find(shuffled) == find(given)


@PROFILE
@given(rows)
def test_a_pair_is_two_persons_and_stands_once_whoever_came_first(given: list[ReferralRow]) -> None:
    found = find(given)
    assert all(each.first < each.second for each in found.candidates)
    assert len(pairs(found)) == len(found.candidates)
    assert list(found.candidates) == sorted(found.candidates, key=lambda each: (-each.score, each.first, each.second))


@PROFILE
@given(rows)
def test_evidence_is_symmetric(given: list[ReferralRow]) -> None:
    table = tabulate(given)
    first, second = (axis.ravel() for axis in np.indices((table.size, table.size)))
    weighed = weights.weigh(table)
    assert np.array_equal(weighed.of(table, first, second), weighed.of(table, second, first))


@PROFILE
@given(rows)
def test_whoever_has_the_same_code_is_found(given: list[ReferralRow]) -> None:
    found = pairs(find(given), Reason.LINKAGE_CODE)
    for digest in (CODES, OTHER_CODE):
        people = sorted(holders(given, digest))
        assert {(one, other) for one in people for other in people if one < other} <= found
    assert all(any({one, other} <= holders(given, digest) for digest in (CODES, OTHER_CODE)) for one, other in found)


@PROFILE
@given(rows, rows)
def test_rows_of_others_take_no_pair_of_equal_codes_away(given: list[ReferralRow], more: list[ReferralRow]) -> None:
    before = pairs(find(given), Reason.LINKAGE_CODE)
    assert before <= pairs(find([*given, *more]), Reason.LINKAGE_CODE)


@PROFILE
@given(rows)
def test_the_pairs_compared_are_those_of_the_rule(given: list[ReferralRow]) -> None:
    """The sorted windows against a loop over all pairs."""
    table = tabulate(given)
    tally = DroppedBlocks(np.zeros(table.size, np.bool_))
    compared = {
        frozenset(pair)
        for one, other in candidates.pairs(table, tally)
        for pair in zip(one.tolist(), other.tolist(), strict=True)
    }
    expected, dropped = by_the_rule(table)
    assert compared == expected
    assert set(np.flatnonzero(tally.rows).tolist()) == dropped


def by_the_rule(table: ReferralTable) -> tuple[set[frozenset[int]], set[int]]:
    """Which pairs are compared and which rows dropped, as the docstring of the module says it."""
    expected: set[frozenset[int]] = set()
    dropped: set[int] = set()
    for each in PASSES:
        alive = {i for i in range(table.size) if all(table.of(field)[i] for field in each.agreeing)}
        fields = list(each.agreeing)
        for further in (None, *each.dividing):
            fields += [] if further is None else [further]
            key = {i: tuple(table.of(field)[i] for field in fields) for i in alive}
            near = {
                i: {j for j in alive if i != j and key[i] == key[j] and abs(table.month[i] - table.month[j]) <= WINDOW}
                for i in alive
            }
            crowded = {i for i in alive if len(near[i]) > MOST}
            expected |= {
                frozenset({i, j})
                for i in alive
                for j in near[i]
                if not {i, j} <= crowded and table.person[i] != table.person[j]
            }
            alive = crowded
        dropped |= alive
    return expected, dropped


def test_a_rare_pattern_is_found_and_the_same_pattern_among_many_is_not() -> None:
    rare = some(2, citizenship="KZ", gender="X", age_band="Y_GE55")
    one, other = (each.person for each in rare)
    found = find([*crowd(300), *rare])
    assert (one, other) in pairs(found, Reason.PATTERN)
    assert found.too_common == 0
    many = some(MOST + 2, citizenship="KZ", gender="X", age_band="Y_GE55")
    found = find([*crowd(300), *many])
    assert not pairs(found) & {(a.person, b.person) for a in many for b in many}
    assert found.too_common == len(many)
    assert found.dropped_blocks == len(PASSES)


def test_what_is_too_common_is_counted_and_takes_no_time() -> None:
    same = some(20_000)
    found = find(same)
    assert found.candidates == ()
    assert (found.referrals, found.too_common, found.dropped_blocks) == (20_000, 20_000, len(PASSES))


def test_a_block_that_is_too_large_is_divided_before_it_is_dropped() -> None:
    many = some(MOST + 20, recruiter="FAMILY")
    pair = some(2, person=1000, recruiter="ONLINE", duration="LT1M")
    table = tabulate([*many, *pair])
    tally = DroppedBlocks(np.zeros(table.size, np.bool_))
    compared = {
        frozenset(p) for a, b in candidates.pairs(table, tally) for p in zip(a.tolist(), b.tolist(), strict=True)
    }
    assert frozenset({table.size - 1, table.size - 2}) in compared
    assert int(tally.rows.sum()) == len(many)


def test_a_code_of_too_many_is_no_person_s_and_pairs_stay_few() -> None:
    found = find(some(5000, digest=CODES))
    assert found.common_codes == 1
    assert len(pairs(found, Reason.LINKAGE_CODE)) == 4999
    assert find(some(MOST, digest=CODES)).common_codes == 0


def test_equal_codes_reach_over_years_and_contradictions_and_a_pattern_does_not() -> None:
    early = some(1, digest=CODES, citizenship="KZ", gender="X")
    late = some(1, person=9, month=24_120, digest=CODES, citizenship="UG", gender="M")
    assert pairs(find([*crowd(200), *early, *late]), Reason.LINKAGE_CODE) == {(UUID(int=1), UUID(int=10))}
    for months, expected in ((WINDOW, True), (WINDOW + 1, False)):
        apart = [
            *some(1, citizenship="KZ", gender="X"),
            *some(1, person=9, month=24_000 + months, citizenship="KZ", gender="X"),
        ]
        assert ((UUID(int=1), UUID(int=10)) in pairs(find([*crowd(200), *apart]))) == expected


def test_both_reasons_add_up_and_two_referrals_of_one_person_are_no_pair() -> None:
    one, other = some(2, digest=CODES, citizenship="KZ", gender="X")
    both = candidate(find([*crowd(200), one, other]), one, other)
    code = candidate(find([*crowd(200), one, other._replace(month=24_500)]), one, other)
    pattern = candidate(find([*crowd(200), one._replace(digest=None), other]), one, other)
    assert (both.reasons, code.reasons, pattern.reasons) == (
        (Reason.LINKAGE_CODE, Reason.PATTERN),
        (Reason.LINKAGE_CODE,),
        (Reason.PATTERN,),
    )
    assert both.score == pytest.approx(pattern.score + 24, abs=0.11)
    same = [one, other._replace(person=one.person)]
    assert one.person not in {person for pair in pairs(find([*crowd(200), *same])) for person in pair}


def candidate(found: SearchResult, one: ReferralRow, other: ReferralRow) -> CandidatePair:
    """The candidate of two rows."""
    [only] = [each for each in found.candidates if {each.first, each.second} == {one.person, other.person}]
    return only


def test_agreeing_on_what_is_rare_weighs_more() -> None:
    table = tabulate([*some(30), *some(2, person=100, citizenship="KZ"), *some(3, person=200, gender="_U")])
    field = next(each for each in weights.weigh(table).fields if each.place == PLACE["citizenship"])
    common, rare = (field.of(table, np.array([first]), np.array([first + 1]))[0] for first in (0, 30))
    assert rare > 3 > common >= 0
    unknown = next(each for each in weights.weigh(table).fields if each.place == PLACE["gender"])
    assert unknown.of(table, np.array([0, 32]), np.array([32, 33])).tolist() == [0, 0]
    assert field.of(table, np.array([0]), np.array([30]))[0] < 0


def test_what_goes_together_does_not_count_twice() -> None:
    """Everybody of one form is a woman and everybody of the other a man: agreeing on both is agreeing on the form."""
    table = tabulate(
        [*some(20, gender="F"), *some(20, person=100, exploitation="LABOUR", exploitation_detail="_U", gender="M")]
    )
    gender = next(each for each in weights.weigh(table).fields if each.place == PLACE["gender"])
    assert gender.of(table, np.array([0]), np.array([1]))[0] == 0


@pytest.mark.parametrize(
    ("one", "other", "order", "low", "high"),
    [
        ("Y18T24", "Y18T24", SAME_MONTH, 1, 9),
        ("Y18T24", "Y25T34", FIRST_EARLIER, -3, 1),
        ("Y25T34", "Y18T24", FIRST_LATER, -3, 1),
        ("Y25T34", "Y18T24", FIRST_EARLIER, -6, -5),
        ("Y18T24", "Y25T34", SAME_MONTH, -6, -5),
        ("Y18T24", "Y35T44", FIRST_EARLIER, -6, -5),
        ("_U_ADULT", "Y35T44", SAME_MONTH, 0, 1),
        ("_U_MINOR", "Y15T17", SAME_MONTH, 1, 9),
        ("_U_MINOR", "Y35T44", SAME_MONTH, -6, -5),
        ("_U_MINOR", "_U_MINOR", SAME_MONTH, 1, 9),
    ],
)
def test_age_bands_agree_grow_and_roll_up(one: str, other: str, order: int, low: float, high: float) -> None:
    shares = dict.fromkeys((name for name in AGE_BAND.names if name not in UNINFORMATIVE), 0.1)
    assert low <= of_bands(one, other, order, shares) <= high
    mirrored = {FIRST_EARLIER: FIRST_LATER, FIRST_LATER: FIRST_EARLIER}.get(order, order)
    assert of_bands(other, one, mirrored, shares) == of_bands(one, other, order, shares)


def test_the_fields_are_the_dictionary_s_and_a_pass_names_compared_ones() -> None:
    assert {field.name for field in FIELDS} == set(invented.MISTAKES)
    for each in COMPARED:
        assert 0 < each.agreement < 1
        assert each.condition is None or each.condition in FIELDS
    for each_pass in PASSES:
        names = [field.name for field in (*each_pass.agreeing, *each_pass.dividing)]
        assert len(set(names)) == len(names)
        assert set(names) <= set(PLACE)


def test_rivals_share_what_a_pattern_tells() -> None:
    """Whoever is met with ten others who say the same is the twin of an earlier referral with a chance of one in eleven at most."""
    scores = {}
    for many in (1, 3, 11):
        earlier, *raid = some(
            1 + many, citizenship="KZ", gender="X", age_band="Y_GE55", region="DK05", residence_basis="PERMIT_STUDY"
        )
        # Who are met together are known to be several, but not to us.
        found = find([*crowd(2000), earlier._replace(month=23_995), *raid])
        scores[many] = [each.score for each in found.candidates if earlier.person in (each.first, each.second)]
    assert len(scores[1]) == 1
    assert all(score <= 0.1 - np.log2(2) for score in scores[3])
    assert scores[11] == []


def test_no_rows_and_one_row() -> None:
    assert find([]) == SearchResult((), 0, 0, 0, 0)
    assert find(some(1)) == SearchResult((), 1, 0, 0, 0)


def test_more_referrals_ask_for_more_evidence() -> None:
    few, many = (prior(np.array([24_000] * count, np.int64)) for count in (101, 1601))
    assert many - few == pytest.approx(4)
    assert prior(np.array([24_000, 25_000], np.int64)) == prior(np.zeros(0, np.int64))
