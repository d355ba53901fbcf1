"""A caseworker's own sheet, without a program: it gets its references back before anything is stored, and questions come alone."""

from __future__ import annotations

import html
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from cases.intake.errorfiles import numbering
from cases.intake.guard.references import is_reference
from cases.models import Referral
from tests.api.batches.sending import as_csv, as_xlsx, row
from tests.callers import Browser
from tests.pages.desk.sending import checked, rows
from tests.people.visitors import strict, text

pytestmark = pytest.mark.django_db
NUMBER, OFFER = "/send/file/references/", "Get references in your own sheet"


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    """A spool of the test's own."""
    settings.HENVIS_SPOOL = tmp_path / "spool"


def without_reference(**changes: object) -> dict[str, Any]:
    """A right row of somebody who has never heard of references."""
    return {name: value for name, value in row(**changes).items() if name != "reference"}


def given_back(browser: Browser, content: bytes, name: str = "rows.csv") -> bytes:
    """The sheet that comes back."""
    answer = browser.post(NUMBER, {"file": SimpleUploadedFile(name, content), "end": "1"})
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"], answer.content
    assert "no-store" in answer["Cache-Control"]
    return bytes(answer.content)


def cells(content: bytes) -> list[list[object]]:
    """The lines of a workbook's first sheet."""
    return [[cell.value for cell in line] for line in load_workbook(BytesIO(content)).worksheets[0].iter_rows()]


def test_a_sheet_without_references_comes_back_with_them_and_can_be_sent(caseworker: Browser) -> None:
    content = as_csv([without_reference(), without_reference(referred_in="2025-04")])
    answer = caseworker.get(checked(caseworker, content))
    strict(answer)
    assert "The rows have no references" in text(answer) and OFFER in text(answer)
    sheet = given_back(caseworker, content)
    head, *lines = cells(sheet)
    assert head[0] == "Reference"
    assert load_workbook(BytesIO(sheet)).worksheets[1]["A1"].value == "Your own sheet with references"
    references = [str(line[0]) for line in lines if line[0]]
    assert len(set(references)) == 2 and all(map(is_reference, references))
    assert not Referral.objects.exists()
    assert "2 rows can be sent" in text(caseworker.get(checked(caseworker, sheet, name="rows.xlsx")))


def test_rows_that_have_a_reference_keep_it_and_own_keys_do_not_leave(caseworker: Browser) -> None:
    mine, bare = row(), row(reference="")
    content = as_xlsx([{**mine, "Sagsnr.": "A-17"}, {**bare, "Sagsnr.": "A-18"}])
    assert OFFER not in text(caseworker.get(checked(caseworker, rows({}, {}))))
    assert OFFER in text(caseworker.get(checked(caseworker, as_csv([mine, bare]))))
    page = text(caseworker.get(checked(caseworker, content, name="rows.xlsx")))
    assert "Looks like a case or journal number" in page and OFFER in page
    sheet = given_back(caseworker, content, "rows.xlsx")
    assert b"A-17" not in sheet
    head, first, second = cells(sheet)[:3]
    place = head.index("reference")
    assert first[place] == mine["reference"] and is_reference(str(second[place]))
    assert not any(cell == "A-17" for line in cells(sheet) for cell in line)


def test_a_column_that_is_not_known_is_asked_about_before_references_are_made(caseworker: Browser) -> None:
    made = without_reference(region=...)
    content = as_csv([{**made, "Landsdel": "DK02"}])
    page = text(caseworker.get(checked(caseworker, content)))
    assert "What is in this column?" in page and OFFER not in page
    answer = caseworker.post(NUMBER, {"file": SimpleUploadedFile("rows.csv", content), "end": "1"})
    assert answer.status_code == 409 and "columns of the file do not fit" in answer.content.decode()


@pytest.mark.parametrize("more", [{}, {"id": "x"}])
def test_references_are_not_offered_while_other_columns_are_wrong(caseworker: Browser, more: dict[str, str]) -> None:
    """A column that is missing is asked about by nobody: it has to be there first. It is named by its label alone."""
    content = as_csv([{**without_reference(gender=...), **more}])
    page = text(caseworker.get(checked(caseworker, content)))
    assert "The columns of the file do not fit" in page and "Gender: A column that must be there is missing." in page
    assert "The rows have no references" not in page and OFFER not in page


def test_references_are_not_offered_while_a_column_names_somebody(caseworker: Browser) -> None:
    offered, refused = ([{**without_reference(), "Sagsnr.": "1", **more}] for more in ({}, {"CPR-nummer": "1"}))
    assert OFFER in text(caseworker.get(checked(caseworker, as_csv(offered))))
    page = text(caseworker.get(checked(caseworker, as_csv(refused))))
    assert "The file is stopped" in page and OFFER not in page


def test_a_sheet_with_more_text_than_is_given_back_is_refused(
    caseworker: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numbering, "MOST_TEXTS", 100)
    content = as_csv([without_reference()] * 3)
    answer = caseworker.post(NUMBER, {"file": SimpleUploadedFile("rows.csv", content), "end": "1"})
    assert answer.status_code == 409 and "The file is too large" in answer.content.decode()


def test_nothing_comes_back_that_may_name_a_person(caseworker: Browser) -> None:
    content = as_csv([without_reference(region="Mette Hansen")])
    answer = caseworker.post(NUMBER, {"file": SimpleUploadedFile("rows.csv", content), "end": "1"})
    assert answer.status_code == 409 and "Mette" not in answer.content.decode()
    assert caseworker.post(NUMBER, {"end": "1"}).status_code == 400


def test_a_question_on_words_comes_alone(caseworker: Browser) -> None:
    """Each of the rows is wrong as long as nobody has said what the word means."""
    unknown: list[dict[str, object]] = [{"region": "Vestby"}] * 25
    page = html.unescape(text(caseworker.get(checked(caseworker, rows(*unknown)))))
    assert "What does the word mean" in page
    assert "This has to be corrected" not in page and "25 rows" not in page


def test_a_reader_gets_no_sheet(reader: Browser) -> None:
    assert reader.post(NUMBER, {"file": SimpleUploadedFile("rows.csv", rows({})), "end": "1"}).status_code == 403
