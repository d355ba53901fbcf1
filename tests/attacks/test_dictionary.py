"""Readers who know the dictionary: who is not known to be elsewhere need not be elsewhere (10)."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

import pytest

from cases.statistics.publishing.public import protect_for_the_public
from cases.statistics.publishing.records import NAMES, CountedRecord
from tests.attacks.population import Person
from tests.attacks.scores import Report, Scored
from tests.attacks.test_knowledge import groups
from tests.attacks.test_years import plan, published, record
from tests.attacks.weakbuild import with_not_known_as_elsewhere

YEARS, YEAR = "2022-2023", "2023"
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
