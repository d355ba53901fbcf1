"""The list of conflicts: its attributes, their counts and its pages. It agrees with each person's own page."""

from __future__ import annotations

from random import Random

import pytest

from cases.linking.conflicts import OF_MEETING, OF_PERSON, conflicts, contradictions, listing
from cases.linking.resolution import OWN
from cases.models import Case, Referral
from partners.models import Partner
from tests.callers import Browser
from tests.cases.linking.pages import CASES, text
from tests.cases.linking.world import merge_cases, split_case
from tests.stats.records import assessment, case, identified, partner, referral

pytestmark = pytest.mark.django_db
SAID = {
    "region": ("DK01", "DK02"),
    "gender": ("F", "M", "F", "M", "_U"),
    "age_band": ("_U_ADULT", "Y18T24", "Y25T34", "_U_MINOR"),
    "detected_by": ("NGO", "POLICE"),
    "referred_in": ("2024-01", "2024-02"),
}


@pytest.fixture
def torn(centre: Partner, ngo: Partner) -> Case:
    """Two equal referrals differ in gender, age band, where she was met and who saw it; of a later one in her age only."""
    made = identified(centre)
    referral(made, ngo, gender="F", age_band="Y18T24", region="DK01", detected_by="NGO")
    referral(made, ngo, gender="M", age_band="Y25T34", region="DK02", detected_by="POLICE")
    referral(made, ngo, age_band="Y35T44", gender="_U", region="_U", detected_by="_U", referred_in="2025-06")
    return made


def test_every_attribute_is_of_a_person_or_of_a_meeting() -> None:
    assert {*OF_PERSON, *OF_MEETING} == set(OWN)
    assert not {*OF_PERSON} & {*OF_MEETING}


def test_the_list_is_of_persons_and_a_meeting_is_asked_for_by_name(torn: Case) -> None:
    found = listing(size=9)
    assert found.pairs == ((torn.pk, "gender"), (torn.pk, "age_band"))  # the unresolved one first
    assert found.count == 2
    assert {name: count for name, count in found.counts.items() if count} == {
        "gender": 1,
        "age_band": 1,
        "region": 1,
        "detected_by": 1,
    }
    for name in ("age_band", *OF_MEETING):
        assert (listing(name, size=9).pairs, listing(name, size=9).count) == (((torn.pk, name),), 1)


def test_two_organisations_that_met_her_in_turn_are_no_conflict(centre: Partner, ngo: Partner) -> None:
    made = identified(centre)
    referral(made, ngo, detected_by="NGO", region="DK01", referred_in="2024-01")
    referral(made, partner("POLICE"), detected_by="POLICE", region="DK02", referred_in="2024-02")
    assert not any(listing(size=9).counts.values())
    assert not listing("detected_by", size=9).pairs
    assert {field for _, field in contradictions(made.pk)} == {"detected_by", "region"}  # on her own page they stand


def test_a_verified_value_beside_one_referral_is_a_conflict(centre: Partner, ngo: Partner) -> None:
    made = identified(centre, verified_gender="F", verified_age_band="_U_ADULT")
    referral(made, ngo, gender="M", age_band="Y25T34")
    assert listing(size=9).pairs == ((made.pk, "gender"),)


@pytest.mark.parametrize("seed", range(4))
def test_the_list_is_what_each_person_has(centre: Partner, ngo: Partner, seed: int) -> None:
    chance = Random(seed)
    made = [case(centre) for _ in range(25)]
    for each in made:
        for _ in range(chance.choice((1, 2, 2, 3, 5)) + (each is made[6])):
            referral(each, ngo, **{name: chance.choice(codes) for name, codes in SAID.items()})
        if chance.random() < 0.9:
            assessment(each, centre, verified_gender=chance.choice(("F", "M", "_N")))
    merge_cases(*made[:3])
    merge_cases(*made[3:5])
    split_case(made[6], Referral.objects.filter(case=made[6])[0])
    expected = {
        (pair, conflict.unresolved)
        for who in Case.objects.all()
        for pair in contradictions(who.pk)
        for conflict in conflicts([pair])
        if pair[1] in OF_PERSON or conflict.unresolved
    }
    found = [pair for name in OWN for pair in listing(name, size=1000).pairs]
    assert len(found) == len(set(found)) == sum(listing(size=1).counts.values())
    assert {(pair, each.unresolved) for pair in found for each in conflicts([pair])} == expected
    assert {pair for pair, _ in expected if pair[1] in OF_PERSON} == set(listing(size=1000).pairs)
    assert any(unresolved for _, unresolved in expected)
    assert not all(unresolved for _, unresolved in expected)


def test_pages_are_disjoint_and_behind_the_last_is_the_last(centre: Partner, ngo: Partner) -> None:
    for _ in range(5):
        of = identified(centre)
        for gender in ("F", "M"):
            referral(of, ngo, gender=gender)
    every = listing(size=5).pairs
    pages = [listing(page=number, size=2) for number in (1, 2, 3, 4, 1000)]
    assert [each.page for each in pages] == [1, 2, 3, 3, 3]
    assert {each.pages for each in pages} == {3}
    assert tuple(pair for each in pages[:3] for pair in each.pairs) == every
    assert pages[4].pairs == pages[2].pairs
    assert (listing("citizenship", page=7, size=2).pairs, listing("citizenship", page=7, size=2).page) == ((), 1)


def test_the_page_is_filtered_by_an_attribute_and_counts_each(viewer: Browser, torn: Case) -> None:
    every = text(viewer.get(f"{CASES}conflicts/"))
    assert "who are counted: 2, of which 1 is unresolved." in every
    assert "<caption>Gender" in every
    assert "<caption>Region" not in every
    for name, label in {"gender": "Gender", "region": "Region", "citizenship": "Citizenship"}.items():
        assert f'<a href="?field={name}">{label}</a> ({int(name != "citizenship")})' in every
    few = text(viewer.get(f"{CASES}conflicts/", {"field": "region"}))
    for shown in (every, few):
        person, _, meeting = shown.partition("<h2>About where and by whom the person was met</h2>")
        assert "<h2>About the person</h2>" in person and "who are counted: 2, of which 1 is unresolved." in person
        assert "<p>2 unresolved:" in meeting
    assert "<caption>Region" in few
    assert "<caption>Gender" not in few
    assert '<a href="?field=region" aria-current="page">' in few


def test_the_page_shows_the_resolved_ones_when_it_is_asked_for_them(viewer: Browser, torn: Case) -> None:
    few, address = text(viewer.get(f"{CASES}conflicts/")), '<a href="?resolved=yes">Show the resolved ones too</a>'
    assert "<caption>Gender: <strong>unresolved</strong></caption>" in few
    assert "<caption>Age at referral" not in few and '<a href="?field=age_band">Age at referral</a> (0)' in few
    assert address in few
    every = text(viewer.get(f"{CASES}conflicts/", {"resolved": "yes"}))
    assert "<caption>Age at referral: counts as 35–44 years</caption>" in every and "<caption>Gender" in every
    assert '<a href="?field=age_band&amp;resolved=yes">Age at referral</a> (1)' in every
    assert "Show only the unresolved ones" in every and address not in every
    assert listing(size=1, resolved=False).pages == 1 and listing(size=1).pages == 2


def test_where_nothing_waits_the_page_says_so(viewer: Browser, centre: Partner, ngo: Partner) -> None:
    referral(identified(centre, verified_gender="F"), ngo, gender="M")
    shown = text(viewer.get(f"{CASES}conflicts/", headers={"Accept-Language": "da"}))
    assert "der tælles med: 1, heraf 0 uafklarede." in shown and "tæller som" not in shown


@pytest.mark.parametrize("field", ["no-field", "", "consent", "'; DROP TABLE"])
def test_an_unknown_attribute_is_ignored(viewer: Browser, torn: Case, field: str) -> None:
    assert "who are counted: 2, of which" in text(viewer.get(f"{CASES}conflicts/", {"field": field}))


def test_the_next_page_is_of_the_same_attribute(
    viewer: Browser, centre: Partner, ngo: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cases.linking.admin.A_PAGE", 1)
    for _ in range(2):
        of = identified(centre)
        for gender in ("F", "M"):
            referral(of, ngo, gender=gender)
    first = text(viewer.get(f"{CASES}conflicts/", {"field": "gender"}))
    assert 'href="?field=gender&amp;p=2"' in first
    assert 'href="?field=gender&amp;p=1"' in text(viewer.get(f"{CASES}conflicts/", {"field": "gender", "p": "2"}))
