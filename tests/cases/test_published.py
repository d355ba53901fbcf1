"""The published figures as typed in: codes that exist, and numbers that the collected file has too."""

from __future__ import annotations

import csv
import os
from collections import Counter
from pathlib import Path

import pytest

from cases import published
from cases.dictionary import ASSESSMENT, REFERRAL, coded
from cases.published import FIGURES, Cell, Figure, Kind, Measure

FIELDS = {field.name: field for field in coded((*REFERRAL, *ASSESSMENT))}
FOLDER = Path(os.environ.get("HENVIS_REFERENCE_DATA", "../shared/data")) / "cmm"
FILE = FOLDER / "cmm_published.csv"

# Tables of the file whose figures are final, and the three of which none may be missing.
MAIN_TABLES = {"identified_total", "by_gender", "by_exploitation"}
FINAL_TABLES = MAIN_TABLES | {
    "by_exploitation_gender",
    "by_age_group",
    "by_exploitation_age",
    "by_criminal_act",
    "by_labour_sector_gender",
    "by_nationality",
}
# The file's labels in our codes, by its dimension.
LABELS: dict[str, dict[str, str | tuple[str, ...]]] = {
    "gender": {"female": "F", "male": "M", "transgender": "X", "transgender_or_other": "X"},
    "exploitation": {
        "sexual_exploitation": "SEXUAL",
        "prostitution": "SEXUAL",
        "forced_labour": "LABOUR",
        "criminal_acts": "CRIMINAL",
        "slavery_like": "SLAVERY",
        "forced_labour_and_criminal_acts": ("LABOUR", "CRIMINAL"),
        "other": "_O",
        "not_registered": "_U",
        "undetermined": "_U",
        "other_or_undetermined": ("_O", "_U"),
        "other_than_sexual_or_labour": tuple(
            code for code in FIELDS["exploitation"].codelist.names if code not in {"SEXUAL", "LABOUR"}
        ),
    },
    "age_group": {"minor": "Y_LT18", "under_25": "Y_LT25", "adult": "Y_GE18"},
    "act": {
        "theft": "CRIMINAL_THEFT",
        "cannabis_production": "CRIMINAL_CANNABIS",
        "tax_vat_evasion": "CRIMINAL_FRAUD",
        "drug_sale_and_theft": "CRIMINAL_DRUGS",
    },
    "sector": {"construction": "LABOUR_F", "care_and_cleaning_private_home": ("LABOUR_CLEANING", "LABOUR_T")},
}
OUR_NAMES = {
    "age_group": "age_band",
    "act": "exploitation_detail",
    "sector": "exploitation_detail",
    "nationality": "citizenship",
}
Key = tuple[int, frozenset[tuple[str, tuple[str, ...]]], int]


def test_figures_name_codes_of_the_dictionary_or_of_its_levels() -> None:
    for figure in FIGURES:
        assert figure.first <= figure.last
        assert figure.count >= 0
        for name, codes in figure.cell:
            codelist = FIELDS[name].codelist
            known = set(codelist.names) | {code.code for level in codelist.levels for code in level.codes}
            assert codes and set(codes) <= known, figure


def test_every_figure_is_typed_once_and_has_a_source() -> None:
    seen = Counter((f.first, f.last, f.cell, f.kind, f.measure) for f in FIGURES)
    assert [key for key, times in seen.items() if times > 1] == []
    assert all(f.source.startswith("https://") or f.kind == Kind.DERIVED for f in FIGURES)


def test_totals() -> None:
    assert [published.total(year) for year in published.YEARS] == [93, 121, 98, 97, 64, 77, 80, 73, 112]
    assert [published.total(year, kind=Kind.EARLY) for year in (2019, 2020, 2021, 2022)] == [None, 64, 68, 72]
    assert published.total(2020, measure=Measure.ASSESSED) == 182
    assert published.total(2014) is None


def test_parts_that_are_all_published_add_up_to_the_total() -> None:
    for year, name in (
        (2017, "gender"),
        (2018, "gender"),
        (2019, "gender"),
        (2017, "exploitation"),
        (2019, "exploitation"),
    ):
        parts = [f.count for f in published.of_year(year, Kind.FINAL) if f.dimensions == (name,)]
        assert sum(parts) == published.total(year)


@pytest.mark.reference
def test_every_figure_stands_in_the_collected_file() -> None:
    rows = read()
    final = {key(row): row["source_url"] for row in rows if row["table"] in FINAL_TABLES and single(row)}
    derived = {key(row) for row in rows if row["table"] == "derived" and single(row)}
    early = {key(row): row["source_url"] for row in rows if row["table"] == "identified_total_preliminary_tip"}
    for figure in (f for f in FIGURES if f.measure == Measure.IDENTIFIED):
        match figure.kind:
            case Kind.FINAL:
                assert final[typed(figure)] == figure.source, figure
            case Kind.EARLY:
                assert early[typed(figure)] == figure.source, figure
            case Kind.DERIVED:
                assert typed(figure) in derived, figure


@pytest.mark.reference
def test_no_final_figure_of_2015_to_2023_is_missing() -> None:
    ours = {typed(f) for f in FIGURES if f.kind == Kind.FINAL and f.measure == Measure.IDENTIFIED}
    wanted = [
        row for row in read() if row["table"] in FINAL_TABLES and single(row) and int(row["year"]) in published.YEARS
    ]
    assert len([row for row in wanted if row["table"] in MAIN_TABLES]) == 43
    assert [row for row in wanted if key(row) not in ours] == []


@pytest.mark.reference
def test_other_measures_stand_in_the_collected_file() -> None:
    labels = {"persons_assessed_udredt": Measure.ASSESSED, "distinct_nationalities": Measure.CITIZENSHIPS}
    theirs = {
        (int(row["year"]), labels[row["value1"]], int(row["count"]), row["source_url"])
        for row in read()
        if row["value1"] in labels
    }
    assert {(f.first, f.measure, f.count, f.source) for f in FIGURES if f.measure != Measure.IDENTIFIED} == theirs


def read() -> list[dict[str, str]]:
    """The collected figures, or a skip where they are not at hand."""
    if not FILE.exists():
        pytest.skip(f"{FILE} is not here: set HENVIS_REFERENCE_DATA")
    with FILE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def single(row: dict[str, str]) -> bool:
    """Whether a row is of one year."""
    return "-" not in row["year"]


def key(row: dict[str, str]) -> Key:
    """Year, cell and count of a row in our codes. A label that is not known is an error."""
    pairs = [(row["dimension1"], row["value1"]), (row["dimension2"], row["value2"])]
    if row["dimension2"] == "gender_exploitation":
        gender, form = row["value2"].split("/")
        pairs[1:] = [("gender", gender), ("exploitation", form)]
    cell = [translated(name, label) for name, label in pairs if name not in {"", "status"}]
    return int(row["year"]), frozenset(cell), int(row["count"])


def translated(name: str, label: str) -> tuple[str, tuple[str, ...]]:
    """One dimension of a row in our codes."""
    code = label if name == "nationality" else LABELS[name][label]
    return OUR_NAMES.get(name, name), (code,) if isinstance(code, str) else code


def typed(figure: Figure) -> Key:
    """The key of a typed figure of one year."""
    assert figure.first == figure.last
    cell: Cell = figure.cell
    return figure.first, frozenset(cell), figure.count
