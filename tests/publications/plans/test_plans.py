"""The table of plans: five, four and three areas, and ministries whose names hold from a day."""

from __future__ import annotations

from publications.plans.plans import MINISTRIES, PLANS, ministries_of, plan_in


def test_the_plans_have_five_four_and_three_areas() -> None:
    assert {each.id: len(each.areas) for each in PLANS.values()} == {"2022-2025": 3, "2019-2021": 4, "2015-2018": 5}
    assert {each.id: each.budget and str(each.budget) for each in PLANS.values()} == {
        "2022-2025": "118.2",
        "2019-2021": "63",
        "2015-2018": "108.35",
    }


def test_every_year_has_one_plan_or_none() -> None:
    ids = {year: plan.id for year in range(2010, 2030) if (plan := plan_in(year))}
    assert [*ids] == [*range(2015, 2026)]
    assert (ids[2018], ids[2019], ids[2021], ids[2022]) == ("2015-2018", "2019-2021", "2019-2021", "2022-2025")


def test_what_is_typed_in_has_its_source_and_says_what_is_missing() -> None:
    for plan in PLANS.values():
        assert plan.sources
        assert all(source.address.startswith("https://") for source in plan.sources)
        assert plan.budget is not None or any(plan.remark)
        assert any(plan.remark) or all(area.initiatives for area in plan.areas)
        ids = [name for area in plan.areas for name in (area.id, *(each.id for each in area.initiatives))]
        assert len(set(ids)) == len(ids)
    assert all(each.source.startswith("https://") for each in MINISTRIES if each.source)
    assert all(each.source for each in MINISTRIES if each.is_official)
    official = [each.label.en for each in MINISTRIES if each.is_official]
    assert official == ["Ministry of Digital Government and Gender Equality"]


def test_a_name_holds_from_a_day() -> None:
    days = [each.since for each in MINISTRIES]
    assert days == sorted(days)
    assert len(set(days)) == len(days)
    # Four times and more since 2018.
    assert len([day for day in days if day.year > 2018]) >= 4
    of_2019 = [each.label.da for each in ministries_of(PLANS["2019-2021"])]
    assert of_2019 == ["Udenrigsministeriet", "Miljø- og Fødevareministeriet", "Beskæftigelsesministeriet"]
