"""Facts of single codes that nothing tells apart are taken together, and nobody's bounds of any cell become wider or narrower."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from stats.protection.audit.intervals import Interval, intervals
from stats.published import Figure
from stats.published.sources import cell
from stats.publishing import facts
from stats.publishing.cells import cells_of, exact_constraint
from stats.publishing.choice import PROTECTED
from stats.publishing.facts import Fact
from stats.publishing.insiders import Insiders
from stats.publishing.intruders import IntruderKnowledge, persons_known_by
from stats.publishing.links import join_facts
from stats.publishing.planning import ReleasePlan
from stats.publishing.sources import NAMES, CountedRecord
from tests.attacks.test_years import plan, year

SPAN = (date(2023, 1, 1), date(2023, 12, 1))
CONTINENT, COUNTRY, FORM = (
    PROTECTED.axes[name] for name in ("citizenship.continent", "citizenship", "exploitation.form")
)
WHO = UUID(int=5)


def of(count: int, most: int | None = None, year: int = 2023, **codes: str | tuple[str, ...]) -> Fact:
    """A figure as a fact."""
    return facts.fact_of(Figure(year, year, cell(**codes), count, "https://example.org", most=most))


def brief(joined: Sequence[Fact]) -> set[tuple[str, int, int | None]]:
    """Facts by what they say."""
    return {(fact.id, fact.low, fact.high) for fact in joined}


def test_countries_of_a_continent_are_one_fact_and_greatest_numbers_alone_are_none() -> None:
    told = [of(16, citizenship="NG"), of(6, citizenship="MA"), of(0, 4, citizenship="GH"), of(13, citizenship="RO")]
    joined = join_facts(told, [CONTINENT], (), SPAN)
    assert brief(joined) == {("2023;citizenship=NG+2023;citizenship=MA", 22, 22), ("2023;citizenship=RO", 13, 13)}
    (africa,) = (fact for fact in joined if fact.low == 22)
    assert africa.sides == (("citizenship", frozenset({"NG", "MA"})),)


def test_where_a_table_has_the_countries_nothing_is_joined() -> None:
    told = [of(16, citizenship="NG"), of(6, citizenship="MA"), of(0, 4, citizenship="GH")]
    assert brief(join_facts(told, [CONTINENT, COUNTRY], (), SPAN)) == brief(told)


def test_a_code_that_another_fact_of_the_year_tells_apart_stays_by_itself() -> None:
    women = of(9, citizenship="NG", gender="F")
    told = [of(16, citizenship="NG"), of(6, citizenship="MA"), of(5, citizenship="GH")]
    alone = {("2023;citizenship=NG", 16, 16), ("2023;citizenship=MA+2023;citizenship=GH", 11, 11)}
    assert brief(join_facts([*told, women], [CONTINENT], (), SPAN)) == alone | brief([women])
    before = replace(women, first=2022, last=2022)
    assert ("2023;citizenship=NG+2023;citizenship=MA+2023;citizenship=GH", 27, 27) in brief(
        join_facts([*told, before], [CONTINENT], (), SPAN)
    )


def test_facts_of_several_years_or_of_several_groups_of_codes_stay() -> None:
    pool = Fact("2022-2023;citizenship=NG", 2022, 2023, (("citizenship", frozenset({"NG"})),), 30, 30, "x")
    both = of(14, exploitation=("LABOUR", "CRIMINAL"))
    told = [of(16, citizenship="NG"), of(6, citizenship="MA"), pool, of(9, exploitation="LABOUR"), both]
    assert brief(join_facts(told, [CONTINENT, FORM], (), SPAN)) == brief(told)


def test_greatest_numbers_stay_where_every_code_has_one() -> None:
    everywhere = [
        of(0, 4, citizenship=code) for code in COUNTRY.names if CONTINENT.code_of(code, SPAN[0]) == "ANTARCTICA"
    ]
    assert everywhere
    assert brief(join_facts(everywhere, [CONTINENT], (), SPAN)) == brief(everywhere)


def told_of(people: Sequence[CountedRecord]) -> Iterator[Fact]:
    """The citizenships as UNODC prints them, and the women of one country."""
    at = NAMES.index("citizenship")
    counts = Counter(person.codes[at] for person in people if not person.codes[at].startswith("_"))
    yield from (
        of(count, citizenship=code) if count > 4 else of(0, 4, citizenship=code) for code, count in counts.items()
    )
    women = sum(person.codes[at] == "TH" and person.codes[NAMES.index("gender")] == "F" for person in people)
    yield of(women, citizenship="TH", gender="F")


def bounds(of_plan: ReleasePlan) -> dict[str, list[Interval]]:
    """By view, the interval of every cell by continent, beside the shown totals of forms."""
    (block,) = (each for each in of_plan.blocks if "citizenship" in each.names)
    knowledge = IntruderKnowledge(of_plan, block, persons_known_by(of_plan, block))
    cells = cells_of(block, of_plan.source)
    shown = [exact_constraint(each, each.count) for each in cells if all(axis is FORM for axis in each.table)]
    forms = [each.form for each in cells if any(axis is CONTINENT for axis in each.table)]
    return {name: intervals(view, shown, forms) for name, view in knowledge.views.items() if name != "cells"}


def test_what_was_computed_of_one_insider_is_not_taken_for_what_another_knows() -> None:
    """A block keeps the intervals of its views. Here an insider knows more persons than before, and then fewer again."""
    people = year(64)
    bare = replace(plan("2023", people, ["citizenship.continent"]), facts=tuple(told_of(people)))
    block = next(each for each in bare.blocks if "citizenship" in each.names)
    forms = [cell.form for cell in cells_of(block, bare.source)]
    for step in (3, 2, 3):
        known = frozenset(each.id for each in people[::step])
        knowing = replace(bare, insiders=Insiders({WHO: known}, {}, frozenset()))
        knowledge = IntruderKnowledge(knowing, block, {f"partner:{WHO}": block.own(known)})
        for name, view in knowledge.views.items():
            assert knowledge.intervals(name, forms) == intervals(view, (), forms)


@pytest.mark.parametrize("persons", [64, 97])
def test_nobody_knows_more_or_less_by_joint_facts(persons: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """An insider too, who knows every third person: of listed countries and of others."""
    people = year(persons)
    insiders = Insiders({WHO: frozenset(each.id for each in people[::3])}, {}, frozenset())
    bare = plan("2023", people, ["citizenship.continent,exploitation.form"])
    knowing = replace(bare, facts=tuple(told_of(people)), insiders=insiders)
    joined = bounds(knowing)
    monkeypatch.setattr("stats.publishing.links.join_facts", lambda told, axes, rules, span: tuple(told))
    assert joined == bounds(replace(knowing))
    assert f"partner:{WHO}" in joined
