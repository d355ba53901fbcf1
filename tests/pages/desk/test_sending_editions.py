"""The desk asks of which edition letters of industries are, and tells the areas of a region that is two."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from cases.intake.models import ColumnMapping
from cases.models import Referral
from tests.api.batches.sending import table
from tests.callers import Browser
from tests.pages.desk.sending import FILE, answer, checked, rows
from tests.pages.desk.test_own_sheet import cells, given_back, without_reference
from tests.people.visitors import strict, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> None:
    """A spool of the test's own."""
    settings.HENVIS_SPOOL = tmp_path / "spool"


def industries(*texts: str) -> bytes:
    """A CSV of forced labour in industries."""
    made: list[dict[str, object]] = [{"exploitation": "LABOUR", "exploitation_detail": each} for each in texts]
    return rows(*made)


@pytest.mark.parametrize(("edition", "expected"), [("DB07", "LABOUR_K"), ("DB25", "LABOUR_J")])
@pytest.mark.parametrize(
    ("language", "question", "words"),
    [
        ("da", "Hvilken udgave af branchekoderne er bogstaverne fra?", "K er telekommunikation og it"),
        ("en", "Of which edition of NACE are the letters of industries?", "K is telecommunication and IT"),
    ],
)
def test_of_which_edition_letters_of_industries_are_is_asked_once(
    caseworker: Browser, edition: str, expected: str, language: str, question: str, words: str
) -> None:
    caseworker.post("/account/language/", {"language": language, "next": FILE})
    assert 'name="answer-' not in text(caseworker.get(checked(caseworker, industries(*"ABCDEFGHI"))))
    content = industries("A", "K")
    address = checked(caseworker, content)
    strict(caseworker.get(address))
    page = text(caseworker.get(address))
    assert page.count(question) == 1 and words in page
    waiting = {"da": "1 række venter på jeres svar eller", "en": "1 row waits for your answer or"}[language]
    assert waiting in text(caseworker.get("/send/deliveries/"))
    answered = answer(caseworker, address, content, n0=edition)["Location"]
    caseworker.sure(f"{answered}send/", {"act": "strict"})
    assert {each.exploitation_detail for each in Referral.objects.all()} == {"LABOUR_A", expected}
    assert ColumnMapping.objects.get().content["editions"] == {"exploitation_detail": edition}
    assert question not in text(caseworker.get(checked(caseworker, industries("L"))))
    own = f"{FILE}columns/"
    strict(caseworker.get(own))
    assert words in text(caseworker.get(own))
    caseworker.post(own, {"version": "1", "edition-0": ""})
    assert question in text(caseworker.get(checked(caseworker, industries("M"))))


def test_a_sheet_that_comes_back_with_references_says_the_edition_in_its_header(caseworker: Browser) -> None:
    book, out = Workbook(), BytesIO()
    book.active.title = "DB25"
    for line in table([without_reference(exploitation="LABOUR", exploitation_detail="K")]):
        book.active.append(line)
    book.save(out)
    sheet = given_back(caseworker, out.getvalue(), "rows.xlsx")
    assert "exploitation_detail (DB25)" in cells(sheet)[0]
    caseworker.sure(f"{checked(caseworker, sheet, name='rows.xlsx')}send/", {"act": "strict"})
    assert Referral.objects.get().exploitation_detail == "LABOUR_J"


def test_region_oestdanmark_is_said_to_be_two_areas(caseworker: Browser) -> None:
    page = text(caseworker.get(checked(caseworker, rows({"region": "Region Østdanmark"}, {"region": "Østdanmark"}))))
    assert "Did you mean Capital Region of Denmark or Region Zealand?" in page and "answer-0" not in page
