"""Workbooks that are built to harm, or by accident do: each is refused with a reason, or its rows are, in little memory."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from cases.intake.readers import refusals
from tests.cases.intake.files import (
    HEADER,
    ROW,
    SHEET,
    header_xml,
    inline,
    ods,
    ods_cell,
    ods_row,
    ods_table,
    refused_finding,
    refused_rule,
    rows_of,
    rules_of,
    table_of,
    with_parts,
    with_sheet,
    write,
    xlsx,
)

MEMORY_LIMIT = 700_000_000
CHILD = """
import resource, sys
from pathlib import Path
from cases.intake.findings import FileRefused
from cases.intake.readers.files import open_file
resource.setrlimit(resource.RLIMIT_AS, ({limit}, {limit}))
for path in map(Path, sys.argv[1:]):
    try:
        print(sum(1 for _ in open_file(path, media_type=None, name=path.name).table().rows))
    except FileRefused as error:
        print(error.findings[0][0].rule)
"""


def in_little_memory(*paths: Path) -> list[str]:
    """What a process that may have 700 MB of addresses says of files: the rule, or the number of rows."""
    script = CHILD.format(limit=MEMORY_LIMIT)
    result = subprocess.run(
        [sys.executable, "-c", script, *map(str, paths)], capture_output=True, text=True, check=False
    )
    assert result.stderr == ""
    return result.stdout.split()


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = with_parts(xlsx(tmp_path / "a.xlsx"), {SHEET: b" " * 200_000_000})
    assert path.stat().st_size < 1_000_000
    assert in_little_memory(path) == ["file_unpacks_too_large"]


def test_a_bomb_that_packs_no_better_than_tables_is_refused_by_its_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = xlsx(tmp_path / "a.xlsx")
    monkeypatch.setattr("cases.intake.readers.archives.MOST_UNPACKED", 5_000)
    assert refused_rule(path) == "file_unpacks_too_large"


def test_a_bomb_in_a_bomb_is_never_opened(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with ZipFile(inner, "w", ZIP_DEFLATED) as archive:
        archive.writestr("a", b"\0" * 50_000_000)
    path = with_parts(xlsx(tmp_path / "a.xlsx"), {"xl/embeddings/inner.zip": inner.getvalue()})
    assert len(rows_of(path)) == 1


def lie(path: Path, name: str, size: int) -> Path:
    """The archive with another size of a part in its directory and before the part."""
    raw = bytearray(path.read_bytes())
    with ZipFile(path) as archive:
        part = archive.getinfo(name)
        crc = zlib.crc32(archive.read(name)[:size])
    at = raw.find(b"PK\x01\x02")
    while raw[at + 46 : at + 46 + len(name)] != name.encode():
        at = raw.find(b"PK\x01\x02", at + 4)
    struct.pack_into("<L", raw, at + 16, crc)
    struct.pack_into("<L", raw, at + 24, size)
    struct.pack_into("<L", raw, part.header_offset + 14, crc)
    struct.pack_into("<L", raw, part.header_offset + 22, size)
    return write(path, bytes(raw))


def test_a_directory_that_lies_is_believed_and_its_word_kept(tmp_path: Path) -> None:
    """The part holds 48 MB and says that it holds 500 bytes: only those are read, whatever the library would unpack."""
    beginning = (
        f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{header_xml()}'
    )
    path = with_parts(xlsx(tmp_path / "a.xlsx"), {SHEET: beginning.encode() + b"<row/>" * 8_000_000})
    assert in_little_memory(lie(path, SHEET, 500)) == ["file_broken"]


def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    """Two programs could read different ones."""
    path = xlsx(tmp_path / "a.xlsx")
    with pytest.warns(UserWarning, match="Duplicate"), ZipFile(path, "a") as archive:
        archive.writestr(SHEET, "<worksheet/>")
    assert refused_rule(path) == "file_broken"


def test_an_archive_of_many_parts_is_refused_before_they_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with ZipFile(path, "w") as archive:
        for number in range(refusals.MOST_PARTS + 1):
            archive.writestr(f"xl/{number}", b"")
    assert refused_rule(path) == "file_unpacks_too_large"


def test_16384_columns_are_refused(tmp_path: Path) -> None:
    row = "".join(f'<c r="{letters}1"><v>1</v></c>' for letters in ("A", "GR", "GS", "XFD"))
    path = with_sheet(tmp_path / "a.xlsx", f'<row r="1">{row}</row>')
    assert refused_finding(path) == ("too_many_columns", 1, None)


def test_one_cell_far_away_takes_no_memory(tmp_path: Path) -> None:
    """The library would hold the whole rectangle: 17 thousand million cells."""
    paths = [
        with_sheet(tmp_path / f"{place}.xlsx", header_xml() + f'<row r="{row}">{inline(place, "x")}</row>')
        for row, place in ((1048576, "XFD1048576"), (1048576, "A1048576"), (99999, "GR99999"))
    ]
    assert in_little_memory(*paths) == ["too_many_columns", "too_many_rows", "too_many_cells"]


def test_a_million_empty_rows_are_none(tmp_path: Path) -> None:
    data = "".join(f'<row r="{row}" s="1"/>' for row in range(3, 1_000_003))
    row = f'<row r="2">{inline("A2", ROW[0])}<c r="B2" s="0"/></row>'
    one = with_sheet(tmp_path / "a.xlsx", header_xml() + row + data)
    empty = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16384"/>'
    other = ods(tmp_path / "a.ods", ods_table(f"{ods_row(ROW)}{empty}</table:table-row>"))
    assert in_little_memory(one, other) == ["1", "1"]


def test_what_repeats_in_ods_is_counted(tmp_path: Path) -> None:
    paths = []
    for rows, cells in ((1, 16384), (1048000, 1), (100000, 200)):
        cell = ods_cell("x", f'table:number-columns-repeated="{cells}"')
        data = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
        paths.append(ods(tmp_path / f"{rows}.ods", ods_table(data)))
    assert in_little_memory(*paths) == ["too_many_columns", "too_many_rows", "too_many_cells"]


def test_texts_that_cells_share_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cases.intake.readers.workbooks.MOST_SHARED_TEXTS", 3)
    path = with_parts(xlsx(tmp_path / "a.xlsx"), {"xl/sharedStrings.xml": "<sst>" + "<si><t>a</t></si>" * 4 + "</sst>"})
    assert refused_rule(path) == "file_unpacks_too_large"


ENTITIES = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE a SYSTEM "file:///etc/passwd">'


@pytest.mark.parametrize("head", [ENTITIES, OUTSIDE])
def test_a_document_type_is_refused(tmp_path: Path, head: str) -> None:
    assert refused_rule(with_sheet(tmp_path / "a.xlsx", header_xml(), head=head)) == "file_broken"
    (tmp_path / "a.xlsx").unlink()
    path = xlsx(tmp_path / "b.xlsx")
    assert refused_rule(with_parts(path, {"xl/sharedStrings.xml": f"{head}<sst/>"})) == "file_broken"


def test_a_document_type_in_ods_is_refused(tmp_path: Path) -> None:
    path = ods(tmp_path / "a.ods", ods_table(ods_row(ROW)))
    content = ZipFile(path).read("content.xml").decode().replace("?>", f"?>{ENTITIES}", 1)
    assert refused_rule(with_parts(path, {"content.xml": content})) == "file_broken"


@pytest.mark.parametrize("encoding", ["utf-16", "cp037", "utf-7", "x-unknown"])
def test_an_encoding_in_which_bytes_are_something_else_is_refused(tmp_path: Path, encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    assert refused_rule(with_sheet(tmp_path / "a.xlsx", header_xml(), head=head)) == "file_broken"


@pytest.mark.parametrize(
    "data",
    [
        "<row",
        '<row r="2"/><row r="1"/>',
        '<row r="x"/>',
        '<row r="1"><c r="A2"><v>1</v></c></row>',
        '<row r="1"><c r="ÆØ1"><v>1</v></c></row>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
        '<row r="1" ht="tall"/>',
        '<row r="99999999999999999999"/>',
    ],
)
def test_a_sheet_that_makes_no_sense_is_refused(tmp_path: Path, data: str) -> None:
    assert refused_rule(with_sheet(tmp_path / "a.xlsx", data)) == "file_broken"


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "xl/styles.xml"]
)
def test_a_part_that_is_no_xml_is_refused(tmp_path: Path, part: str) -> None:
    assert refused_rule(with_parts(xlsx(tmp_path / "a.xlsx"), {part: b"\x00\xff<"})) == "file_broken"


def test_every_cut_of_a_workbook_is_refused(tmp_path: Path) -> None:
    whole = xlsx(tmp_path / "a.xlsx").read_bytes()
    for length in range(10, len(whole), 331):
        assert refused_rule(write(tmp_path / "a.xlsx", whole[:length])) in {"file_broken", "file_unpacks_too_large"}


def test_macros_are_refused(tmp_path: Path) -> None:
    path = with_parts(xlsx(tmp_path / "a.xlsm"), {"xl/vbaProject.bin": b"\xd0\xcf"})
    assert refused_rule(path) == "file_has_macros"


def test_links_to_other_files_are_not_followed(tmp_path: Path) -> None:
    link = '<externalLink xmlns:r="x"><externalBook r:id="rId1"/></externalLink>'
    row = f'<row r="2"><c r="A2" t="str"><f>[1]Ark1!A1</f><v>2025-03</v></c>{inline("B2", "DK01")}</row>'
    path = with_sheet(tmp_path / "a.xlsx", header_xml() + row)
    rows = rows_of(with_parts(path, {"xl/externalLinks/externalLink1.xml": link}))
    assert rows[0].cells[:2] == ("2025-03", "DK01")
    assert rows[0].findings == ()


def test_a_password_is_told_of(tmp_path: Path) -> None:
    """Office keeps what a password protects in an old kind of file."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600_000
    path = write(tmp_path / "a.xlsx", head + "EncryptedPackage".encode("utf-16-le") + b"\0" * 1000)
    assert refused_rule(path) == "file_has_password"
    assert refused_rule(write(tmp_path / "a.xlsx", head)) == "format_old"


def test_a_password_of_ods_is_told_of(tmp_path: Path) -> None:
    manifest = '<m:manifest xmlns:m="x"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    path = ods(tmp_path / "a.ods", ods_table(ods_row(ROW)))
    assert refused_rule(with_parts(path, {"META-INF/manifest.xml": manifest})) == "file_has_password"


def test_formulas_without_a_value_are_told_cell_by_cell(tmp_path: Path) -> None:
    rows = rows_of(xlsx(tmp_path / "a.xlsx", [HEADER, ("=A1", "DK01", "=NA()", *ROW[3:])]))
    assert [(each.rule, each.column) for each in rows[0].findings] == [
        ("formula_without_value", 0),
        ("formula_without_value", 2),
    ]
    assert rows[0].cells == ("", "DK01", "", *ROW[3:])


def test_a_workbook_that_was_never_computed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cases.intake.readers.sheets.MOST_FAULTS", 3)
    assert refused_rule(xlsx(tmp_path / "a.xlsx", [HEADER, ("=A1",) * 5])) == "never_computed"


def test_cells_that_show_an_error_are_told(tmp_path: Path) -> None:
    row = '<row r="2"><c r="A2" t="e"><f>NA()</f><v>#N/A</v></c></row>'
    assert rules_of(rows_of(with_sheet(tmp_path / "a.xlsx", header_xml() + row))[0]) == ["cell_error"]
    error = '<table:table-cell office:value-type="string" calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>'
    path = ods(tmp_path / "a.ods", ods_table(f"<table:table-row>{error}{ods_cell('DK01')}</table:table-row>"))
    assert rules_of(rows_of(path)[0]) == ["cell_error"]


def test_merged_rows_are_told(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [HEADER, *[ROW] * 4], lambda _, sheet: sheet.merge_cells("B3:B4"))
    assert [rules_of(row) for row in rows_of(path)] == [[], ["cells_merged"], ["cells_merged"], []]


def test_merged_cells_above_the_header_do_no_harm(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [("Skema",), HEADER, ROW], lambda _, sheet: sheet.merge_cells("A1:E1"))
    table = table_of(path)
    assert (table.header, table.header_line) == (HEADER, 2)
    assert [row.findings for row in table.rows] == [()]


def test_hidden_rows_are_refused_by_their_numbers(tmp_path: Path) -> None:
    def hide(_: object, sheet: object) -> None:
        sheet.row_dimensions[3].hidden = True  # type: ignore[attr-defined]

    assert refused_finding(xlsx(tmp_path / "a.xlsx", [HEADER, ROW, ROW], hide)) == ("hidden_rows", 3, None)


def test_a_hidden_column_is_refused_by_its_place(tmp_path: Path) -> None:
    def hide(_: object, sheet: object) -> None:
        sheet.column_dimensions["C"].hidden = True  # type: ignore[attr-defined]

    assert refused_finding(xlsx(tmp_path / "a.xlsx", [HEADER, ROW], hide)) == ("hidden_column", 1, 2)
    (tmp_path / "a.xlsx").unlink()
    assert len(rows_of(xlsx(tmp_path / "b.xlsx", [HEADER, (*ROW[:2], None, *ROW[3:])], hide))) == 1


@pytest.mark.parametrize("visibility", ["collapse", "filter"])
def test_hidden_rows_of_ods_are_refused(tmp_path: Path, visibility: str) -> None:
    path = ods(tmp_path / "a.ods", ods_table(ods_row(ROW) + ods_row(ROW, f'table:visibility="{visibility}"')))
    assert refused_finding(path) == ("hidden_rows", 3, None)
