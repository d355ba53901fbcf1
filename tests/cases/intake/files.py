"""Files that senders make, well and badly: what the tests of readers open."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from cases import dictionary as d
from cases.intake.findings import FileRefused
from cases.intake.readers.files import open_file
from cases.intake.templates.columns import REFERENCE
from cases.intake.understanding.sources import FileTable, SourceRow

HEADER = tuple(field.name for field in d.REFERRAL[1:6])
ROW = ("2025-03", "DK01", "STREET", "NGO", "F")
SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def example_members() -> dict[str, object]:
    """A row with every member but the version: the dictionary's example."""
    examples = {
        field.name: list(field.example) if isinstance(field.example, tuple) else field.example for field in d.REFERRAL
    }
    return {REFERENCE: "c0ffee00-0000-4000-8000-000000000001", **examples}


def write(path: Path, content: bytes | str, encoding: str = "utf-8") -> Path:
    """A file with a content."""
    path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
    return path


def csv_text(rows: Iterable[Sequence[object]], delimiter: str = ";") -> str:
    """Rows as CSV."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def xlsx(
    path: Path, rows: Iterable[Sequence[object]] = (HEADER, ROW), change: Callable[[Any, Any], object] | None = None
) -> Path:
    """A workbook of one sheet, changed as `change(book, sheet)` likes."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    if change is not None:
        change(book, sheet)
    book.save(path)
    return path


def with_parts(path: Path, parts: Mapping[str, bytes | str]) -> Path:
    """The archive with some parts put in place of its own, or beside them."""
    with ZipFile(path) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in {**kept, **parts}.items():
            archive.writestr(name, content)
    return path


def with_sheet(path: Path, data: str, *, before: str = "", after: str = "", head: str = "") -> Path:
    """A workbook whose sheet is this XML."""
    sheet = f'{head}<worksheet xmlns="{NAMESPACE}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'
    return with_parts(xlsx(path), {SHEET: sheet})


def inline(place: str, text: str) -> str:
    """A cell with a text in it."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def header_xml(row: int = 1) -> str:
    """The header as a row of a sheet."""
    return f'<row r="{row}">{"".join(inline(f"{chr(65 + at)}{row}", name) for at, name in enumerate(HEADER))}</row>'


def ods(path: Path, tables: str, *, styles: str = "") -> Path:
    """An ODS file of this XML."""
    names = {"office": "office", "table": "table", "text": "text", "style": "style"}
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for prefix, name in names.items()
    )
    spaces += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.3">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    with ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", '<m:manifest xmlns:m="m"/>')
    return path


def ods_table(rows: str, *, name: str = "Data", attributes: str = "") -> str:
    """A sheet of an ODS file, with the header."""
    return f'<table:table table:name="{name}" {attributes}>{ods_row(HEADER)}{rows}</table:table>'


def ods_row(cells: Iterable[str], attributes: str = "") -> str:
    """A row of texts."""
    return f"<table:table-row {attributes}>{''.join(map(ods_cell, cells))}</table:table-row>"


def ods_cell(text: str, attributes: str = "") -> str:
    """A cell with a text."""
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{text}</text:p></table:table-cell>'


def table_of(path: Path, name: str | None = None, media_type: str | None = None) -> FileTable:
    """The table of a file."""
    return open_file(path, media_type=media_type, name=name or path.name).table()


def rows_of(path: Path, name: str | None = None) -> list[SourceRow]:
    """The rows of a file."""
    return list(table_of(path, name).rows)


def rules_of(row: SourceRow) -> list[str]:
    """The rules that a row breaks."""
    return [finding.rule for finding in row.findings]


def refused_rule(path: Path, name: str | None = None, media_type: str | None = None) -> str:
    """The rule for which a file is refused."""
    return refused_finding(path, name, media_type)[0]


def refused_finding(
    path: Path, name: str | None = None, media_type: str | None = None
) -> tuple[str, int | None, int | None]:
    """The rule for which a file is refused, with the line and the column. No copy of the file is left behind."""
    with pytest.raises(FileRefused) as refusal:
        source = open_file(path, media_type=media_type, name=name or path.name)
        for _ in source.table().rows if source.has_table else source.objects():
            pass
    assert list(path.parent.iterdir()) == [path]
    finding, line = refusal.value.findings[0]
    return finding.rule, line, finding.column
