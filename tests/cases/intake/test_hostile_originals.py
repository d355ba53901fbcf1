"""Workbooks that would fill a server's memory are not opened to be marked: their senders get the rejected rows."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import load_workbook

from cases.intake.errorfiles import own_workbook, sizes
from cases.intake.errorfiles.making import errors_xlsx
from cases.intake.errorfiles.marks import SentFile
from tests.cases.intake.test_error_files import DAY, MARKS, own_book, rejected_rows, rows_of, xlsx

EVERYTHING, SHEET = b"A1:XFD1048576", "xl/worksheets/sheet2.xml"
# What the workbook has is far less than that.
LIMITS = {"MOST_CELLS": 1_000, "MOST_LINES": 100, "MOST_OTHERS": 1_000, "MOST_BYTES": 100_000}
HOSTILE: dict[str, tuple[str, bytes, bytes]] = {
    "merged cells": (SHEET, b'mergeCell ref="E1:F1"', b'mergeCell ref="%b"' % EVERYTHING),
    "merged columns": (SHEET, b'mergeCell ref="E1:F1"', b'mergeCell ref="A:XFD"'),
    "a link": (SHEET, b'hyperlink ref="D4"', b'hyperlink ref="%b"' % EVERYTHING),
    "a table": ("xl/tables/table1.xml", b'ref="A3:C6"', b'ref="%b"' % EVERYTHING),
    "rows": (SHEET, b"<sheetData>", b"<sheetData>" + b"<row/>" * 101),
    "cells": (SHEET, b"<sheetData>", b"<sheetData><row>" + b"<c/>" * 1_001 + b"</row>"),
    "cells under another name": (SHEET, b"<sheetData>", b"<sheetData><row>" + b"<x:c/>" * 1_001 + b"</row>"),
    "forms": ("xl/styles.xml", b"<fonts", b"<a/>" * 1_001 + b"<fonts"),
    "bytes": ("docProps/app.xml", b"<Application>", b"<Application>" + b" " * 100_001),
    "entities": ("docProps/app.xml", b"<Properties", b'<!DOCTYPE x [<!ENTITY a "b">]><Properties'),
}


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SentFile:
    """A harmless workbook, under limits that it keeps."""
    own_book(tmp_path / "own.xlsx")
    for name, limit in LIMITS.items():
        monkeypatch.setattr(sizes, name, limit)
    return SentFile(
        tmp_path / "own.xlsx", "xlsx", 3, ("reference", "region", "referred_in"), "Vores tal", header_line=3
    )


def changed(file: SentFile, part: str, old: bytes, new: bytes) -> SentFile:
    """The file with something else in a part."""
    path = file.path.with_name("hostile.xlsx")
    with ZipFile(file.path) as source, ZipFile(path, "w", ZIP_DEFLATED) as copy:
        for name in source.namelist():
            content = source.read(name)
            assert name != part or old in content
            copy.writestr(name, content.replace(old, new, 1) if name == part else content)
    return SentFile(path, "xlsx", file.rows, file.columns, file.sheet, file.header_line)


def test_the_workbook_itself_is_opened(own: SentFile) -> None:
    assert xlsx(own).sheetnames == ["Noter", "Vores tal"]


@pytest.mark.parametrize("what", HOSTILE)
def test_one_that_is_far_larger_than_it_looks_is_not(what: str, own: SentFile, monkeypatch: pytest.MonkeyPatch) -> None:
    file = changed(own, *HOSTILE[what])
    monkeypatch.setattr(own_workbook, "load_workbook", lambda *_, **__: pytest.fail("it was opened"))
    with pytest.raises(sizes.WorkbookTooLarge):
        own_workbook.marked_workbook(file, MARKS, "da")
    sheet = load_workbook(BytesIO(errors_xlsx(file, MARKS, rejected_rows(), language="da", day=DAY))).worksheets[0]
    assert len(rows_of(sheet)) == 2
