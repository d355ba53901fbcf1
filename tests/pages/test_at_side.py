"""On a wide page the key and the downloads stand beside a table. In the page they come after it, where a narrow one shows them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pages.public.tables import MOST_COLUMNS
from stats.models import PUBLIC
from tests.pages.test_public import page
from tests.stats.published import Cells, publish

pytestmark = pytest.mark.django_db
MARCH = datetime(2024, 3, 1, 12, tzinfo=UTC)
STYLES = Path(__file__).resolve().parents[2] / "pages/base/static/base/base.css"
BY_GENDER = "/en/statistics/persons/?by=gender"


@pytest.fixture(autouse=True)
def years() -> None:
    """A year with hidden figures."""
    hidden = {"F": 60, "M": None, "X": None}
    publish(
        PUBLIC,
        "2023",
        {"": {"": 100}, "gender": hidden},
        symbols={"gender": 9},
        told={"gender": {"M": (0, 9)}},
        when=MARCH,
    )


def part(text: str, name: str) -> int:
    """Where a part of a page begins."""
    assert text.count(name) == 1, name
    return text.index(name)


@pytest.mark.parametrize("address", [f"{BY_GENDER}&period=2023", "/en/"])
def test_key_and_downloads_stand_beside_the_table_and_after_it(address: str) -> None:
    text = page(address)
    side = text.index('<div class="at-side">')
    assert text.index("<table") < side < part(text, ">Key</h2>") < part(text, 'id="notes"')
    assert side < part(text, 'id="get"') < part(text, 'id="notes"')
    assert re.search(r'<div class="with-side">(?:(?!class="with-side").)*<table', text, re.DOTALL)


def test_a_table_of_many_columns_has_the_whole_width() -> None:
    """Without a chart above it nothing would stand to the left of the key."""
    tables: dict[str, Cells] = {"": {"": 40}, "gender": {"F": 40}, "exploitation": {"SEXUAL": 40}}
    publish(PUBLIC, "2022", {**tables, "gender,exploitation": {"F|SEXUAL": 40}}, when=MARCH)
    text = page("/en/statistics/persons/?by=gender,exploitation&period=2022")
    (head,) = re.findall("<thead>.*?</thead>", text, re.DOTALL)
    assert head.count("<th ") > MOST_COLUMNS and "with-side" not in text and '<div class="at-side">' in text


def test_it_needs_a_wide_page_on_a_screen_and_no_script() -> None:
    styles = STYLES.read_text()
    (rules,) = re.findall(r"@media screen and \(min-width: 75em\) \{(.*?)\n\}", styles, re.DOTALL)
    assert "grid-template-columns" in rules and styles.count(".with-side {") == 1
