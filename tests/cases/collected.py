"""The figures collected outside of the project, translated into our codes to be compared with the typed ones."""

from __future__ import annotations

import csv
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from cases.dictionary import ASSESSMENT, REFERRAL, coded_fields
from stats.published import SUBTRACTION, Figure, FigureKind, FigureUnit
from stats.published.sources import read_lines

FIELDS = {field.name: field for field in coded_fields((*REFERRAL, *ASSESSMENT))}
FOLDER = Path(os.environ.get("HENVIS_REFERENCE_DATA", "../shared/data")) / "cmm"
FILE = FOLDER / "cmm_published.csv"

# GLOTIP prints "<5". None are among them: of 2007 and 2012 the adults are the total, and the children "<5".
MOST_OF_FEW = 4


@dataclass(frozen=True, slots=True)
class Omission:
    """A collected number that is no count of persons by our dimensions, by the collection's own headings, and why.

    Of GLOTIP `value` is its category, sex and age. A shorter one stands for all that begin so.
    """

    year: int
    table: str
    value: str
    reason: str


def omissions(collection: str) -> tuple[Omission, ...]:
    """What was left out of a collection."""
    lines = (line for line in read_lines("omissions.csv") if line["collection"] == collection)
    return tuple(Omission(int(line["year"]), line["table"], line["value"], line["reason"]) for line in lines)


OMISSIONS, GLOTIP_OMISSIONS = omissions("figures"), omissions("glotip")

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
        "uncategorised": "_U",
        "unspecified": "_U",
        "other_or_unspecified": ("_O", "_U"),
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
    "prepared_return": {
        "accepted_or_completed": ("ACCEPTED", "COMPLETED"),
        "left_programme": "LEFT_PROGRAMME",
        "declined": "DECLINED",
        "not_taken_up_total": ("DECLINED", "LEFT_PROGRAMME"),
    },
    "sector": {"construction": "LABOUR_F", "care_and_cleaning_private_home": ("LABOUR_CLEANING", "LABOUR_T")},
}
# Years together that the single years contradict.
CONTRADICTED = {"2007-2013"}
OUR_NAMES = {
    "age_group": "age_band",
    "act": "exploitation_detail",
    "sector": "exploitation_detail",
    "nationality": "citizenship",
}
# The file's other units than persons identified.
OTHER_MEASURES = {"persons_assessed_udredt": FigureUnit.ASSESSED, "distinct_nationalities": FigureUnit.CITIZENSHIPS}


@dataclass(frozen=True)
class Row:
    """A figure as the file has it, in our codes; one that is left out has its own label instead of a cell."""

    first: int
    last: int
    cell: frozenset[tuple[str, tuple[str, ...]]]
    count: int
    source: str
    kind: FigureKind
    measure: FigureUnit


def collected() -> list[dict[str, str]]:
    """The collected figures, or a skip where they are not at hand."""
    if not FILE.exists():
        pytest.skip(f"{FILE} is not here: set HENVIS_REFERENCE_DATA")
    with FILE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def ours(figure: Figure) -> Row:
    """A typed figure."""
    cell = frozenset(figure.cell)
    return Row(figure.first, figure.last, cell, figure.count, figure.source, figure.kind, figure.measure)


def theirs(row: dict[str, str]) -> Row:
    """A row of the file. A label that is not known is an error."""
    first, _, last = row["year"].partition("-")
    measure = OTHER_MEASURES.get(row["value1"], FigureUnit.IDENTIFIED)
    cell = cell_of(row) if measure == FigureUnit.IDENTIFIED else frozenset()
    source = SUBTRACTION if row["source_url"].startswith("derived") else row["source_url"]
    kind = FigureKind.ALTERNATIVE if row["year"] in CONTRADICTED else kind_of(row["table"])
    return Row(int(first), int(last or first), cell, int(row["count"]), source, kind, measure)


def kind_of(table: str) -> FigureKind:
    """How firm the figures of a table are."""
    if table.endswith("_preliminary_tip"):
        return FigureKind.EARLY
    if table.endswith("_alt_source"):
        return FigureKind.ALTERNATIVE
    return FigureKind.DERIVED if table == "derived" else FigureKind.FINAL


def cell_of(row: dict[str, str]) -> frozenset[tuple[str, tuple[str, ...]]]:
    """The cell of a row in our codes."""
    pairs = [(row["dimension1"], row["value1"]), (row["dimension2"], row["value2"])]
    if row["dimension2"] == "gender_exploitation":
        gender, form = row["value2"].split("/")
        pairs[1:] = [("gender", gender), ("exploitation", form)]
    if row["table"] == "prepared_return":
        pairs = [("prepared_return", row["value1"])]
    return frozenset(translated(name, label) for name, label in pairs if name not in {"", "status"})


def translated(name: str, label: str) -> tuple[str, tuple[str, ...]]:
    """One dimension of a row in our codes."""
    code = label if name == "nationality" else LABELS[name][label]
    return OUR_NAMES.get(name, name), (code,) if isinstance(code, str) else code
