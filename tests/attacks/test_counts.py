"""Sums of what services report: a part and its whole (24), tables of two parts read together (25), one partner's own figures (26),
what is left beside public bodies (27), two persons of two organisations (28).

The attacker has the printed figures, the form and, as a partner, its own reports. Its integer program goes over every measure and
every table at once (`tests/stats/sums/attacker.py`). It counts what it finds out that nobody was to find out.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from partners.kinds import Kind
from stats.models import PUBLIC
from stats.publishing import facts
from stats.sums.datasets import SUM_DATASETS, SumDataset
from stats.sums.leaves import leaves_of
from stats.sums.public import ProtectedSums, protect_sums
from stats.sums.sources import SumSource, contributors_of
from stats.sums.views import SumPlan
from tests.attacks import published_counts
from tests.attacks.scores import Report, Score, Scored
from tests.attacks.weakbuild import undone
from tests.attacks.world import drawn_keys
from tests.callers import make_caller
from tests.stats.sums.promises import broken_promises
from tests.stats.sums.test_protection import CROSSED, TOWNS, of_police
from tests.stats.sums.weaker import (
    alone_shown,
    measures_apart,
    of_no_persons,
    public_bodies_forgotten,
    tables_apart,
)
from tests.stats.sums.worlds import JUNE, KEY, NGOS, YEAR, World, town, town_with_public_bodies

T = 5
Weaken = Callable[[pytest.MonkeyPatch], None]
WITH_BODIES = [town_with_public_bodies(seed) for seed in TOWNS]
BY_CHANCE = [town(seed) for seed in TOWNS]
ATTACKS: list[tuple[str, str, Weaken, list[World], str]] = [
    ("24 a part and its whole", "each measure by itself", measures_apart, BY_CHANCE, "few"),
    ("25 two parts in two tables", "each table by itself", tables_apart, [of_police(CROSSED)], "few"),
    ("26 one partner alone", "its figures are shown", alone_shown, BY_CHANCE, "alone"),
    ("27 few beside public bodies", "nobody knows theirs", public_bodies_forgotten, WITH_BODIES, "few"),
    ("27 one partner beside public bodies", "nobody knows theirs", public_bodies_forgotten, WITH_BODIES, "alone"),
]


def found_out(worlds: list[World], kind: str) -> Score:
    """Of how many releases the attacker finds out something of a kind."""
    lines = [broken_promises(world, world.protect()) for world in worlds]
    return Score(sum(any(line.startswith(f"{kind}:") for line in of_world) for of_world in lines), len(worlds))


@pytest.mark.parametrize(("name", "weakness", "weaken", "worlds", "kind"), ATTACKS)
def test_sums_tell_of_nobody_and_of_no_one_partner(
    name: str,
    weakness: str,
    weaken: Weaken,
    worlds: list[World],
    kind: str,
    report: Report,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours = found_out(worlds, kind)
    weaken(monkeypatch)
    power = found_out(worlds, kind)
    report(Scored(name, "releases give something away", weakness, power, ours))
    assert power.hits > 0
    assert ours.hits == 0


# Of each: a dimension and its code in which two organisations have one each.
FEW_IN_FORMS = [
    ("clinic.opening", "visits", "region", "DK05"),
    ("clinic.services", "given", "service", "STI_TEST"),
    ("hotline.calls", "calls", "caller", "SELF"),
    ("justice.decisions", "decisions", "decision", "OTHER_CHARGE"),
    ("justice.judgments", "judgments", "outcome", "ACQUITTAL"),
]


@pytest.mark.parametrize(("dataset", "measure", "name", "code"), FEW_IN_FORMS)
def test_two_persons_of_two_organisations_are_not_printed(
    dataset: str, measure: str, name: str, code: str, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """28: one service each for a sexually transmitted infection in one region is two women, and no activity."""
    protect = few_of_two(SUM_DATASETS[dataset], measure, name, code)
    place = measure, (name,), (code,)
    ours, released = place in protect().shown, protect()
    least, most = next(bounds for id_, bounds in released.intervals.items() if id_.endswith(f"{measure};{name}={code}"))
    assert least == 0 and (most is None or most >= T)
    of_no_persons(monkeypatch)
    power = protect().shown.get(place)
    report(
        Scored(f"28 two persons in {dataset}", "figures are printed", "of no persons", Score(1, 1), Score(int(ours), 1))
    )
    assert power == 2
    assert not ours


def test_calls_of_others_are_of_nobody_in_particular() -> None:
    """Two calls of citizens are two calls: who called is not the person concerned."""
    released = few_of_two(SUM_DATASETS["hotline.calls"], "calls", "caller", "CITIZEN")()
    assert released.shown["calls", ("caller",), ("CITIZEN",)] == 2


def few_of_two(of: SumDataset, measure: str, name: str, code: str) -> Callable[[], ProtectedSums]:
    """A release of a year by one dimension, in which two organisations have one each with a code, and many with others."""
    others = [each for each in of.codes[name] if each not in {code, "_U", "_Z"}]
    reports = {
        who: {
            of.table.name: [
                {
                    **{each: codes[0] for each, codes in of.codes.items()},
                    name: at,
                    **dict.fromkeys(of.measures, 0),
                    measure: n,
                }
                for at, n in [
                    *((at, 40 + place) for place, at in enumerate(others)),
                    *([(code, 1)] if who in NGOS[:2] else []),
                ]
            ]
        }
        for who in NGOS
    }
    leaves = frozenset(leaf for who, content in reports.items() for leaf in leaves_of(of, who, who, JUNE, content))
    moment = datetime(2025, 3, 1, tzinfo=UTC)
    source = SumSource("2024.p1", PUBLIC, YEAR, moment, ((), (name,)), leaves)
    return lambda: protect_sums(
        SumPlan(of, source, (), contributors_of(dict.fromkeys(NGOS, Kind.NGO), frozenset()), KEY)
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "weakness", "weaken", "seed", "kind"),
    [
        ("24 a part and its whole, published", "each measure by itself", measures_apart, 5, "few"),
        ("26 one partner alone, published", "its figures are shown", alone_shown, 1, "alone"),
    ],
)
def test_what_is_published_tells_no_more(
    name: str,
    weakness: str,
    weaken: Weaken,
    seed: int,
    kind: str,
    report: Report,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    settings: Any,
    zero_is_known: None,
) -> None:
    """The same through the whole path: reported by the API, built, approved, and read from what everybody reads."""
    settings.HENVIS_KEYS = tmp_path
    monkeypatch.setattr(facts, "facts_of_years", lambda *_: ())
    drawn_keys(monkeypatch)
    world = published_counts.report(town(seed), [make_caller("NGO") for _ in NGOS])
    lines = []
    for weak in (False, True):
        if weak:
            weaken(monkeypatch)
        with undone():
            lines.append(broken_promises(world, published_counts.read_back(published_counts.issue())))
    ours, power = (sum(line.startswith(f"{kind}:") for line in each) for each in lines)
    report(Scored(name, "figures give something away", weakness, Score(power, power), Score(ours, power)))
    assert power > 0
    assert lines[0] == []
