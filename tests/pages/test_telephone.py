"""What a telephone needs of the templates of pages for people: below a width of 30em a row is no row any more."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLACES = (
    "pages/desk/templates",
    "pages/plans/templates",
    "partners/people/templates/people",
    "partners/organisations/templates/organisations",
    "partners/mail/templates/mail",
    "oversight/quality/templates/quality",
)
TABLE = re.compile(r"<table.*?</table>", re.DOTALL)
TEMPLATES = [
    path for place in PLACES for path in sorted((ROOT / place).rglob("*.html")) if '<th scope="col"' in path.read_text()
]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_each_cell_says_of_which_column_it_is(path: Path) -> None:
    """A table of figures stays one, and is scrolled."""
    for table in TABLE.findall(path.read_text()):
        if 'scope="col"' in table and 'class="figures"' not in table:
            assert re.findall(r"<td(?! data-name=)[^>]*>", table) == []


def test_there_are_such_tables() -> None:
    assert len(TEMPLATES) > 5


def test_a_table_of_figures_that_goes_on_has_a_shadow_at_its_edge() -> None:
    """Two backgrounds go with the table, and cover the two that stay where nothing more follows."""
    rule = re.search(r"\n\.scroll {[^}]*}", (ROOT / "pages/base/static/base/base.css").read_text())
    assert rule and [rule[0].count(f"no-repeat {how}") for how in ("local", "scroll")] == [2, 2]


def test_numbers_of_the_staff_s_tables_are_not_broken() -> None:
    """A figure that is broken in two reads as two: at 390 px the table is scrolled instead."""
    rules = (ROOT / "partners/staff/static/staff/staff.css").read_text()
    figures = re.search(r"#content \.figures td,[^}]*}", rules)
    assert figures and "white-space: nowrap" in figures[0] and "text-align: end" in figures[0]
    assert re.search(r"#content \.figures \.group th,[^}]*font-weight: 700", rules)
    for template in (
        "stats/templates/admin/statistics/release/preview",
        "pages/report/templates/report/table",
    ):
        page = (ROOT / f"{template}.html").read_text()
        assert set(re.findall(r"<table[^>]*>", page)) == {'<table class="figures">'}, template
        assert re.search(r'<div class="(wide|scroll)"[^>]*>\s*<table', page), template
