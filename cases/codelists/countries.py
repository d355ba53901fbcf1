"""Citizenship: the countries of ISO 3166-1, their names, and three roll-ups.

All of them stand in countries.json, which `tools.codechange.write_countries` writes (docs/code-lists.md). A test compares the
list with a digest of its version: its codes, its names in both languages, each country's continent, and its group in the EU in
every month of 1999-01 to 2025-01. Whoever changes any of these gives the list a new version.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from cases.codelists.common import STATELESS, code, code_list, notice, retire, stateless, unknown
from cases.codelists.types import UNKNOWN, Code, Level
from core.text import Text

FILE = Path(__file__).with_name("countries.json")

# Kosovo has no ISO 3166-1 code; XK is the user-assigned one that the EU's institutions use.
KOSOVO = "XK"
DENMARK = "DK"
# The countries of which five persons or more of one year have been published: victims detected in Denmark by citizenship, 2007 to
# 2022, in UNODC's data on trafficking in persons of 14 April 2025 (https://dataunodc.un.org/dp-trafficking-persons). The list is
# fixed: one that followed the counts would tell of each country whether it has reached a number (docs/code-lists.md).
MAIN = ("BR", "CN", DENMARK, "MA", "NG", "PH", "RO", "TH", "UG", "VN")

# Beside the EU: citizens of the EEA, Switzerland and the Nordic countries, Greenland and the Faroes among them, move freely.
FREE_MOVEMENT_OUTSIDE_EU = frozenset({"IS", "LI", "NO", "CH", "FO", "GL"})

_NEVER = date.max.isoformat()
_ROWS: dict[str, dict[str, str]] = json.loads(FILE.read_text(encoding="utf-8"))["countries"]
# First day of membership and first day after it.
EU_MEMBERSHIP = {
    country: (date.fromisoformat(row["eu_since"]), date.fromisoformat(row.get("eu_until", _NEVER)))
    for country, row in _ROWS.items()
    if "eu_since" in row
}


# ISO 3166-1 has codes of places without citizens. These are accepted until the last day, and offered to nobody.
CODES_TO_RETIRE = frozenset({"AQ", "BV"})
_LAST_DAY = date(2027, 6, 30)
_NOBODY = notice(
    "1.2",
    date(2026, 12, 1),
    "Antarktis og Bouvetøen er ingens statsborgerskab: koderne modtages til og med 30. juni 2027.",
    "Antarctica and Bouvet Island are nobody's citizenship: the codes are accepted until 30 June 2027.",
)

_CONTINENTS = (
    code("AFRICA", "Afrika", "Africa"),
    code("ASIA", "Asien", "Asia"),
    code("EUROPE", "Europa", "Europe"),
    code("NORTH_AMERICA", "Nordamerika", "North America"),
    code("SOUTH_AMERICA", "Sydamerika", "South America"),
    code("OCEANIA", "Oceanien", "Oceania"),
    code("ANTARCTICA", "Antarktis", "Antarctica"),
)


def _country_codes() -> Iterator[Code]:
    for country, row in _ROWS.items():
        maps = {} if country == KOSOVO else {"HTCDS": country}
        each = code(country, row["da"], row["en"], **maps)
        yield retire(each, _LAST_DAY, _NOBODY) if country in CODES_TO_RETIRE else each


def _continent(leaf: str, _month: date) -> str:
    return leaf if leaf in {STATELESS, UNKNOWN} else _ROWS[leaf]["continent"]


_DIVIDED = frozenset(_ROWS[country]["continent"] for country in MAIN)


def _main(leaf: str, month: date) -> str:
    continent = _continent(leaf, month)
    return leaf if leaf in MAIN else f"OTHER_{continent}" if continent in _DIVIDED else continent


def _main_codes() -> Iterator[Code]:
    """The main countries, and the others of each continent; a continent without a main country is the continent itself."""
    yield from (code(country, _ROWS[country]["da"], _ROWS[country]["en"]) for country in MAIN)
    for each in _CONTINENTS:
        da, en = each.label
        yield (
            code(f"OTHER_{each.code}", f"Øvrige lande i {da}", f"Other countries in {en}")
            if each.code in _DIVIDED
            else each
        )


def is_eu_member(country: str, month: date) -> bool:
    """Whether the country was a member of the EU in that month."""
    start, end = EU_MEMBERSHIP.get(country, (date.max, date.max))
    return start <= month < end


def _eu(leaf: str, month: date) -> str:
    if leaf in {STATELESS, UNKNOWN}:
        return leaf
    state = _ROWS[leaf].get("state", leaf)
    if state == DENMARK:
        return "NATIONAL"
    return "OTHER_EU" if is_eu_member(state, month) else "NON_EU"


CITIZENSHIP = code_list(
    "citizenship",
    "Statsborgerskab",
    "Citizenship",
    (*_country_codes(), stateless(), unknown()),
    Level(
        "continent",
        Text("Verdensdel", "Continent"),
        (*_CONTINENTS, stateless(), unknown()),
        _continent,
        axis_label=Text("Statsborgerskab (verdensdel)", "Citizenship (continent)"),
    ),
    Level(
        "eu",
        Text("Dansk, andet EU-land eller uden for EU", "Denmark, other EU country or non-EU"),
        (
            code("NATIONAL", "Dansk statsborger", "Danish citizen", EUROSTAT="reporting country"),
            code("OTHER_EU", "Borger i et andet EU-land", "Citizen of another EU country", EUROSTAT="other EU country"),
            code("NON_EU", "Borger i et land uden for EU", "Citizen of a non-EU country", EUROSTAT="non EU country"),
            stateless(),
            unknown(),
        ),
        _eu,
        dated=True,
        axis_label=Text(
            "Statsborgerskab (dansk, andet EU-land eller uden for EU)",
            "Citizenship (Danish, other EU country or non-EU)",
        ),
    ),
    Level(
        "main",
        Text("Hovedlande, øvrige efter verdensdel", "Main countries, others by continent"),
        (*_main_codes(), stateless(), unknown()),
        _main,
        since="1.1",
        axis_label=Text(
            "Statsborgerskab (hovedlande, øvrige efter verdensdel)", "Citizenship (main countries, others by continent)"
        ),
    ),
    version=_NOBODY.version,
)
