"""The rows of GLOTIP as typed in: each row of the collection is a figure, follows from a wider one, or is left out for a reason."""

from __future__ import annotations

import csv
import os
from collections.abc import Container, Iterable
from pathlib import Path

import pytest

from cases.codelists import CITIZENSHIP
from cases.dictionary import REFERRAL, coded_fields
from stats import published
from stats.published import EVERY_FIGURE, GLOTIP_FIGURES, Figure, FigureKind, FigureUnit
from stats.reading import external
from tests.cases.collected import GLOTIP_OMISSIONS, MOST_OF_FEW

FILE = Path(os.environ.get("HENVIS_REFERENCE_DATA", "../shared/data")) / "unodc" / "glotip_dnk.csv"
# The years of which its rows are typed in.
YEARS = range(2015, 2023)
FIELDS = {field.name: field for field in coded_fields(REFERRAL)}
AGES = {"0 to 17 years": "Y_LT18", "18 years or over": "Y_GE18"}
SEXES = {"Female": "F", "Male": "M", "Other": "X"}
FORMS = {"Sexual exploitation": "SEXUAL", "Forced labour": "LABOUR"}
# How the collection names countries where it does not use our name: later ones are mostly demonyms, as they are spelt there.
COUNTRIES = {
    name: code
    for code, names in {
        "AF": "Afghani", "AL": "Abania/Albanians", "DZ": "Algerians", "BA": "Bosnia", "BR": "Brazilian", "BG": "Bulgarian",
        "KH": "Cambodian", "CM": "Cameroonian/Cameroun", "CN": "Chinese", "CO": "Colombian/Columbia", "CD": "Congolese (DRC)",
        "DK": "Danish/Nationals", "DO": "Dominican Rep", "ER": "Eritrean", "PH": "Filippino", "GM": "Gambian", "GH": "Ghanean",
        "GN": "Guinean", "HU": "Hungarians", "IN": "Indian", "KE": "Kenyan", "KG": "Kyrgysi", "LB": "Libanon", "LT": "Lithuanian",
        "MY": "Malaysian", "MA": "Moroccan", "NG": "Nigerians", "PK": "Pakistani", "PY": "Paraguayian", "PL": "Poles",
        "RO": "Romanian", "RU": "Russian", "RS": "Serbians", "SO": "Somali", "ES": "Spanish", "SD": "Sudanese",
        "TH": "Thai", "MK": "The former Yugoslav Republic of Macedonia", "TZ": "Tanzanian/Tanzania", "UG": "Ugandean",
        "UA": "Ukraineans", "US": "USA", "VE": "Venezuelan", "VN": "Vietnamese/Vietnam/Viet Nam", "MM": "Myanmar", "ZM": "Zambian",
    }.items()
    for name in names.split("/")
}  # fmt: skip

BY_NAME = {code.label.en: code.code for code in CITIZENSHIP.codes}


# What the collection has beside persons detected, and why none of it is in a series of ours.
OTHER_INDICATORS = {
    "Offences of trafficking in persons": "counts offences, not persons",
    "Persons brought into formal contact": "counts suspects, of whom partners report sums by a form",
    "Persons prosecuted": "counts defendants, of whom partners report sums by a form",
    "Persons convicted": "counts defendants, of whom partners report sums by a form",
}


def rows(years: Container[int] = YEARS) -> list[dict[str, str]]:
    """The collected rows of persons detected in these years, or a skip where they are not at hand."""
    if not FILE.exists():
        pytest.skip(f"{FILE} is not here: set HENVIS_REFERENCE_DATA")
    with FILE.open(encoding="utf-8-sig", newline="") as lines:
        found = list(csv.DictReader(lines))
    return [row for row in found if row["Indicator"] == "Detected trafficking victims" and int(row["Year"]) in years]


def path(row: dict[str, str]) -> str:
    """A row's category, sex and age, as omissions name them."""
    return f"{row['Category']}/{row['Sex']}/{row['Age']}"


def omission(row: dict[str, str]) -> int | None:
    """The place of the omission of a row."""
    for n, one in enumerate(GLOTIP_OMISSIONS):
        if (one.year, one.table) == (int(row["Year"]), row["Dimension"]) and path(row).startswith(one.value):
            return n
    return None


def cell_of(row: dict[str, str]) -> dict[str, str]:
    """A row's cell in our codes. A label that is not known is an error."""
    cell = {}
    if row["Dimension"] == "by citizenship":
        cell["citizenship"] = COUNTRIES.get(row["Category"]) or BY_NAME[row["Category"]]
    if row["Dimension"] == "by form of exploitation":
        cell["exploitation"] = FORMS[row["Category"]]
    if row["Sex"] != "Total":
        cell["gender"] = SEXES[row["Sex"]]
    if row["Age"] != "Total":
        cell["age_band"] = AGES[row["Age"]]
    return cell


def limits(row: dict[str, str]) -> tuple[int, int]:
    """The least and the greatest number of persons that a row allows."""
    return (0, MOST_OF_FEW) if row["txtVALUE"] == "<5" else (int(row["txtVALUE"]),) * 2


def codes(figure: Figure) -> dict[str, tuple[str, ...]]:
    """The cell of a figure."""
    return dict(figure.cell)


def known(year: int) -> list[Figure]:
    """The settled figures of a year."""
    return [*published.of_year(year, FigureKind.FINAL, FigureKind.DERIVED)]


def implies(figure: Figure, cell: dict[str, str], least: int, most: int) -> bool:
    """Whether a row follows from a figure: of the same cell, or of a wider one that has no more persons."""
    given = codes(figure)
    if any(cell.get(name) is None or (cell[name],) != those for name, those in given.items()):
        return False
    same = len(given) == len(cell)
    return figure.greatest <= most and (least == 0 or (same and figure.count >= least))


@pytest.mark.reference
def test_every_row_is_a_figure_or_follows_from_one_or_is_left_out_for_a_reason() -> None:
    collected = rows()
    assert len(collected) == 345
    used = set()
    for row in collected:
        if (left := omission(row)) is not None:
            used.add(left)
            continue
        cell, (least, most) = cell_of(row), limits(row)
        assert any(implies(figure, cell, least, most) for figure in known(int(row["Year"]))), row
    assert used == set(range(len(GLOTIP_OMISSIONS))), "an omission of no row"


@pytest.mark.reference
def test_every_total_of_a_year_is_in_the_series_and_other_indicators_are_left_out_for_a_reason() -> None:
    series = {f.first: f.count for f in EVERY_FIGURE if f.first == f.last and not f.cell and is_settled(f)}
    totals = {
        int(row["Year"]): int(row["txtVALUE"])
        for row in rows(range(2000, 2030))
        if (row["Dimension"], path(row)) == ("Total", "Total/Total/Total")
    }
    assert [*totals] == [*range(2007, 2023)] and totals == {year: series[year] for year in totals}
    with FILE.open(encoding="utf-8-sig", newline="") as lines:
        indicators = {row["Indicator"] for row in csv.DictReader(lines)}
    assert indicators - {"Detected trafficking victims"} == OTHER_INDICATORS.keys() and all(OTHER_INDICATORS.values())


@pytest.mark.reference
def test_every_figure_is_a_row() -> None:
    printed = {
        (int(row["Year"]), *sorted(cell_of(row).items()), limits(row)) for row in rows() if omission(row) is None
    }
    for figure in GLOTIP_FIGURES:
        cell = sorted((name, code) for name, (code,) in figure.cell)
        assert (figure.first, *cell, (figure.count, figure.greatest)) in printed, figure


def test_figures_name_codes_once_and_say_what_they_are() -> None:
    cells = [(f.first, f.cell) for f in published.known_figures() if is_settled(f) and f.first == f.last]
    assert len(set(cells)) == len(cells)
    for figure in GLOTIP_FIGURES:
        assert figure.first == figure.last in YEARS
        assert (figure.count, figure.most) == (0, MOST_OF_FEW) or figure.most is None
        for name, those in figure.cell:
            levels = {code.code for level in FIELDS[name].codelist.levels for code in level.codes}
            assert set(those) <= {*FIELDS[name].codelist.names, *levels}
    assert all(one.reason for one in GLOTIP_OMISSIONS)


def is_settled(figure: Figure) -> bool:
    """Whether a figure is a fact."""
    return figure.measure == FigureUnit.IDENTIFIED and figure.kind != FigureKind.EARLY


def total_of(figures: Iterable[Figure]) -> tuple[int, int]:
    """The least and the greatest sum of some figures."""
    every = list(figures)
    return sum(f.count for f in every), sum(f.greatest for f in every)


def test_the_figures_of_a_year_are_possible_together() -> None:
    """The listed citizenships are no more than the year's persons; the parts of each sex no more than the sex."""
    for year in YEARS:
        whole = published.total(year)
        assert whole is not None
        least, most = total_of(f for f in known(year) if f.dimensions == ("citizenship",))
        assert least <= whole <= most + 6
        adults, minors = (
            total_of(
                f for f in known(year) if f.dimensions == ("gender", "age_band") and codes(f)["age_band"] == (age,)
            )
            for age in ("Y_GE18", "Y_LT18")
        )
        assert adults[0] + minors[0] <= whole


def test_the_years_that_wait_to_be_registered_are_named() -> None:
    assert published.years_unregistered(range(2021, 2025), 2024) == {"GLOTIP": (2023,), "crim_thb": (2021, 2022, 2023)}
    assert published.years_unregistered([2024], 2024) == published.years_unregistered([2007, 2002], 2001) == {}
    assert published.years_unregistered([2002, 2003], 2010) == {"GLOTIP": (2003,)}


def test_they_are_no_external_figures() -> None:
    """An answer would give an interval as a number, and one cell two figures."""
    assert not set(GLOTIP_FIGURES) & set(EVERY_FIGURE)
    told = [figure for release in external.releases() for figure in release.provenance.figures]
    assert told and all(figure.most is None for figure in told)
