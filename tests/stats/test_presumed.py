"""Presumed persons: who counts, in which month, and what became of her."""

from __future__ import annotations

from typing import Any

import pytest

from cases.models import Case
from partners.audit import COMMAND
from partners.kinds import Mode
from partners.models import Partner
from stats.counting import build as release
from stats.counting import erasures
from tests.cases.linking.world import merge_cases, split_case
from tests.stats.reading import table, total
from tests.stats.records import NOTES, assessment, at, case, partner, referral, supersede

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("zero_is_known")]


@pytest.fixture
def centre() -> Partner:
    return partner("CENTRE")


@pytest.fixture
def ngo() -> Partner:
    return partner("NGO")


def built(period: str = "2023", **options: Any) -> str:
    return release.build(by=COMMAND, period=period, depth=1, change_notes=NOTES, **options).release.pk


def only(axes: str, period: str = "2023", **options: Any) -> str:
    """The code of the one presumed person on an axis."""
    ((codes, count),) = table(built(period, **options), "presumed", axes).items()
    assert count == 1
    return codes[0]


def test_a_person_counts_once_in_the_month_of_her_first_referral(ngo: Partner) -> None:
    person = case(ngo)
    referral(person, partner("POLICE"), referred_in="2024-02")
    referral(person, ngo, referred_in="2023-11")
    assert (total(built("2023"), "presumed"), total(built("2024"), "presumed")) == (1, 0)
    assert total(built("2023-2024"), "referrals") == 2


def test_who_was_never_referred_is_not_presumed(centre: Partner) -> None:
    assessment(case(centre), centre, decided_in="2023-05")
    assert (total(built(), "presumed"), total(built())) == (0, 1)


def test_merged_cases_are_one_person_referred_first_in_the_earlier_month(ngo: Partner) -> None:
    first, second = case(ngo), case(ngo)
    referral(first, ngo, referred_in="2023-05")
    referral(second, ngo, referred_in="2022-12")
    before = built("2022-2023")
    merge_cases(first, second)
    assert (total(before, "presumed"), total(built("2022-2023"), "presumed"), total(built("2023"), "presumed")) == (
        2,
        1,
        0,
    )


def test_a_withdrawn_first_referral_leaves_the_next_one(ngo: Partner) -> None:
    person = case(ngo)
    wrong = referral(person, ngo, referred_in="2022-03")
    referral(person, ngo, referred_in="2023-03")
    assert total(built("2022"), "presumed") == 1
    supersede(wrong, at(1))
    withdrawal = {"version": 2, "recorded_at": at(1), "reference": wrong.reference, "status": "withdrawn"}
    referral(person, ngo, referred_in="2022-03", reason_code="DUPLICATE", **withdrawal)
    assert (total(built("2022"), "presumed"), total(built("2023"), "presumed")) == (0, 1)


def test_test_mode_and_test_cases_never_count(ngo: Partner) -> None:
    tester = partner("CENTRE", Mode.TEST)
    referral(case(tester, test=True), ngo, referred_in="2023-03")
    referral(case(ngo), tester, referred_in="2023-03")
    assert total(built(), "presumed") == 0


@pytest.mark.parametrize(
    ("outcomes", "became"),
    [
        ((), "NO_DECISION"),
        (("PENDING",), "NO_DECISION"),
        (("IDENTIFIED",), "IDENTIFIED"),
        (("INSUFFICIENT",), "NOT_IDENTIFIED"),
        (("DECLINED",), "LEFT"),
        (("LOST_CONTACT",), "LEFT"),
        (("TRANSFERRED",), "ELSEWHERE"),
        (("NOT_IDENTIFIED", "IDENTIFIED"), "IDENTIFIED"),
        (("PENDING", "NOT_IDENTIFIED"), "NOT_IDENTIFIED"),
        (("DECLINED", "TRANSFERRED"), "ELSEWHERE"),
    ],
)
def test_of_what_authorities_found_the_first_of_the_list_counts(
    ngo: Partner, outcomes: tuple[str, ...], became: str
) -> None:
    person = case(ngo)
    referral(person, ngo, referred_in="2023-03")
    for outcome in outcomes:
        assessment(person, partner("IMMIGRATION"), outcome=outcome, decided_in="2023-05")
    assert only("referral_outcome") == became


@pytest.mark.parametrize(
    ("decided_in", "wait", "year"),
    [
        ("2022-06", "W_LE1", "Y0"),
        ("2023-03", "W_LE1", "Y0"),
        ("2023-04", "W_LE1", "Y0"),
        ("2023-05", "W2T3", "Y0"),
        ("2023-09", "W4T6", "Y0"),
        ("2024-03", "W7T12", "Y1"),
        ("2024-04", "W_GT12", "Y1"),
        ("2025-01", "W_GT12", "Y2"),
        ("2026-01", "W_GT12", "Y_GE3"),
        ("2026-09", "W_GT12", "Y_GE3"),
    ],
)
def test_the_wait_is_counted_in_months_and_the_cohort_in_calendar_years(
    centre: Partner, ngo: Partner, decided_in: str, wait: str, year: str
) -> None:
    person = case(ngo)
    referral(person, ngo, referred_in="2023-03")
    assessment(person, centre, decided_in=decided_in)
    assert (only("wait"), only("identified_by")) == (wait, year)


def test_only_a_decision_is_waited_for_and_only_a_positive_one_has_a_cohort(centre: Partner, ngo: Partner) -> None:
    person = case(ngo)
    referral(person, ngo, referred_in="2023-03")
    assert (only("wait"), only("identified_by")) == ("_Z", "_Z")
    assessment(person, centre, outcome="NOT_IDENTIFIED", decided_in="2023-05")
    assert (only("wait"), only("identified_by")) == ("W2T3", "_Z")


def test_a_decision_of_no_known_month_has_a_wait_that_is_not_known(centre: Partner, ngo: Partner) -> None:
    person = case(ngo)
    referral(person, ngo, referred_in="2023-03")
    assessment(person, centre, outcome="INSUFFICIENT", decided_in=None)
    assert (only("referral_outcome"), only("wait")) == ("NOT_IDENTIFIED", "_U")


def test_what_a_partner_in_test_mode_found_became_of_nobody(ngo: Partner) -> None:
    person, tester = case(ngo), partner("CENTRE", Mode.TEST)
    referral(person, ngo, referred_in="2023-03")
    assessment(person, tester, decided_in="2023-05")
    assert only("referral_outcome") == "NO_DECISION"


@pytest.mark.parametrize(("month", "counts"), [("2022-12", 0), ("2023-01", 1), ("2023-12", 1), ("2024-01", 0)])
def test_the_first_and_the_last_month_are_of_the_period(ngo: Partner, month: str, counts: int) -> None:
    referral(case(ngo), ngo, referred_in=month)
    referral(case(ngo), ngo, referred_in="2023-06")
    assert total(built(), "presumed") == 1 + counts


def test_a_decision_after_the_moment_is_not_known_to_the_release(centre: Partner, ngo: Partner) -> None:
    person = case(ngo)
    referral(person, ngo, referred_in="2023-03", recorded_at=at(0))
    assessment(person, centre, decided_in="2023-05", recorded_at=at(10))
    assert only("referral_outcome", as_of=at(5)) == "NO_DECISION"
    assert only("referral_outcome", as_of=at(15)) == "IDENTIFIED"


def test_what_the_decision_verified_goes_before_what_was_referred_also_of_a_later_year(
    centre: Partner, ngo: Partner
) -> None:
    person = case(ngo)
    referral(person, ngo, referred_in="2023-03", gender="F")
    assert only("gender") == "F"
    assessment(person, centre, decided_in="2024-05", verified_gender="M")
    assert only("gender") == "M"


def test_an_erasure_finds_a_referral_and_a_decision_that_a_split_moved(ngo: Partner, centre: Partner) -> None:
    person, other = case(ngo), case(ngo)
    referral(person, ngo, referred_in="2023-02")
    moved = referral(person, partner("POLICE"), referred_in="2023-03")
    assessment(person, centre, decided_in="2023-05")
    _, new = split_case(person, moved, assessed=(centre,))
    merge_cases(new, other)
    built()
    [counting] = [each for each in erasures.countings([person.pk]) if each.dataset.id == "presumed"]
    everybody = erasures.count_records(counting, [each.pk for each in Case.objects.all()])
    for each in (person, other, new):
        assert erasures.count_records(counting, [*erasures.circle([each.pk])]) == everybody
    assert len(everybody) == 2
