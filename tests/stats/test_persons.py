"""Who counts, when, and with which attributes."""

from __future__ import annotations

from typing import Any

import pytest

from cases.models import Case
from partners.audit import COMMAND
from partners.kinds import Mode
from partners.models import Partner
from stats.counting import build as release
from tests.stats.reading import table, total
from tests.stats.records import (
    NOTES,
    assessment,
    at,
    case,
    identified,
    partner,
    referral,
    supersede,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("zero_is_known")]


@pytest.fixture
def centre() -> Partner:
    return partner("CENTRE")


@pytest.fixture
def ngo() -> Partner:
    return partner("NGO")


def built(period: str = "2023", **options: Any) -> str:
    return release.build(by=COMMAND, period=period, depth=1, change_notes=NOTES, **options).release.pk


def only(axes: str, dataset: str = "persons", period: str = "2023") -> str:
    """The code of the one record on an axis."""
    ((codes, count),) = table(built(period), dataset, axes).items()
    assert count == 1
    return codes[0]


def test_only_an_identified_person_counts(centre: Partner) -> None:
    for outcome in (
        "IDENTIFIED",
        "NOT_IDENTIFIED",
        "INSUFFICIENT",
        "PENDING",
        "DECLINED",
        "LOST_CONTACT",
        "TRANSFERRED",
    ):
        assessment(case(centre), centre, outcome=outcome, decided_in="2023-05")
    assert total(built()) == 1


def test_two_authorities_on_one_case_count_once_in_the_earlier_decision(centre: Partner) -> None:
    service = partner("IMMIGRATION")
    person = identified(centre, decided_in="2023-01", decided_by="CENTRE", verified_gender="F")
    assessment(person, service, decided_in="2022-11", decided_by="IMMIGRATION_SERVICE", verified_gender="M")
    assert (total(built("2022")), total(built("2023"))) == (1, 0)
    assert only("decided_by", period="2022") == "IMMIGRATION_SERVICE"
    assert only("gender", period="2022") == "M"


def test_of_two_decisions_in_one_month_the_one_recorded_first_decides(centre: Partner) -> None:
    service = partner("IMMIGRATION")
    person = identified(centre, decided_in="2023-01", decided_by="CENTRE", recorded_at=at(5))
    assessment(person, service, decided_in="2023-01", decided_by="COURT", recorded_at=at(4))
    assert only("decided_by") == "COURT"


def test_a_negative_decision_beside_a_positive_one_changes_nothing(centre: Partner) -> None:
    person = identified(centre, decided_in="2023-03")
    assessment(person, partner("IMMIGRATION"), outcome="NOT_IDENTIFIED", decided_in="2023-01")
    assert total(built()) == 1


def test_a_decision_that_was_reversed_no_longer_counts(centre: Partner) -> None:
    person = case(centre)
    first = assessment(person, centre, decided_in="2022-03", recorded_at=at(0))
    supersede(first, at(10))
    assessment(person, centre, outcome="NOT_IDENTIFIED", decided_in="2022-04", version=2, recorded_at=at(10))
    assert total(built(as_of=at(5), period="2022-2023")) == 1
    assert total(built(period="2022-2023")) == 0


def test_test_mode_and_test_cases_never_count(centre: Partner, ngo: Partner) -> None:
    tester = partner("CENTRE", Mode.TEST)
    assessment(case(centre), tester, decided_in="2023-03")
    assessment(case(tester, test=True), centre, decided_in="2023-03")
    referral(case(tester, test=True), ngo, referred_in="2023-03")
    referral(case(ngo), tester, referred_in="2023-03")
    identifier = built()
    assert (total(identifier), total(identifier, "referrals")) == (0, 0)


def test_withdrawn_and_superseded_referrals_do_not_count(ngo: Partner) -> None:
    person = case(ngo)
    old = referral(person, ngo, referred_in="2023-03", gender="M")
    supersede(old, at(1))
    corrected = {"version": 2, "recorded_at": at(1), "reference": old.reference, "status": "corrected"}
    referral(person, ngo, referred_in="2023-03", gender="F", **corrected)
    referral(case(ngo), ngo, referred_in="2023-03", status="withdrawn", reason_code="DUPLICATE")
    assert table(built(), "referrals", "gender") == {("F",): 1}


def test_a_person_without_a_referral_is_known_by_the_assessment_alone(centre: Partner) -> None:
    identified(centre, decided_in="2023-03", verified_gender="X")
    assert only("gender") == "X"
    assert only("partner_kind") == "CENTRE"
    assert only("region") == only("residence_basis") == only("exploitation") == "_U"


def test_a_verified_value_comes_first_and_one_that_says_nothing_does_not(centre: Partner, ngo: Partner) -> None:
    person = identified(centre, decided_in="2023-03", verified_gender="F", verified_exploitation="_U")
    referral(person, ngo, gender="M", exploitation="LABOUR", exploitation_detail="_U")
    assert (only("gender"), only("exploitation")) == ("F", "LABOUR")


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"consent": "GIVEN", "referred_in": "2022-01"}, {"consent": "NOT_GIVEN", "referred_in": "2023-03"}),
        ({"referred_in": "2023-02"}, {"referred_in": "2023-01"}),
        ({"duration": "LT1M"}, {"duration": "_U"}),
    ],
    ids=["consent", "latest", "most complete"],
)
def test_the_order_in_which_referrals_are_asked(
    centre: Partner, ngo: Partner, better: dict[str, Any], worse: dict[str, Any]
) -> None:
    person = identified(centre, decided_in="2023-03")
    referral(person, ngo, citizenship="NG", **better)
    referral(person, partner("POLICE"), citizenship="RO", **worse)
    assert only("citizenship") == "NG"
    assert only("partner_kind") == "NGO"


def test_each_attribute_is_the_first_that_is_known(centre: Partner, ngo: Partner) -> None:
    person = identified(centre, decided_in="2023-03")
    referral(person, ngo, referred_in="2023-03", region="_U", citizenship="NG", age_band="_U")
    referral(person, ngo, referred_in="2023-02", region="DK02", citizenship="RO", age_band="_U")
    assert (only("region"), only("citizenship"), only("age_band")) == ("DK02", "NG", "_U")


def test_a_withdrawn_referral_says_nothing_of_a_person(centre: Partner, ngo: Partner) -> None:
    person: Case = identified(centre, decided_in="2023-03")
    referral(person, ngo, region="DK02", status="withdrawn", reason_code="DUPLICATE")
    assert (only("region"), only("partner_kind")) == ("_U", "CENTRE")


@pytest.mark.parametrize(
    ("period", "month", "counts"),
    [
        ("2023", "2023-01", 1),
        ("2023", "2023-12", 1),
        ("2023", "2022-12", 0),
        ("2023-Q4", "2023-10", 1),
        ("2023-Q4", "2023-09", 0),
        ("2022-2023", "2022-01", 1),
        ("2022-2023", "2021-12", 0),
    ],
)
def test_the_month_puts_a_record_in_a_period(
    ngo: Partner, centre: Partner, period: str, month: str, counts: int
) -> None:
    identified(centre, decided_in=month)
    referral(case(ngo), ngo, referred_in=month)
    identifier = built(period)
    assert (total(identifier), total(identifier, "referrals")) == (counts, counts)


@pytest.mark.parametrize(("month", "group"), [("2013-06", "NON_EU"), ("2013-07", "OTHER_EU")])
def test_membership_of_the_union_is_that_of_the_records_month(ngo: Partner, month: str, group: str) -> None:
    referral(case(ngo), ngo, referred_in=month, citizenship="HR")
    assert only("citizenship.eu", "referrals", "2013") == group
