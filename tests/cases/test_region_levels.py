"""Regions: the areas that are reported stay, and a level has the regions as they are in each month."""

from __future__ import annotations

from datetime import date

import pytest

from cases.codelists import CODELISTS, REGION
from cases.codelists.common import code, notice, retire
from cases.codelists.types import CodeList, Level
from cases.dimensions import PERSONS
from core.text import Text
from stats.counting.snapshot import leaves
from stats.periods import Period
from stats.publishing.proposals import fineness, rolls_up
from tests.callers import Browser
from tests.cases.test_codelists import level_of
from tools.codechange.check import objections

DECEMBER, JANUARY = date(2026, 12, 1), date(2027, 1, 1)


@pytest.mark.parametrize(
    ("area", "before", "after"),
    [
        ("DK01", "HOVEDSTADEN", "OESTDANMARK"),
        ("DK02", "SJAELLAND", "OESTDANMARK"),
        ("DK03", "SYDDANMARK", "SYDDANMARK"),
        ("DK04", "MIDTJYLLAND", "MIDTJYLLAND"),
        ("DK05", "NORDJYLLAND", "NORDJYLLAND"),
        ("ABROAD", "ABROAD", "ABROAD"),
        ("_U", "_U", "_U"),
    ],
)
def test_an_area_is_of_the_region_that_there_is_in_the_month(area: str, before: str, after: str) -> None:
    region_of = level_of(REGION, "administrative").parent_of
    assert (region_of(area, DECEMBER), region_of(area, JANUARY)) == (before, after)
    assert REGION.by_code[area].is_valid_on(JANUARY)


def test_a_record_counts_in_the_region_of_its_month() -> None:
    pool = Period.parse("2026-2027")
    assert pool is not None
    dimension = PERSONS.by_name["region"]
    place = [axis.id for axis in dimension.axes].index("region.administrative")
    of_areas = {
        (leaf.codes[0], leaf.first, leaf.codes[place])
        for leaf in leaves(dimension, pool)
        if leaf.codes[0] in {"DK01", "DK04"}
    }
    assert of_areas == {
        ("DK01", date(2026, 1, 1), "HOVEDSTADEN"),
        ("DK01", JANUARY, "OESTDANMARK"),
        ("DK04", date(2026, 1, 1), "MIDTJYLLAND"),
    }


def test_a_table_of_regions_is_proposed_once_they_are_other_than_the_areas() -> None:
    areas, regions, countries = (PERSONS.axes[name] for name in ("region", "region.administrative", "region.country"))
    found = {
        text: rolls_up(regions, period)
        for text in ("2025", "2026", "2027", "2026-2027")
        if (period := Period.parse(text))
    }
    assert found == {"2025": False, "2026": False, "2027": True, "2026-2027": True}
    assert fineness(areas) > fineness(regions) > fineness(countries)


def test_the_change_is_announced_and_its_codes_have_their_days(db: None) -> None:
    changes = Browser().get("/api/v1/codelists/changes?since=2026-12-02").json()["items"]
    announced = {each["code"]: each for each in changes if each["codelist"] == "region"}
    assert {code: (each["kind"], each["valid_from"], each["valid_to"]) for code, each in announced.items()} == {
        "HOVEDSTADEN": ("retired", None, "2026-12-31"),
        "SJAELLAND": ("retired", None, "2026-12-31"),
        "OESTDANMARK": ("added", "2027-01-01", None),
    }
    assert announced["HOVEDSTADEN"]["replaced_by"] == ["OESTDANMARK"]
    assert announced["OESTDANMARK"]["replaces"] == ["HOVEDSTADEN", "SJAELLAND"]
    assert "Region Østdanmark 1. januar 2027" in announced["OESTDANMARK"]["text"]["da"]
    listed = Browser().get("/api/v1/codelists/region").json()
    [dk01] = [each for each in listed["codes"] if each["code"] == "DK01"]
    groups = [(each["code"], each["since"]) for each in dk01["groups"] if each["level"] == "administrative"]
    assert groups == [("HOVEDSTADEN", None), ("OESTDANMARK", "2027-01")]


def test_a_code_of_a_level_that_is_retired_untold_or_for_nothing_is_objected_to() -> None:
    told = notice("1.0", date(2026, 1, 1), "Væk.", "Gone.")
    old = retire(code("OLD", "Før", "Before"), date(2026, 12, 31), told, "NEW")
    level = Level("x", Text("X", "X"), (old,), lambda _leaf, _month: "OLD")
    codelist = CodeList("made_up", Text("X", "X"), "1.0", (code("A", "A", "A"),), (level,))
    texts = [each.text for each in objections({**CODELISTS, "made_up": codelist}, {})]
    assert texts == ["its successor NEW is no code of x"]
