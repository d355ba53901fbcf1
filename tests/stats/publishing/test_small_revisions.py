"""A new vintage for one or two persons: whoever knows that so many came or went learns that, and nothing else of them."""

from __future__ import annotations

import pytest

from cases.models import Case
from stats.models import PUBLIC
from stats.publishing import demands
from stats.publishing.cells import cells_of, exact_constraint
from stats.publishing.intruders import CELLS, IntruderKnowledge, persons_known_by
from stats.publishing.planning import ReleasePlan
from tests.stats.protection.auditing import interval
from tests.stats.publishing.erasing import spied
from tests.stats.publishing.test_vintages import NEXT_YEAR
from tests.stats.publishing.town import Town, build, cells, correct, issue
from tests.stats.records import partner

REGION = ["region"]
LIVED = {"DK01": 40, "DK02": 20, "DK03": 30}


@pytest.fixture
def people(town: Town) -> dict[str, list[Case]]:
    """A published year of three regions, each of whose persons many organisations referred."""
    by = [partner() for _ in range(6)]
    found = {region: town.enter(count, "2012-05", region=region, by=by) for region, count in LIVED.items()}
    issue("2012", PUBLIC, REGION)
    return found


def vintage(plans: list[ReleasePlan]) -> dict[str, tuple[int | None, int | None]]:
    """The next vintage: for each region the least and the most that a reader finds who knows how many records changed."""
    second = build("2012", PUBLIC, REGION, as_of=NEXT_YEAR)
    assert second.passed
    plan = plans[-1]
    (block,) = plan.blocks
    view = IntruderKnowledge(plan, block, persons_known_by(plan, block)).views[CELLS]
    shown = {**cells(second.release.pk, "region"), **cells(second.release.pk, "")}
    assert shown[""] is not None
    listed = cells_of(block, plan.source)
    rows = [exact_constraint(cell, value) for cell in listed if (value := shown[cell.codes]) is not None]
    return {cell.codes: interval(view, rows, cell.form) for cell in listed if cell.codes}


@pytest.mark.parametrize("late", [1, 2])
def test_a_few_who_came_late_may_be_none_or_all_of_a_region(
    town: Town, people: dict[str, list[Case]], late: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans = spied(monkeypatch)
    town.enter(late, "2012-05", region="DK02", minutes=70)
    assert vintage(plans)["DK02"] == (20, 20 + late)


def test_one_who_was_corrected_may_have_gone_either_way(
    people: dict[str, list[Case]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A corrected record is one that went and one that came."""
    plans = spied(monkeypatch)
    correct(people["DK01"][0], 70, region="DK02")
    found = vintage(plans)
    assert (found["DK01"], found["DK02"]) == ((39, 41), (19, 21))


def test_nobody_can_have_gone_from_where_nobody_was(
    people: dict[str, list[Case]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of nobody the region was not known. So what is left to know of those is whether there is one."""
    plans = spied(monkeypatch)
    correct(people["DK01"][0], 70, region="_U")
    assert vintage(plans)["_U"] == (0, 1)


def test_without_the_rule_the_two_vintages_tell_of_one(
    town: Town, people: dict[str, list[Case]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demands, "targets_of_revisions", lambda *_: ())
    plans = spied(monkeypatch)
    town.enter(1, "2012-05", region="DK02", minutes=70)
    assert vintage(plans)["DK02"] == (21, 21)
