"""The example by hand in docs/disclosure.md is what the program prints of that year, and the towns that it lists agree with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pytest
from django.conf import settings

from tests.stats.publishing.promises import Town, built
from tests.stats.publishing.telling import Codes

PAGE = (settings.BASE_DIR / "docs/disclosure.md").read_text()
EXAMPLE = PAGE[PAGE.index("## An example by hand") : PAGE.index("## How it is done")]
CODES = {"Capital": "DK01", "Zealand": "DK02", "South": "DK03", "Central": "DK04", "not known": "_U"}
REFERRED = {"South": 11}


def rows(heading: str) -> Iterator[list[str]]:
    """The rows of the example's table that begins with a heading."""
    table = EXAMPLE[EXAMPLE.index(f"| {heading} |") :].split("\n\n")[0]
    yield from ([cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()[2:])


@pytest.fixture(scope="module")
def town() -> Town:
    """The year of the example."""
    persons: dict[Codes, int] = {
        (CODES[name],): int(count.strip("*")) for name, count, *_ in rows("region") if name in CODES
    }
    return built(("region",), persons, {(CODES[name],): count for name, count in REFERRED.items()})


def said(low: int, high: int | None) -> str:
    """An interval, or a figure, in the example's words."""
    return str(low) if low == high else f"{low} to {high}"


def test_what_is_printed_is_what_the_page_says(town: Town) -> None:
    cells = {cell.codes: cell for cell in town.printed}
    for name, _, _, in_print, computed in rows("region"):
        cell = cells[CODES.get(name, "")]
        is_within = cell.hidden and cell.codes in town.table(cell).within
        assert in_print == (f"0–{cell.high}" if is_within else "hidden" if cell.hidden else str(cell.low))
        assert computed == ("" if not cell.hidden else said(*town.told(cell)))


def test_the_towns_that_it_lists_agree_with_all_that_is_printed(town: Town) -> None:
    names = ("South", "Central", "not known")
    every = town.reader.towns(town.printed)
    places = [next(n for n, (_, codes) in enumerate(town.reader.unknowns) if codes == (CODES[name],)) for name in names]
    listed = [[int(cell) for cell in row[:3]] for row in rows("South | Central")]
    assert len(listed) == 4
    assert all((every[:, places] == np.array(row)).all(axis=1).any() for row in listed)


def test_its_doubt_is_that_of_the_table(town: Town) -> None:
    (_, table) = town.protection.tables
    found = re.search(r"\*doubt\* of (\d\.\d\d)", EXAMPLE)
    assert found is not None
    assert table.doubt == pytest.approx(float(found[1]), abs=0.005)
