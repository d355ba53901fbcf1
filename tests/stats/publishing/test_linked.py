"""Protected releases of persons whose cases staff linked: what the notes tell, and who is taken to know whom."""

from __future__ import annotations

import pytest
from django.db import transaction

from cases.models import Case, Referral
from partners.models import Partner
from stats.counting.build import parse_period
from stats.models import AUTHORITY, PUBLIC
from stats.publishing import insiders, sources
from stats.publishing.choice import THRESHOLD
from tests.cases.linking.world import merge_cases, person, split_case, undo_decision
from tests.stats.publishing.town import Town, build
from tests.stats.records import at, identified, partner, referral

FORM = "gender,exploitation.form"


@pytest.mark.parametrize("audience", [PUBLIC, AUTHORITY])
@pytest.mark.parametrize(
    ("torn", "shown"), [(0, "region"), (1, "region"), (THRESHOLD, "region"), (THRESHOLD, "gender")]
)
def test_a_protected_release_says_how_contradictions_count_whether_there_are_any_or_not(
    town: Town, audience: str, torn: int, shown: str
) -> None:
    """Otherwise whoever made a contradiction would learn what somebody else has said of the person."""
    town.year(2012)
    for _ in range(torn):
        contradicted(town)
    assert build("2012", audience, [shown]).release.notes == ["UNRESOLVED"]


def contradicted(town: Town) -> None:
    """One person more of whom two equal referrals say two things."""
    made = identified(town.centre, decided_in="2012-03")
    for who, region in zip(town.ngos, ("DK01", "DK02"), strict=False):
        referral(made, who, region=region, referred_in="2012-03")


def who_knows(*persons: Case) -> tuple[dict[Partner, set[Case]], dict[Partner, set[Case]]]:
    """Whom each partner is taken to know by its referrals and by its assessments."""
    cases = {case.pk: case for case in persons}
    with transaction.atomic():
        taken = [each for each in sources.read_records(parse_period("2023"), at(10**9)) if each.id in cases]
        found = insiders.referred_by(taken), insiders.decided_by(taken)
    by_id = Partner.objects.in_bulk()
    referred, decided = ({by_id[who]: {cases[each] for each in known} for who, known in one.items()} for one in found)
    return referred, decided


def test_whoever_wrote_of_one_case_knows_the_person(db: None) -> None:
    service, one, other = partner("IMMIGRATION"), partner("NGO"), partner("POLICE")
    first, second, third = person(service, one), person(service, other), person(service)
    assert who_knows(first, second) == ({one: {first}, other: {second}}, {service: {first, second}})
    merged = merge_cases(first, second)
    (whole,) = {first, second} & {min((first, second), key=lambda each: each.pk)}
    assert who_knows(whole)[0] == {one: {whole}, other: {whole}}
    undo_decision(merged)
    # What was once one person is taken to be known by both.
    assert who_knows(first, second, third)[0] == {one: {first, second}, other: {first, second}}


def test_whose_record_a_split_moved_knows_the_person_it_was_moved_to(db: None) -> None:
    service, other, one, two = partner("IMMIGRATION"), partner("IMMIGRATION"), partner("NGO"), partner("POLICE")
    mixed = person(service, one, two)
    moved = Referral.objects.get(case=mixed, partner=two)
    third = person(other)
    decision, new = split_case(mixed, moved)
    merge_cases(new, third)
    referred, decided = who_knows(mixed, third)
    assert referred == {one: {mixed}, two: {mixed, third}}
    assert decided == {service: {mixed}, other: {third}}
    undo_decision(decision)
