"""Two databases that differ by one person (14, 16), and two releases that do (5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from cases.statistics.errors import ReleaseRefused
from cases.statistics.models import PUBLIC, Release
from cases.statistics.reading import catalogue
from tests.attacks import surface
from tests.attacks.crawl import Answer, Reader, Seen, crawl
from tests.attacks.escapes import ESCAPES, path_of
from tests.attacks.naive import Issue
from tests.attacks.population import NGO, Person, population
from tests.attacks.scores import Report, Score, Scored
from tests.attacks.weakbuild import publish_spare, undone, without_limits
from tests.attacks.weaker import DataInTags
from tests.attacks.world import World, enter, issue
from tests.cases.statistics.records import at

pytestmark = pytest.mark.django_db
PEOPLE = population()
ONE_WAY = ["", "gender", "region", "exploitation.form", "citizenship.continent"]
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


def newcomer(reader: Reader, before: str, after: str) -> Score:
    """How many of the codes of one person who came between two releases follow from the cells that rose by one."""
    first, second = (index(crawl(reader, ONE_WAY[1:], [release])) for release in (before, after))
    risen = {place for place, cell in second.items() if place in first and cell.low == first[place].low + 1}
    true = [place for place in second if NEWCOMER.is_in(*place)]
    return Score(len(risen & set(true)) if len(risen) <= len(true) else 0, len(true) or len(ONE_WAY) - 1)


def index(cells: Sequence[Seen]) -> dict[tuple[tuple[str, ...], tuple[str, ...]], Seen]:
    """The cells that are shown, by axes and codes."""
    return {(cell.axes, cell.codes): cell for cell in cells if cell.exact}


def test_5_a_release_for_one_person_more_is_refused(
    world: World, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_spare(ONE_WAY[1:])
    arrive(world, [NEWCOMER], minutes=70)
    with pytest.raises(ReleaseRefused):
        issue("2010", PUBLIC, ONE_WAY[1:], minutes=80)
    result = newcomer(world.anonymous, "2010.p1", "2010.p2")
    without_limits(monkeypatch)
    issue("2010", PUBLIC, ONE_WAY[1:], minutes=80)
    power = newcomer(world.anonymous, "2010.p1", "2010.p2")
    report(Scored("5 a release for one", "codes of the one found", "a vintage at any time", power, result))
    assert power.hits > 0
    assert result.hits == 0
