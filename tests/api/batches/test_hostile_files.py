"""Hostile and strange files over HTTP, as a delivery and as a check without an account.

Each is answered by a 4xx that names a rule, or row by row. Nothing of it is repeated, logged, or left in the spool.
"""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from api.batches.uploads import ODS, XLSX
from cases.intake.batches.jobs import work_batch
from cases.intake.models import Batch
from tests.api.asserts import body, findings, problem
from tests.api.batches import hostile as h
from tests.api.batches.sending import (
    BATCHES,
    BOUNDARY,
    CSV,
    ENDINGS,
    JSON,
    MULTIPART,
    NDJSON,
    PUBLIC,
    as_csv,
    as_json,
    as_ndjson,
    as_ods,
    as_xlsx,
    part,
    parts,
    post,
    row,
    rules,
    whole,
)
from tests.callers import Caller

pytestmark = pytest.mark.django_db
DELIVERY = f"{BATCHES}?dry_run=true"
UNREADABLE, TOO_LARGE, COLUMNS = "file_unreadable", "payload_too_large", "columns_wrong"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + h.MARKER.encode()


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path, logged: io.StringIO) -> Iterator[Path]:
    """The spool of a test: empty when it ends, and nothing of the file in the log."""
    settings.HENVIS_SPOOL = tmp_path / "spool"
    yield settings.HENVIS_SPOOL
    assert [*settings.HENVIS_SPOOL.glob("*")] == []
    assert h.MARKER.lower() not in logged.getvalue().lower()


def answers(ngo: Caller, raw: bytes, media_type: str, *, name: str = "") -> Iterator[Any]:
    """What is answered to a file: as the body itself and in parts, as a delivery and as a check of the public."""
    form = parts(part("file", raw, file_name=name or f"{h.MARKER}.{ENDINGS[media_type]}", media_type=media_type))
    bodies = [(form, MULTIPART)] if name else [(raw, media_type), (form, MULTIPART)]
    for sent, kind in bodies:
        for caller, path in ((ngo, DELIVERY), (None, PUBLIC)):
            answer = post(caller, sent, kind, path)
            assert h.MARKER.lower() not in (answer.content.decode() + str(dict(answer.headers))).lower()
            yield answer


Make = Callable[[], bytes]
WHOLE: dict[str, tuple[Make, str, str, str]] = {
    "bomb": (lambda: h.zeros(11_000_000), XLSX, UNREADABLE, "file_unpacks_too_large"),
    "bomb by its directory": (
        lambda: h.lie(as_xlsx([row()]), h.SHEET, 400_000_000), XLSX, UNREADABLE, "file_unpacks_too_large"
    ),
    "bomb that says to be small": (
        lambda: h.lie(h.sheet_of("<row/>" * 100_000), h.SHEET, 100), XLSX, UNREADABLE, "file_broken"
    ),
    "bomb in ODS": (
        lambda: h.with_parts(as_ods([row()]), {h.CONTENT: b" " * 11_000_000}), ODS, UNREADABLE, "file_unpacks_too_large"
    ),
    "bomb in ODS by its directory": (
        lambda: h.lie(as_ods([row()]), h.CONTENT, 400_000_000), ODS, UNREADABLE, "file_unpacks_too_large"
    ),
    "bomb in ODS that says to be small": (
        lambda: h.lie(as_ods([row()]), h.CONTENT, 100), ODS, UNREADABLE, "file_broken"
    ),
    "16,384 columns": (
        lambda: h.workbook(lambda _, sheet: sheet.cell(1, 16_384, h.MARKER)), XLSX, UNREADABLE, "too_many_columns"
    ),
    "16,384 columns in ODS": (lambda: h.repeated_in_ods(1, 16_384), ODS, UNREADABLE, "too_many_columns"),
    "16,384 columns in CSV": (lambda: b";".join([b"x"] * 16_384) + b"\n1", CSV, UNREADABLE, "too_many_columns"),
    "a million rows": (
        lambda: h.workbook(lambda _, sheet: sheet.cell(1_048_576, 1, h.MARKER)), XLSX, UNREADABLE, "too_many_rows"
    ),
    "a million rows in ODS": (lambda: h.repeated_in_ods(1_048_000, 1), ODS, UNREADABLE, "too_many_rows"),
    "hidden rows": (lambda: h.workbook(hide_row), XLSX, UNREADABLE, "hidden_rows"),
    "hidden column": (lambda: h.workbook(hide_column), XLSX, UNREADABLE, "hidden_column"),
    "hidden sheet alone": (lambda: h.workbook(hide_sheet), XLSX, UNREADABLE, "sheet_missing"),
    "picture": (lambda: PNG, XLSX, UNREADABLE, "not_a_table"),
    "picture called CSV": (lambda: PNG, CSV, UNREADABLE, "not_a_table"),
    "page of the web": (lambda: b"<html><table>" + h.MARKER.encode(), ODS, UNREADABLE, "not_a_table"),
    "password": (
        lambda: h.OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), XLSX, UNREADABLE, "file_has_password"
    ),
    "old Excel": (lambda: h.OLE + b"\0" * 600, XLSX, UNREADABLE, "format_old"),
    "laughs": (lambda: h.with_shared_texts(h.LAUGHS), XLSX, UNREADABLE, "file_broken"),
    "entity outside": (lambda: h.with_shared_texts(h.OUTSIDE), XLSX, UNREADABLE, "file_broken"),
    "laughs in the sheet": (
        lambda: h.with_document_type(as_xlsx([row()]), h.SHEET, h.LAUGHS), XLSX, UNREADABLE, "file_broken"
    ),
    "laughs in ODS": (lambda: h.with_document_type(as_ods([row()]), h.CONTENT, h.LAUGHS), ODS, UNREADABLE, "file_broken"),
    "entity outside in ODS": (
        lambda: h.with_document_type(as_ods([row()]), h.CONTENT, h.OUTSIDE), ODS, UNREADABLE, "file_broken"
    ),
    "cut off": (lambda: as_xlsx([row()])[:-30], XLSX, UNREADABLE, "file_broken"),
    "cut off in the middle": (lambda: as_ods([row()])[:1_000], ODS, UNREADABLE, "file_broken"),
    "UTF-16 without a mark": (lambda: h.utf16(as_csv([row()]), b""), CSV, UNREADABLE, "wrong_encoding"),
    "UTF-16 that breaks off": (lambda: h.utf16(as_csv([row()]))[:-1], CSV, UNREADABLE, "wrong_encoding"),
    "UTF-16 in JSON": (lambda: h.utf16(as_json([row()])), JSON, UNREADABLE, "format_mismatch"),
    "Latin-1 in JSON": (lambda: h.with_text(as_json([row()]), "Ærø", "latin-1"), JSON, UNREADABLE, "not_utf8"),
    "bytes of no encoding": (
        lambda: as_csv([row()]) + b"\x81\x8d\x8f" + h.MARKER.encode(), CSV, UNREADABLE, "wrong_encoding"
    ),
    "NULs": (lambda: as_csv([row()]) + b"\0" * 5_000, CSV, UNREADABLE, "wrong_encoding"),
    "nothing but NULs": (lambda: b"\0" * 5_000, CSV, UNREADABLE, "file_empty"),
    "a line of a megabyte": (
        lambda: as_csv([row()]) + h.MARKER.encode() * 80_000, CSV, UNREADABLE, "line_too_long"
    ),
    "a line of a megabyte and no other": (lambda: h.MARKER.encode() * 80_000, CSV, UNREADABLE, "line_too_long"),
    "a line of a megabyte in NDJSON": (
        lambda: h.of_lines(b'{"a": "' + h.MARKER.encode() * 80_000 + b'"}'), NDJSON, UNREADABLE, "line_too_long"
    ),
    "an element of a megabyte": (lambda: h.in_array("[" + "[]," * 300_000 + "1]"), JSON, UNREADABLE, "line_too_long"),
    "JSON 100,000 deep": (lambda: b"[" * 100_000 + b"]" * 100_000, JSON, UNREADABLE, "not_json"),
    "JSON 100,000 deep in a row": (lambda: h.in_array('{"a":' * 100_000 + "1" + "}" * 100_000), JSON, UNREADABLE, "not_json"),
    "NaN": (lambda: h.in_array('{"a": NaN}'), JSON, UNREADABLE, "not_json"),
    "JSON that breaks off": (lambda: as_json([row()])[:-1], JSON, UNREADABLE, "not_json"),
    "an object that is no row": (lambda: json.dumps({h.MARKER: [row()]}, indent=1).encode(), JSON, UNREADABLE, "array_expected"),
    "a workbook called CSV": (lambda: as_xlsx([row()]), CSV, UNREADABLE, "format_mismatch"),
    "CSV called workbook": (lambda: as_csv([row()]), XLSX, UNREADABLE, "format_mismatch"),
    "gzip": (lambda: b"\x1f\x8b\x08" + h.MARKER.encode(), NDJSON, UNREADABLE, "not_a_table"),
    "a lone surrogate": (lambda: h.in_array(h.member("gender", '"\\ud800"')), JSON, UNREADABLE, "not_json"),
    "a command": (
        lambda: h.with_text(as_csv([row()]), "=cmd|' /C calc'!A0"), CSV, "identifier_in_file", "identifier_name"
    ),
    "blanks": (lambda: codecs.BOM_UTF8 + b" \r\n", NDJSON, UNREADABLE, "file_empty"),
    "a header twice": (lambda: h.second_header(as_csv([row()])), CSV, COLUMNS, "column_repeated"),
}  # fmt: skip


def hide_row(_: Any, sheet: Any) -> None:
    sheet.row_dimensions[3].hidden = True


def hide_column(_: Any, sheet: Any) -> None:
    sheet.column_dimensions["C"].hidden = True


def hide_sheet(book: Any, sheet: Any) -> None:
    book.create_sheet(h.MARKER)
    book.active = 1
    sheet.sheet_state = "veryHidden"


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_that_harms_is_refused_and_its_rule_told(ngo: Caller, name: str) -> None:
    make, media_type, code, rule = WHOLE[name]
    for answer in answers(ngo, make(), media_type):
        assert rule in [each for _, each in findings(answer, code)]
    assert set(Batch.objects.values_list("state", "total", "problem")) == {("failed", None, code)}


IN_ROWS: dict[str, tuple[Make, str, list[list[str]]]] = {
    "an archive that nobody opens": (h.nested, XLSX, [[], []]),
    "empty rows": (lambda: h.empty_rows(5_000), XLSX, [[], []]),
    "a million empty rows in ODS": (h.empty_rows_of_ods, ODS, [[], []]),
    "empty lines": (lambda: as_csv(h.rows()) + b"\r\n" * 5_000, CSV, [[], []]),
    "a formula as it was saved": (lambda: h.with_formula("=A1", "F"), XLSX, [[], []]),
    "a link as it was saved": (lambda: h.with_formula('=HYPERLINK("https://example.org","F")', "F"), XLSX, [[], []]),
    "a command as it was saved": (lambda: h.with_formula("=cmd|' /C calc'!A0", "F"), XLSX, [[], []]),
    "a value of no list": (lambda: h.with_formula("=A1", h.MARKER), XLSX, [["code_unknown"], []]),
    "a formula without a value": (
        lambda: h.with_formula("=cmd|' /C calc'!A0", None), XLSX, [["formula_without_value"], []]
    ),
    "merged cells": (lambda: h.workbook(lambda _, sheet: sheet.merge_cells("B2:B3")), XLSX, [["cells_merged"]] * 2),
    "a sheet that nobody sees": (lambda: h.workbook(more_sheets), XLSX, [[], []]),
    "a link to another file": (lambda: h.with_link(as_xlsx(h.rows())), XLSX, [[], []]),
    "UTF-16 with a mark": (lambda: h.utf16(as_csv(h.rows())), CSV, [[], []]),
    "Latin-1": (lambda: h.with_text(as_csv(h.rows()), "Ærø", "latin-1"), CSV, [["code_unknown"], []]),
    "broken UTF-8": (lambda: h.with_text(as_csv(h.rows()), "Æ").replace(b"\xc3", b""), CSV, [["code_unknown"], []]),
    "a NUL": (lambda: h.with_text(as_csv(h.rows()), "N\0O"), CSV, [["cell_unusable"], []]),
    "a formula in CSV": (lambda: h.with_text(as_csv(h.rows()), "=1+1"), CSV, [["code_unknown"], []]),
    "a quote that is never closed": (h.quotes_never_closed, CSV, [[], ["quote_unclosed"], []]),
    "a huge number": (lambda: h.in_array(h.member("gender", "9" * 60_000)), JSON, [[], ["number_not_integer"], []]),
    "a huge exponent": (lambda: h.in_array(h.member("version", "1e999999")), JSON, [[], ["number_not_integer"], []]),
    "a member twice": (
        lambda: h.in_array(h.member("gender", f'"F", "gender": "{h.MARKER}"')), JSON, [[], ["duplicate_member"], []]
    ),
    "deep rows": (lambda: h.in_array(h.member("gender", "[" * 900 + "]" * 900)), JSON, [[], ["too_deep"], []]),
    "elements that are no rows": (lambda: h.in_array(f'"{h.MARKER}", 1, null, []'), JSON, [[], *[["object_expected"]] * 4, []]),
    "lines of every system": (
        lambda: codecs.BOM_UTF8 + as_ndjson(h.rows()).replace(b"\n", b"\r\n \r\n\n"), NDJSON, [[], []]
    ),
    "lines that are no JSON": (
        lambda: h.of_lines(b"{", b"NaN", b'{"a": "\xe6"}', b"[" * 60_000, b'"\\ud800"'), NDJSON,
        [[], ["not_json"], ["number_not_integer"], ["not_utf8"], ["too_deep"], ["unusable_character"], []],
    ),
}  # fmt: skip


def more_sheets(book: Any, _: Any) -> None:
    book.create_sheet("hidden", 0).append([h.MARKER, "010190-1234"])
    book["hidden"].sheet_state = "hidden"


@pytest.mark.parametrize("name", IN_ROWS)
def test_a_row_that_cannot_be_read_is_told_and_the_others_are_read(ngo: Caller, name: str) -> None:
    make, media_type, expected = IN_ROWS[name]
    for answer in answers(ngo, make(), media_type):
        assert rules(whole(answer)) == expected


@pytest.mark.parametrize("name", ["a.xlsm", "a.xlsx", "a"])
@pytest.mark.parametrize("media_type", [XLSX, "application/vnd.ms-excel.sheet.macroEnabled.12"])
def test_macros_are_refused_whatever_they_are_called(ngo: Caller, name: str, media_type: str) -> None:
    raw = h.with_parts(as_xlsx([row()]), {"xl/vbaProject.bin": h.OLE + h.MARKER.encode()})
    for answer in answers(ngo, raw, media_type, name=name):
        assert [each for _, each in findings(answer, UNREADABLE)] == ["file_has_macros"]


def test_a_body_that_is_packed_is_not_unpacked(ngo: Caller) -> None:
    for path in (DELIVERY, PUBLIC):
        problem(post(ngo, as_csv([row()]), CSV, path, Content_Encoding="gzip"), "unsupported_media_type")
    assert not Batch.objects.exists()


@pytest.mark.parametrize(
    ("length", "code"),
    [
        ("nonsense", "payload_too_large"),
        ("-1", "payload_too_large"),
        ("9" * 30, "payload_too_large"),
        ("100000", "bad_request"),
        ("10", UNREADABLE),
        ("0", UNREADABLE),
    ],
)
def test_a_length_that_is_wrong_is_told(ngo: Caller, length: str, code: str) -> None:
    raw = as_csv([row()])
    for path in (DELIVERY, PUBLIC):
        wire: Any = {"CONTENT_LENGTH": length, "CONTENT_TYPE": CSV, "wsgi.input": io.BytesIO(raw)}
        headers = {"Authorization": f"Bearer {ngo.token}", "Idempotency-Key": str(uuid4())}
        answer: Any = ngo.browser.generic("POST", path, b"", headers=headers, **wire)
        problem(answer, code)


def test_a_hundred_thousand_empty_rows_are_a_job_and_no_rows(ngo: Caller, place: Path) -> None:
    raw = h.empty_rows(100_000)
    assert rules(whole(post(None, raw, XLSX, PUBLIC))) == [[], []]
    batch = whole(post(ngo, raw, XLSX, DELIVERY), 202)
    work_batch(batch["id"])
    told = body(ngo.get(f"{BATCHES}/{batch['id']}"))
    assert (told["state"], told["total"], told["counts"]["created"]) == ("done", 2, 2)


FORMS: dict[str, tuple[bytes, str | None]] = {
    "no part": (parts(), "validation_failed"),
    "no file": (parts(part("mapping", b"{}")), "validation_failed"),
    "two files": (parts(part("file", b"a", file_name="a.csv"), part("file", b"b", file_name="b.csv")), "validation_failed"),
    "no end": (part("file", as_csv([row()]), file_name="a.csv"), "bad_request"),
    "another boundary": (parts(part("file", b"a", file_name="a")).replace(BOUNDARY.encode(), b"other"), "bad_request"),
    "a header of a megabyte": (parts(part("file", b"a", file_name="x" * 1_000_000)), "bad_request"),
    "a preamble": (h.MARKER.encode() + b"\r\n" + parts(part("file", as_csv([row()]), file_name="a.csv")), None),
    "a long name": (parts(part("file", as_csv([row()]), file_name=f"{h.MARKER * 70}.csv")), None),
    "a path": (parts(part("file", as_csv([row()]), file_name=f"../../{h.MARKER}/../spool/a.csv")), None),
    "a path of Windows": (parts(part("file", as_csv([row()]), file_name=f"C:\\\\{h.MARKER}\\\\a.csv")), None),
    "a NUL": (parts(part("file", as_csv([row()]), file_name=f"{h.MARKER}\0.csv")), None),
    "a line's end": (parts(part("file", as_csv([row()]), file_name=f"{h.MARKER}\r\n.csv")), None),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_read_or_refused_whatever_its_parts_are_called(ngo: Caller, name: str, place: Path) -> None:
    raw, code = FORMS[name]
    for caller, path in ((ngo, DELIVERY), (None, PUBLIC)):
        answer = post(caller, raw, MULTIPART, path)
        assert h.MARKER not in answer.content.decode() + str(dict(answer.headers))
        if code is None:
            assert rules(whole(answer)) == [[]]
        else:
            problem(answer, code)
