"""Copies of files with references in the place of own keys."""

from __future__ import annotations

import csv
import io
import json
import stat
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from henvis_client import UsageError, reference_of
from henvis_client.key_columns import Keys, without_keys
from henvis_client.restoring import restore_keys

SECRET = bytes(range(32))


def copy_of(path: Path, column: str = "Sag") -> tuple[bytes, Keys]:
    """What is sent of a file, and the keys."""
    keys = Keys(SECRET, column)
    with without_keys(path, keys) as copy:
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
        content = copy.read_bytes()
    assert not copy.parent.exists()
    return content, keys


def ref(key: str) -> str:
    return str(reference_of(SECRET, key))


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_keeps_its_rows_and_columns(tmp_path: Path, delimiter: str, encoding: str) -> None:
    table = [
        ["Region", "sag ", "Køn"],
        ["DK01", "Å-1", 'med "tegn"'],
        ["", "", ""],
        ["DK02", " 2 ", f"a{delimiter}b\nc"],
    ]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(table)
    path = tmp_path / "rows.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    content, keys = copy_of(path, "SAG")
    assert [*csv.reader(io.StringIO(content.decode(), newline=""), delimiter=delimiter)] == [
        ["Region", "reference", "Køn"],
        ["DK01", ref("Å-1"), 'med "tegn"'],
        ["", "", ""],
        ["DK02", ref("2"), f"a{delimiter}b\nc"],
    ]
    assert keys.keys == {ref("Å-1"): "Å-1", ref("2"): "2"}


def workbook(path: Path, **sheets: list[list[Any]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "Anna Andersen"
    for title, table in sheets.items():
        sheet = book.create_sheet(title)
        for row in table:
            sheet.append(row)
        sheet["A1"].comment = Comment("Anna", "Anna")
    book.save(path)
    return path


def test_of_a_workbook_only_the_values_of_its_sheet_leave(tmp_path: Path) -> None:
    table: list[list[Any]] = [["Henvisninger 2025"], ["Sag", "Måned"], [17.0, date(2025, 3, 1)], [], ["A 2", "2025-04"]]
    path = workbook(tmp_path / "rows.xlsx", Henvisninger=table, Navne=[["Nummer", "Navn"], ["17", "Anna"]])
    content, keys = copy_of(path)
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Henvisninger"]
    lines = [[cell.value for cell in row] for row in book["Henvisninger"].iter_rows()]
    assert lines[1] == ["reference", "Måned"]
    assert lines[2][0] == ref("17")
    assert lines[2][1].date() == date(2025, 3, 1)
    assert lines[3] == [None, None]
    assert lines[4] == [ref("A 2"), "2025-04"]
    assert keys.keys[ref("17")] == "17"
    assert all(cell.comment is None for row in book["Henvisninger"].iter_rows() for cell in row)
    assert book.properties.creator != "Anna Andersen"


def test_own_keys_come_back(tmp_path: Path) -> None:
    keys = {ref("=1+1"): "=1+1", ref("Å 2"): "Å 2"}
    text = f"Region;reference;Fund\r\nDK01;{ref('Å 2')};{ref('nobody')}\r\nDK02;{ref('=1+1')};reference\r\n"
    after = restore_keys(text.encode(), "csv", keys, "Sag").decode("utf-8-sig")
    assert after == f"Region;Sag;Fund\r\nDK01;Å 2;{ref('nobody')}\r\nDK02;'=1+1;reference\r\n"
    path = tmp_path / "again.csv"
    path.write_text(after)
    content, again = copy_of(path)
    assert (again.keys[ref("=1+1")], ref("=1+1").encode() in content) == ("=1+1", True)
    table: list[list[Any]] = [["Reference", "Region"], [ref("=1+1"), "DK01"], [ref("nobody"), "DK02"]]
    path = workbook(tmp_path / "errors.xlsx", Data=table, Help=[["reference"]])
    book = load_workbook(io.BytesIO(restore_keys(path.read_bytes(), "xlsx", keys, "Sag")))
    assert [cell.value for cell in book["Data"]["A"]] == ["Sag", "=1+1", ref("nobody")]
    assert book["Data"]["A2"].data_type == "s"
    assert book["Data"]["A1"].comment is not None
    assert book["Help"]["A1"].value == "reference"


def test_json_and_lines(tmp_path: Path) -> None:
    objects = [{"Sag": 1, "region": "DK01"}, {"Sag": "2", "region": "DK02"}]
    (tmp_path / "a.json").write_text(json.dumps(objects))
    (tmp_path / "a.ndjson").write_text("\n".join(map(json.dumps, objects)) + "\n")
    wanted = [{"reference": ref("1"), "region": "DK01"}, {"reference": ref("2"), "region": "DK02"}]
    assert json.loads(copy_of(tmp_path / "a.json")[0]) == wanted
    assert [json.loads(line) for line in copy_of(tmp_path / "a.ndjson")[0].splitlines()] == wanted


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", "Region;Sager\nDK01;1", "no_key_column"),
        ("a.csv", "Reference;Sag\nx;1", "two_references"),
        ("a.csv", "Region;Sag\nDK01;1\nDK02; ", "own_key_empty"),
        ("a.csv", "", "no_key_column"),
        ("a.json", '[{"Sag": 1}, {"region": "DK01"}]', "own_key_empty"),
        ("a.json", '[{"Sag": 1, "reference": "x"}]', "two_references"),
        ("a.json", '{"Sag": 1}', "file_missing"),
        ("a.json", "{", "file_missing"),
        ("a.xlsx", "no workbook", "file_missing"),
        ("a.ods", "x", "file_kind"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_sent(
    tmp_path: Path, name: str, content: str, code: str
) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(UsageError) as caught:
        copy_of(tmp_path / name)
    assert caught.value.code == code
    assert caught.value.sentence("da") != caught.value.sentence("en")


def test_a_row_without_a_key_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Region;Sag\nDK01;1\nDK02;\nDK03;")
    with pytest.raises(UsageError, match="row 3, 4"):
        copy_of(tmp_path / "a.csv")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for name in ("a.csv", "a.xlsx", "a.json"):
        with pytest.raises(UsageError, match="not there"):
            copy_of(tmp_path / name)
