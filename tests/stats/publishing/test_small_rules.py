"""What each part of a release's protection is for: a town of persons in which it alone makes the difference."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from stats.protection.suppress.primary import FEWEST_OTHERS
from stats.protection.verify.certificate import check_certificate
from stats.protection.views import Constraint, Target
from stats.publishing import published_bounds
from stats.publishing.cells import Cell, Symbols, TableBounds, cells_of
from stats.publishing.demands import REVISED, find_demands, relax_demands
from stats.publishing.gate import MethodGate
from stats.publishing.intruders import CELLS, EVERYBODY, IntruderKnowledge
from stats.publishing.planning import ReleasePlan
from stats.publishing.suppression import hide_cells
from tests.stats.publishing.telling import Codes, Groups, planned, protect
from tests.stats.publishing.test_demands import AXES, YEAR, demands_of, year_and

REGIONS = Groups(("region",), {("DK01",): 12, ("DK02",): 3, ("DK03",): 40, ("DK04",): 6}, {})
AGE, WHEN = "age_band.age18", "minor_when_exploited"
T = 5


def of_regions() -> tuple[ReleasePlan, Cell]:
    """The plan of a year by region, and a region of twelve."""
    plan = planned([REGIONS], "2023", REGIONS.axes)
    (block,) = plan.blocks
    return plan, next(cell for cell in cells_of(block, plan.source) if cell.codes == "DK01")


def test_a_symbol_bars_a_target_under_its_lower_end() -> None:
    """A cell of twelve is told to have ten at least. If it has to be able to have nine, the table needs a wider symbol."""
    plan, cell = of_regions()
    symbols = Symbols.narrowest(T, cells_of(plan.blocks[0], plan.source))
    for low, end in ((9, 14), (10, 9)):
        target = Target("low", CELLS, cell.form, low, None, 0)
        assert symbols.with_room([cell], [target]).of("region") == end


def test_a_release_does_not_pass_where_an_interval_has_one_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """The audit asks block by block. Blocks that tell of one cell may determine it together."""
    plan, _ = of_regions()
    passed, _ = protect(plan)
    assert passed.passed and passed.certificate
    true: Callable[..., tuple[TableBounds, ...]] = published_bounds.bounds_of_tables

    def determined(*given: object) -> tuple[TableBounds, ...]:
        return tuple(replace(each, intervals={**each.intervals, "DK02": (3, 3)}) for each in true(*given))

    monkeypatch.setattr(published_bounds, "bounds_of_tables", determined)
    failed, _ = protect(plan)
    assert not failed.passed
    assert failed.certificate == {}


def test_nobody_can_tell_how_many_break_a_rule() -> None:
    """One person breaks it. A reader may think of so many, and of a threshold more."""
    people: dict[Codes, int] = {("Y_LT18", "YES"): 30, ("Y_GE18", "NO"): 40, ("Y_LT18", "NO"): 1}
    plan = planned([Groups((AGE, WHEN), people, {})], "2023", [AGE, WHEN])
    block = next(each for each in plan.blocks if each.rules)
    assert [count for _, count in block.rare] == [1] * len(block.rare) and block.rare
    rows = {row.source: row.high for row in IntruderKnowledge(plan, block, {}).impossible}
    assert {rows[box.id] for box, _ in block.rare} == {1 + T}


def test_what_cells_alone_must_leave_is_not_given_up_for_a_fact() -> None:
    """A fact tells a small cell. To who knows the fact it is lost, and to who reads the cells alone it is as safe as any."""
    plan, _ = of_regions()
    (block,) = plan.blocks
    cell = next(each for each in cells_of(block, plan.source) if each.codes == "DK02")
    knowledge = IntruderKnowledge(plan, block, {})
    row = Constraint("yearbook", cell.form, 3, 3)
    vars(knowledge)["facts"] = (row,)
    wanted = find_demands(plan, block, {})
    failing = [target.id for target in wanted.targets if target.id.startswith(cell.id)]
    left, given_away = relax_demands(knowledge, wanted, failing)
    assert given_away == {cell.id}
    before, after = ({each.view: each for each in of.targets if each.id in failing} for of in (wanted, left))
    assert after[CELLS] == before[CELLS]
    assert after[EVERYBODY] != before[EVERYBODY]


def test_a_cell_that_few_changed_keeps_three_values() -> None:
    """Four came and two went: that nothing changed stays possible, and so do two numbers beside it."""
    later = {**YEAR.persons, ("DK02",): 33}
    plan, _ = year_and([replace(YEAR, persons=later)], "2023")
    widths = {target.width for target in demands_of(plan).targets if target.reason == REVISED}
    assert widths == {FEWEST_OTHERS}


def test_a_later_vintage_keeps_what_was_demanded_of_each_pair_before_it() -> None:
    """DK02 grew in the second vintage, which hides it; DK04 in the third, after two that show it."""
    grown, last = {**YEAR.persons, ("DK02",): 33}, {**YEAR.persons, ("DK02",): 34, ("DK04",): YEAR.persons["DK04",] + 2}
    second, first = year_and([replace(YEAR, persons=grown)], "2023")
    _, hiding = protect(second)
    hiding = replace(hiding, id="2023.p0b")
    assert "DK02" in hiding.hidden["region"] and "DK04" in hiding.shown["region"]
    third = planned([replace(YEAR, persons=last)], "2023", AXES, [first, hiding])
    pairs = {
        (name.partition("|")[0].partition(";")[::2], name.rpartition("|")[2])
        for name in (each.id for each in demands_of(third).targets if each.reason == REVISED)
    }
    assert pairs == {
        (("2023.p0b", "region=DK02"), "2023.p0"),
        (("2023.p1", "region=DK02"), "2023.p0"),
        (("2023.p1", "region=DK04"), "2023.p0"),
        (("2023.p1", "region=DK04"), "2023.p0b"),
    }


def test_the_gate_asks_whether_the_symbols_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """With other symbols the same cells print another release."""
    plan, _ = of_regions()
    (block,) = plan.blocks
    cells = cells_of(block, plan.source)
    choice = hide_cells(plan, block, cells, find_demands(plan, block, {}), {}, frozenset())
    gate = MethodGate(plan, block, {}, choice, frozenset(), for_partners=False)
    assert gate.is_hidden_alike(block.counts)
    wider = choice.symbols.wider({"region"})
    assert wider is not None
    assert not replace(gate, choice=replace(choice, symbols=wider)).is_hidden_alike(block.counts)


def test_what_is_told_heeds_in_which_months_a_country_was_of_the_union() -> None:
    """In 2023 nobody is British and of the Union. So a pool narrows how many were Romanians in 2023, and two worlds prove it."""
    axes, tables = ("citizenship",), ["citizenship", "citizenship.eu"]
    former = {"GB": 12, "FR": 6, "RO": 3, "NG": 3, "DK": 30}
    latter = {"GB": 3, "FR": 2, "RO": 20, "NG": 20, "DK": 30}
    years = [
        Groups(axes, {(code,): count for code, count in each.items()}, {}, year=year)
        for year, each in ((2019, former), (2023, latter))
    ]
    _, year_published = protect(planned(years[1:], "2023", tables))
    pool, _ = protect(planned(years, "2019-2023", tables, [year_published]))
    (told_of_year,) = (each.intervals for each in pool.bounds if (each.of, each.axes) == ("2023.p1", "citizenship"))
    assert (year_published.intervals["citizenship"]["RO"], told_of_year["RO"]) == ((13, 22), (14, 22))
    entries = [entry for block in pool.certificate["blocks"] for entry in block["told"]]
    assert {(each["low"], each["high"]) for each in entries if each["id"] == "2023.p1;citizenship=RO"} == {(14, 22)}
    assert all(each["exact"] for each in entries)
    assert all(check.passed for check in check_certificate(json.loads(json.dumps(pool.certificate))))
