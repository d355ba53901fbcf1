"""Attackers who know more than one table: groups (10), own cases (17), both audiences (18), what others report (19)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

import numpy as np
import pytest

from cases.dimensions import PERSONS
from partners.models import Partner
from stats import published
from stats.models import AUTHORITY
from stats.published import Figure
from tests.attacks.crawl import API, NOT_KNOWN, Reader, Seen, crawl, unoffered
from tests.attacks.lattice import Known, systems
from tests.attacks.naive import Issue
from tests.attacks.population import NGO, OTHER, POLICE, Person, population, truth
from tests.attacks.reconstruct import Reconstruction, reconstruct
from tests.attacks.scores import Report, Score, Scored
from tests.attacks.weakbuild import (
    SPARE,
    publish_spare,
    undone,
    without_coalitions,
    without_complements,
    without_facts,
    without_groups,
    without_umbrellas,
)
from tests.attacks.weaker import Noisy
from tests.attacks.world import CUBE, EVERY, ONE_WAY, World, issue

pytestmark = pytest.mark.django_db
PEOPLE = population()
VINTAGES = 16
SMALL_GROUP, LEAST_OTHERS, LEAST_WIDTH, THRESHOLD = 20, 3, 3, 5


def groups(seen: Sequence[Seen], people: Sequence[Person] = PEOPLE) -> Score:
    """Of how many small groups it is certain that (nearly) all whose value is known have one that would harm them."""
    hits, of = 0, 0
    for system in systems(seen):
        solver = Reconstruction(system)
        members = {cell.place: e.members for cell, e in zip(system.cells, system.equations, strict=False)}
        for cell, group, quiet in ((each, *found) for each in system.cells if each.axes for found in groups_of(each)):
            whole = truth(people, group) - sum(truth(people, each) for each in quiet)
            if not 0 < whole < SMALL_GROUP or truth(people, cell) < whole - 1 or group.place not in members:
                continue
            of += 1
            known = [members[each.place] for each in (cell, *quiet)]
            others = np.setdiff1d(members[group.place], np.concatenate(known))
            certain = solver.extreme(members[group.place], 1)
            most = solver.extreme(others, -1)
            hits += certain is not None and certain > 0 and most is not None and most < LEAST_OTHERS
    return Score(hits, of)


def groups_of(cell: Seen) -> Iterable[tuple[Seen, list[Seen]]]:
    """The group that a cell is of, for each of its axes that tells something that would harm; and its cells of unknown value."""
    for n, axis in enumerate(cell.axes):
        if PERSONS.axes[axis].dimension not in {"exploitation", "minor_when_exploited", "residence_basis"}:
            continue
        axes, codes = (*cell.axes[:n], *cell.axes[n + 1 :]), (*cell.codes[:n], *cell.codes[n + 1 :])
        if not cell.quiet:
            quiet = [(*cell.codes[:n], code, *cell.codes[n + 1 :]) for code in NOT_KNOWN & PERSONS.axes[axis].names]
            yield replace(cell, axes=axes, codes=codes), [replace(cell, codes=each) for each in quiet]


def test_10_no_group_is_told_of(world: World, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    result = groups(crawl(world.anonymous, EVERY))
    without_groups(monkeypatch)
    without_complements(monkeypatch)
    publish_spare(pool=["region,exploitation.form"])
    power = groups(crawl(world.anonymous, EVERY, SPARE))
    report(Scored("10 group disclosure", "groups told of", "group rule and complements off", power, result))
    assert power.hits > 0
    assert (result.hits, result.of > 0) == (0, True)


def own(reader: Reader) -> list[Person]:
    """The cases of a partner, as it reads them itself."""
    found, path = [], f"{API}/referrals?limit=200"
    while path:
        page = reader.get(path).json
        found += [
            Person(UUID(row["reference"]), date.fromisoformat(f"{row['referred_in']}-01"), row, "")
            for row in page["items"]
        ]
        path = page["next"]
    return found


def coalition(reader: Reader, only: Iterable[str] | None = None, *allies: Reader) -> Score:
    """How many cells hold one or two persons, or a few in all, whom a partner does not know, and it is certain of them.

    Its allies tell it of theirs.
    """
    mine = [person for each in (reader, *allies) for person in own(each)]
    seen = [*crawl(reader, EVERY, only, audience="public"), *unoffered(reader, only)]
    others = {cell.place: truth(PEOPLE, cell) - truth(mine, cell) for cell in seen}
    left = {
        cell.place
        for cell in seen
        if not cell.quiet and 0 < others[cell.place] < (THRESHOLD if truth(PEOPLE, cell) < THRESHOLD else LEAST_OTHERS)
    }
    without = [less(cell, truth(mine, cell)) for cell in seen]
    certain = {cell.place for cell in without if cell.exact}
    for claim in reconstruct(systems(without)):
        assert claim.low <= others[claim.cell.place] <= (claim.high or 0)
        certain.add(claim.cell.place)
    return Score(len(left & certain), len(left))


def less(cell: Seen, known: int) -> Seen:
    """A cell without the persons whom somebody knows."""
    return replace(cell, low=max(0, cell.low - known), high=None if cell.high is None else max(0, cell.high - known))


def test_17_a_partner_does_not_find_those_whom_it_does_not_know(
    world: World, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = [coalition(world.reader(kind)) for kind in (NGO, POLICE, OTHER)]
    result = Score(sum(score.hits for score in results), sum(score.of for score in results))
    without_coalitions(monkeypatch)
    without_complements(monkeypatch)
    publish_spare()
    power = coalition(world.reader(NGO), SPARE[:1])
    report(Scored("17 coalition", "cells leave one or two", "coalition rule and complements off", power, result))
    assert power.hits > 0
    assert (result.hits, result.of > 0) == (0, True)


def test_17_partners_under_one_umbrella_do_not_find_those_whom_none_of_them_knows(
    world: World, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers = [world.reader(kind) for kind in (NGO, POLICE)]
    Partner.objects.filter(kind__in=[NGO, POLICE]).update(umbrella="Nordlys")
    with undone():
        publish_spare(ONE_WAY)
        result = coalition(readers[0], SPARE[:1], *readers[1:])
    without_umbrellas(monkeypatch)
    Partner.objects.update(umbrella="")  # the database would refuse a draft that does not reckon with one
    publish_spare(ONE_WAY)
    power = coalition(readers[0], SPARE[:1], *readers[1:])
    report(Scored("17 umbrella", "cells leave one or two", "each partner alone", power, result))
    assert power.hits > 0
    assert (result.hits, result.of > 0) == (0, True)


def joined(mine: Sequence[Person], cells: Iterable[Seen]) -> Score:
    """Of how many small cells that the public may not see an authority is certain but for less than three, own cases apart."""
    # Nothing was changed meanwhile, so all moments are one.
    seen = [replace(cell, moment="") for cell in cells]
    small = {
        cell.place
        for cell in seen
        if cell.hidden and not cell.quiet and not cell.noisy and truth(mine, cell) < truth(PEOPLE, cell) < THRESHOLD
    }
    if any(cell.hidden and cell.noisy and truth(PEOPLE, cell) > (cell.high or 0) for cell in seen):
        # Among the hidden noisy cells are some that are not small: then nothing is certain of any of them.
        seen = [cell for cell in seen if not cell.hidden or not cell.noisy]
    claims = reconstruct(systems(less(cell, truth(mine, cell)) for cell in seen), threshold=0, width=LEAST_WIDTH)
    for claim in claims:
        assert claim.low <= truth(PEOPLE, claim.cell) - truth(mine, claim.cell) <= (claim.high or 0)
    return Score(len({claim.cell.place for claim in claims} & small), len(small))


def test_18_both_audiences_together_find_no_cell(world: World, report: Report) -> None:
    authority = world.reader(POLICE)
    mine = own(authority)
    every = joined(mine, crawl(authority, EVERY))
    publish_spare(pool=["region,exploitation.form", "gender,exploitation.form"])
    public = crawl(world.anonymous, EVERY, SPARE)
    issue("2010", AUTHORITY, CUBE, deviation=2, variance=2)
    spare = joined(mine, crawl(authority, EVERY, [*SPARE, "2010.a1"]))
    result = Score(every.hits + spare.hits, every.of + spare.of)
    naive = Noisy(*(Issue(f"2010.a{n + 1}", "2010", PEOPLE) for n in range(VINTAGES)))
    power = joined(mine, [*public, *crawl(naive, EVERY)])
    report(Scored("18 audiences joined", "small cells within 3", f"{VINTAGES} vintages, no audit", power, result))
    assert power.hits > 0
    assert (result.hits, result.of > 0) == (0, True)


def with_facts(reader: Reader, facts: Iterable[Figure]) -> Score:
    """How many small cells are recovered with what others have published."""
    known = [
        Known(date(f.first, 1, 1), date(f.last, 12, 1), tuple((n, frozenset(c)) for n, c in f.cell), f.count, f.count)
        for f in facts
    ]
    seen = crawl(reader, EVERY, SPARE[:1])
    hidden = [cell for cell in seen if cell.hidden and not cell.quiet]
    small = {cell.place for cell in hidden if 0 < truth(PEOPLE, cell) < THRESHOLD}
    return Score(len({claim.cell.place for claim in reconstruct(systems(seen, known))} & small), len(small))


def telling_most(world: World) -> Figure:
    """The figure that somebody else could publish of the spare year and that would tell most."""
    hidden = [
        cell for cell in crawl(world.anonymous, EVERY, SPARE[:1]) if cell.hidden and truth(PEOPLE, cell) >= THRESHOLD
    ]
    figures = [
        Figure(
            2010,
            2010,
            ((cell.axes[0].partition(".")[0], leaves(cell)),),
            truth(PEOPLE, cell),
            "https://example.org/report",
        )
        for cell in hidden
    ]
    return max(figures, key=lambda figure: with_facts(world.anonymous, [figure]).hits)


def leaves(cell: Seen) -> tuple[str, ...]:
    """The submitted codes of a cell of one axis."""
    (axis,), (code,) = cell.axes, cell.codes
    return tuple(
        leaf for leaf in PERSONS.axes[axis].base.names if PERSONS.axes[axis].code_of(leaf, date(2010, 1, 1)) == code
    )


def test_19_what_others_have_published_recovers_no_cell(
    world: World, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    with undone():
        publish_spare()
        told = telling_most(world)
    monkeypatch.setattr(published, "FIGURES", (*published.FIGURES, told))
    with undone():
        publish_spare()
        result = with_facts(world.anonymous, [told])
    without_facts(monkeypatch)
    publish_spare()
    power = with_facts(world.anonymous, [told])
    report(Scored("19 external facts", "small cells recovered", "facts ignored", power, result))
    assert power.hits > 0
    assert (result.hits, result.of > 0) == (0, True)
