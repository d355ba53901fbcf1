"""A hidden total is in every block, and what each block tells of it everybody reads together."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cases.statistics.publishing import public
from cases.statistics.publishing.facts import Fact
from cases.statistics.publishing.plan import ReleasePlan
from tests.cases.statistics.publishing.telling import Groups, planned, protect

# Somebody else says of a region how many there were, about: the total has to be hidden for the sake of the other region.
PEOPLE: dict[tuple[str, ...], int] = {("M", "DK01"): 8, ("M", "DK02"): 1, ("F", "DK01"): 7, ("F", "DK02"): 2}
FACT = Fact("2023;region=DK01", 2023, 2023, (("region", frozenset({"DK01"})),), 14, 16, "https://example.org/news")


def plan() -> ReleasePlan:
    """The release of a year by gender and by region."""
    return replace(planned([Groups(("gender", "region"), PEOPLE, {})], "2023", ["gender", "region"]), facts=(FACT,))


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
