"""Citizenship: the countries of ISO 3166-1, their names, and two roll-ups.

All of them stand in countries.json, which `cases.codechange.write_countries` writes (docs/decisions/0004). A test compares the
list with a digest of its version: its codes, its names in both languages, each country's continent, and its group in the EU in
every month of 1999-01 to 2025-01. Whoever changes any of these gives the list a new version.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from cases.codelists.common import STATELESS, code, code_list, stateless, unknown
from cases.codelists.types import UNKNOWN, Code, Level
from partners.text import Text

FILE = Path(__file__).with_name("countries.json")

# Kosovo has no ISO 3166-1 code; XK is the user-assigned one that the EU's institutions use.
KOSOVO = "XK"
DENMARK = "DK"

_NEVER = date.max.isoformat()
_ROWS: dict[str, dict[str, str]] = json.loads(FILE.read_text(encoding="utf-8"))["countries"]
# First day of membership and first day after it.
EU_MEMBERSHIP = {
    country: (date.fromisoformat(row["eu_since"]), date.fromisoformat(row.get("eu_until", _NEVER)))
    for country, row in _ROWS.items()
    if "eu_since" in row
}


def _country_codes() -> Iterator[Code]:
    for country, row in _ROWS.items():
        maps = {} if country == KOSOVO else {"HTCDS": country}
        yield code(country, row["da"], row["en"], **maps)


def _continent(leaf: str, _month: date) -> str:
    return leaf if leaf in {STATELESS, UNKNOWN} else _ROWS[leaf]["continent"]


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
        (
            code("AFRICA", "Afrika", "Africa"),
            code("ASIA", "Asien", "Asia"),
            code("EUROPE", "Europa", "Europe"),
            code("NORTH_AMERICA", "Nordamerika", "North America"),
            code("SOUTH_AMERICA", "Sydamerika", "South America"),
            code("OCEANIA", "Oceanien", "Oceania"),
            code("ANTARCTICA", "Antarktis", "Antarctica"),
            stateless(),
            unknown(),
        ),
        _continent,
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
    ),
)
