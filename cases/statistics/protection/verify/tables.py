"""Downloaded tables, as CSV, JSON-stat or a list of objects, and whether they are what the certificates say."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import Any

from .checks import CertificateCheck, check_that

TOTAL = "TOTAL"
COUNT, SHOWN, HIDDEN, ELSEWHERE = "count", "A", "Q", "e"
Cells = dict[tuple[str, str], int | None]


@dataclass(slots=True)
class DownloadedTable:
    """`cells`: the counts by release and cell id, None where hidden. `sides`: by release the codes of each axis."""

    cells: Cells = field(default_factory=dict)
    sides: dict[str, dict[str, set[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))

    def add(self, release: str, codes: Sequence[tuple[str, str]], value: int | None) -> None:
        """Add a row. Raises `ValueError` for a cell that is there already."""
        name = ";".join(f"{axis}={code}" for axis, code in codes if code != TOTAL) or TOTAL
        key = release, f"{release};{name}"
        if key in self.cells:
            raise ValueError("a cell twice")
        self.cells[key] = value
        sides = self.sides[release]
        for axis, code in codes:
            sides[axis].add(code)


def table_of(text: str) -> DownloadedTable:
    """The table in a downloaded file. Releases of others (`2012.e1`) are left out: nothing of them is hidden or proved.

    Raises `ValueError` for a text that is no table of counts, for a cell twice, for a status that does not go with its count,
    and for a release of another period than its row's.
    """
    table = DownloadedTable()
    for release, period, codes, value, status in _rows(text):
        of, _, vintage = release.partition(".")
        if vintage.startswith(ELSEWHERE):
            continue
        if of != period:
            raise ValueError("a release of another period")
        if status != (HIDDEN if value is None else SHOWN):
            raise ValueError("a status that is not that of its count")
        table.add(release, codes, value)
    if not table.cells:
        raise ValueError("no cells")
    return table


def cells_of(text: str) -> Cells:
    """The counts of a downloaded table by release and cell id; None where the cell is hidden. Raises `ValueError`."""
    return table_of(text).cells


def compare_with_certificates(
    certificates: Iterable[Mapping[str, Any]], table: DownloadedTable
) -> list[CertificateCheck]:
    """Whether a downloaded table is, cell by cell and without a gap, what the certificates of its releases say.

    The order of the codes in a cell's id does not matter. Blocks, and certificates, may share a cell.
    """
    all_certificates = list(certificates)
    own: dict[tuple[str, str], set[int | None]] = defaultdict(set)
    for cell in (cell for each in all_certificates for block in each["blocks"] for cell in block["cells"]):
        own[cell["release"], canonical(cell["id"])].add(cell["value"])
    files = {(release, canonical(name)): value for (release, name), value in table.cells.items()}
    without = sorted(table.sides.keys() - {each["release"] for each in all_certificates})
    differing = [key[1] for key in files if key in own and own[key] != {files[key]}]
    return [
        check_that("no cell has two values in the certificates", [key[1] for key in own if len(own[key]) > 1]),
        check_that("every release of the table has its certificate", without),
        check_that("every cell of the table is in the certificates", [key[1] for key in files if key not in own]),
        check_that("the values are the same", differing),
        check_that("no row of the table is missing", sorted(_releases_with_gaps(own, table))),
    ]


def canonical(name: str) -> str:
    """A cell's id with its parts in one order."""
    return ";".join(sorted(name.split(";")))


def _releases_with_gaps(own: Iterable[tuple[str, str]], table: DownloadedTable) -> set[str]:
    """The releases of which rows are missing. A table has a row for every combination of its codes.

    An axis has all its codes, or the one that was asked for.
    """
    codes_published: dict[tuple[str, str], set[str]] = defaultdict(set)
    for release, name in own:
        for axis, _, code in (part.partition("=") for part in name.split(";") if "=" in part):
            codes_published[release, axis].add(code)
    rows: dict[str, int] = defaultdict(int)
    for release, _ in table.cells:
        rows[release] += 1
    return {
        release
        for release, sides in table.sides.items()
        if rows[release] != prod(map(len, sides.values()))
        or any(len(codes) > 1 and codes - {TOTAL} != codes_published[release, axis] for axis, codes in sides.items())
    }


_Row = tuple[str, str, list[tuple[str, str]], int | None, str]


def _rows(text: str) -> Iterator[_Row]:
    if text.startswith("{"):
        return _json_stat(json.loads(text))
    return _flat(json.loads(text) if text.startswith("[") else csv.DictReader(io.StringIO(text)))


def _flat(rows: Iterable[Mapping[str, Any]]) -> Iterator[_Row]:
    """Rows of CSV, or objects of a list: both have the same names. No count is an empty field, or null."""
    for row in rows:
        if not isinstance(row, Mapping) or "release" not in row or COUNT not in row:
            raise ValueError("no table of counts")
        codes = [(name, value) for name, value in row.items() if f"{name}_label" in row]
        count = None if row[COUNT] in {"", None} else int(str(row[COUNT]))
        yield row["release"], row["period"], codes, count, row["status"]


def _json_stat(table: dict[str, Any]) -> Iterator[_Row]:
    if "id" not in table or "dimension" not in table:
        raise ValueError("no table of counts")
    releases = {each["period"]: each["id"] for each in table["extension"]["releases"]}
    names, places = table["id"], [_codes(table["dimension"][name]) for name in table["id"]]
    for n, cell in enumerate(product(*places)):
        codes = dict(zip(names, cell, strict=True))
        if codes.pop("measure") == COUNT:
            period = codes.pop("period")
            status = table.get("status", {}).get(str(n), SHOWN)
            yield releases[period], period, list(codes.items()), table["value"][n], status


def _codes(dimension: dict[str, Any]) -> Sequence[str]:
    index: dict[str, int] = dimension["category"]["index"]
    return sorted(index, key=index.__getitem__)
