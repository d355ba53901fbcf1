"""Questions of Henvis: what stands in the cell that one is about, and the mapping that an answer makes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from henvis_client import UsageError
from henvis_client.questions import Dictionary, Question, cell_of


def test_answers_are_added_to_the_mapping() -> None:
    mapping = Dictionary({"columns": {"Sted": "region"}, "values": {"region": {"Øst": "DK02"}}}, '"3"')
    column = Question.of({"kind": "column", "column": "B", "line": 1})
    value = Question.of({"kind": "value", "column": "A", "line": 7, "field": "region", "options": ["DK01"]})
    day = Question.of({"kind": "date", "column": "AB", "line": 7, "field": "referred_in"})
    after = mapping.with_answer(column, "Køn", "gender").with_answer(value, "Vest", "DK04")
    edition = Question.of({"kind": "edition", "column": "C", "line": 7, "field": "exploitation_detail"})
    after = after.with_answer(day, "03-04-2025", "day_first").with_answer(edition, "K", "DB25")
    assert after.content == {
        "columns": {"Sted": "region", "Køn": "gender"},
        "values": {"region": {"Øst": "DK02", "Vest": "DK04"}},
        "dates": {"referred_in": "day_first"},
        "editions": {"exploitation_detail": "DB25"},
    }
    assert [each.place for each in (column, value, day)] == [1, 0, 27]
    assert after.etag == '"3"'
    assert mapping.content["columns"] == {"Sted": "region"}


def test_the_cell_of_a_csv(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes('Landsdel;Dato\r\nØst;"a\r\nb"\r\nVest;x\r\n Fyn ;\r\n'.encode("cp1252"))
    assert [cell_of(path, *place) for place in ((1, 0), (2, 0), (4, 0), (5, 0), (5, 1), (5, 9), (99, 0))] == [
        "Landsdel",
        "Øst",
        "Vest",
        "Fyn",
        "",
        "",
        "",
    ]


def test_the_cell_of_a_workbook(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["other"])
    page = book.create_sheet("Data")
    for row in (["Landsdel", "Dato"], [17.0, date(2025, 4, 3)]):
        page.append(row)
    book.save(tmp_path / "a.xlsx")
    assert cell_of(tmp_path / "a.xlsx", 1, 0, "Data") == "Landsdel"
    assert cell_of(tmp_path / "a.xlsx", 2, 0, "Data") == "17"
    assert cell_of(tmp_path / "a.xlsx", 1, 0) == "other"
    assert cell_of(tmp_path / "a.xlsx", 9, 9) == ""


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        cell_of(tmp_path / "a.csv", 1, 0)
