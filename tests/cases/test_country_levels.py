"""Countries roll up to the EU as it was in the month, and to continents, and have the names that people know."""

from __future__ import annotations

from datetime import date

import pytest

from cases import codelists
from cases.codelists.countries import EU_MEMBERSHIP
from core.text import Text
from tests.cases.test_codelists import level_of

FIRST = date(2000, 1, 1)


@pytest.mark.parametrize(
    ("country", "month", "group"),
    [
        ("DK", date(2000, 1, 1), "NATIONAL"),
        ("DK", date(2026, 1, 1), "NATIONAL"),
        ("GL", date(2026, 1, 1), "NATIONAL"),
        ("GB", date(2020, 1, 1), "OTHER_EU"),
        ("GB", date(2020, 2, 1), "NON_EU"),
        ("HR", date(2013, 6, 1), "NON_EU"),
        ("HR", date(2013, 7, 1), "OTHER_EU"),
        ("PL", date(2004, 4, 1), "NON_EU"),
        ("PL", date(2004, 5, 1), "OTHER_EU"),
        ("RO", date(2006, 12, 1), "NON_EU"),
        ("RO", date(2007, 1, 1), "OTHER_EU"),
        ("RE", date(2026, 1, 1), "OTHER_EU"),
        ("NO", date(2026, 1, 1), "NON_EU"),
        ("XK", date(2026, 1, 1), "NON_EU"),
        ("_STATELESS", date(2026, 1, 1), "_STATELESS"),
        ("_U", date(2026, 1, 1), "_U"),
    ],
)
def test_eu_membership_by_date(country: str, month: date, group: str) -> None:
    assert level_of(codelists.CITIZENSHIP, "eu").parent_of(country, month) == group


def test_number_of_member_states() -> None:
    def members(month: date) -> int:
        return sum(start <= month < end for start, end in EU_MEMBERSHIP.values())

    assert [members(date(year, 12, 1)) for year in (1958, 1973, 1986, 1995, 2004, 2007, 2013, 2020)] == [
        6, 9, 12, 15, 25, 27, 28, 27,
    ]  # fmt: skip
    assert set(EU_MEMBERSHIP) <= set(codelists.CITIZENSHIP.by_code)


def test_continents_and_names_of_countries() -> None:
    continent = level_of(codelists.CITIZENSHIP, "continent").parent_of
    found = {country: continent(country, FIRST) for country in ("NG", "TH", "RO", "US", "BR", "XK", "NA")}
    assert found == {
        "NG": "AFRICA",
        "TH": "ASIA",
        "RO": "EUROPE",
        "US": "NORTH_AMERICA",
        "BR": "SOUTH_AMERICA",
        "XK": "EUROPE",
        "NA": "AFRICA",
    }
    assert codelists.CITIZENSHIP.by_code["RO"].label == Text("Rumænien", "Romania")
