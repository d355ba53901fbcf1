"""The UK reference files in our codes: records to submit, published cells to compare with, and the comparison.

Zero cells are not published. So within a shape (which dimensions a cell names, for which kind) that is published, an
absent cell is a zero; a shape that is not published cannot be compared.
"""

import csv
import gzip
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final, NamedTuple

from . import uk_aliases
from .uk_aliases import TOTAL, UnmappedLabelError, alias

# The folder lies outside the project and is none of the program's settings, so config does not know it.
_ENVIRONMENT: Final = os.environ.get("HENVIS_REFERENCE_DATA")
_FOLDER: Final = Path(_ENVIRONMENT) if _ENVIRONMENT else Path(__file__).resolve().parents[3] / "shared" / "data"
RECORDS: Final = _FOLDER / "uk_nrm" / "records_2022q2_2023q4.csv.gz"
PUBLISHED: Final = _FOLDER / "uk_nrm" / "published_cells_with_totals_2022q2_2023q4.csv.gz"
QUARTERS: Final = ("2022-Q2", "2022-Q3", "2022-Q4", "2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4")
DIMENSIONS: Final = ("partner_kind", "exploitation", "minor_when_exploited", "gender", "citizenship")


def missing_reason() -> str:
    """Why the comparison cannot run here; empty when both files are there."""
    absent = [str(path) for path in (RECORDS, PUBLISHED) if not path.is_file()]
    return f"reference data absent (set HENVIS_REFERENCE_DATA): {', '.join(absent)}" if absent else ""


class Cell(NamedTuple):
    """Where a count stands; TOTAL in a place is the margin over that dimension."""

    quarter: str
    kind: str
    responder: str
    exploitation: str
    minor: str
    gender: str
    citizenship: str


type Cells = Mapping[Cell, int]
type Shape = tuple[str, tuple[bool, ...]]


@dataclass(frozen=True, slots=True)
class Record:
    """One referral of the reference data in our codes; `row` is its place in the file, from 0."""

    row: int
    responder: str
    leaf: Cell
    exploitation_also: tuple[str, ...]

    @property
    def referred_in(self) -> str:
        """A month of the record's quarter; the file has no months, so rows are dealt over the three in turn."""
        year, quarter = self.leaf.quarter.split("-Q")
        return f"{year}-{3 * int(quarter) - 2 + self.row % 3:02d}"

    def payload(self) -> dict[str, object]:
        """The body of the referral. What the UK does not publish is sent as not known."""
        kind = self.leaf.kind
        return {
            "referred_in": self.referred_in,
            "region": "ABROAD",
            "setting": "_U",
            "detected_by": uk_aliases.DETECTED_BY_RESPONDER.get(self.responder, uk_aliases.DETECTED_BY[kind]),
            "gender": self.leaf.gender,
            "age_band": "_U",
            "minor_when_exploited": self.leaf.minor,
            "citizenship": self.leaf.citizenship,
            "residence_basis": "_U",
            "exploitation": self.leaf.exploitation,
            "exploitation_also": list(self.exploitation_also),
            "exploited_in": "_U",
            "consent": "NOT_ASKED",
        }


def file_rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a reference file with the stray spaces of its labels stripped."""
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield {column: label.strip() for column, label in row.items()}


def _or_total(column: str, table: dict[str, str], label: str) -> str:
    return TOTAL if label == "Total" else alias(column, table, label)


def _cell(row: Mapping[str, str]) -> Cell:
    kind_label, responder = row["First responder type"], row["First responder"]
    quarter = row["quarter"].replace("_q", "-Q")
    if quarter not in QUARTERS:
        raise UnmappedLabelError("quarter", row["quarter"])
    form, nationality = row["Exploitation type"], row["Nationality"]
    return Cell(
        quarter=quarter,
        kind=alias("First responder type", uk_aliases.PARTNER_KIND, kind_label),
        responder=TOTAL if responder == f"{kind_label} total" else responder,
        exploitation=TOTAL if form == "Total" else uk_aliases.exploitation(form)[0],
        minor=_or_total("Age at exploitation", uk_aliases.MINOR_WHEN_EXPLOITED, row["Age at exploitation"]),
        gender=_or_total("Gender", uk_aliases.GENDER, row["Gender"]),
        citizenship=TOTAL if nationality == "Total" else uk_aliases.citizenship(nationality),
    )


def records() -> list[Record]:
    """Every row of the records file. Raises `UnmappedLabelError` where a label has no code."""
    return [
        Record(number, row["First responder"], _cell(row), uk_aliases.exploitation(row["Exploitation type"])[1])
        for number, row in enumerate(file_rows(RECORDS))
    ]


@dataclass(frozen=True, slots=True)
class Published:
    """The published tables in our codes. Labels that share a code are summed, within the same margins only."""

    rows: int
    by_responder: Counter[Cell]
    by_kind: Counter[Cell]


def published() -> Published:
    """Reads and collapses the published cells."""
    rows, by_responder, by_kind = 0, Counter[Cell](), Counter[Cell]()
    for row in file_rows(PUBLISHED):
        rows += 1
        cell = _cell(row)
        (by_kind if cell.responder == TOTAL else by_responder)[cell] += int(row["People"])
    return Published(rows, by_responder, by_kind)


def over_responders(cells: Cells) -> Counter[Cell]:
    """Summed over the first responders of a kind, margin by margin."""
    summed = Counter[Cell]()
    for cell, people in cells.items():
        summed[cell._replace(responder=TOTAL)] += people
    return summed


def over_kinds(cells: Cells) -> Counter[Cell]:
    """Summed over the kinds; only right for shapes that every kind has."""
    summed = Counter[Cell]()
    for cell, people in cells.items():
        summed[cell._replace(kind=TOTAL)] += people
    return summed


def leaves(cells: Cells) -> Counter[Cell]:
    """The cells that name a code of every one of the last four dimensions."""
    return Counter({cell: people for cell, people in cells.items() if TOTAL not in cell[3:]})


def margins(cells: Cells) -> Counter[Cell]:
    """Every margin over exploitation, age, gender and nationality of leaf cells: 16 cells for each."""
    cube = Counter[Cell]()
    for cell, people in cells.items():
        for tail in product(*((code, TOTAL) for code in cell[3:])):
            cube[Cell(*cell[:3], *tail)] += people
    return cube


def expected_by_responder(tables: Published) -> Counter[Cell]:
    """What the rows of each first responder have to add up to, as far as single first responders are published."""
    return margins(leaves(tables.by_responder))


def expected(tables: Published) -> Counter[Cell]:
    """What a release has to say by published figures alone: per kind; over all kinds where every kind is published.

    Where both a margin and its leaves are published, the two agree (a test of its own), so the union takes either.
    """
    derived = over_responders(expected_by_responder(tables))
    return derived | tables.by_kind | over_kinds(tables.by_kind)


def recorded(rows: Iterable[Record]) -> Counter[Cell]:
    """The whole cube of the records: per first responder, per kind and over all kinds, with every margin."""
    per_responder = Counter(record.leaf for record in rows)
    per_kind = over_responders(per_responder)
    return margins(per_responder + per_kind + over_kinds(per_kind))


def shape(cell: Cell) -> Shape:
    """Which table a cell belongs to: its kind, and the dimensions that it names."""
    return cell.kind, tuple(code != TOTAL for code in cell[2:])


@dataclass(frozen=True, slots=True)
class Comparison:
    """`compared` cells stand in a shape that both have; `incomparable` are ours in shapes that are not published."""

    compared: int
    differences: tuple[tuple[Cell, int, int], ...]
    incomparable: tuple[Cell, ...]


def compare(ours: Cells, theirs: Cells) -> Comparison:
    """Both ways: an absent cell is a zero, so a cell of ours without a published counterpart is a difference too."""
    shapes = {shape(cell) for cell in theirs}
    cells = [cell for cell in ours.keys() | theirs.keys() if shape(cell) in shapes]
    pairs = [(cell, ours.get(cell, 0), theirs.get(cell, 0)) for cell in sorted(cells)]
    differences = tuple(pair for pair in pairs if pair[1] != pair[2])
    return Comparison(len(cells), differences, tuple(sorted(cell for cell in ours if shape(cell) not in shapes)))


def why_incomparable(cell: Cell) -> str:
    """The reason why nothing published stands against a cell of ours."""
    if cell.responder != TOTAL:
        return f"{cell.kind}: no single first responder is published"
    if cell.kind == TOTAL:
        return "all kinds together: Police is published by nationality only, so no published sum exists"
    return f"{cell.kind}: published by nationality only, not by exploitation, age or gender"
