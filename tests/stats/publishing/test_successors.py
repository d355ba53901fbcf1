"""Whoever sent a record for another partner, and whoever succeeds one, is an insider of what it knows by that."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest

from cases import dictionary as d
from cases.models import Case, Referral
from partners.audit import COMMAND, Actor
from partners.models import Partner
from partners.organisations import mandates
from partners.organisations.names import rename
from stats.models import PUBLIC
from stats.publishing.insiders import find_insiders, parties_now
from stats.publishing.sources import records_of
from stats.umbrellas import join_groups, joint_id, umbrellas_now
from tests.partners.organisations.world import days, mandate, succeed
from tests.people.visitors import member
from tests.stats.publishing.erasing import erased
from tests.stats.publishing.test_umbrella import is_stale
from tests.stats.publishing.town import ADULT, Town, build, cells, issue
from tests.stats.records import at, case, client, columns, partner

REGION, FIVE = ["region"], "DK02"


def send_for(of: Case, giver: Partner, sender: Partner) -> Referral:
    """A referral of a person that a client of one partner has sent for another one."""
    values = columns(d.REFERRAL, {**ADULT, "referred_in": "2012-05", "region": FIVE})
    version = {"reference": uuid4(), "version": 1, "status": "reported", "recorded_at": at(0)}
    return Referral.objects.create(case=of, partner=giver, client=client(sender), **version, **values)


def known(*cases: Case) -> dict[UUID, frozenset[UUID]]:
    """By partner, which of these persons it referred."""
    people: Any = [SimpleNamespace(id=each.pk) for each in cases]
    return find_insiders(people).records_referred


def test_who_sent_a_record_for_another_knows_the_person_like_that_one(db: None) -> None:
    giver, sender, other = partner(), partner(), partner()
    one, two = case(giver), case(giver)
    send_for(one, giver, sender)
    send_for(two, giver, giver)
    assert known(one, two) == {giver.pk: {one.pk, two.pk}, sender.pk: {one.pk}}
    assert other.pk not in known(one, two)


def test_five_of_whom_a_sender_knows_all_but_one_are_hidden(town: Town) -> None:
    """Sent by the partners themselves they are shown; one hub that sent three of them would learn that there are two others."""
    town.year(2012)
    five = town.enter(5, "2012-05", region=FIVE, by=[*town.ngos, partner(), partner()])
    for region in ("DK03", "DK04"):
        town.enter(25, "2012-05", region=region, by=[partner() for _ in range(5)])
    assert build("2012", PUBLIC, REGION).passed
    assert cells("2012.p1", "region")[FIVE] == 5
    hub = partner()
    for each in five[:3]:
        send_for(each, town.ngos[0], hub)
    assert build("2012", PUBLIC, REGION).release.pk == "2012.p2"
    assert cells("2012.p2", "region")[FIVE] is None
    assert known(*five)[hub.pk] == {each.pk for each in five[:3]}


def test_who_was_erased_stays_known_to_who_sent_the_record(town: Town) -> None:
    town.year(2012)
    hub = partner()
    gone, *_ = people = town.enter(5, "2012-05", region=FIVE, by=town.ngos)
    for each in people[:2]:
        send_for(each, town.ngos[0], hub)
    issue("2012", PUBLIC, REGION)
    erased(gone)
    assert len(find_insiders(records_of("2012.p1"), umbrellas_now()).records_referred[hub.pk]) == 2


def test_a_successor_knows_together_with_the_one_before_and_a_draft_without_it_is_stale(town: Town) -> None:
    town.year(2012)
    one, two, three = town.ngos
    town.enter(5, "2012-05", region=FIVE, by=[one, two, one, two, three])
    for region in ("DK03", "DK04"):
        town.enter(25, "2012-05", region=region, by=[partner() for _ in range(5)])
    assert build("2012", PUBLIC, REGION).passed
    assert cells("2012.p1", "region")[FIVE] == 5
    assert not is_stale("2012.p1")
    succeed(one, two)
    assert umbrellas_now() == {frozenset({one.pk, two.pk})}
    assert is_stale("2012.p1")
    assert build("2012", PUBLIC, REGION).release.pk == "2012.p2"
    assert cells("2012.p2", "region")[FIVE] is None
    assert not is_stale("2012.p2")
    assert (
        joint_id(frozenset({one.pk, two.pk})) in find_insiders(records_of("2012.p2"), umbrellas_now()).records_referred
    )


def test_a_successor_brings_the_umbrella_along(db: None) -> None:
    old, new, sister = partner(), partner(), partner()
    Partner.objects.filter(pk__in=[old.pk, sister.pk]).update(umbrella="Nordlys")
    succeed(old, new)
    assert umbrellas_now() == {frozenset({old.pk, new.pk, sister.pk})}


def test_those_under_a_former_or_planned_name_stay_under_its_organisation(town: Town) -> None:
    above, below, other, unrelated = partner(), partner(), partner(), partner()
    first = above.name
    Partner.objects.filter(pk=below.pk).update(umbrella=first.upper())
    Partner.objects.filter(pk=other.pk).update(umbrella="Planned")
    town.year(2012)
    assert build("2012", PUBLIC, REGION).passed
    rename(by=COMMAND, partner=above, name="Renamed", since=days(0))
    assert umbrellas_now() == {frozenset({above.pk, below.pk})}
    assert not is_stale("2012.p1")
    rename(by=COMMAND, partner=above, name="Planned", since=days(9))
    assert umbrellas_now() == {frozenset({above.pk, below.pk, other.pk})}
    assert is_stale("2012.p1")
    assert unrelated.pk not in frozenset().union(*umbrellas_now())


def test_whoever_sends_for_others_makes_one_party_with_them(db: None) -> None:
    taker, *givers, outsider = [partner() for _ in range(5)]
    offered = mandates.give(by=Actor.of(member(outsider).user), giver=outsider, taker=taker, since=days(0), until=None)
    for giver in givers:
        mandate(giver, taker)
    sister = partner()
    Partner.objects.filter(pk=givers[0].pk).update(umbrella="Nordlys")
    Partner.objects.filter(pk=sister.pk).update(umbrella="NORDLYS")
    parties = parties_now()
    assert parties.keys() == {each.pk for each in (taker, *givers, sister)}
    assert len(set(parties.values())) == 1
    # Of what is published it matters who has sent which record, and not who might have.
    assert umbrellas_now() == {frozenset({givers[0].pk, sister.pk})}
    mandates.accept(by=Actor.of(member(taker).user), mandate=offered)
    assert outsider.pk in parties_now()


@pytest.mark.parametrize(
    ("groups", "joined"),
    [
        ([], set()),
        ([{1}], set()),
        ([{1, 2}, {3, 4}], {frozenset({1, 2}), frozenset({3, 4})}),
        ([{1, 2}, {3, 4}, {2, 3}], {frozenset({1, 2, 3, 4})}),
        ([{1, 2}, {2, 3}, {4, 5}], {frozenset({1, 2, 3}), frozenset({4, 5})}),
        ([(1, 2), {2}, {1}], {frozenset({1, 2})}),
    ],
)
def test_groups_that_share_a_partner_are_one(groups: Any, joined: Any) -> None:
    assert join_groups(groups) == joined
