"""Downloads in LibreOffice as it is set in Denmark: numbers are numbers, letters letters, and what is hidden is an empty cell."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from cases.dimensions import PERSONS
from stats.models import PUBLIC
from tests.api.open_figures import table
from tests.clients.conftest import Office
from tests.stats.published import Cells, publish

pytestmark = [pytest.mark.clients, pytest.mark.django_db]
# What is chosen where a text is opened: separator, quotes, UTF-8, from the first line, and the language of numbers.
TEXT = "Text - txt - csv (StarCalc):{separator},34,76,1,,{language}"
AS_DANISH, AS_ENGLISH = TEXT.format(separator=59, language=1030), TEXT.format(separator=44, language=1033)
OFFICE, TABLES = "urn:oasis:names:tc:opendocument:xmlns:office:1.0", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
WORDS = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"
# 1100 persons: M is told by the symbol, and of X and _U there is less to tell.
GENDER: Cells = {"F": 1060, "M": None, "X": None, "_U": None}
TOLD = {"gender": {"M": (0, 9), "X": (10, 30), "_U": (10, None)}}
SHARES, YEARS = "by=gender&period=2023&measure=count,share", "by=gender&period=2022..2023"
Sheet = list[list[Any]]
Open = Callable[..., dict[str, dict[str, Sheet]]]


@pytest.fixture(autouse=True)
def published() -> None:
    """Two years, the later with every table of one breakdown."""
    rest: dict[str, Cells] = {name: {} for name in PERSONS.axes if name != "gender"}
    publish(PUBLIC, "2022", {"": {"": 950}, "gender": {"F": 950}})
    publish(PUBLIC, "2023", {"": {"": 1100}, "gender": GENDER, **rest}, symbols={"gender": 9}, told=TOLD)


@pytest.fixture
def opened(office: Office, tmp_path: Path) -> Open:
    """Opens downloads by their addresses, all in one start; the sheets of each by name, a cell as its number or its text."""

    def open_all(extension: str, *queries: str, how: str = "") -> dict[str, dict[str, Sheet]]:
        for n, query in enumerate(queries):
            response = table(f"{query}&lang=da")
            assert response.status_code == 200, response.content
            (tmp_path / f"{n}.{extension}").write_bytes(response.content)
        files = [tmp_path / f"{n}.{extension}" for n in range(len(queries))]
        office("fods", tmp_path / "out", *files, how=how)
        return {query: dict(sheets(tmp_path / f"out/{n}.fods")) for n, query in enumerate(queries)}

    return open_all


def sheets(path: Path) -> Iterator[tuple[str, Sheet]]:
    """The sheets of a document by name, without what is empty at the ends."""
    for sheet in ElementTree.parse(path).iter(f"{{{TABLES}}}table"):
        lines = [[*cells(row)] for row in sheet.iter(f"{{{TABLES}}}table-row")]
        yield sheet.get(f"{{{TABLES}}}name", ""), [line for line in lines if any(each is not None for each in line)]


def cells(row: ElementTree.Element) -> Iterator[float | str | None]:
    """The cells of a row: a number, a text, or nothing."""
    for cell in row:
        kind, number = (cell.get(f"{{{OFFICE}}}{name}") for name in ("value-type", "value"))
        text = "\n".join("".join(each.itertext()) for each in cell.iter(WORDS))
        assert kind in {None, "float", "string"}, (kind, text)
        times = min(int(cell.get(f"{{{TABLES}}}number-columns-repeated", 1)), 30)
        yield from [float(number or 0) if kind == "float" else text or None] * times


def figures(sheet: Sheet) -> list[dict[str, Any]]:
    """The rows of a sheet by the heads of its columns."""
    heads, *lines = sheet
    return [dict(zip(heads, line, strict=False)) for line in lines]


def rows_of(query: str) -> list[dict[str, Any]]:
    """The rows of a table as a program reads them, as a spreadsheet should have them: a year is a number there."""
    rows: list[dict[str, Any]] = json.loads(table(f"{query}&lang=da&format=list").content)
    return [{**row, "period": float(row["period"])} for row in rows]


def without_blanks(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows without the cells that are empty."""
    return [{name: value for name, value in row.items() if name and value is not None} for row in rows]


def test_the_danish_csv_has_numbers_with_a_comma_and_danish_letters(opened: Open) -> None:
    queries = [f"{query}&format=csv-da" for query in (SHARES, YEARS)]
    for query, found in opened("csv", *queries, how=AS_DANISH).items():
        (sheet,) = found.values()
        assert without_blanks(figures(sheet)) == without_blanks(rows_of(query.removesuffix("&format=csv-da"))), query
    assert 96.4 in [row.get("share") for row in rows_of(SHARES)]


def test_no_code_and_no_label_becomes_a_date_or_a_number(opened: Open) -> None:
    queries = [f"by={name}&period=2023&format=csv-da" for name in PERSONS.axes]
    for query, found in opened("csv", *queries, how=AS_DANISH).items():
        (sheet,) = found.values()
        assert without_blanks(figures(sheet)) == without_blanks(rows_of(query.removesuffix("&format=csv-da"))), query


def test_the_plain_csv_is_read_with_points_and_where_a_comma_is_the_sign_its_decimals_are_not_numbers(
    opened: Open,
) -> None:
    query = f"{SHARES}&format=csv"
    ((english,),) = (found.values() for found in opened("csv", query, how=AS_ENGLISH).values())
    assert without_blanks(figures(english)) == without_blanks(rows_of(SHARES))
    ((danish,),) = (found.values() for found in opened("csv", query).values())
    assert "96.4" in [row["share"] for row in figures(danish)]  # this is what the Danish one is for


def test_the_workbook_has_its_three_sheets_with_numbers_and_empty_cells(opened: Open) -> None:
    books = opened("xlsx", f"{SHARES}&format=xlsx", f"{YEARS}&format=xlsx")
    for query, found in books.items():
        assert [*found] == ["Om", "Data", "Visning"]
        rows = [{**row, "period": f"{row['period']:.0f}"} for row in rows_of(query.removesuffix("&format=xlsx"))]
        assert without_blanks(figures(found["Data"])) == without_blanks(rows)
        assert found["Om"][0][:2] == ["Titel", "Personer vurderet udsat for menneskehandel efter køn"]
    one, several = (book["Visning"] for book in books.values())
    assert ["Kvinde", 1060.0, 96.4] in [line[:3] for line in one]
    assert ["Transkønnet eller andet", "[c] 10–30", "[c]"] in [line[:3] for line in one]
    assert ["I alt", 950.0, 1100.0] in [line[:3] for line in several]
