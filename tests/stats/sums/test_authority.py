"""Sums for authorities: noise that is the same whenever it is asked for, and three units of doubt about every small sum."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.services.shapes import CountUnit
from partners.kinds import Kind
from stats.models import AUTHORITY
from stats.periods import Period
from stats.protection.perturbation import Noise
from stats.sums import authority
from stats.sums.authority import protect_sums_for_authorities
from stats.sums.public import ProtectedSums
from stats.sums.views import SumPlan
from tests.stats.sums.attacker import NOBODY, Figure, Intruder, Range, figures, printed
from tests.stats.sums.promises import Reader
from tests.stats.sums.weaker import public_bodies_forgotten
from tests.stats.sums.worlds import NGOS, World, dataset, town, town_with_public_bodies

few = settings(derandomize=True, deadline=None, max_examples=20)
T, D, DOUBT = 5, 5, 3
SECOND = Period("2024-Q2", date(2024, 4, 1), date(2024, 6, 1))


def plan_of(world: World, *, key: bytes = b"noise") -> SumPlan:
    """The plan of the second quarter for authorities."""
    plan = world.plan()
    source = replace(plan.source, id="2024-Q2.a1", audience=AUTHORITY, period=SECOND)
    return replace(plan, source=source, key=sha256(key).digest())


def ranges(release: ProtectedSums) -> dict[Figure, Range]:
    """What an authority knows of each figure. What is not shown has less than the threshold with its noise, or was hidden."""
    cured = {name.partition(";quantity=")[2] for name in release.report["cured"]}
    names = {figure: ";".join([figure[0], *(f"{name}={code}" for name, code in figure[1])]) for figure in figures()}
    return {
        figure: (0, None)
        if names[figure] in cured
        else (0, T - 1 + D)
        if value is None
        else (max(0, value - D), value + D)
        for figure, value in printed(release).items()
    }


@given(st.integers(0, 2000), st.binary(min_size=1, max_size=4))
@few
def test_three_units_of_doubt_remain_about_every_small_sum(seed: int, key: bytes) -> None:
    world = town(seed)
    release = protect_sums_for_authorities(plan_of(world, key=key))
    assert release.passed
    intruder = Intruder(ranges(release))
    for figure in figures():
        true = world.number(figure[0], dict(figure[1]))
        low, high = ranges(release)[figure]
        assert low <= true <= (true if high is None else high)
        if 1 <= true < T:
            least, most = intruder.others(figure)
            assert most is None or most - least >= DOUBT, figure


def test_the_same_lines_have_the_same_noise_and_another_release_has_another() -> None:
    world = town(4)
    one, again = (protect_sums_for_authorities(plan_of(world)) for _ in range(2))
    assert one.digest == again.digest
    assert any(protect_sums_for_authorities(plan_of(world, key=bytes([n]))).shown != one.shown for n in range(5))


def test_what_counts_no_persons_is_shown_as_it_is() -> None:
    world = replace(town(4), of=dataset(CountUnit.VISIT))
    release = protect_sums_for_authorities(plan_of(world))
    for figure, value in printed(release).items():
        assert value == world.number(figure[0], dict(figure[1]))


def test_an_authority_that_reported_some_cannot_tell_the_others() -> None:
    world = replace(town(7), kinds={NGOS[0]: Kind.POLICE})
    release = protect_sums_for_authorities(plan_of(world))
    assert release.passed
    intruder = Intruder(ranges(release), world.reports[NGOS[0]])
    for figure in figures():
        true = world.number(figure[0], dict(figure[1]))
        others = true - world.number(figure[0], dict(figure[1]), NGOS[0])
        if 1 <= true < T and others:
            least, most = intruder.others(figure)
            assert least != most, figure


def doubts_beside_public_bodies() -> list[float]:
    """Of each few persons that private partners reported beside public bodies, how many units of doubt remain."""
    found = []
    for seed in range(3):
        world = town_with_public_bodies(seed)
        release = protect_sums_for_authorities(plan_of(world))
        assert release.passed
        bodies = Reader(opened=True)
        intruder = Intruder(ranges(release), bodies.own(world))
        for measure, codes in figures():
            others = world.number(measure, dict(codes)) - world.number(measure, dict(codes), *bodies.knows(world))
            if 1 <= others < T:
                least, most = intruder.others((measure, codes))
                assert least <= others <= (others if most is None else most)
                found.append(inf if most is None else most - least)
    return found


def test_authorities_who_know_what_public_bodies_reported_are_no_nearer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the noise takes as much away as it may."""
    monkeypatch.setattr(
        authority, "perturb", lambda plan, block, cell, noise: cell.count - D if cell.count - D >= T else None
    )
    assert min(doubts_beside_public_bodies()) >= DOUBT
    public_bodies_forgotten(monkeypatch)
    assert min(doubts_beside_public_bodies()) < DOUBT


def test_where_there_is_no_noise_the_audit_hides_cells_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """The audit knows what the noise is at most, and nothing of how it is made."""
    monkeypatch.setattr(authority, "perturb", lambda plan, block, cell, noise: cell.count if cell.count >= T else None)
    plans = [plan_of(town(seed)) for seed in range(12)]
    bare = [replace(plan, source=replace(plan.source, deviation=0)) for plan in plans]
    monkeypatch.setattr(Noise, "of", lambda deviation, variance: None)
    releases = [protect_sums_for_authorities(plan) for plan in bare]
    assert any(release.report["cured"] for release in releases)


def test_of_a_measure_whose_total_is_too_small_nothing_is_told_and_the_rest_is_shown() -> None:
    """A few in all: what is hidden in one table must not be what another table keeps."""
    few_told = {who: {("P1", "W1"): (20, 9, n), ("P2", "W2"): (15, 8, 0)} for n, who in enumerate(NGOS)}
    for number in range(6):
        release = protect_sums_for_authorities(plan_of(World(few_told), key=bytes([number])))
        assert release.passed
        measures_shown = {measure for measure, _, _ in release.shown}
        assert {"met", "first"} <= measures_shown
        if ("told", (), ()) not in release.shown:
            assert "told" not in measures_shown and release.silent_measures == {"told"}
            assert ranges(release)["told", (("place", "P1"),)] == (0, None)
            break
    else:
        raise AssertionError("no key hides a total of three")


def test_after_a_release_for_everybody_authorities_are_no_nearer() -> None:
    world = town(5)
    shown = world.protect().shown
    year = replace(world.source(), shown=shown)
    release = protect_sums_for_authorities(replace(plan_of(world), earlier=(year,)))
    assert release.passed
    known: dict[Figure, Range] = {
        figure: (value, value) if value is not None else ranges(release)[figure]
        for figure, value in printed(replace(release, shown=shown)).items()
    }
    intruder = Intruder(known, NOBODY)
    for figure in figures():
        if 1 <= world.number(figure[0], dict(figure[1])) < T:
            least, most = intruder.others(figure)
            assert most is None or most - least >= DOUBT, figure
