"""Sums as an intruder reads them: what was promised holds, and in builds without one of the protections it does not."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.services.shapes import CountUnit
from partners.kinds import Kind
from stats.protection.verify.certificate import check_certificate
from stats.sums.datasets import RECURRENT
from tests.stats.sums import weaker
from tests.stats.sums.attacker import Intruder, figures, ranges
from tests.stats.sums.promises import broken_promises
from tests.stats.sums.weaker import WEAKER, tables_apart
from tests.stats.sums.worlds import MEASURES, NGOS, PLACES, POLICE, WAYS, Lines, World, dataset, town

few = settings(derandomize=True, deadline=None, max_examples=25)
# By chance, and each weakened build gives something away in one of them.
TOWNS = (1, 2, 5, 7, 10)
# Those of the first place were all met by the first way: all of them were first ones, and all first ones were met by that way. So
# of five who were told something by the first way four at most were of the second place.
CROSSED: Lines = {
    ("P1", "W1"): (10, 10, 1),
    ("P2", "W1"): (4, 0, 4),
    ("P2", "W2"): (12, 0, 10),
    ("P3", "W3"): (20, 0, 10),
}


@st.composite
def lines(draw: st.DrawFn) -> Lines:
    """A report: some lines, in each of which the parts are at most the whole."""
    found = {}
    for line in draw(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(WAYS)), unique=True, max_size=6)):
        met = draw(st.one_of(st.integers(0, 3), st.integers(4, 30)))
        found[line] = (met, draw(st.integers(0, met)), draw(st.integers(0, met)))
    return found


def of_police(report: Lines, unit: CountUnit = CountUnit.SUSPICION) -> World:
    """A world that the police alone reported."""
    return World({POLICE: report}, dataset(unit), {POLICE: Kind.POLICE})


@given(st.tuples(lines(), lines(), lines()))
@few
def test_nobody_finds_out_what_was_promised_to_be_hidden(reports: tuple[Lines, Lines, Lines]) -> None:
    world = World(dict(zip(NGOS, reports, strict=True)))
    release = world.protect()
    assert release.passed
    for (measure, table, codes), value in release.shown.items():
        assert value == world.number(measure, dict(zip(table, codes, strict=True)))
    assert broken_promises(world, release) == []
    assert [each.name for each in check_certificate(release.certificate) if not each.passed] == []


@given(st.tuples(lines(), lines(), lines(), lines()))
@few
def test_who_knows_what_public_bodies_reported_finds_out_no_more(reports: tuple[Lines, Lines, Lines, Lines]) -> None:
    kinds = {NGOS[0]: Kind.CENTRE, POLICE: Kind.POLICE}
    world = World(dict(zip((*NGOS, POLICE), reports, strict=True)), kinds=kinds)
    release = world.protect()
    assert release.passed
    assert broken_promises(world, release) == []


@pytest.mark.parametrize("body", [Kind.CENTRE, Kind.POLICE, Kind.MUNICIPALITY])
def test_two_of_one_organisation_are_not_read_off_beside_ten_of_a_public_body(body: Kind) -> None:
    rest: Lines = {("P2", "W1"): (30, 0, 0), ("P3", "W2"): (40, 0, 0)}
    reports = {who: {**rest, ("P1", "W1"): (met, 0, 0)} for who, met in zip(NGOS, (10, 2, 0), strict=True)}
    place = ("met", ("place",), ("P1",))
    assert place not in World(reports, kinds={NGOS[0]: body}).protect().shown
    # Ten of each of two organisations beside them are shown.
    ten: Lines = {**rest, ("P1", "W1"): (10, 0, 0)}
    enough = World(dict.fromkeys(NGOS, ten), kinds={NGOS[0]: body})
    assert enough.protect().shown[place] == 30


@pytest.mark.parametrize("seed", TOWNS)
def test_what_is_told_of_a_hidden_cell_is_what_anybody_computes_who_does_not_know_the_form(seed: int) -> None:
    release = town(seed).protect()
    intruder = Intruder(ranges(release), knows_the_form=False)
    names = {
        f"2024.p1;{';'.join([f'quantity={m}', *(f'{k}={v}' for k, v in codes)])}": (m, codes) for m, codes in figures()
    }
    assert release.intervals
    for name, interval in release.intervals.items():
        assert interval == intruder.others(names[name]), name


@pytest.mark.parametrize("weaken", WEAKER)
def test_a_weakened_build_is_found_out(
    weaken: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    worlds = [town(seed) for seed in TOWNS]
    assert [line for world in worlds for line in broken_promises(world, world.protect())] == []
    weaken(monkeypatch)
    assert any(broken_promises(world, world.protect()) for world in worlds)


def test_two_parts_of_one_whole_in_different_tables_give_nothing_away(monkeypatch: pytest.MonkeyPatch) -> None:
    world = of_police(CROSSED)
    assert broken_promises(world, world.protect()) == []
    tables_apart(monkeypatch)
    release = world.protect()
    # The audit of each table finds nothing. Who reads both knows that somebody of the first place was told.
    assert release.passed
    assert "few: ('told', (('place', 'P1'),)): 1 in 1–5" in broken_promises(world, release)


def test_what_complementary_cells_would_have_protected_the_audit_hides(monkeypatch: pytest.MonkeyPatch) -> None:
    """It finds what is given away. Where no hiding of cells mends it, nothing of the measures is shown."""
    worlds = [town(seed) for seed in TOWNS]
    shown = [len(world.protect().shown) for world in worlds]
    weaker.without_complements(monkeypatch)
    releases = [world.protect() for world in worlds]
    assert all(release.passed for release in releases)
    assert [broken_promises(world, each) for world, each in zip(worlds, releases, strict=True)] == [[]] * len(TOWNS)
    assert all(len(each.shown) < before for each, before in zip(releases, shown, strict=True))


@pytest.mark.parametrize("unit", sorted(RECURRENT))
def test_many_contributions_that_may_be_of_few_persons_are_hidden(unit: CountUnit) -> None:
    """Three by each way may be the same three. Seven at once are seven."""
    report = {("P1", "W1"): (3, 0, 0), ("P1", "W2"): (3, 0, 0), ("P2", "W1"): (7, 0, 0), ("P3", "W2"): (9, 0, 0)}
    place = ("met", ("place",), ("P1",))
    assert of_police(report).protect().shown[place] == 6
    release = of_police(report, unit).protect()
    assert place not in release.shown
    assert release.report["primaries"]["2024.p1;quantity=met;place=P1"] == ["recurring"]


@pytest.mark.parametrize(
    ("kinds", "umbrellas", "is_shown"),
    [
        ({}, frozenset(), True),
        ({}, frozenset({frozenset(NGOS[:2])}), False),
        (dict.fromkeys(NGOS, Kind.MUNICIPALITY), frozenset({frozenset(NGOS[:2])}), True),
    ],
)
def test_partners_under_one_umbrella_are_one(
    kinds: dict[UUID, Kind], umbrellas: frozenset[frozenset[UUID]], is_shown: bool
) -> None:
    both = {("P1", "W1"): (20, 0, 0)}
    everywhere = {("P2", "W1"): (30, 0, 0), ("P3", "W1"): (30, 0, 0)}
    world = World(
        {NGOS[0]: both | everywhere, NGOS[1]: both | everywhere, NGOS[2]: everywhere}, kinds=kinds, umbrellas=umbrellas
    )
    assert (("met", ("place",), ("P1",)) in world.protect().shown) == is_shown


def test_numbers_that_are_of_no_persons_are_hidden_where_one_partner_is_alone() -> None:
    reports: dict[UUID, Lines] = {
        NGOS[0]: {("P1", "W1"): (1, 0, 0), ("P2", "W1"): (2, 0, 0), ("P3", "W2"): (20, 0, 0)},
        NGOS[1]: {("P1", "W1"): (1, 0, 0), ("P3", "W2"): (30, 0, 0)},
    }
    shown = World(reports, dataset(CountUnit.VISIT)).protect().shown
    assert ("met", ("place",), ("P2",)) not in shown
    # Four visits are no few persons, and two partners made them.
    assert shown["met", ("way",), ("W1",)] == 4


def test_where_a_total_has_to_be_hidden_nothing_of_its_measure_is_shown() -> None:
    release = of_police({("P1", "W1"): (20, 6, 2), ("P2", "W1"): (30, 9, 1)}).protect()
    assert release.silent_measures == {"told"}
    assert {measure for measure, _, _ in release.shown} == {*MEASURES} - {"told"}
