"""Two databases that differ by one person (14, 16), and two releases that do (5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any
from uuid import UUID

import pytest

from stats.errors import ReleaseRefused
from stats.models import PUBLIC, Release
from stats.reading import catalogue
from tests.attacks import surface
from tests.attacks.crawl import Answer, Reader, Seen, crawl
from tests.attacks.escapes import ESCAPES, path_of
from tests.attacks.naive import Issue
from tests.attacks.population import NGO, Person, population
from tests.attacks.scores import Report, Score, Scored
from tests.attacks.weakbuild import publish_spare, undone
from tests.attacks.weaker import DataInTags
from tests.attacks.world import World, enter, issue
from tests.stats.records import at

pytestmark = pytest.mark.django_db
PEOPLE = population()
ONE_WAY = ["", "gender", "region", "exploitation.form", "citizenship.continent"]
# More than are in any release here.
TOO_MANY = 1000
NEWCOMER = replace(
    PEOPLE[0],
    id=UUID(int=2**127 + 1, version=4),
    month=date(2010, 6, 1),
    codes={**PEOPLE[0].codes, "region": "DK01", "gender": "F", "exploitation": "SEXUAL", "citizenship": "NG"},
    partner=NGO,
)


class Kept:
    """Answers as they were, after what they were answered from is gone."""

    def __init__(self, reader: Reader, paths: Sequence[str]) -> None:
        self.answers = {path: reader.get(path) for path in paths}

    def get(self, path: str, **headers: str) -> Answer:
        """The answer that came then."""
        return self.answers[path]


def arrive(world: World, newcomers: Sequence[Person], minutes: int = 0) -> None:
    """Store persons who were not there before."""
    for person in newcomers:
        enter(person, world.callers[person.partner].partner, world.callers["CENTRE"].partner, minutes)


def stop_the_clock(patch: pytest.MonkeyPatch) -> None:
    """Let releases be built and published at one moment, so that two of them differ in their data alone."""
    save = Release.save

    def saved(self: Release, **given: Any) -> None:
        self.built_at = at(60)
        save(self, **given)

    patch.setattr(Release, "save", saved)
    entry = catalogue.entry
    patch.setattr(catalogue, "entry", lambda *row: replace(entry(*row), published_at=at(60)))


def refusal(answer: Answer) -> tuple[int, object]:
    """What a refusal says, without the name of the request."""
    return answer.status, {name: said for name, said in answer.json.items() if name != "instance"}


def test_14_tags_and_refusals_know_no_data(world: World, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    stop_the_clock(monkeypatch)
    with undone():
        publish_spare(ONE_WAY[1:])
        seen = crawl(world.anonymous, ONE_WAY, ["2010.p1"])
        asked = [path_of(escape) for escape in ESCAPES]
        before = Kept(world.anonymous, [*surface.paths(seen), *asked])
    arrive(world, [NEWCOMER])
    publish_spare(ONE_WAY[1:])
    result = surface.tags(before, world.anonymous, seen)
    one, two = (DataInTags(Issue("2010.p1", "2010", people)) for people in (PEOPLE, [*PEOPLE, NEWCOMER]))
    power = surface.tags(one, two, crawl(one, ONE_WAY))
    report(Scored("14 ETag", "tags tell two databases apart", "data in the tag", power, result))
    assert power.hits == power.of
    assert (result.hits, result.of > 0) == (0, True)
    assert [refusal(before.get(path)) for path in asked] == [refusal(world.anonymous.get(path)) for path in asked]


LATE = [
    ("DK01", "F", "SEXUAL", "NG"),
    ("DK03", "M", "LABOUR", "RO"),
    ("DK01", "F", "CRIMINAL", "TH"),
    ("DK02", "M", "SEXUAL", "BG"),
]


def late_person(number: int) -> Person:
    """One of those whose decision came after the first release."""
    codes = dict(zip(("region", "gender", "exploitation", "citizenship"), LATE[number], strict=True))
    return replace(NEWCOMER, id=UUID(int=2**127 + 1 + number, version=4), codes={**PEOPLE[0].codes, **codes})


def possible_codes(vintages: Sequence[Mapping[str, Seen]]) -> list[set[str]]:
    """Who knows that one person came before each later vintage, and subtracts: which codes of one table each may have."""
    codes = sorted({code for vintage in vintages for code in vintage if code})
    found: list[set[str]] = [set() for _ in vintages[1:]]
    for way in product(codes, repeat=len(vintages) - 1):
        if is_possible(vintages, codes, way):
            for each, code in zip(found, way, strict=True):
                each.add(code)
    return found


def is_possible(vintages: Sequence[Mapping[str, Seen]], codes: Sequence[str], way: Sequence[str]) -> bool:
    """Whether some counts of the first vintage make every vintage what was published, where the newcomers have these codes."""
    ends = dict.fromkeys(codes, (0, TOO_MANY))
    for number, vintage in enumerate(vintages):
        for code in codes:
            newcomers = way[:number].count(code)
            # A table that tells too little is not offered: nothing is known of it.
            low, high = (vintage[code].low, vintage[code].high) if code in vintage else (0, None)
            was = ends[code]
            ends[code] = max(was[0], low - newcomers), min(was[1], TOO_MANY if high is None else high - newcomers)
    total = vintages[0][""].low
    return all(low <= high for low, high in ends.values()) and (
        sum(low for low, _ in ends.values()) <= total <= sum(high for _, high in ends.values())
    )


def newcomers_found(reader: Reader, releases: Sequence[str]) -> Score:
    """How many codes of those who came one by one between releases follow from all of these together."""
    hits = 0
    for table in ONE_WAY[1:]:
        vintages = [
            {",".join(cell.codes): cell for cell in crawl(reader, ["", table], [release])} for release in releases
        ]
        hits += sum(len(codes) == 1 for codes in possible_codes(vintages))
    return Score(hits, len(ONE_WAY[1:]) * (len(releases) - 1))


def publish_one_by_one(world: World) -> list[str]:
    """A vintage after each newcomer: with the tables, or the total alone where these are refused."""
    found = []
    for number in range(len(LATE)):
        arrive(world, [late_person(number)], minutes=70 + 20 * number)
        try:
            found.append(issue("2010", PUBLIC, ONE_WAY[1:], minutes=80 + 20 * number))
        except ReleaseRefused:
            found.append(issue("2010", PUBLIC, [""], minutes=80 + 20 * number))
    return found


def test_5_vintages_of_one_person_each_tell_nothing_of_them(
    world: World, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_spare(ONE_WAY[1:])
    with undone():
        result = newcomers_found(world.anonymous, ["2010.p1", *publish_one_by_one(world)])
    monkeypatch.setattr("stats.publishing.demands.targets_of_revisions", lambda *given: ())
    power = newcomers_found(world.anonymous, ["2010.p1", *publish_one_by_one(world)])
    report(Scored("5 a release for each", "codes of newcomers found", "no target for changes", power, result))
    assert power.hits > 0
    assert result.hits == 0
