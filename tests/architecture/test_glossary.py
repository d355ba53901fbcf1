"""The glossary: each term once, in its place, in both languages, with code that there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from core.apps import ROOMS
from stats.reading.measures import CellStatus

ROOT = Path(settings.BASE_DIR)
TEXT = (ROOT / "docs/glossary.md").read_text()
PACKAGES = (
    "config",
    "api",
    "pages",
    *ROOMS,
    "tools",
    "deploy",
)
TERMS = "| term | Danish | meaning | in the code |\n|---|---|---|---|\n"
SECTIONS = {
    title: [tuple(cell.strip() for cell in row.strip("|").split(" | ")) for row in rows.splitlines()]
    for title, rows in re.findall(rf"^## ([^\n]+)\n[^#]*?{re.escape(TERMS)}((?:\|[^\n]*\n)+)", TEXT, re.MULTILINE)
}
ROWS = [row for rows in SECTIONS.values() for row in rows]
NOWHERE = "–"


@pytest.fixture(scope="module")
def words() -> set[str]:
    """Every word of the source."""
    files = (file for each in PACKAGES for kind in ("py", "sql") for file in (ROOT / each).rglob(f"*.{kind}"))
    return {word for file in files if "node_modules" not in file.parts for word in re.findall(r"\w+", file.read_text())}


def test_every_section_has_terms_in_alphabetical_order() -> None:
    assert set(re.findall(r"^## (.+)$", TEXT, re.MULTILINE)) - set(SECTIONS) <= {"Names that were replaced"}
    assert len(SECTIONS) >= 7
    for rows in SECTIONS.values():
        names = [row[0].casefold() for row in rows]
        assert names == sorted(names)


def test_a_term_has_one_row_with_nothing_left_out() -> None:
    assert [row for row in ROWS if len(row) != 4 or not all(row)] == []
    names = [row[0] for row in ROWS]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_the_code_that_a_term_names_is_there(words: set[str]) -> None:
    names = [each for row in ROWS if row[3] != NOWHERE for each in re.findall(r"`([^`]+)`", row[3])]
    places = {each for each in names if "/" in each}
    assert sorted(place for place in places if not (ROOT / place).exists()) == []
    assert sorted(set(names) - places - words) == []


def test_the_status_of_a_hidden_cell_is_that_of_answers() -> None:
    statuses = [
        each
        for row in ROWS
        if row[0] in {"hidden cell", "symbol"}
        for each in re.findall(r"status (?:is )?(\w)\b", row[2])
    ]
    assert statuses == [CellStatus.HIDDEN, CellStatus.HIDDEN]
