"""Sums of what services report: a part and its whole (24), tables of two parts read together (25), one partner's own figures (26),
what is left beside public bodies (27).

The attacker has the printed figures, the form and, as a partner, its own reports. Its integer program goes over every measure and
every table at once (`tests/cases/statistics/sums/attacker.py`). It counts what it finds out that nobody was to find out.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cases.statistics.publishing import facts
from tests.attacks import published_counts
from tests.attacks.scores import Report, Score, Scored
from tests.attacks.weakbuild import undone
from tests.attacks.world import drawn_keys
from tests.callers import make_caller
from tests.cases.statistics.sums.promises import broken_promises
from tests.cases.statistics.sums.test_protection import CROSSED, TOWNS, of_police
from tests.cases.statistics.sums.weaker import alone_shown, measures_apart, public_bodies_forgotten, tables_apart
from tests.cases.statistics.sums.worlds import NGOS, World, town, town_with_public_bodies

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
