"""The CSV that people take from pages, in LibreOffice told to compute what looks like a formula, split in both languages' ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.utils.translation import override

from core.formats import csv_for_people
from tests.clients.conftest import Office
from tests.clients.test_spreadsheets import TABLES, Sheet, sheets

pytestmark = pytest.mark.clients
# Separator, quotes, UTF-8, from the first line, language; then six that are left as they are, and that formulas are computed.
COMPUTED = "Text - txt - csv (StarCalc):{separator},34,76,1,,1030,,,,,,,true"
SEPARATORS = {"da": (59, 44), "en": (44, 59)}
HOSTILE = [
    "=1+1",
    "x;=1+1;y",
    "x,=1+1,y",
    'x";"=1+1',
    'x","=1+1',
    "x\n=1+1",
    "x\t=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    " =1+1",
    "Ærø; på",
]
Open = Callable[[bytes, int], tuple[list[str], list[Sheet]]]


@pytest.fixture
def opened(office: Office, tmp_path: Path) -> Open:
    """Opens a file, split at a character of this number: its formulas, and its sheets."""

    def open_one(content: bytes, separator: int) -> tuple[list[str], list[Sheet]]:
        (tmp_path / "one.csv").write_bytes(content)
        folder = tmp_path / "out"
        office("fods", folder, tmp_path / "one.csv", how=COMPUTED.format(separator=separator))
        return [*formulas(folder / "one.fods")], [sheet for _, sheet in sheets(folder / "one.fods")]

    return open_one


def formulas(path: Path) -> Iterator[str]:
    """What a document computes."""
    for cell in ElementTree.parse(path).iter(f"{{{TABLES}}}table-cell"):
        if formula := cell.get(f"{{{TABLES}}}formula"):
            yield formula


def test_what_is_not_made_harmless_is_computed(opened: Open) -> None:
    """Else the test below could not fail."""
    found, _ = opened(b"\xef\xbb\xbfx;=1+1;y\r\n", 59)
    assert found


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_cell_is_computed_however_the_file_is_split(opened: Open, language: str) -> None:
    with override(language):
        content = csv_for_people([["a", "b"], *([text, "z"] for text in HOSTILE)], "one").content
    own, other = SEPARATORS[language]
    found, [sheet] = opened(content, own)
    assert found == []
    assert ["Ærø; på", "z"] in [line[:2] for line in sheet]
    assert opened(content, other)[0] == []
