"""Downloaded tables, as CSV, JSON-stat or a list of objects."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

TOTAL = "TOTAL"
QUANTITY = "quantity"  # the axis that tables of sums have
COUNT, STATUS, LEAST, MOST = "count", "status", "least", "most"
SHOWN, HIDDEN, ELSEWHERE = "A", "Q", "x"
NO_DATA = "O"  # of a sum in which nothing was added up, since nobody knows the number: certificates have none in it
BREAK = "B"  # of a shown count that follows what another producer counted
Cells = dict[tuple[str, str], int | None]
Interval = tuple[int | None, int | None]  # least and most; None: nothing is told, or no end


@dataclass(frozen=True, slots=True)
class TableSum:
    """Hidden cells of a release that have `count` persons together: the codes of each axis."""

    release: str
    codes: Mapping[str, Sequence[str]]
    count: int


@dataclass(slots=True)
class DownloadedTable:
    """`cells`: the counts by release and cell id, None where hidden. `sides`: by release the codes of each axis.

    `intervals`: what is told of hidden cells, where the file has it. `sums`: of hidden cells together. `tellings`: by release the
    one with whose publication the last was told. `dataset`: of sums of counts, which have a quantity; else it is empty.
    """

    cells: Cells = field(default_factory=dict)
    sides: dict[str, dict[str, set[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    intervals: dict[tuple[str, str], Interval] = field(default_factory=dict)
    sums: list[TableSum] = field(default_factory=list)
    tellings: dict[str, str] = field(default_factory=dict)
    dataset: str = ""

    def add(self, row: TableRow) -> None:
        """Add a row. Raises `ValueError` for a cell that is there already."""
        key = row.release, cell_id(row.release, row.codes)
        if key in self.cells:
            raise ValueError("a cell twice")
        self.cells[key] = 0 if row.status == NO_DATA else row.value
        self.dataset = row.dataset
        if row.status == HIDDEN and row.interval is not None:
            self.intervals[key] = row.interval
        sides = self.sides[row.release]
        for axis, code in row.codes:
            sides[axis].add(code)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row. `interval` is None where the file has no columns of it. `dataset`: as of a table."""

    release: str
    period: str
    codes: Sequence[tuple[str, str]]
    value: int | None
    status: str
    interval: Interval | None
    dataset: str = ""

    def check(self) -> None:
        """Raise `ValueError` for a status or bounds that do not go with the count, and for a release of another period."""
        if self.release.partition(".")[0] != self.period:
            raise ValueError("a release of another period")
        without_count = {HIDDEN, NO_DATA} if self.dataset else {HIDDEN}
        if self.status not in (without_count if self.value is None else {SHOWN, BREAK}):
            raise ValueError("a status that is not that of its count")
        if self.status != HIDDEN and self.interval not in {None, (self.value, self.value)}:
            raise ValueError("bounds that are not those of its count")


def cell_id(release: str, codes: Iterable[tuple[str, str]]) -> str:
    """How certificates name the cell with these codes of axes."""
    name = ";".join(f"{axis}={code}" for axis, code in codes if code != TOTAL) or TOTAL
    return f"{release};{name}"


def table_of(text: str) -> DownloadedTable:
    """The table in a downloaded file. Releases of others (`2012.x1`) are left out: nothing of them is hidden or proved.

    Raises `ValueError` for a text that is no table of counts, for a cell twice, and as `TableRow.check` does.
    """
    table = DownloadedTable()
    content = json.loads(text) if text.startswith(("{", "[")) else csv.DictReader(io.StringIO(text))
    for row in _json_stat(content) if isinstance(content, dict) else _flat(content):
        if not row.release.partition(".")[2].startswith(ELSEWHERE):
            row.check()
            table.add(row)
    if not table.cells:
        raise ValueError("no cells")
    if isinstance(content, dict):
        extension = content["extension"]
        releases = {each["period"]: each["id"] for each in extension["releases"]}
        table.tellings = {each["id"]: each["told_with"] for each in extension["releases"] if each.get("told_with")}
        sums = extension.get("told", {}).get("sums", ())
        table.sums = [TableSum(releases[each["period"]], each["codes"], each["count"]) for each in sums]
    return table


def _flat(rows: Iterable[Mapping[str, Any]]) -> Iterator[TableRow]:
    """Rows of CSV, or objects of a list: both have the same names. No count is an empty field, or null."""
    for row in rows:
        if not isinstance(row, Mapping) or "release" not in row or COUNT not in row:
            raise ValueError("no table of counts")
        names = (name for name in row if f"{name}_label" in row and name.rpartition("_")[-1] != STATUS)
        codes = [(name, row[name]) for name in names]
        interval = (_number(row[LEAST]), _number(row[MOST])) if LEAST in row and MOST in row else None
        dataset = row["dataset"] if QUANTITY in row else ""
        yield TableRow(row["release"], row["period"], codes, _number(row[COUNT]), row[STATUS], interval, dataset)


def _number(field: object) -> int | None:
    return None if field in {"", None} else int(str(field))


def _json_stat(table: dict[str, Any]) -> Iterator[TableRow]:
    """The rows of JSON-stat. Raises `ValueError` where the measures `least` and `most` are not what is told of hidden cells."""
    if "id" not in table or "dimension" not in table:
        raise ValueError("no table of counts")
    releases = {each["period"]: each["id"] for each in table["extension"]["releases"]}
    value, bounds, statuses = table["value"], table["extension"].get("told"), table.get("status", {})
    for cell, at in _places(table).items():
        codes, n = dict(cell), at[COUNT]
        period, interval = codes.pop("period"), None
        if value[n] is None and bounds is not None:
            interval = bounds["least"].get(str(n)), bounds["most"].get(str(n))
        for name, bound in zip((LEAST, MOST), interval or (value[n], value[n]), strict=True):
            if name in at and value[at[name]] != bound:
                raise ValueError("a bound that is not what is told")
        status, dataset = statuses.get(str(n), SHOWN), table["extension"]["dataset"] if QUANTITY in codes else ""
        yield TableRow(releases[period], period, list(codes.items()), value[n], status, interval, dataset)


def _places(table: Mapping[str, Any]) -> dict[tuple[tuple[str, str], ...], dict[str, int]]:
    """For each cell, by the codes of its dimensions, the places of its measures. Raises `ValueError` without counts."""
    places: dict[tuple[tuple[str, str], ...], dict[str, int]] = defaultdict(dict)
    names = table["id"]
    for n, cell in enumerate(product(*(_codes(table["dimension"][name]) for name in names))):
        codes = dict(zip(names, cell, strict=True))
        measure = codes.pop("measure")
        places[tuple(codes.items())][measure] = n
    if any(COUNT not in at for at in places.values()):
        raise ValueError("no table of counts")
    return places


def _codes(dimension: dict[str, Any]) -> Sequence[str]:
    index: dict[str, int] = dimension["category"]["index"]
    return sorted(index, key=index.__getitem__)
