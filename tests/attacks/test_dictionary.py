"""Readers who know the dictionary: its rules between fields (19), and that who is not known to be elsewhere need not be (10)."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pytest

from cases.dimensions import PERSONS
from stats.publishing.public import protect_for_the_public
from stats.publishing.sources import NAMES, CountedRecord
from tests.attacks.crawl import Seen
from tests.attacks.lattice import Known, systems
from tests.attacks.population import Person
from tests.attacks.reconstruct import reconstruct
from tests.attacks.scores import Report, Score, Scored
from tests.attacks.test_knowledge import groups
from tests.attacks.test_years import plan, published, record, tabulate
from tests.attacks.weakbuild import with_not_known_as_elsewhere, without_rules

YEARS, YEAR = "2022-2023", "2023"
SMALL = 5
WHOLE = (date(2023, 1, 1), date(2023, 12, 1))


@dataclass(frozen=True)
class Linked:
    """Persons by two fields that a rule links: their codes and how many; the two tables; and what no record is by the rule."""

    groups: Sequence[tuple[str, str, int]]
    tables: tuple[str, str]
    barred: tuple[frozenset[str], frozenset[str]]

    @property
    def names(self) -> list[str]:
        """The two fields."""
        return [table.partition(".")[0] for table in self.tables]

    @property
    def people(self) -> list[CountedRecord]:
        """The persons."""
        return entered(*((count, dict(zip(self.names, codes, strict=True))) for *codes, count in self.groups))


AGES = ("age_band.age18", "minor_when_exploited")
NO_MINOR = (frozenset({"Y0T11", "Y12T14", "Y15T17", "_U_MINOR"}), frozenset({"NO", "_U"}))
NO_DANE = (frozenset(PERSONS.by_name["citizenship"].codelist.names) - {"DK"}, frozenset({"DK_CITIZEN"}))
LINKED = (
    # Eleven of the fourteen who were minors then are minors still.
    Linked((("Y15T17", "YES", 11), ("Y25T34", "YES", 3), ("Y25T34", "NO", 40), ("Y25T34", "_U", 7)), AGES, NO_MINOR),
    # Six minors are among the ten who are hidden together.
    Linked((("Y15T17", "YES", 6), ("Y25T34", "YES", 1), ("Y25T34", "NO", 3), ("Y25T34", "_U", 40)), AGES, NO_MINOR),
    # Of the twelve Danes nine live here as citizens.
    Linked(
        (("DK", "DK_CITIZEN", 9), ("DK", "NO_LEGAL_STAY", 3), ("RO", "NO_LEGAL_STAY", 30), ("NG", "NO_LEGAL_STAY", 20)),
        ("citizenship", "residence_basis"),
        NO_DANE,
    ),
)
GROUPS = ["region,exploitation.form"]
# Region, form of exploitation, persons: of the twelve in DK03, seven are known to have been exploited, and all in one way.
REGIONS = (
    ("DK03", "SEXUAL", 7),
    ("DK03", "_U", 5),
    *(("DK01", form, count) for form, count in (("SEXUAL", 20), ("LABOUR", 15), ("CRIMINAL", 12), ("_U", 9))),
)


def entered(*groups: tuple[int, dict[str, str]]) -> list[CountedRecord]:
    """So many persons with these codes, in the months of a year."""
    rng = random.Random(3)
    return [record(rng, date(2023, 1 + n % 12, 1), codes) for count, codes in groups for n in range(count)]


def as_people(told: Sequence[CountedRecord]) -> list[Person]:
    """The same persons, as the attacks count them."""
    return [Person(each.id, each.month, dict(zip(NAMES, each.codes, strict=True)), "") for each in told]


def test_10_whose_value_is_not_known_is_no_hiding_place(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    told = entered(*((count, {"region": region, "exploitation": form}) for region, form, count in REGIONS))
    protection = protect_for_the_public(plan(YEARS, told, GROUPS))
    assert protection.passed
    result = groups(published(protection, YEARS), as_people(told))
    with_not_known_as_elsewhere(monkeypatch)
    power = groups(published(protect_for_the_public(plan(YEARS, told, GROUPS)), YEARS), as_people(told))
    report(Scored("10 not known", "groups told of", "not known counts as elsewhere", power, result))
    assert power.hits > 0
    assert (result.hits, result.of > 0) == (0, True)


def test_19_the_rules_of_the_dictionary_recover_no_figure(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    results = [found_by_rule(linked) for linked in LINKED]
    without_rules(monkeypatch)
    powers = [found_by_rule(linked) for linked in LINKED]
    result, power = (Score(sum(s.hits for s in each), sum(s.of for s in each)) for each in (results, powers))
    report(Scored("19 dictionary", "small figures recovered", "rules ignored", power, result))
    assert all(score.hits > 0 for score in powers)
    assert all((score.hits, score.of > 0) == (0, True) for score in results)


def found_by_rule(linked: Linked) -> Score:
    """How many small figures are found by whoever knows the rule: hidden ones, and those of both fields that no table has."""
    told = linked.people
    seen = published(protect_for_the_public(plan(YEAR, told, linked.tables)), YEAR)
    axes = [PERSONS.axes[table] for table in linked.tables]
    used = {(axes[0].code_of(one, WHOLE[0]), axes[1].code_of(other, WHOLE[0])) for one, other, _ in linked.groups}
    between = [Seen(f"{YEAR}.p1", YEAR, "", linked.tables, codes, 0, None, hidden=True) for codes in sorted(used)]
    every = [*seen, *between]
    counts = {axes: tabulate(told, axes) for axes in {cell.axes for cell in every}}
    small = {
        cell.place for cell in every if cell.hidden and not cell.quiet and 0 < counts[cell.axes][cell.codes] < SMALL
    }
    barred = Known(*WHOLE, tuple(zip(linked.names, linked.barred, strict=True)), 0, 0)
    claims = reconstruct(systems(every, [barred]))
    for claim in claims:
        assert claim.low <= counts[claim.cell.axes][claim.cell.codes] <= (claim.high or 0)
    return Score(len({claim.cell.place for claim in claims} & small), len(small))
