"""What the rules demand: of what earlier releases hide, of what a new vintage changes, and in whose views."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

import numpy as np
import pytest

from stats.models import AUTHORITY as FOR_AUTHORITIES
from stats.protection.suppress.primary import PrimaryRule
from stats.publishing.demands import REVISED, Demands, find_demands
from stats.publishing.intruders import AUTHORITY, CELLS, EVERYBODY, PARTNER
from stats.publishing.planning import ReleasePlan
from stats.publishing.rules import Rules
from stats.publishing.sources import ReleaseSource
from tests.stats.publishing.telling import Codes, Groups, planned, protect

AXES = ("region",)
PERSONS: Mapping[Codes, int] = {("DK01",): 3, ("DK02",): 30, ("DK03",): 20, ("DK04",): 9}
YEAR = Groups(AXES, PERSONS, {})


def year_and(groups: Sequence[Groups], period: str) -> tuple[ReleasePlan, ReleaseSource]:
    """The plan of a release after that of the year, which hides three persons of a region."""
    _, before = protect(planned([YEAR], "2023", AXES))
    before = replace(before, id="2023.p0")
    return planned(groups, period, AXES, [before]), before


def demands_of(plan: ReleasePlan) -> Demands:
    """What the rules demand where nobody knows anybody."""
    (block,) = plan.blocks
    return find_demands(plan, block, {})


def test_what_an_earlier_release_hides_stays_protected_and_what_it_shows_needs_nothing() -> None:
    plan, before = year_and([replace(YEAR, year=2022), YEAR], "2022-2023")
    assert "DK01" in before.hidden["region"]
    small = {target.id.partition("|")[0] for target in demands_of(plan).targets if target.reason == PrimaryRule.SMALL}
    assert "2023.p0;region=DK01" in small
    assert "2023.p0;region=DK04" not in small


def test_a_cell_in_which_one_person_changed_is_hidden() -> None:
    plan, before = year_and([replace(YEAR, persons={**PERSONS, ("DK02",): 31})], "2023")
    assert before.shown["region"]["DK02"] == 30
    assert demands_of(plan).primaries[f"{plan.source.id};region=DK02"] == {REVISED}


@pytest.mark.parametrize(
    ("rule", "public", "for_authorities"),
    [
        (PrimaryRule.SMALL, {CELLS, EVERYBODY, PARTNER}, {AUTHORITY}),
        (PrimaryRule.GROUP, {CELLS, EVERYBODY}, set()),
    ],
)
def test_a_rule_concerns_those_who_read_and_no_group_is_told_to_who_knows_some_of_it(
    rule: PrimaryRule, public: set[str], for_authorities: set[str]
) -> None:
    plan = planned([YEAR], "2023", AXES)
    noisy = replace(plan, source=replace(plan.source, audience=FOR_AUTHORITIES))
    for each, views in ((plan, public), (noisy, for_authorities)):
        (block,) = each.blocks
        own = {f"{PARTNER}:{UUID(int=1)}": np.ones(block.unknowns, np.int64)}
        names = Rules(each, block, each.source, (), own).views(rule)
        assert {name.partition(":")[0] for name in names} == views
