"""A hidden total is in every block, and what each block tells of it everybody reads together."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from stats.publishing import public
from stats.publishing.cells import cells_of
from stats.publishing.facts import Fact
from stats.publishing.intruders import CELLS, IntruderKnowledge
from stats.publishing.planning import ReleasePlan
from tests.stats.protection.auditing import interval
from tests.stats.publishing.telling import Groups, planned, protect

# Somebody else says of a region how many there were, about: the total has to be hidden for the sake of the other region.
PEOPLE: dict[tuple[str, ...], int] = {("M", "DK01"): 8, ("M", "DK02"): 1, ("F", "DK01"): 7, ("F", "DK02"): 2}
FACT = Fact("2023;region=DK01", 2023, 2023, (("region", frozenset({"DK01"})),), 14, 16, "https://example.org/news")


TABLES = ["gender", "region"]


def plan() -> ReleasePlan:
    """The release of a year by gender and by region."""
    return replace(planned([Groups(("gender", "region"), PEOPLE, {})], "2023", TABLES), facts=(FACT,))


def test_what_one_block_tells_of_the_total_is_known_in_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """By gender 9 and at most 9 are at most 18 persons, so the other region has at most 4, where 5 must be possible."""
    protection, _ = protect(plan())
    (total,) = (table for table in protection.tables if not table.axes)
    assert (total.total, protection.passed) == (None, False)
    failing = {
        each["id"].partition("|")[0] for block in protection.report["audit"].values() for each in block["failing"]
    }
    assert failing == {"2023.p1;region=DK02"}

    def alone(plan: ReleasePlan, results: Any) -> Any:
        return results

    monkeypatch.setattr(public, "audit_with_total", alone)
    assert protect(plan())[0].passed


def test_a_later_build_knows_what_all_blocks_told_of_the_total(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pool that ends with the year: its audit takes it that everybody knows the total to be 10 to 18."""
    _, year = protect(plan())
    assert year.intervals[""][""] == (10, 18)
    groups = [Groups(("gender", "region"), PEOPLE, {}, year=each) for each in (2022, 2023)]
    pool = planned(groups, "2022-2023", TABLES, [year])
    (block,) = (each for each in pool.blocks if each.names == ("region",))
    (total,) = (cell for cell in cells_of(block, year) if not cell.table)

    def known() -> object:
        knowledge = IntruderKnowledge(pool, block, {})
        return interval(knowledge.views[CELLS], (), total.form)

    assert known() == (10, 18)
    monkeypatch.setattr(IntruderKnowledge, "totals", ())
    assert known() != (10, 18)
