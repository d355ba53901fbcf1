"""Files that are built to harm, or by accident do, each small: what `test_hostile_files` sends."""

from __future__ import annotations

import codecs
import io
import re
import struct
import zlib
from collections.abc import Callable, Mapping
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import load_workbook

from tests.api.batches.sending import Row, as_csv, as_json, as_ndjson, as_ods, as_xlsx, row

# Stands in every file, and must come back from none.
MARKER = "Qq7ZzMarker"
SHEET, SHARED_TEXTS, CONTENT = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "content.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENTITIES = f'<!DOCTYPE a [<!ENTITY a "{MARKER}">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
LAUGHS = f"{ENTITIES}]>"
OUTSIDE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def rows() -> list[dict[str, Any]]:
    """Two rows that keep all rules."""
    return [row(), row()]


def workbook(change: Callable[[Any, Any], object], sent: list[dict[str, Any]] | None = None) -> bytes:
    """A workbook of rows, changed as `change(book, sheet)` likes."""
    book, out = load_workbook(io.BytesIO(as_xlsx(sent or rows()))), io.BytesIO()
    change(book, book.active)
    book.save(out)
    return out.getvalue()


def with_parts(raw: bytes, parts: Mapping[str, bytes | str | Callable[[str], str]]) -> bytes:
    """An archive with some parts put in place of its own, changed, or beside them."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(raw)) as archive, ZipFile(out, "w", ZIP_DEFLATED) as copy:
        for name in {**dict.fromkeys(archive.namelist()), **parts}:
            part = parts[name] if name in parts else archive.read(name)
            copy.writestr(name, part(archive.read(name).decode()) if callable(part) else part)
    return out.getvalue()


def with_document_type(raw: bytes, part: str, document_type: str) -> bytes:
    """An archive of which one part declares entities, and uses one."""

    def declare(text: str) -> str:
        head, _, rest = text.rpartition("?>")
        return f"{head}{'?>' if head else ''}{document_type}{rest.replace('NGO', '&a;')}"

    return with_parts(raw, {part: declare})


def with_shared_texts(document_type: str) -> bytes:
    """A workbook whose shared texts use an entity."""
    return with_parts(as_xlsx(rows()), {SHARED_TEXTS: f"{document_type}<sst><si><t>&a;</t></si></sst>"})


def lie(raw: bytes, name: str, size: int) -> bytes:
    """An archive that says another size of a part, in its directory and before the part."""
    changed = bytearray(raw)
    with ZipFile(io.BytesIO(raw)) as archive:
        part = archive.getinfo(name)
        crc = zlib.crc32(archive.read(name)[:size])
    at = raw.find(b"PK\x01\x02")
    while raw[at + 46 : at + 46 + len(name)] != name.encode():
        at = raw.find(b"PK\x01\x02", at + 4)
    for place in (at + 16, part.header_offset + 14):
        struct.pack_into("<L", changed, place, crc)
    for place in (at + 24, part.header_offset + 22):
        struct.pack_into("<L", changed, place, size)
    return bytes(changed)


def zeros(size: int) -> bytes:
    """An archive of nothing else, which packs a thousand times smaller."""
    return with_parts(as_xlsx(rows()), {"xl/media/image1.png": b"\0" * size})


def nested() -> bytes:
    """A workbook that has a bomb in it, which nobody opens."""
    return with_parts(as_xlsx(rows()), {"xl/embeddings/book.xlsx": zeros(9_000_000)})


def sheet_of(data: str, before: str = "") -> bytes:
    """A workbook whose sheet is this XML."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{space}">{before}<sheetData>{data}</sheetData></worksheet>'
    return with_parts(as_xlsx(rows()), {SHEET: sheet})


def empty_rows(number: int) -> bytes:
    """A workbook with rows that have a form and no content, and that says to have a million."""

    def add(text: str) -> str:
        empty = "".join(f'<row r="{row}" s="1"/>' for row in range(4, number + 4))
        text = re.sub('<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"', text)
        return text.replace("</sheetData>", f"{empty}</sheetData>")

    return with_parts(as_xlsx(rows()), {SHEET: add})


def empty_rows_of_ods() -> bytes:
    """A million of them, as ODS says it."""
    cell = '<table:table-cell table:number-columns-repeated="16384"/>'
    line = f'<table:table-row table:number-rows-repeated="1048000">{cell}</table:table-row>'
    return at_the_end(line)


def at_the_end(lines: str) -> bytes:
    """An ODS file with lines behind its rows."""
    change = {CONTENT: lambda text: text.replace("</table:table>", f"{lines}</table:table>")}
    return with_parts(as_ods(rows()), change)


def repeated_in_ods(lines: int, columns: int) -> bytes:
    """An ODS file with a cell that stands there once and is said to repeat."""
    cell = f'<table:table-cell office:value-type="string" table:number-columns-repeated="{columns}"><text:p>{MARKER}</text:p>'
    return at_the_end(
        f'<table:table-row table:number-rows-repeated="{lines}">{cell}</table:table-cell></table:table-row>'
    )


def with_formula(formula: str, value: str | None) -> bytes:
    """A workbook with a formula in the first cell below `gender`, and what it showed when it was saved."""
    sent = rows()
    column = [*sent[0]].index("gender") + 1

    def write(_: Any, sheet: Any) -> None:
        sheet.cell(2, column).value = formula

    raw = workbook(write, sent)
    if value is None:
        return raw
    place = re.compile(r"<c r=\"([A-Z]+2)\"([^>]*)>(<f>.*?</f>)<v\s*/?>(</v>)?</c>")
    return with_parts(raw, {SHEET: lambda text: place.sub(rf'<c r="\1" t="str">\3<v>{value}</v></c>', text)})


def with_link(raw: bytes) -> bytes:
    """A workbook that takes its values from another file."""
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    target = f'Type="t/externalLinkPath" Target="file:///{MARKER}.xlsx" TargetMode="External"'
    relations = f'<Relationships xmlns="{space}"><Relationship Id="rId1" {target}/></Relationships>'
    link = '<externalLink xmlns:r="r"><externalBook r:id="rId1"/></externalLink>'
    folder = "xl/externalLinks"
    return with_parts(raw, {f"{folder}/externalLink1.xml": link, f"{folder}/_rels/externalLink1.xml.rels": relations})


def second_header(raw: bytes) -> bytes:
    """A CSV whose first column stands twice."""
    lines = raw.decode().splitlines()
    return "\r\n".join(f"{line},{line.partition(',')[0]}" for line in lines).encode()


def utf16(raw: bytes, mark: bytes = codecs.BOM_UTF16_LE) -> bytes:
    """A text in UTF-16, with the mark of it or without."""
    return mark + raw.decode().encode("utf-16-le")


def with_text(raw: bytes, text: str, encoding: str = "utf-8") -> bytes:
    """A file with a text in place of a code."""
    return raw.replace(b"NGO", text.encode(encoding), 1)


def of_lines(*lines: bytes) -> bytes:
    """NDJSON of a row, lines, and a row."""
    return b"\n".join([*as_ndjson([row()]).splitlines(), *lines, *as_ndjson([row()]).splitlines()])


def in_array(element: str) -> bytes:
    """An array of a row, an element, and a row."""
    first, last = as_json([row()]).decode()[1:-1], as_json([row()]).decode()[1:-1]
    return f"[{first}, {element}, {last}]".encode()


def member(name: str, text: str) -> str:
    """A row in JSON with a member as it is written."""
    sent: Row = row(**{name: ...})
    return f'{as_json([sent]).decode()[1:-2]}, "{name}": {text}}}'


def quotes_never_closed() -> bytes:
    """A CSV in whose second row a quote is opened."""
    first, *others = as_csv([row(), row(), row()]).decode().splitlines()
    return "\n".join([first, others[0], f'"{others[1]}', others[2]]).encode()
