"""Small cells that are in no table and follow from those that are: between roll-ups, between periods, between vintages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from stats.errors import ReleaseRefused
from stats.models import AUTHORITY, PUBLIC
from stats.publishing import build as building
from stats.publishing import demands, intruders, vintages
from stats.publishing.atoms import make_timeline
from stats.publishing.blocks import make_blocks
from stats.publishing.cells import cells_of, exact_constraint
from stats.publishing.choice import Choice
from stats.publishing.facts import Fact
from stats.publishing.implied_cells import remainders_of_facts, tables_linked_by
from stats.publishing.intruders import IntruderKnowledge, persons_known_by
from stats.publishing.links import linking_rules
from stats.publishing.planning import ProtectionResult, ReleasePlan
from stats.publishing.sources import NAMES, CountedRecord, ReleaseSource, period_of
from tests.stats.protection.auditing import interval
from tests.stats.publishing.test_vintages import NEXT_YEAR
from tests.stats.publishing.town import Town, build, cells, issue
from tests.stats.records import at, partner

AGES = ["age_band.age18", "age_band.age25"]


def ages(town: Town) -> None:
    """Three persons of 18 to 24 between six minors and many adults, referred by organisations that know few of them."""
    several = [partner() for _ in range(6)]
    for band, count in (("Y15T17", 6), ("Y18T24", 3), ("Y25T34", 40)):
        town.enter(count, "2012-05", age_band=band, by=several)


def between(release_id: str) -> int | None:
    """Persons of 18 to 24, where both tables show what is needed to compute them."""
    by18, by25 = (cells(release_id, table) for table in AGES)
    under18, under25 = by18["Y_LT18"], by25["Y_LT25"]
    return None if under18 is None or under25 is None else under25 - under18


def test_what_lies_between_two_roll_ups_is_protected(town: Town) -> None:
    ages(town)
    built = build("2012", PUBLIC, AGES)
    assert built.passed
    assert between(built.release.pk) is None


def test_without_that_it_could_be_computed(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    ages(town)
    monkeypatch.setattr(demands, "implied_cells", lambda *_: ())
    assert between(build("2012", PUBLIC, AGES).release.pk) == 3


def pool(town: Town) -> tuple[str, str]:
    """2012 beside 2011–2012: of 2011 three persons in one region are left over."""
    several = [partner() for _ in range(6)]
    for year, small in (("2011", 3), ("2012", 15)):
        town.enter(40, f"{year}-05", region="DK01", by=several)
        town.enter(small, f"{year}-05", region="DK03", by=several)
    return issue("2012", PUBLIC, ["region"]), build("2011-2012", PUBLIC, ["region"]).release.pk


def left_over(year: str, both: str) -> int | None:
    """Persons of 2011 in the small region, where they can be computed."""
    counted = [cells(release, "region")["DK03"] for release in (both, year)]
    return None if None in counted else (counted[0] or 0) - (counted[1] or 0)


def test_what_a_pool_leaves_of_an_unpublished_year_is_protected(town: Town) -> None:
    year, both = pool(town)
    assert left_over(year, both) is None


def test_without_that_the_pool_tells_of_the_year(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demands, "implied_cells", lambda *_: ())
    assert left_over(*pool(town)) == 3


def test_what_lies_between_roll_ups_of_two_vintages_is_protected(town: Town) -> None:
    ages(town)
    issue("2012", PUBLIC, AGES[:1])
    with pytest.raises(ReleaseRefused, match=r"has every table of 2012\.p1"):
        build("2012", PUBLIC, AGES[1:], as_of=NEXT_YEAR)
    assert between(build("2012", PUBLIC, AGES, as_of=NEXT_YEAR).release.pk) is None


def test_without_that_the_one_vintage_less_the_other_tells_of_it(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    ages(town)
    first = issue("2012", PUBLIC, AGES[:1])
    monkeypatch.setattr(vintages, "check_tables", lambda *_: None)
    second = build("2012", PUBLIC, AGES[1:], as_of=NEXT_YEAR).release.pk
    under18, under25 = cells(first, AGES[0])["Y_LT18"], cells(second, AGES[1])["Y_LT25"]
    assert (under18, under25) == (6, 9)


def late(town: Town) -> tuple[int | None, int | None]:
    """What a year and its next vintage show of a region, for which two persons came late, and ten of another."""
    several = [partner() for _ in range(6)]
    for region, count in (("DK01", 40), ("DK02", 20), ("DK03", 30)):
        town.enter(count, "2012-05", region=region, by=several)
    first = issue("2012", PUBLIC, ["region"])
    town.enter(2, "2012-05", region="DK02", by=several, minutes=70)
    town.enter(10, "2012-05", region="DK01", by=several, minutes=70)
    second = build("2012", PUBLIC, ["region"], as_of=at(90)).release.pk
    return cells(first, "region")["DK02"], cells(second, "region")["DK02"]


def test_a_few_who_came_late_are_not_told_of(town: Town) -> None:
    assert late(town) == (20, None)


def partner_that_was_late(town: Town) -> UUID:
    """A year and its next vintage, for which one organisation alone brought five women and fifty men."""
    several, late = [partner() for _ in range(4)], partner()
    for gender, count in (("F", 44), ("M", 40), ("X", 2)):
        town.enter(count, "2012-05", gender=gender, by=several)
    issue("2012", PUBLIC, ["gender"])
    for gender, count in (("F", 5), ("M", 50)):
        town.enter(count, "2012-05", gender=gender, by=[late], minutes=70)
    return late.pk


def least_and_most(late: UUID, monkeypatch: pytest.MonkeyPatch, *, blind: bool) -> tuple[int | None, int | None]:
    """How many of gender X the late organisation can think there are, when both vintages are out.

    `blind`: the build does not think of which of the changes an organisation knows.
    """
    plans: list[ReleasePlan] = []
    protect = building.protect

    def spy(plan: ReleasePlan) -> ProtectionResult:
        plans.append(plan)
        return protect(plan)

    with monkeypatch.context() as patch:
        patch.setattr(building, "protect", spy)
        if blind:
            patch.setattr(intruders, "records_known_in", lambda *_: frozenset())
        built = build("2012", PUBLIC, ["gender"], as_of=at(90))
    assert built.passed
    (plan,) = plans
    (block,) = plan.blocks
    view = IntruderKnowledge(plan, block, persons_known_by(plan, block)).views[f"partner:{late}"]
    shown = {**cells(built.release.pk, "gender"), **cells(built.release.pk, "")}
    listed = cells_of(block, plan.source)
    rows = [exact_constraint(cell, value) for cell in listed if (value := shown[cell.codes]) is not None]
    return interval(view, rows, next(cell.form for cell in listed if cell.codes == "X"))


def test_who_brought_the_late_records_learns_no_more_than_others(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    least, most = least_and_most(partner_that_was_late(town), monkeypatch, blind=False)
    assert least == 0
    assert most is not None
    assert most >= 5


def test_without_that_it_could_subtract_its_own(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    assert least_and_most(partner_that_was_late(town), monkeypatch, blind=True) == (2, 2)


def test_without_that_two_vintages_tell_of_them(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demands, "targets_of_revisions", lambda *_: ())
    assert late(town) == (20, 22)


def test_a_pool_counts_the_records_of_its_published_years(town: Town) -> None:
    """One who came late is in no year that is published, and a pool less its years would be that person's whole record."""
    several = [partner() for _ in range(6)]
    for year in ("2011", "2012"):
        town.enter(30, f"{year}-05", region="DK01", by=several)
        town.enter(20, f"{year}-05", region="DK02", by=several)
        issue(year, PUBLIC, ["region"])
    town.enter(1, "2012-05", region="DK02", by=several, minutes=70)
    assert cells(build("2011-2012", PUBLIC, ["region"], as_of=at(90)).release.pk, "region")["DK02"] == 40


def test_of_other_releases_only_public_ones_of_the_same_months_have_tables_that_a_rule_links() -> None:
    (rule,) = linking_rules({"age_band", "minor_when_exploited"})
    block: Any = SimpleNamespace(has=lambda table: True)
    new = a_release("2012", PUBLIC, ["age_band.age18"])
    for period, audience, linked in (("2012", PUBLIC, True), ("2013", PUBLIC, False), ("2011", PUBLIC, False)):
        other = a_release(period, audience, ["minor_when_exploited"])
        assert bool(list(tables_linked_by(rule, block, new, [other]))) == linked
    for_authorities = a_release("2012", AUTHORITY, ["minor_when_exploited"])
    assert list(tables_linked_by(rule, block, new, [for_authorities])) == []


def test_a_shown_cell_less_a_fact_within_it_leaves_a_few_persons() -> None:
    """Twenty women, of whom others have published that seventeen were exploited for labour: so three were not."""
    forms = ["LABOUR"] * 17 + ["SEXUAL"] * 3
    codes = [{"gender": "F", "exploitation": form} for form in forms]
    records = tuple(
        CountedRecord(UUID(int=number), date(2012, 5, 1), tuple(each.get(name, "_U") for name in NAMES))
        for number, each in enumerate(codes)
    )
    sides = (("gender", frozenset({"F"})), ("exploitation", frozenset({"LABOUR"})))
    fact, span = Fact("labour", 2012, 2012, sides, 17, 17, ""), (date(2012, 1, 1), date(2012, 12, 1))
    source = replace(a_release("2012", PUBLIC, ["gender"]), records=records)
    (block,) = make_blocks([source], [fact], make_timeline([source], records, span), span)
    every = cells_of(block, source)
    assert "2012.p1;gender=F less labour" in remainders_of_facts(block, source, every, ())
    assert remainders_of_facts(block, source, every, {cell.id for cell in every}) == []


def a_release(period: str, audience: str, tables: list[str]) -> ReleaseSource:
    """A release of nobody."""
    return ReleaseSource(f"{period}.p1", audience, period_of(period), at(0), Choice.of(tables), (), {}, {})
