"""A file with two mistakes, its error file, the mistakes corrected there, and the same rows as if there had been none."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from openpyxl import load_workbook

from cases.intake.errorfiles.files import errors_csv, errors_xlsx
from cases.intake.errorfiles.tables import Marks, SentFile
from cases.intake.guard.check import check_cells, check_headers
from cases.intake.readers.files import open_file
from cases.intake.templates import files
from cases.intake.templates.columns import BY_NAME, words
from cases.intake.understanding.columns import Columns
from core import formats
from partners.kinds import Kind
from sandbox.rehearsal import Row, rehearsal

DAY, MONTH = date(2026, 11, 26), date(2026, 11, 1)
PARTNER = UUID("0f8b6c1e-2a4d-4c37-9b55-7d1e3a9c8f20")
RIGHT, WRONG = (rehearsal(PARTNER, Kind.NGO, MONTH, wrong=wrong) for wrong in (False, True))
PLACES = {"region": 6, "exploitation_detail": 22}
SAID = {"region": "Region: Mente I Region Sjælland (DK02)?", "exploitation_detail": "Detaljen skal høre under formen."}
FORMS = pytest.mark.parametrize("form", ["xlsx", "csv"])
SENT = pytest.mark.parametrize("kind", ["xlsx", "csv", "json", "ndjson"])


def content_of(kind: str, language: str) -> bytes:
    """The rows with the mistakes."""
    lines = [json.dumps(row) for row in WRONG]
    made = {
        "xlsx": files.filled_workbook(language, DAY, WRONG),
        "csv": files.csv_file(language, WRONG),
        "json": f"[{','.join(lines)}]".encode(),
        "ndjson": "\n".join(lines).encode(),
    }
    return made[kind]


def send(path: Path, content: bytes) -> list[tuple[int, Row]]:
    """The rows of a file, each with its line or index; nothing of it may look like an identifier or be asked about."""
    path.write_bytes(content)
    source = open_file(path, media_type=None, name=path.name)
    if not source.has_table:
        return [(row.index, json.loads(row.raw or b"")) for row in source.objects()]
    table = source.table()
    columns = Columns.of(table.header, line=table.header_line)
    fields = [columns.names.get(place) for place in range(len(table.header))]
    rows = [*table.rows]
    assert [*check_headers(table.header), *(each for row in rows for each in check_cells(fields, row.cells))] == []
    read = [(row.line, *columns.members(row)) for row in rows]
    assert [findings for _, _, findings in read if findings] == []
    return [(line, members) for line, members, _ in read]


def error_file(path: Path, rows: int, marks: Marks, form: str, language: str) -> bytes:
    """The error file, made as the engine makes it: the file is opened once more."""
    source = open_file(path, media_type=None, name=path.name)
    if source.has_table:
        table = source.table()
        names = Columns.of(table.header, line=table.header_line).names
        columns = tuple(names.get(place) for place in range(len(table.header)))
        file = SentFile(path, source.format, rows, columns)
        cells = [
            (row.line, {name or "": cell for name, cell in zip(columns, row.cells, strict=True)}) for row in table.rows
        ]
    else:
        file = SentFile(path, source.format, rows)
        cells = [(row.index, json.loads(row.raw or b"")) for row in source.objects()]
    rejected = [(line, members) for line, members in cells if line in marks]
    if form == "xlsx":
        content = errors_xlsx(file, marks, rejected, language=language, day=DAY)
    else:
        content = errors_csv(file, marks, rejected, language=language)
    assert content is not None
    return content


def corrected(content: bytes, form: str, language: str) -> bytes:
    """The error file with the right codes where the wrong ones were."""
    answers = {
        (str(WRONG[place]["reference"]), BY_NAME[name].label(language)): words(
            BY_NAME[name], RIGHT[place][name], language
        )
        for name, place in PLACES.items()
    }
    if form == "xlsx":
        book = load_workbook(BytesIO(content))
        heads, *lines = book.worksheets[0].iter_rows()
        references = [cell.value for cell in heads].index("Reference")
        for line in lines:
            for head, cell in zip(heads, line, strict=True):
                cell.value = answers.get((line[references].value, head.value), cell.value)
        out = BytesIO()
        book.save(out)
        return out.getvalue()
    separator = formats.SEPARATORS[language]
    heads, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator)
    references = heads.index("Reference")
    text = io.StringIO()
    mended = [
        [answers.get((row[references], head), cell) for head, cell in zip(heads, row, strict=True)] for row in rows
    ]
    csv.writer(text, delimiter=separator).writerows([heads, *mended])
    return text.getvalue().encode("utf-8-sig")


@SENT
@FORMS
@pytest.mark.parametrize("language", ["da", "en"])
def test_what_is_corrected_in_an_error_file_and_sent_again_just_works(
    kind: str, form: str, language: str, tmp_path: Path
) -> None:
    path = tmp_path / f"sent.{kind}"
    sent = send(path, content_of(kind, language))
    marks: Marks = {sent[place][0]: [(name, SAID[name])] for name, place in PLACES.items()}
    errors = error_file(path, len(sent), marks, form, language)
    again = send(tmp_path / f"again.{form}", corrected(errors, form, language))
    rows = RIGHT if kind == form else [RIGHT[place] for place in PLACES.values()]
    assert [members for _, members in again] == rows


@FORMS
def test_each_sentence_stands_beside_its_row_and_is_taken_back_when_that_is_right(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"sent.{form}"
    sent = send(path, content_of(form, "da"))
    line, _ = sent[PLACES["region"]]
    first = error_file(path, 40, {line: [("region", SAID["region"])]}, form, "da")
    assert texts_of(first, form)[line - 2] == SAID["region"]
    path.write_bytes(first)
    second = error_file(path, 40, {line + 1: [("region", SAID["region"])]}, form, "da")
    assert [n for n, text in enumerate(texts_of(second, form)) if text] == [line - 1]


def texts_of(content: bytes, form: str) -> list[str]:
    """The first column below its head."""
    if form == "xlsx":
        return [line[0] or "" for line in load_workbook(BytesIO(content)).worksheets[0].iter_rows(2, values_only=True)]
    return [line[0] for line in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")][1:]
