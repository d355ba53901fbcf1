"""Reading downloaded tables for a check: CSV and JSON-stat, by the standard library alone."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

TOTAL = "TOTAL"
COUNT, HIDDEN, ELSEWHERE = "count", "Q", "e"
Cells = dict[tuple[str, str], int | None]


def cells_of(text: str) -> Cells:
    """The counts of a downloaded table by release and cell id; None where the cell is hidden.

    Of a series, years that are published elsewhere (`2012.e1`) are left out: nothing of them is hidden or proved.

    Raises `ValueError` for a text that is no table of counts.
    """
    found: Cells = {}
    for release, codes, value, status in _json_stat(json.loads(text)) if text.startswith("{") else _csv(text):
        if release.partition(".")[2].startswith(ELSEWHERE):
            continue
        if (value is None) != (status == HIDDEN):
            raise ValueError("a cell without a count that is not hidden")
        parts = [f"{axis}={code}" for axis, code in codes if code != TOTAL]
        found[release, f"{release};{';'.join(parts) or TOTAL}"] = value
    if not found:
        raise ValueError("no cells")
    return found


_Row = tuple[str, list[tuple[str, str]], int | None, str]


def _csv(text: str) -> Iterator[_Row]:
    for row in csv.DictReader(io.StringIO(text)):
        if "release" not in row or COUNT not in row:
            raise ValueError("no table of counts")
        codes = [(name, value) for name, value in row.items() if f"{name}_label" in row]
        yield row["release"], codes, int(row[COUNT]) if row[COUNT] else None, row["status"]


def _json_stat(table: dict[str, Any]) -> Iterator[_Row]:
    if "id" not in table or "dimension" not in table:
        raise ValueError("no table of counts")
    releases = {each["period"]: each["id"] for each in table["extension"]["releases"]}
    names, places = table["id"], [_codes(table["dimension"][name]) for name in table["id"]]
    for n, cell in enumerate(product(*places)):
        codes = dict(zip(names, cell, strict=True))
        if codes.pop("measure") == COUNT:
            release = releases[codes.pop("period")]
            yield release, list(codes.items()), table["value"][n], table.get("status", {}).get(str(n), "")


def _codes(dimension: dict[str, Any]) -> Sequence[str]:
    index: dict[str, int] = dimension["category"]["index"]
    return sorted(index, key=index.__getitem__)
