"""What an answer tells beside its figures (1, 6, 8, 9, 11–16, 20)."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Callable, Sequence

import pytest

from stats.models import Release
from tests.attacks import surface
from tests.attacks.crawl import Reader, Seen, crawl, every_release, query
from tests.attacks.escapes import ESCAPES, SETS, escaping, path_of
from tests.attacks.naive import Issue, Naive
from tests.attacks.population import POLICE, YEARS, count, population, truth
from tests.attacks.scores import Report, Score, Scored
from tests.attacks.weaker import (
    Fresh,
    Headers,
    Loading,
    NoisySets,
    Reasons,
    RefusingSmall,
    SetFilters,
    Sorted,
    Sparse,
    Telling,
    TrueShares,
)
from tests.attacks.world import EVERY, World

pytestmark = pytest.mark.django_db
PEOPLE = population()
Attack = Callable[[Reader, Sequence[Seen]], Score]


def weak(server: type[Naive]) -> Naive:
    """A weaker server with the same persons."""
    return server(*(Issue(f"{year}.p1", str(year), PEOPLE) for year in YEARS))


def weakened(server: type[Naive], attack: Attack) -> Score:
    """What an attack comes to on a weaker server."""
    reader = weak(server)
    return attack(reader, crawl(reader, EVERY, ["2012.p1", "2013.p1"]))


def ours(world: World, attack: Attack) -> Score:
    """What an attack comes to on ours, as anybody and as an authority."""
    scores = [attack(reader, crawl(reader, EVERY)) for reader in (world.anonymous, world.reader(POLICE))]
    return Score(sum(score.hits for score in scores), sum(score.of for score in scores))


ATTACKS: dict[str, tuple[Attack, type[Naive], str, str]] = {
    "8 zero cells": (surface.bodies, Reasons, "a hidden cell says why", "hidden cells told apart"),
    "9 categories": (surface.sparse, Sparse, "categories from data", "tables tell who is absent"),
    "12 ordering": (surface.ordered, Sorted, "largest first", "tables tell the ranks"),
    "13 lengths, headers": (surface.envelopes, Headers, "a header counts", "hidden cells told apart"),
    "15 timing": (surface.some_works, Loading, "records are loaded", "hidden cells told apart by work"),
    "16 refusals": (surface.refusals, RefusingSmall, "small cells refused", "hidden cells told apart"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_hidden_cells_cannot_be_told_apart(name: str, world: World, report: Report) -> None:
    attack, server, weakness, after = ATTACKS[name]
    power, result = weakened(server, attack), ours(world, attack)
    report(Scored(name, after, weakness, power, result))
    assert power.hits > 0
    assert (result.hits, result.of > 0) == (0, True)


@pytest.mark.long
def test_15_no_hidden_cell_of_all_can_be_told_by_work(world: World, report: Report) -> None:
    """The long form: every hidden cell of every table."""
    power, result = weakened(Loading, surface.works), ours(world, surface.works)
    report(Scored("15 timing, every cell", "hidden cells told apart by work", "records are loaded", power, result))
    assert power.hits > 0
    assert (result.hits, result.of > 0) == (0, True)


def test_1_the_grammar_has_no_way_out(world: World, report: Report) -> None:
    power = escaping(weak(SetFilters))
    readers = (world.anonymous, world.reader(POLICE))
    result = Score(sum(escaping(reader).hits for reader in readers), 2 * len(ESCAPES))
    report(Scored("1 grammar escape", "escapes answered", "set filters on", power, result))
    assert power.hits >= 0.9 * power.of
    assert result.hits == 0
    for escape in ESCAPES:
        refused = world.anonymous.get(path_of(escape))
        assert (refused.status, set(refused.json) >= {"code", "errors"}) == (400, True), escape
        assert "value" not in refused.json


def test_1_sets_that_differ_by_one_code_give_no_count(world: World, report: Report) -> None:
    codes = ["RO", "BG", "NG", "UG", "TH", "VN", "PH", "BR"]
    power, result = differing(weak(NoisySets), codes), differing(world.reader(POLICE), codes)
    report(Scored("1 sets with and without", "counts exact", "set filters on noisy cells", power, result))
    assert power.hits >= 0.8 * power.of
    assert result.hits == 0


def differing(reader: Reader, codes: Sequence[str], queries: int = 150) -> Score:
    """How many counts follow from the mean difference of sets with a code and without it."""
    rng, hits = random.Random(2), 0
    for code in codes:
        others = [other for other in codes if other != code]
        moves = []
        for _ in range(queries):
            chosen = rng.sample(others, rng.randint(3, len(others) - 1))
            answers = [reader.get(query(period="2012", citizenship=",".join(s))) for s in (chosen, [*chosen, code])]
            if any(answer.status != 200 for answer in answers):
                break
            (one,), (two,) = (answer.json["value"] for answer in answers)
            moves += [two - one] if None not in (one, two) else []
        hits += bool(moves) and round(sum(moves) / len(moves)) == count(PEOPLE, "2012", ["citizenship"], [code])
    return Score(hits, len(codes))


def test_6_repetition_says_the_same(world: World, report: Report) -> None:
    fresh = weak(Fresh)
    power = surface.repetition([fresh], crawl(fresh, ["gender", "region"], ["2012.p1"]))
    result = surface.repetition([world.anonymous, world.reader(POLICE)], crawl(world.anonymous, EVERY))
    authority = [world.reader(POLICE)]
    alone = surface.repetition(authority, crawl(authority[0], EVERY, ["2013-Q4.a1"]))
    both = Score(result.hits + alone.hits, result.of + alone.of)
    report(Scored("6 repetition", "cells say something else", "fresh noise", power, both))
    assert power.hits > 0
    assert both.hits == 0


def test_11_shares_and_changes_give_no_count(world: World, report: Report) -> None:
    power, result = shared(weak(TrueShares)), shared(world.anonymous)
    report(Scored("11 shares", "hidden counts found", "shares of true counts", power, result))
    assert power.hits >= 0.5 * power.of
    assert result.hits == 0


def shared(reader: Reader) -> Score:
    """How many hidden counts shares and changes give away."""
    seen = crawl(reader, EVERY)
    hits = [cell for cell, found in surface.shares(reader, seen) if found == truth(PEOPLE, cell)]
    return Score(len(hits), sum(cell.hidden for cell in seen))


def test_20_releases_and_logs_tell_no_count_and_no_time(world: World, logged: io.StringIO, report: Report) -> None:
    power = surface.telling(weak(Telling), ["0" * 64], ["2014-03-01T00:00"])
    rows = list(Release.objects.all())
    secrets = [text for row in rows for text in (row.digest, *row.snapshots.values())]
    told = [time for item in every_release(world.reader(POLICE)) for time in times(item)]
    found = [
        leak for reader in (world.anonymous, world.reader(POLICE)) for leak in surface.telling(reader, secrets, told)
    ]
    crawl(world.anonymous, EVERY)
    lines = [json.loads(line) for line in logged.getvalue().splitlines()]
    found += [word for line in lines for word in line if word not in LOGGED]
    found += [line["route"] for line in lines if "<" not in line["route"] and line["route"].count("/") > 3]
    paths = 2 * len(rows)
    report(
        Scored("20 exports, logs", "leaks", "totals, digests, times", Score(len(power), 9), Score(len(found), paths))
    )
    assert power
    assert lines
    assert found == []


LOGGED = {"method", "route", "status", "ms", "request_id", "trace_id", "event", "level", "timestamp"}


def times(item: dict[str, object]) -> list[str]:
    """The times that a release is known by."""
    return [str(item[name]) for name in ("as_of", "built_at", "published_at") if item.get(name)]


def test_escapes_are_many() -> None:
    assert len(set(ESCAPES)) == len(ESCAPES) > len(SETS) > 20
