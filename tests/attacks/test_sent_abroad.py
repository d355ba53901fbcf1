"""Figures sent abroad (19): UNODC prints the same persons by sex and age, by form and by citizenship, few of them as "<5".

Whoever joins them to the tables of a release, and knows of somebody in a small cell, asks whether fewer than five are there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from cases.dimensions import PERSONS
from stats import published
from stats.models import PUBLIC
from stats.protection.suppress.complementary import Suppression
from stats.published import Figure
from stats.published.sources import Cell, cell
from tests.attacks.crawl import Seen
from tests.attacks.lattice import Known
from tests.attacks.populations import THRESHOLD, interval, made, persons, released
from tests.attacks.scores import Report, Score, Scored
from tests.attacks.weakbuild import PUBLISHING, undone, without_sent_abroad
from tests.cases.collected import MOST_OF_FEW
from tests.stats.publishing.town import Town, build, draw_alike
from tests.stats.records import partner

pytestmark = pytest.mark.django_db
YEAR, PERIOD = 2008, "2008"
TABLES = ("gender", "exploitation.form", "citizenship.continent")
MINOR, ADULT = "Y_LT18", "Y_GE18"
# Gender, age, form of exploitation, citizenship, persons. A few of one gender, one form and one continent are hidden with others.
# Of some nothing is known, and UNODC does not print them: so its figures alone leave open how many the few are.
Group = tuple[str, str, str, str, int]
TOWNS: tuple[tuple[Group, ...], ...] = (
    (
        ("F", ADULT, "SEXUAL", "NG", 20),
        ("F", ADULT, "SEXUAL", "RO", 12),
        ("M", ADULT, "LABOUR", "BR", 6),
        ("M", MINOR, "LABOUR", "RO", 6),
        ("M", ADULT, "CRIMINAL", "TH", 4),
        ("X", ADULT, "SEXUAL", "NG", 3),
        ("_U", ADULT, "_U", "_U", 7),
    ),
    (
        ("F", ADULT, "SEXUAL", "NG", 31),
        ("F", MINOR, "SEXUAL", "RO", 4),
        ("F", ADULT, "LABOUR", "VN", 7),
        ("M", ADULT, "LABOUR", "RO", 17),
        ("X", ADULT, "SEXUAL", "BR", 2),
        ("M", ADULT, "CRIMINAL", "RO", 3),
        ("_U", ADULT, "_U", "_U", 6),
    ),
    (
        ("F", ADULT, "SEXUAL", "TH", 25),
        ("F", ADULT, "SEXUAL", "RO", 19),
        ("M", ADULT, "LABOUR", "RO", 14),
        ("M", MINOR, "LABOUR", "MA", 8),
        ("X", ADULT, "CRIMINAL", "CO", 4),
        ("_U", ADULT, "_U", "_U", 9),
    ),
)


@pytest.fixture(autouse=True)
def alike(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same ties in every run."""
    settings.HENVIS_KEYS = tmp_path / "keys"
    draw_alike(monkeypatch)


def enter(groups: tuple[Group, ...]) -> None:
    """Enter the persons, each referred by one of several organisations."""
    enter_group: Callable[..., object] = partial(Town().enter, by=[partner() for _ in range(6)])
    for gender, age, form, country, count in groups:
        band, minor = ("Y25T34", "NO") if age == ADULT else ("Y15T17", "YES")
        codes = {"gender": gender, "exploitation": form, "citizenship": country}
        codes |= {"age_band": band, "minor_when_exploited": minor}
        enter_group(count, f"{PERIOD}-05", **codes)


def printed(groups: tuple[Group, ...]) -> Iterator[Figure]:
    """What UNODC prints of them: of all, by age, by sex and age, of two forms, and by citizenship."""
    counts: Counter[tuple[tuple[str, str], ...]] = Counter()
    for gender, age, form, country, count in groups:
        cells = [{}, {"age_band": age}, {"gender": gender, "age_band": age}, {"citizenship": country}]
        cells += [{"exploitation": form}] if form in {"SEXUAL", "LABOUR"} else []
        counts.update({tuple(each.items()): count for each in cells if "_U" not in each.values()})
    for codes, count in counts.items():
        least, most = (0, MOST_OF_FEW) if count <= MOST_OF_FEW else (count, None)
        yield Figure(YEAR, YEAR, cell(**dict(codes)), least, "https://example.org/unodc", most=most)


def known(figures: tuple[Figure, ...]) -> list[Known]:
    """The figures as an attacker knows them."""
    return [replace(asked_of(figure.cell), low=figure.count, high=figure.greatest) for figure in figures]


def leaves(name: str, code: str) -> str:
    """The submitted codes of a code of any axis of a dimension, separated by blanks."""
    axis = next(axis for axis in PERSONS.by_name[name].axes if code in axis.names)
    return " ".join(leaf for leaf in axis.base.names if axis.code_of(leaf, persons(PERIOD).first) == code)


def asked(seen: Seen) -> Known:
    """A cell of one axis as a question."""
    (axis,), (code,) = seen.axes, seen.codes
    return asked_of(cell(**{PERSONS.axes[axis].dimension: code}))


def asked_of(of: Cell) -> Known:
    """A cell of codes of any axis as a question."""
    sides = {name: " ".join(leaves(name, code) for code in codes) for name, codes in of}
    everything: Callable[..., Known] = partial(persons, PERIOD)
    return everything(**sides)


@dataclass(frozen=True)
class Told:
    """A town and what is printed of it."""

    groups: tuple[Group, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """What is printed."""
        return tuple(printed(self.groups))

    def truth(self, seen: Seen) -> int:
        """The true count of a cell."""
        ((name, codes),) = asked(seen).codes
        place = ("gender", "age_band", "exploitation", "citizenship").index(name)
        return sum(group[-1] for group in self.groups if group[place] in codes)

    def small(self, seen: list[Seen]) -> list[Seen]:
        """The hidden small cells of which the figures alone do not tell it."""
        hidden = [each for each in seen if each.hidden and each.axes and 0 < self.truth(each) < THRESHOLD]
        return [each for each in hidden if interval([each], asked(each), known(self.figures))[1] >= THRESHOLD]

    def attacked(self) -> Score:
        """Of how many small cells it is certain that fewer than five are there."""
        enter(self.groups)
        seen = released(made(PERIOD, *TABLES))
        small = self.small(seen)
        return Score(sum(interval(seen, asked(each), known(self.figures))[1] < THRESHOLD for each in small), len(small))


def test_19_figures_sent_abroad_find_no_small_cell(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    scores = []
    for groups, weak in product(TOWNS, (False, True)):
        told = Told(groups)
        monkeypatch.setattr(published, "GLOTIP_FIGURES", told.figures)
        with monkeypatch.context() as patch, undone():
            if weak:
                without_sent_abroad(patch)
            scores.append((weak, told.attacked()))
    power, result = (
        Score(sum(s.hits for weak, s in scores if weak == of), sum(s.of for weak, s in scores if weak == of))
        for of in (True, False)
    )
    report(Scored("19 sent abroad", "small cells below five", "GLOTIP not registered", power, result))
    assert power.hits > 2
    assert (result.hits, result.of > 3) == (0, True)


def test_19_the_audit_refuses_what_was_built_without_them(monkeypatch: pytest.MonkeyPatch) -> None:
    told = Told(TOWNS[0])
    monkeypatch.setattr(published, "GLOTIP_FIGURES", told.figures)
    enter(told.groups)
    with monkeypatch.context() as patch, undone():
        without_sent_abroad(patch)
        before = {
            f"{each.release};{each.axes[0]}={each.codes[0]}"
            for each in released(made(PERIOD, *TABLES))
            if each.hidden and each.axes
        }

    def suppress(*, candidates: Any, hidden: Any, **given: Any) -> Suppression:
        return Suppression(frozenset(hidden) | {each.id for each in candidates if each.id in before}, 0, 0)

    monkeypatch.setattr(f"{PUBLISHING}.suppression.suppress", suppress)
    assert not build(PERIOD, PUBLIC, TABLES).passed
