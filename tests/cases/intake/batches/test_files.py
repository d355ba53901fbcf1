"""Deliveries as files: the sender's own comes back with what is wrong in it, and sent again it is taken."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from uuid import uuid4

import openpyxl
import pytest

from cases.intake.batches import results
from cases.intake.batches.arrival import receive
from cases.intake.batches.reports import errors_file
from cases.intake.findings import FileRefused
from cases.intake.models import Batch, BatchState, ErrorFile, Handling, RowResult, StagedRow
from cases.intake.templates.columns import EXAMPLE_REFERENCE
from cases.intake.templates.files import csv_file, filled_workbook
from cases.models import Referral
from cases.months import today
from tests.callers import Caller
from tests.cases.intake.batches.sending import delivery, row, told

pytestmark = pytest.mark.django_db
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def send_file(
    caller: Caller, content: bytes, media_type: str, key: str = "0123456789abcdefghijkl", **changes: Any
) -> Batch:
    """Send a file; the batch."""
    return receive(by=caller.principal, key=key, delivery=delivery(content, media_type=media_type, **changes)).batch


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_workbook_comes_back_with_its_errors_and_is_taken_once_they_are_mended(ngo: Caller, language: str) -> None:
    records = [row() for _ in range(4)]
    book = openpyxl.load_workbook(io.BytesIO(filled_workbook(language, today(), records)))
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(3, 5).value = "Mars"
    out = io.BytesIO()
    book.save(out)
    batch = send_file(ngo, out.getvalue(), XLSX, language=language)
    assert (batch.state, batch.stored, batch.rejected, batch.created) == (BatchState.NEEDS_REVIEW, False, 1, 3)
    (result,) = results.page(batch, outcomes=["rejected"])
    assert (result.line, {each.column for each in result.findings}) == (3, {4})
    marked = openpyxl.load_workbook(io.BytesIO(errors_file(batch, "xlsx")))
    own = marked.worksheets[0]
    assert [cell.value for cell in own[1]][1:] == heads
    assert own.cell(3, 1).value and own.cell(2, 1).value is None
    own.cell(3, 6).value = sheet.cell(2, 5).value
    out = io.BytesIO()
    marked.save(out)
    again = send_file(ngo, out.getvalue(), XLSX, key="abcdefghijkl0123456789", language=language)
    assert (again.state, again.created) == (BatchState.DONE, 4)


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_csv_comes_back_with_its_errors(ngo: Caller, language: str) -> None:
    content = csv_file(language, [row(), row()]).replace(b"Nigeria", b"Nigera")
    batch = send_file(ngo, content, "text/csv", language=language, handling=Handling.LENIENT)
    text = errors_file(batch, "csv").decode("utf-8-sig" if language == "da" else "utf-8")
    assert text.startswith("Fejl" if language == "da" else "Errors")
    assert batch.rejected == 2


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize(("form", "media_type"), [("xlsx", XLSX), ("csv", "text/csv")])
def test_an_error_file_that_is_sent_as_it_is_is_no_identifier_and_is_told_the_same(
    ngo: Caller, language: str, form: str, media_type: str
) -> None:
    wrong = [
        row(gender=None, region=None),
        row(citizenship="Nigera", exploitation="Arbejd"),
        row(gender="", region="X"),
    ]
    first = send_file(ngo, csv_file(language, [*wrong, row()]), "text/csv", language=language)
    rules = [told(each) for each in results.page(first, outcomes=["rejected"])]
    assert len(rules) == len(wrong)
    again = send_file(ngo, errors_file(first, form), media_type, key="abcdefghijkl0123456789", language=language)
    assert [told(each) for each in results.page(again, outcomes=["rejected"])] == rules


@pytest.mark.parametrize("media_type", ["application/json", "application/x-ndjson"])
def test_of_json_the_rejected_rows_alone_come_back_also_where_all_stand_on_one_line(
    ngo: Caller, media_type: str
) -> None:
    records = [row(), row(region="DK2"), row()]
    lines = [json.dumps(record) for record in records]
    content = f"[{','.join(lines)}]" if media_type == "application/json" else "\n".join(lines)
    batch = send_file(ngo, content.encode(), media_type, language="en")
    head, wrong = csv.reader(io.StringIO(errors_file(batch, "csv").decode()))
    assert dict(zip(head, wrong, strict=True))["Reference"] == records[1]["reference"]
    (line,) = (
        openpyxl.load_workbook(io.BytesIO(errors_file(batch, "xlsx"))).worksheets[0].iter_rows(2, values_only=True)
    )
    assert line[1] == records[1]["reference"]


def test_a_file_with_an_identifier_leaves_nothing_but_the_attempt(ngo: Caller) -> None:
    content = csv_file("en", [row(), row(region="140385-1234")])
    with pytest.raises(FileRefused) as refusal:
        send_file(ngo, content, "text/csv")
    assert refusal.value.code == "identifier_in_file"
    attempt = Batch.objects.get()
    assert (attempt.state, attempt.problem, attempt.key_digest) == (BatchState.FAILED, "identifier_in_file", None)
    for model in (Referral, StagedRow, RowResult, ErrorFile):
        assert not model.objects.exists()
    assert "140385" not in str(attempt.findings)


def test_the_example_of_a_template_and_invented_rows_are_refused(ngo: Caller) -> None:
    example = {**row(), "reference": str(EXAMPLE_REFERENCE)}
    batch = send_file(ngo, csv_file("da", [example]), "text/csv")
    (result,) = results.page(batch)
    assert told(result) == {"example_row"}


@pytest.mark.parametrize(
    ("title", "is_refused"),
    [
        ("Branchekoder DB25 Sithebe Dlamini", True),
        ("Branchekoder DB25", False),
        ("Henvisninger pr. 31-12-2025, brancher efter DB25", False),
        ("Sithebe Dlamini", False),
    ],
)
def test_a_title_that_is_read_for_the_edition_has_no_name(ngo: Caller, title: str, is_refused: bool) -> None:
    """Nothing is read of another title: there a name may stand, as that of who made the sheet."""
    content = f"{title}\n\n".encode() + csv_file("en", [row()])
    book = openpyxl.Workbook()
    book.active.title = title[:31]
    for line in csv.reader(io.StringIO(csv_file("en", [row()]).decode("utf-8-sig"))):
        book.active.append(line)
    book.save(out := io.BytesIO())
    for sent, media_type in ((content, "text/csv"), (out.getvalue(), XLSX)):
        if is_refused:
            with pytest.raises(FileRefused) as refusal:
                send_file(ngo, sent, media_type)
            assert refusal.value.code == "identifier_in_file"
        else:
            assert send_file(ngo, sent, media_type, key=uuid4().hex).total == 1
