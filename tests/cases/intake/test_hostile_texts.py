"""CSV and JSON that are built to harm, or by accident do, and files that are not what they are called."""

from __future__ import annotations

import codecs
import json
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

from cases.intake.findings import FileRefused
from cases.intake.readers import refusals
from cases.intake.readers.csv_files import spans
from cases.intake.readers.files import open_file
from tests.cases.intake.files import (
    HEADER,
    ROW,
    csv_text,
    refused_finding,
    refused_rule,
    rows_of,
    rules_of,
    table_of,
    write,
    xlsx,
)

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
HEAD = ";".join(HEADER) + "\n"
LINE = ";".join(ROW) + "\n"


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("a.xlsx", PNG, "not_a_table"),
        ("a.csv", PNG, "not_a_table"),
        ("a.pdf", b"%PDF-1.7", "not_a_table"),
        ("a.xlsx", b"<html><table>", "not_a_table"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "format_old"),
        ("a.xlsx", HEAD + LINE, "format_mismatch"),
        ("a.json", HEAD + LINE, "format_mismatch"),
        ("a.csv", '{"a": 1}', "format_mismatch"),
        ("a.csv", '[\n  {"a": 1}\n]', "format_mismatch"),
        ("a.csv", "[]", "format_mismatch"),
        ("a.xlsx", b"PK\x03\x04 and no more", "file_broken"),
        ("a.csv", b"", "file_empty"),
        ("a.csv", codecs.BOM_UTF8 + b" \r\n \n", "file_empty"),
        ("a.csv", b"\0" * 1000, "file_empty"),
        ("a.csv", b"a;\0\0\0" * 100, "wrong_encoding"),
        ("a.csv", (HEAD + LINE).encode("utf-16-le"), "wrong_encoding"),
        ("a.csv", HEAD.encode() + b"\x81\x8d\x8f;\n", "wrong_encoding"),
        ("a.csv", codecs.BOM_UTF16_LE + (HEAD + LINE).encode("utf-16-le")[:-1], "wrong_encoding"),
        ("a.json", codecs.BOM_UTF16_LE + "[]".encode("utf-16-le"), "format_mismatch"),
        ("a.csv", HEAD, "no_rows"),
        ("a.csv", HEAD + ";;;;\n   \n", "no_rows"),
        ("a.csv", ";".join("x" * 201) + "\n1", "too_many_columns"),
        ("a.json", "[]", "no_rows"),
        ("a.json", "[1, 2", "not_json"),
        ("a.json", '[{"a": NaN}]', "not_json"),
        ("a.json", "[1] [2]", "not_json"),
        ("a.json", '["\\ud800"]', "not_json"),
        ("a.json", "[" * 100_000, "not_json"),
        ("a.json", b'["\xff"]', "not_utf8"),
        ("a.json", '{\n  "referrals": []\n}', "array_expected"),
    ],
)
def test_a_file_is_refused_with_its_reason(tmp_path: Path, name: str, content: bytes | str, rule: str) -> None:
    assert refused_rule(write(tmp_path / name, content)) == rule


def test_a_picture_is_no_workbook_whatever_its_media_type(tmp_path: Path) -> None:
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert refused_rule(write(tmp_path / "a.xlsx", PNG), media_type=media_type) == "not_a_table"


def test_a_workbook_is_no_csv(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "spool")
    assert refused_rule(path, media_type="text/csv; charset=utf-8") == "format_mismatch"
    assert refused_rule(path, name="a.csv") == "format_mismatch"
    assert open_file(path, media_type="application/octet-stream", name=None).format == "xlsx"


@pytest.mark.parametrize(
    ("content", "media_type", "kind"),
    [
        (HEAD + LINE, "application/vnd.ms-excel", "csv"),
        (HEAD + LINE, None, "csv"),
        ('{"a": 1}\n{"a": 2}\n', None, "ndjson"),
        ('{"a": 1}\n{"a": 2}\n', "application/json", "ndjson"),
        ("broken\n", "application/x-ndjson", "ndjson"),
        (' [{"a": 1}]', "application/json; charset=utf-8", "json"),
    ],
)
def test_the_format_is_decided_by_what_the_file_is(
    tmp_path: Path, content: str, media_type: str | None, kind: str
) -> None:
    assert open_file(write(tmp_path / "spool", content), media_type=media_type, name=None).format == kind


def test_a_file_over_its_limit_is_refused_unread(tmp_path: Path) -> None:
    """A sparse file: it takes no disk."""
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(max(refusals.MOST_BYTES.values()) + 1)
    with pytest.raises(FileRefused) as refusal:
        open_file(path, media_type=None, name="a.csv")
    assert refusal.value.code == "payload_too_large"
    write(path, b"PK\x03\x04")
    with path.open("r+b") as file:
        file.truncate(refusals.MOST_BYTES["xlsx"] + 1)
    with pytest.raises(FileRefused) as refusal:
        open_file(path, media_type=None, name="a.xlsx")
    assert refusal.value.code == "payload_too_large"


CHILD = """
import resource, sys
from pathlib import Path
from cases.intake.findings import FileRefused
from cases.intake.readers.files import open_file
resource.setrlimit(resource.RLIMIT_AS, (300_000_000, 300_000_000))
for path in map(Path, sys.argv[1:]):
    try:
        source = open_file(path, media_type=None, name=path.name)
        rows = source.table().rows if source.has_table else source.objects()
        print([row.findings[0].rule if source.has_table and row.findings else getattr(row, "refusal", None) for row in rows])
    except FileRefused as error:
        print(error.findings[0][0].rule, error.findings[0][1])
"""


def test_a_line_of_100_megabytes_is_never_held(tmp_path: Path) -> None:
    long = b"x" * 100_000_000
    paths = [
        write(tmp_path / "a.csv", long),
        write(tmp_path / "b.csv", HEAD.encode() + long + b"\n" + LINE.encode()),
        write(tmp_path / "a.ndjson", b'{"a": "' + long + b'"}\n{"a": 1}\n'),
        write(tmp_path / "a.json", b'[{"a": 1},\n{},\n{"a": "' + long[:50_000_000] + b'"}, {}]'),
    ]
    command = [sys.executable, "-c", CHILD, *map(str, paths)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.stdout.splitlines() == ["line_too_long 1", "line_too_long 2", "line_too_long 1", "line_too_long 3"]


def objects(path: Path) -> list[tuple[int, int, bytes | None, str | None]]:
    """The rows of JSON."""
    source = open_file(path, media_type=None, name=path.name)
    return [(row.index, row.line, row.raw, row.refusal) for row in source.objects()]


def test_lines_that_are_no_json_are_rows(tmp_path: Path) -> None:
    lines = [
        b"\xef\xbb\xbf" + b'{"a": 1}',
        b"",
        b"{",
        b"NaN",
        b"[" * 60_000,
        b'{"a": "\xe6"}',
        b'{"a": "\\ud800"}',
        b'  {"b": "\xc3\xa6"} ',
    ]
    assert objects(write(tmp_path / "a.ndjson", b"\r\n".join(lines))) == [
        (0, 1, b'{"a": 1}', None),
        (1, 3, None, "not_json"),
        (2, 4, None, "number_not_integer"),
        (3, 5, None, "too_deep"),
        (4, 6, None, "not_utf8"),
        (5, 7, None, "unusable_character"),
        (6, 8, b'{"b": "\xc3\xa6"}', None),
    ]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 64, 1 << 20])
@pytest.mark.parametrize("indent", [None, 1])
def test_elements_of_an_array_are_found_wherever_the_window_ends(
    tmp_path: Path, size: int, indent: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cases.intake.readers.json_files.CHUNK", size)
    elements = [[[1], 2], {"a": 'x,]["}', "æ": "\\"}, 12345, -1.5e3, 'q"', [], {}, None, True, 10**30]
    path = write(tmp_path / "a.json", json.dumps(elements, indent=indent, ensure_ascii=False))
    rows = objects(path)
    assert [json.loads(raw or b"") for _, _, raw, _ in rows] == elements
    assert [index for index, *_ in rows] == list(range(len(elements)))
    assert (rows[1][1] > 1) is (indent is not None)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 64, 1 << 20])
@pytest.mark.parametrize("long", ['"x,]["', '[{"a": "]"}]', "[[[[[], []]]]]", "1000000000", '"ææææ"'])
def test_an_element_that_is_too_long_refuses_the_array_wherever_the_window_ends(
    tmp_path: Path, size: int, long: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cases.intake.readers.json_files.CHUNK", size)
    path = write(tmp_path / "a.json", f"[1,\n{long}, 2]")
    monkeypatch.setattr("cases.intake.readers.json_files.MOST_LINE", len(long.encode()))
    assert len(objects(path)) == 3
    monkeypatch.setattr("cases.intake.readers.json_files.MOST_LINE", len(long.encode()) - 1)
    assert refused_finding(path) == ("line_too_long", 2, None)


def test_of_an_array_little_is_in_memory_whatever_characters_it_has(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", "[" + '{"a": 1},' * 300_000 + '"\U0001f600"]')
    tracemalloc.start()
    try:
        assert sum(1 for _ in open_file(path, media_type=None, name=path.name).objects())
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 16 * refusals.CHUNK


def test_what_strict_json_refuses_is_left_to_it(tmp_path: Path) -> None:
    texts = ['"' + "x" * 60_000 + '"', "1" * 18, '{"a": 1, "a": 2}', "[" * 900 + "]" * 900]
    rows = objects(write(tmp_path / "a.json", f"[{', '.join(texts)}]"))
    assert [(raw.decode() if raw else None, refusal) for _, _, raw, refusal in rows] == [(text, None) for text in texts]


@pytest.mark.parametrize("name", ["a.csv", "a.ndjson", "a.json"])
def test_a_file_of_lines_without_end_is_read_to_the_limit(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("csv_files", "json_files"):
        monkeypatch.setattr(f"cases.intake.readers.{module}.MOST_LINES", 40)
    texts = {"a.csv": HEAD + LINE * 39, "a.ndjson": "{}\n" * 40, "a.json": f"[{'1,' * 39}2]"}
    more = {"a.csv": "\n", "a.ndjson": "\n", "a.json": ""}
    path = write(tmp_path / name, texts[name])
    source = open_file(path, media_type=None, name=name)
    assert len([*(source.table().rows if source.has_table else source.objects())]) in {39, 40}
    write(path, texts[name].replace("[", "[1,") + more[name])
    assert refused_rule(path) == "too_many_lines"


def test_ragged_rows_are_told_and_trailing_separators_are_not(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", f"{HEAD}{LINE.strip()};;\n2025-03;DK01\n{LINE.strip()};more\n{LINE}")
    assert [(row.line, rules_of(row)) for row in rows_of(path)] == [
        (2, []),
        (3, ["row_ragged"]),
        (4, ["row_ragged"]),
        (5, []),
    ]


def test_a_quote_that_is_not_closed_spoils_its_line_alone(tmp_path: Path) -> None:
    text = HEAD + '"2025-03;DK01;STREET;NGO;F\n' + LINE * 30 + '"2025-03";"DK""01";"ST\nREET";NGO;F\n'
    rows = rows_of(write(tmp_path / "a.csv", text))
    assert rules_of(rows[0]) == ["quote_unclosed"]
    assert [row.cells for row in rows[1:31]] == [ROW] * 30
    assert (rows[31].line, rows[31].cells) == (33, ("2025-03", 'DK"01', "ST\nREET", "NGO", "F"))


def test_whoever_has_the_lines_tells_rows_by_the_same_lines(tmp_path: Path) -> None:
    quoted = '"2025-03";"DK""01";"ST\nREET";NGO;F\n'
    text = HEAD + '"open;b;c;d;e\n' + LINE * 25 + quoted + '"a"b"c\n' + "\n" + quoted + 'z;"\n'
    path = write(tmp_path / "a.csv", text)
    lines = text.splitlines(keepends=True)
    rows = [*spans(lines, ";")]
    assert "".join(own for _, own in rows) == text
    told = [(line, rule) for (line, cells, rule), _ in rows[1:] if rule or any(cells)]
    assert told == [(row.line, rules_of(row)[0] if row.findings else None) for row in rows_of(path)]
    assert [own for _, own in rows].count(quoted) == 2


def test_characters_and_lengths_that_no_cell_has_are_told(tmp_path: Path) -> None:
    text = HEAD + "2025-03;DK\x0001;STREET;NGO;F\n" + f"2025-03;{'x' * 1001};STREET;NGO;F\n" + '"a\0";b;c;d;e\n'
    rows = rows_of(write(tmp_path / "a.csv", text))
    assert [rules_of(row) for row in rows] == [["cell_unusable"], ["cell_too_long"], ["cell_unusable"]]
    assert rows[1].findings[0].column == 1
    assert rows[1].cells == ("2025-03", None, "STREET", "NGO", "F")


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r"])
def test_every_csv_that_danish_programs_write_is_read(
    tmp_path: Path, delimiter: str, encoding: str, ending: str
) -> None:
    header = ("Henvist i *", "Region *", "Sted for kontakten", "Opdaget af", "Køn")
    row = ("2025-03", "Region Sjælland", "Gade, vej; torv\tplads", "Politiet", "Transkønnet")
    text = csv_text([header, row, ("",) * 5, row], delimiter).replace("\r\n", ending)
    table = table_of(write(tmp_path / "a.csv", text, encoding))
    assert (table.header, table.header_line, table.sheet) == (header, 1, None)
    assert [(each.index, each.line, each.cells) for each in table.rows] == [(0, 2, row), (1, 4, row)]


def test_the_line_that_excel_writes_of_its_separator_is_no_header(tmp_path: Path) -> None:
    table = table_of(write(tmp_path / "a.csv", "sep=,\r\n" + csv_text([HEADER, ROW], ",")))
    assert (table.header, table.header_line) == (HEADER, 2)


def test_reading_again_gives_the_same_rows(tmp_path: Path) -> None:
    source = open_file(write(tmp_path / "a.csv", HEAD + LINE * 10 + '"\n' + LINE), media_type=None, name=None)
    assert [*source.table().rows] == [*source.table().rows]
    assert source.count() == 13
