"""Deliveries as partners send them: rows in every format, as a part or as the body itself."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook

from api.batches.uploads import ODS, XLSX
from tests.callers import Browser, Caller, referral

BATCHES, PUBLIC, MAPPING = "/api/v1/batches", "/api/v1/public/check", "/api/v1/mappings/referrals"
JSON, NDJSON, CSV = "application/json", "application/x-ndjson", "text/csv"
BOUNDARY = "boundary-5e0d7c64"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
Row = Mapping[str, Any]


def row(**changes: object) -> dict[str, Any]:
    """A new row that keeps all rules. A change to ... leaves the member out."""
    return {
        name: value for name, value in {"reference": str(uuid4()), **referral(**changes)}.items() if value is not ...
    }


def table(rows: Sequence[Row]) -> list[list[object]]:
    """A header and the cells of each row, a set's codes in one cell."""
    names = list(dict.fromkeys(name for each in rows for name in each))
    head: list[object] = [*names]
    return [head, *([cell(each.get(name)) for name in names] for each in rows)]


def cell(value: object) -> object:
    """A value in one cell."""
    return ("|".join(value) or "[]") if isinstance(value, list) else value


def as_json(rows: Iterable[Row]) -> bytes:
    return json.dumps(list(rows)).encode()


def as_ndjson(rows: Iterable[Row]) -> bytes:
    return b"".join(json.dumps(each).encode() + b"\n" for each in rows)


def as_csv(rows: Sequence[Row]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(table(rows))
    return out.getvalue().encode()


def as_xlsx(rows: Sequence[Row]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for each in table(rows):
        book.active.append(each)
    book.save(out)
    return out.getvalue()


def as_ods(rows: Sequence[Row]) -> bytes:
    book, out, sheet = OpenDocumentSpreadsheet(), io.BytesIO(), Table(name="Ark1")
    for each in table(rows):
        line = TableRow()
        for value in each:
            box = TableCell(valuetype="string")
            box.addElement(P(text="" if value is None else str(value)))
            line.addElement(box)
        sheet.addElement(line)
    book.spreadsheet.addElement(sheet)
    book.write(out)
    return out.getvalue()


FORMS = {JSON: as_json, NDJSON: as_ndjson, CSV: as_csv, XLSX: as_xlsx, ODS: as_ods}
ENDINGS = {JSON: "json", NDJSON: "ndjson", CSV: "csv", XLSX: "xlsx", ODS: "ods"}


def part(name: str, content: bytes, *, file_name: str = "", media_type: str = "") -> bytes:
    """One part of a form."""
    words = f'form-data; name="{name}"' + (f'; filename="{file_name}"' if file_name else "")
    lines = [f"--{BOUNDARY}", f"Content-Disposition: {words}", *([f"Content-Type: {media_type}"] if media_type else [])]
    return "\r\n".join([*lines, "", ""]).encode() + content + b"\r\n"


def parts(*each: bytes) -> bytes:
    """A form with its end."""
    return b"".join(each) + f"--{BOUNDARY}--\r\n".encode()


def file_part(content: bytes, media_type: str = CSV) -> bytes:
    """The part with the file."""
    return part("file", content, file_name=f"henvisninger.{ENDINGS[media_type]}", media_type=media_type)


def post(
    caller: Caller | None, raw: bytes, media_type: str, path: str = f"{BATCHES}?dry_run=false", **headers: str
) -> HttpResponse:
    """A body as it is. A caller sends a new key, unless a header says another one; `...` in its place none."""
    sent = {"Authorization": f"Bearer {caller.token}", "Idempotency-Key": str(uuid4())} if caller else {}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    browser = caller.browser if caller else Browser()
    sent = {name: value for name, value in sent.items() if value != ""}
    answer: HttpResponse = browser.generic("POST", path, raw, content_type=media_type, headers=sent)  # type: ignore[assignment]
    return answer


def send(
    caller: Caller,
    rows: Sequence[Row],
    media_type: str = NDJSON,
    *,
    dry_run: bool = False,
    more: str = "",
    **headers: str,
) -> HttpResponse:
    """Rows in a format, as the body itself."""
    path = f"{BATCHES}?dry_run={'true' if dry_run else 'false'}{more}"
    return post(caller, FORMS[media_type](rows), media_type, path, **headers)


def whole(answer: HttpResponse, status: int = 200) -> dict[str, Any]:
    """The delivery in an answer."""
    assert answer.status_code == status, (answer.status_code, answer.content)
    found: dict[str, Any] = json.loads(answer.content)
    return found


def outcomes(batch: Mapping[str, Any]) -> list[tuple[str, int | None]]:
    """Outcome and version of each row."""
    return [(each["outcome"], each["version"]) for each in batch["results"]]


def rules(batch: Mapping[str, Any]) -> list[list[str]]:
    """The rules that each row breaks."""
    return [[finding["rule"] for finding in each["findings"]] for each in batch["results"]]
