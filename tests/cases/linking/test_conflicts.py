"""Conflicts: the value that counts, the list, and decisions by staff."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cases.linking.conflicts import Conflict, conflicts, contradictions, listing
from cases.linking.decisions import LinkRefused, decide_attribute, person_of
from cases.linking.models import NO_DECISION, AttributeDecision
from cases.models import Case
from partners.audit import COMMAND, Actor
from partners.models import AuditEvent, Partner
from stats.counting import build as release
from stats.models import Release
from stats.reading import exact_figures
from tests.cases.linking.world import merge_cases, person, staff, undo_decision
from tests.stats.reading import table
from tests.stats.records import NOTES, assessment, at, case, identified, partner, referral, supersede

pytestmark = pytest.mark.django_db


@pytest.fixture
def police() -> Partner:
    return partner("POLICE")


@pytest.fixture
def torn(centre: Partner, ngo: Partner, police: Partner) -> Case:
    """A person of whom two equal referrals say that she is of two countries."""
    made = identified(centre, decided_in="2023-03")
    referral(made, ngo, citizenship="NG", recorded_at=at(2))
    referral(made, police, citizenship="RO", recorded_at=at(1))
    return made


def decide_value(of: Case, code: str, field: str = "citizenship") -> AttributeDecision:
    return decide_attribute(by=Actor.of(staff()), case=of.pk, field=field, code=code, reason_code="CONFIRMED")


def build_release(**options: Any) -> Release:
    return release.build(by=COMMAND, period="2023", depth=1, change_notes=NOTES, **options).release


def unresolved() -> object:
    """Of how many: an exact figure, which a guarded function gives and logs."""
    said = exact_figures.open_totals(
        by=Actor(client_id=1), purpose=exact_figures.Purpose.RESEARCH, release_id=build_release().pk
    )
    assert AuditEvent.objects.filter(action="statistics.exact").exists()
    return said["unresolved"]


def counted_value(field: str = "citizenship", **options: Any) -> str:
    ((codes, count),) = table(build_release(**options).pk, "persons", field).items()
    assert count == 1
    return codes[0]


def pairs(field: str | None = None) -> list[tuple[Any, str]]:
    return list(listing(field, size=100).pairs)


def listed_conflicts() -> list[Conflict]:
    return conflicts(pairs())


def test_neither_of_two_equal_referrals_decides_and_the_release_tells(torn: Case) -> None:
    assert counted_value() == "_U"
    assert (build_release().notes, unresolved()) == (["UNRESOLVED:citizenship"], {"persons": {"citizenship": 1}})


def test_of_how_many_an_attribute_is_unresolved_is_told_for_each_dataset(
    torn: Case, ngo: Partner, police: Partner
) -> None:
    for _ in range(2):
        presumed = case(ngo)
        for by, region in ((ngo, "DK01"), (police, "DK02")):
            referral(presumed, by, referred_in="2023-03", region=region, citizenship="RO")
    assert build_release().notes == ["UNRESOLVED:citizenship", "UNRESOLVED:region"]
    assert unresolved() == {"persons": {"citizenship": 1}, "presumed": {"region": 2}}


def test_what_nobody_contradicts_is_known_all_the_same(torn: Case) -> None:
    assert counted_value("region") != "_U"


@pytest.mark.parametrize(
    ("one", "other", "counts"),
    [
        ("_U_ADULT", "Y25T34", "Y25T34"),
        ("Y25T34", "_U_ADULT", "Y25T34"),
        ("_U_MINOR", "Y12T14", "Y12T14"),
        ("_U_MINOR", "Y18T24", "_U"),
        ("_U_MINOR", "_U_ADULT", "_U"),
        ("Y18T24", "Y25T34", "_U"),
        ("Y18T24", "Y18T24", "Y18T24"),
    ],
)
def test_a_coarser_code_that_agrees_is_no_conflict(
    centre: Partner, ngo: Partner, police: Partner, one: str, other: str, counts: str
) -> None:
    made = identified(centre, decided_in="2023-03")
    referral(made, ngo, age_band=one)
    referral(made, police, age_band=other)
    assert counted_value("age_band") == counts
    assert (pairs() == [(made.pk, "age_band")]) == (counts == "_U")
    assert (contradictions(made.pk) == [(made.pk, "age_band")]) == (counts == "_U")


def test_a_coarser_code_beside_two_finer_ones_settles_nothing(centre: Partner, ngo: Partner) -> None:
    made = identified(centre, decided_in="2023-03")
    for code in ("_U_ADULT", "Y25T34", "Y35T44"):
        referral(made, ngo, age_band=code)
    assert counted_value("age_band") == "_U"


def test_equal_referrals_further_down_contradict_each_other_where_the_first_knows_nothing(
    torn: Case, ngo: Partner
) -> None:
    referral(torn, ngo, citizenship="_U", referred_in="2025-06")
    assert counted_value() == "_U"
    referral(torn, ngo, citizenship="PL", referred_in="2025-05", consent="GIVEN")
    assert counted_value() == "PL"


def test_a_verified_value_leaves_nothing_to_resolve(ngo: Partner, police: Partner, centre: Partner) -> None:
    made = identified(centre, decided_in="2023-03", verified_citizenship="UA")
    referral(made, ngo, citizenship="NG")
    referral(made, police, citizenship="RO")
    assert counted_value() == "UA"
    assert build_release().notes == []
    (found,) = listed_conflicts()
    assert next((value.code, value.counts) for value in found.values) == ("UA", True)


def test_the_kind_of_equal_partners_goes_by_their_list(torn: Case) -> None:
    assert counted_value("partner_kind") == "NGO"


def test_a_conflict_shows_the_values_side_by_side(torn: Case, ngo: Partner, police: Partner) -> None:
    (found,) = listed_conflicts()
    assert (found.person, found.field, found.code, found.unresolved) == (torn.pk, "citizenship", "_U", True)
    assert {(value.code, value.partner, value.source, value.counts) for value in found.values} == {
        ("NG", ngo.name, "referral", False),
        ("RO", police.name, "referral", False),
    }
    assert all(value.consent and value.month and value.reference and value.source_id for value in found.values)


def test_the_conflicts_of_one_person_alone(torn: Case, centre: Partner, ngo: Partner) -> None:
    other = identified(centre, decided_in="2023-03", verified_gender="F", decided_by="COURT")
    referral(other, ngo, gender="M")
    assert contradictions(torn.pk) == [(torn.pk, "citizenship")]
    assert contradictions(other.pk) == [(other.pk, "gender")]
    assert pairs() == [(torn.pk, "citizenship"), (other.pk, "gender")]  # unresolved ones first


def test_of_a_conflict_that_the_order_resolves_it_shows_what_counts(torn: Case, ngo: Partner) -> None:
    referral(torn, ngo, citizenship="PL", referred_in="2025-06")
    (found,) = listed_conflicts()
    assert (found.code, found.unresolved) == ("PL", False)
    assert next((value.code, value.counts) for value in found.values) == ("PL", True)
    assert [value.counts for value in found.values] == [True, False, False]


def test_two_authorities_that_verified_two_things_are_a_conflict(centre: Partner) -> None:
    made = identified(centre, decided_in="2023-03", verified_gender="F")
    assessment(made, partner("IMMIGRATION"), decided_in="2023-04", verified_gender="M")
    (found,) = listed_conflicts()
    assert [(value.code, value.source, value.counts) for value in found.values] == [
        ("F", "assessment", True),
        ("M", "assessment", False),
    ]


def test_no_conflict_of_whom_nobody_identified_or_of_what_is_withdrawn(torn: Case, ngo: Partner) -> None:
    other = case(ngo)
    for code in ("NG", "RO"):
        referral(other, ngo, citizenship=code)
        referral(torn, ngo, gender="X", status="withdrawn", reason_code="DUPLICATE")
    assert pairs() == [(torn.pk, "citizenship")]


def test_what_staff_decide_counts_until_it_is_decided_otherwise(torn: Case) -> None:
    before = timezone.now()
    decide_value(torn, "RO")
    assert counted_value() == "RO"
    assert build_release().notes == []
    (found,) = listed_conflicts()
    assert (found.code, found.unresolved) == ("RO", False)
    assert [value.code for value in found.values if value.source == "decision"] == ["RO"]
    decide_value(torn, "_U")
    assert (counted_value(), build_release().notes) == ("_U", [])
    decide_value(torn, NO_DECISION)
    assert (counted_value(), build_release().notes) == ("_U", ["UNRESOLVED:citizenship"])
    assert counted_value(as_of=before) == "_U"
    assert AttributeDecision.objects.count() == 3
    assert AttributeDecision.objects.current().get().code == NO_DECISION


def test_staff_come_after_what_the_deciding_authority_verified(torn: Case, centre: Partner) -> None:
    decide_value(torn, "RO")
    decide_value(torn, "M", "gender")
    first = torn.assessment_set.get()
    later = timezone.now()
    supersede(first, later)
    again = {"version": 2, "recorded_at": later, "decided_in": "2023-03", "verified_citizenship": "UA"}
    assessment(torn, centre, **again)
    assert counted_value() == "UA"
    assert counted_value("gender") == "M"


def test_of_a_group_the_last_decision_counts_and_after_an_undo_each_its_own(
    torn: Case, centre: Partner, ngo: Partner
) -> None:
    other = person(centre, ngo, citizenship="PL", referred_in="2020-01")
    decide_value(other, "UA")
    decide_value(torn, "RO")
    merged = merge_cases(torn, other)
    assert counted_value() == "RO"
    decide_value(other, "NG")
    assert AttributeDecision.objects.current().get(code="NG").case_id == person_of(other.pk)
    assert counted_value() == "NG"
    undo_decision(merged)
    assert set(table(build_release().pk, "persons", "citizenship")) in ({("NG",), ("UA",)}, {("NG",), ("RO",)})


def test_a_decision_needs_a_field_a_code_a_reason_and_a_case(torn: Case) -> None:
    for wrong in (
        {"field": "services_given"},
        {"code": "_N "},
        {"code": "XX"},
        {"reason_code": "BECAUSE"},
        {"case": Case().pk},
    ):
        said: dict[str, Any] = {
            "case": torn.pk,
            "field": "citizenship",
            "code": "RO",
            "reason_code": "CONFIRMED",
            **wrong,
        }
        with pytest.raises(LinkRefused):
            decide_attribute(by=COMMAND, **said)
    assert not AttributeDecision.objects.exists()


def test_the_audit_says_that_it_was_decided_and_not_what(torn: Case) -> None:
    decide_value(torn, "RO")
    event = AuditEvent.objects.get(action="case.attribute")
    assert (event.user, event.subject) == (staff(), str(torn.pk))
    assert event.detail == {"field": "citizenship", "reason": "CONFIRMED"}


def test_a_release_that_was_built_before_keeps_what_it_counted(torn: Case) -> None:
    first = build_release()
    decide_value(torn, "RO")
    later = build_release()
    assert table(first.pk, "persons", "citizenship") == {("_U",): 1}
    assert (table(later.pk, "persons", "citizenship"), later.vintage) == ({("RO",): 1}, 2)
    assert (
        release.build(by=COMMAND, period="2023", depth=1, as_of=first.as_of + timedelta(microseconds=1)).created
        is False
    )
