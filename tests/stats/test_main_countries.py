"""Citizenship by main countries, the others by continent: what the level says, from which figures, and how it is read."""

from __future__ import annotations

import csv
import os
from datetime import date
from pathlib import Path

import pytest

from cases.codelists.countries import CITIZENSHIP, MAIN
from partners.models import Partner
from stats.counting.cube import Options
from tests.stats.records import partner
from tests.stats.test_read import ask, build, cells, refusal, submit

UNODC = Path(os.environ.get("HENVIS_REFERENCE_DATA", "../shared/data")) / "unodc" / "glotip_dnk.csv"
CONTINENT_LEVEL, _, MAIN_LEVEL = CITIZENSHIP.levels
MONTH = date(2023, 1, 1)


@pytest.fixture
def ngo(db: None) -> Partner:
    return partner()


@pytest.mark.parametrize(
    ("country", "main"),
    [
        ("NG", "NG"),
        ("GH", "OTHER_AFRICA"),
        ("LK", "OTHER_ASIA"),
        ("UA", "OTHER_EUROPE"),
        ("CO", "OTHER_SOUTH_AMERICA"),
        ("US", "NORTH_AMERICA"),
        ("GL", "NORTH_AMERICA"),
        ("NZ", "OCEANIA"),
        ("AQ", "ANTARCTICA"),
        ("_STATELESS", "_STATELESS"),
        ("_U", "_U"),
    ],
)
def test_a_country_is_a_main_one_or_among_the_others_of_its_continent(country: str, main: str) -> None:
    assert MAIN_LEVEL.parent_of(country, MONTH) == main


def test_main_countries_and_the_others_add_up_to_continents() -> None:
    continent, main = CONTINENT_LEVEL.parent_of, MAIN_LEVEL.parent_of
    of = {(main(leaf, MONTH), continent(leaf, MONTH)) for leaf in CITIZENSHIP.names}
    assert len(of) == len({name for name, _ in of}) == len(MAIN_LEVEL.codes)


# UNODC names the country until 2018, and its people since.
SPELT = {
    "Brazilian": "BR",
    "Chinese": "CN",
    "Danish": "DK",
    "Moroccan": "MA",
    "Morocco": "MA",
    "Nigeria": "NG",
    "Nigerians": "NG",
    "Philippines": "PH",
    "Romania": "RO",
    "Romanian": "RO",
    "Thai": "TH",
    "Thailand": "TH",
    "Uganda": "UG",
    "Vietnam": "VN",
    "Vietnamese": "VN",
}


@pytest.mark.skipif(not UNODC.exists(), reason="set HENVIS_REFERENCE_DATA")
def test_main_countries_are_those_of_which_five_persons_of_a_year_were_published() -> None:
    with UNODC.open(encoding="utf-8") as file:
        told = {
            row["Category"]
            for row in csv.DictReader(file)
            if row["Indicator"] == "Detected trafficking victims"
            and row["Dimension"] == "by citizenship"
            and row["txtVALUE"] != "<5"
        }
    assert {SPELT[name] for name in told} == set(MAIN)


def test_main_countries_stand_beside_the_others_of_their_continents(ngo: Partner) -> None:
    for country, count in (("NG", 2), ("GH", 1), ("KE", 3), ("RO", 4)):
        submit(ngo, "2023-03", count, citizenship=country)
    build("2023")
    assert cells(ask(by="citizenship.main", year="2023", totals="exclude")) == {
        ("2023", "NG"): 2,
        ("2023", "RO"): 4,
        ("2023", "OTHER_AFRICA"): 4,
    }
    assert cells(ask(citizenship="OTHER_AFRICA", year="2023")) == {("2023", "OTHER_AFRICA"): 4}


def test_a_release_counted_by_an_earlier_code_list_has_no_later_level(
    ngo: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(ngo, "2023-03", 4, citizenship="RO")
    with monkeypatch.context() as patch:
        patch.setattr(Options, "codelists", lambda self: {"citizenship": "1.0", "gender": "1.0", "region": "1.0"})
        build("2023", dimensions=["citizenship", "gender", "region"])
    levels = ("citizenship", "citizenship.continent", "citizenship.eu")
    assert refusal(by="citizenship.main", year="2023") == ("by", "table_not_offered", levels)
    field, code, codes = refusal(by="gender", citizenship="OTHER_AFRICA", year="2023")
    assert (field, code) == ("citizenship", "table_not_offered")
    assert {"RO", "EUROPE", "OTHER_EU"} < set(codes)
    assert "OTHER_AFRICA" not in codes
    assert cells(ask(by="citizenship.continent", year="2023", totals="exclude")) == {("2023", "EUROPE"): 4}
