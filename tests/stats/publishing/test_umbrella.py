"""Partners under one umbrella organisation: an insider together, and each of them alone, also for what was published of them so."""

from __future__ import annotations

from uuid import UUID

import pytest

from partners.kinds import Mode
from partners.models import Partner
from stats.models import AUTHORITY, PUBLIC
from stats.publishing import checks
from stats.publishing.insiders import find_insiders
from stats.publishing.sources import records_of
from stats.staff.approval import proof_of
from stats.umbrellas import joint_id, umbrellas_now
from tests.stats.publishing.erasing import erased, spied
from tests.stats.publishing.town import Town, build, cells, issue, proof
from tests.stats.records import at, partner

REGION, FIVE = ["region"], "DK02"


def five(town: Town, year: int) -> None:
    """A year with a region of five persons, two of whom the first partner knows, two the second and one the third; large ones."""
    one, two, three = town.ngos
    town.year(year)
    town.enter(5, f"{year}-05", region=FIVE, by=[one, two, one, two, three])
    for region in ("DK03", "DK04"):
        town.enter(25, f"{year}-05", region=region, by=[partner() for _ in range(5)])


def unite(*partners: Partner, under: str = "Nordlys") -> UUID:
    """Let staff put partners under an umbrella; the id of the insider that they are together."""
    Partner.objects.filter(pk__in=[each.pk for each in partners]).update(umbrella=under)
    return joint_id(frozenset(each.pk for each in partners))


def reasons(release_id: str) -> list[str] | None:
    """The rules that hide the five."""
    found: dict[str, list[str]] = proof(release_id).report["primaries"]
    return found.get(f"{release_id};region={FIVE}")


def test_two_who_know_two_of_five_each_are_a_coalition_under_one_umbrella_alone(town: Town) -> None:
    five(town, 2012)
    assert build("2012", PUBLIC, REGION).passed
    assert (cells("2012.p1", "region")[FIVE], reasons("2012.p1")) == (5, None)
    together = unite(*town.ngos[:2])
    assert build("2012", PUBLIC, REGION).release.pk == "2012.p2"  # a draft that did not reckon with it is built again
    assert (cells("2012.p2", "region")[FIVE], reasons("2012.p2")) == (None, ["coalition"])
    assert proof("2012.p2").passed
    known = sorted(str(each.pk) for each in town.ngos[:2])
    assert proof("2012.p2").report["umbrellas"] == {str(together): known}


def test_an_umbrella_shows_nothing_that_one_of_them_alone_must_not_see(town: Town) -> None:
    """Together the three know everybody, and learn nothing. One of them knows three, and would learn that there are two others."""
    one, two, three = town.ngos
    town.year(2012)
    town.enter(5, "2012-05", region=FIVE, by=[one, one, one, two, three])
    for region in ("DK03", "DK04"):
        town.enter(25, "2012-05", region=region, by=[partner() for _ in range(5)])
    unite(one, two, three)
    assert build("2012", PUBLIC, REGION).passed
    assert cells("2012.p1", "region")[FIVE] is None


def test_who_was_erased_stays_known_to_those_under_the_umbrella(town: Town) -> None:
    town.year(2012)
    one, two, _ = town.ngos
    gone, *_ = town.enter(5, "2012-05", region=FIVE, by=town.ngos)
    together = unite(one, two)
    issue("2012", PUBLIC, REGION)
    kept = records_of("2012.p1")
    before = find_insiders(kept, umbrellas_now()).records_referred[together]
    erased(gone)
    kept = records_of("2012.p1")
    after = find_insiders(kept, umbrellas_now()).records_referred
    assert len(after[together]) == len(before)
    assert after[together] == after[one.pk] | after[two.pk]
    assert gone.pk not in after[together]


def test_who_clears_an_umbrella_loosens_nothing_of_what_was_published_under_it(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    five(town, 2012)
    five(town, 2013)
    together = unite(*town.ngos[:2])
    issue("2012", PUBLIC, REGION)
    Partner.objects.update(umbrella="")
    assert umbrellas_now() == frozenset()
    assert [check for check in checks.verify("2012.p1") if not check.passed] == []
    plans = spied(monkeypatch)
    issue("2012-2013", PUBLIC, REGION)
    issue("2013", PUBLIC, REGION)
    assert all(together in plan.insiders.records_referred for plan in plans)
    assert cells("2012.p1", "region")[FIVE] is cells("2013.p1", "region")[FIVE] is None
    assert reasons("2013.p1") == ["coalition"]


def test_a_cleared_umbrella_counts_no_more_for_months_that_nothing_was_published_of(town: Town) -> None:
    five(town, 2012)
    five(town, 2013)
    unite(*town.ngos[:2])
    issue("2012", PUBLIC, REGION)
    Partner.objects.update(umbrella="")
    issue("2013", PUBLIC, REGION)
    assert cells("2013.p1", "region")[FIVE] == 5


def test_what_was_published_without_an_umbrella_is_verified_without_it(town: Town) -> None:
    five(town, 2012)
    issue("2012", PUBLIC, REGION)
    unite(*town.ngos[:2])
    assert [check for check in checks.verify("2012.p1") if not check.passed] == []


def test_who_is_under_one_umbrella_with_an_authority_reads_noisy_cells_too(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.year(2012)
    police = partner("POLICE")
    together = unite(town.ngos[0], police)
    plans = spied(monkeypatch)
    assert build("2012", AUTHORITY, ["gender"]).passed
    insiders = plans[0].insiders
    assert together in insiders.authorities
    assert insiders.known_to(together) == insiders.known_to(town.ngos[0].pk) != frozenset()


def test_an_umbrella_is_of_live_partners_whatever_the_capitals_and_never_of_the_centre_or_of_one(db: None) -> None:
    one, two, alone = partner(), partner("POLICE"), partner()
    unite(one, under="Nordlys"), unite(two, under="NORDLYS"), unite(alone, under="Sydlys")
    unite(partner(mode=Mode.TEST), under="Nordlys")
    assert umbrellas_now() == {frozenset({one.pk, two.pk})}


def test_a_later_vintage_reckons_with_the_umbrella_of_then_and_of_now(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.year(2012)
    one, two, three = town.ngos
    then = unite(one, two)
    issue("2012", PUBLIC, ["gender"])
    Partner.objects.update(umbrella="")
    now = unite(two, three, under="Sydlys")
    town.enter(11, "2012-05", minutes=70, gender="M")
    plans = spied(monkeypatch)
    assert build("2012", PUBLIC, ["gender"], as_of=at(90)).passed
    assert {then, now, one.pk, two.pk, three.pk} <= plans[0].insiders.records_referred.keys()
    assert proof("2012.p2").report["umbrellas"].keys() == {str(then), str(now)}


def is_stale(release_id: str) -> bool:
    """Whether the database would refuse to publish a draft as stale."""
    found = proof_of(release_id)
    assert found is not None
    return found.stale


def test_a_draft_that_did_not_reckon_with_an_umbrella_cannot_be_published(town: Town) -> None:
    five(town, 2012)
    first = build("2012", PUBLIC, REGION).release.pk
    assert not is_stale(first)
    unite(town.ngos[0], under="Ålborg Røde Hjælp")
    unite(town.ngos[1], under="ÅLBORG RØDE HJÆLP")  # Danish capitals make no difference either
    assert is_stale(first)
    second = build("2012", PUBLIC, REGION).release.pk
    assert not is_stale(second)
    Partner.objects.update(umbrella="")
    assert not is_stale(second)  # it knows more than it must


def test_an_umbrella_over_partners_who_know_nobody_is_reckoned_with_too(town: Town) -> None:
    five(town, 2012)
    first = build("2012", PUBLIC, REGION).release.pk
    unite(partner(), partner())
    assert is_stale(first)
    second = build("2012", PUBLIC, REGION).release.pk
    assert (second != first, is_stale(second)) == (True, False)


def test_an_umbrella_organisation_that_is_a_partner_is_under_it_itself(town: Town) -> None:
    """And what it is under itself covers those below it."""
    one, two, three = town.ngos
    five(town, 2012)
    first = build("2012", PUBLIC, REGION).release.pk
    unite(one, under=two.name.upper())
    assert umbrellas_now() == {frozenset({one.pk, two.pk})}
    assert is_stale(first)
    unite(two, three, under="Nordlys")
    assert umbrellas_now() == {frozenset({one.pk, two.pk, three.pk})}
