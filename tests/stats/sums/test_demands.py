"""What the rules of sums demand, at the numbers at which they begin and end; and for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

import pytest

from cases.services.shapes import CountUnit
from partners.kinds import Kind
from stats.protection.suppress.primary import FEWEST_OTHERS, PARTNER, PrimaryRule
from stats.protection.views import Target
from stats.sums.blocks import SumBlock
from stats.sums.datasets import SUM_DATASETS
from stats.sums.leaves import CountLeaf, leaves_of
from stats.sums.rules import CELLS, RECURRING, floors_of
from stats.sums.sources import contributors_of
from stats.sums.views import HIDDEN, REVISED, SumDemands, SumPlan, find_demands
from tests.stats.sums.worlds import JUNE, MEASURES, NGOS, Lines, World, dataset, town

EVERYWHERE: dict[tuple[str, str], tuple[int, int, int]] = {("P2", "W1"): (40, 0, 0), ("P3", "W3"): (50, 0, 0)}


def demands_of(plan: SumPlan, *names: str) -> SumDemands:
    """What the rules demand in the block over some dimensions."""
    block = SumBlock(plan.dataset, plan.sources, names)
    return find_demands(block, plan.contributors, floors_of(block, plan.contributors))


def by_rule(demands: SumDemands, rule: str) -> list[Target]:
    """The targets of a rule."""
    return [target for target in demands.targets if target.reason == rule]


def met(first: Mapping[str, int], second: Mapping[str, int]) -> World:
    """Contacts in P1 by the way in which two organisations met them; and many elsewhere."""
    reports = {
        who: {("P1", way): (number, 0, 0) for way, number in own.items()} | EVERYWHERE
        for who, own in zip(NGOS, (first, second, {}), strict=True)
    }
    return World(reports, dataset(CountUnit.CONTACT))


@pytest.mark.parametrize(
    ("first", "second", "is_hidden"),
    [
        ({"W1": 4, "W2": 4}, {"W1": 4}, True),
        ({"W1": 5}, {"W1": 4}, False),
        ({"W1": 3}, {"W1": 3}, True),
    ],
)
def test_five_at_once_are_five_persons_and_four_are_not(
    first: Mapping[str, int], second: Mapping[str, int], is_hidden: bool
) -> None:
    release = met(first, second).protect()
    assert release.passed
    why = release.report["primaries"].get("2024.p1;quantity=met;place=P1", [])
    assert (RECURRING in why) == is_hidden


def test_who_met_some_of_them_is_left_in_doubt_of_the_others_too() -> None:
    found = by_rule(demands_of(met({"W1": 4}, {"W1": 3}).plan(), "place"), RECURRING)
    assert {(target.view, target.width) for target in found} == {
        (CELLS, FEWEST_OTHERS),
        *((f"{PARTNER}{who}", 1) for who in NGOS[:2]),
    }


@pytest.mark.parametrize(("more", "is_hidden"), [((2, 2), True), ((2, 3), False)])
def test_four_that_two_organisations_added_are_few_and_five_are_not(more: tuple[int, int], is_hidden: bool) -> None:
    report: Lines = {("P1", "W1"): (30, 0, 0), ("P2", "W2"): (40, 0, 0), ("P3", "W3"): (50, 0, 0)}
    was = World(dict.fromkeys(NGOS, report))
    first = replace(was.source(), shown=was.protect().shown)
    late = {who: {**report, ("P1", "W1"): (30 + by, 0, 0)} for who, by in zip(NGOS, more, strict=False)}
    now = replace(was, reports={**was.reports, **late})
    why = demands_of(now.plan(first), "place").primaries.get("2024.p2;quantity=met;place=P1", frozenset())
    assert (REVISED in why) == is_hidden


def test_few_that_came_are_hidden_from_each_vintage_that_shows_the_sum() -> None:
    report: Lines = {("P1", "W1"): (30, 0, 0), ("P2", "W2"): (40, 0, 0), ("P3", "W3"): (50, 0, 0)}
    was = World(dict.fromkeys(NGOS, report))
    vintages = [replace(was.source(name), shown=was.protect().shown) for name in ("2024.p1", "2024.p2")]
    now = replace(was, reports={**was.reports, NGOS[0]: {**report, ("P1", "W1"): (32, 0, 0)}})
    demands = demands_of(now.plan(*vintages), "place")
    names = {each.id.rpartition("|")[2] for each in demands.targets if each.reason == REVISED}
    assert names == {"2024.p1", "2024.p2"}


def test_what_a_release_hid_has_two_values_for_ever() -> None:
    world = town(4)
    first = replace(world.source(), shown=world.protect().shown)
    plan = world.plan(first)
    block = SumBlock(plan.dataset, plan.sources, ("place",))
    hidden = {cell.id for cell in block.cells(first) if cell.place not in first.shown}
    assert hidden
    found = by_rule(demands_of(plan, "place"), HIDDEN)
    assert {(target.id, target.view, target.width) for target in found} == {(name, CELLS, 1) for name in hidden}


@dataclass(frozen=True)
class SentWorld(World):
    """A world in which reports were sent by others (by the reporter)."""

    senders: Mapping[UUID, UUID] = field(default_factory=dict)

    @property
    def leaves(self) -> frozenset[CountLeaf]:
        """All of it as leaves."""
        return frozenset(
            leaf
            for who in self.reports
            for leaf in leaves_of(self.of, who, self.senders.get(who, who), JUNE, self.content(who))
        )


@pytest.mark.parametrize(("senders", "is_hidden"), [({}, False), ({NGOS[1]: NGOS[0]}, True)])
def test_who_sent_a_report_for_another_knows_it(senders: Mapping[UUID, UUID], is_hidden: bool) -> None:
    """Of fifteen the first reported ten. Who also sent the three of the second knows that two are left."""
    numbers = zip(NGOS, (10, 3, 2), strict=True)
    world = SentWorld({who: {("P1", "W1"): (n, 0, 0)} | EVERYWHERE for who, n in numbers}, senders=senders)
    primaries = demands_of(world.plan(), "place").primaries
    assert (PrimaryRule.COALITION in primaries.get("2024.p1;quantity=met;place=P1", ())) == is_hidden


@pytest.mark.parametrize(
    ("channels", "callers", "is_hidden"),
    [((), ("POLICE",), False), (("PHONE", "MAIL"), ("POLICE",), False), ((), ("POLICE", "NGO"), True)],
)
def test_what_a_form_asks_besides_makes_five_calls_no_fewer_persons(
    channels: tuple[str, ...], callers: tuple[str, ...], is_hidden: bool
) -> None:
    """Six calls of one caller, subject, language and time are six; three of each of two callers may be of three persons."""
    of = SUM_DATASETS["hotline.calls"]
    line = {"subject": "SUSPICION", "language": "DA", "time": "OFFICE"}
    parts = [{"caller": caller, "channel": channel} for caller in callers for channel in channels or (None,)]
    lines = [{**line, **part, "calls": 6 // len(parts)} for part in parts]
    leaves = frozenset(leaves_of(of, NGOS[0], NGOS[0], JUNE, {"calls": lines}))
    source = replace(town(0).source(tables=((),)), leaves=leaves)
    contributors = contributors_of({NGOS[0]: Kind.CENTRE})
    plan = replace(town(0).plan(), dataset=of, source=source, contributors=contributors)
    assert (RECURRING in demands_of(plan).primaries.get("2024.p1;quantity=calls", ())) == is_hidden


def test_a_group_of_whom_the_gender_is_not_known_is_no_group() -> None:
    """Eighteen men of one form of exploitation are a group. Those of whom the gender is not known are nobody in particular."""
    of = SUM_DATASETS["justice.suspects"]
    names = ("gender", "exploitation")
    form = next(code for code in of.codes["exploitation"] if not code.startswith("_"))
    other = next(code for code in of.codes["exploitation"] if not code.startswith("_") and code != form)
    others = {name: codes[0] for name, codes in of.codes.items() if name not in names}
    groups = [("M", form, 6), ("_U", form, 6), ("F", form, 30), ("F", other, 30)]
    lines = [{**others, "gender": gender, "exploitation": code, "suspects": n} for gender, code, n in groups]
    leaves = frozenset(leaf for who in NGOS for leaf in leaves_of(of, who, who, JUNE, {"suspects": lines}))
    source = replace(town(0).source(tables=((), *((name,) for name in names), names)), leaves=leaves)
    plan = replace(
        town(0).plan(), dataset=of, source=source, contributors=contributors_of(dict.fromkeys(NGOS, Kind.NGO))
    )
    hit = {name for name, why in demands_of(plan, *names).primaries.items() if PrimaryRule.GROUP in why}
    assert [name for name in hit if f"exploitation={form}" in name and "gender=M" in name]
    assert not any("_U" in name for name in hit)


def test_the_certificate_knows_each_measure_by_itself() -> None:
    """That a part is at most its whole is no part of it: it would tell where somebody reported a part without its whole."""
    release = town(1).protect()
    assert [block["dimensions"][1]["atoms"] for block in release.certificate["blocks"]] == [tuple(sorted(MEASURES))] * 2
