"""The access review as a file: the same lines as the page, none of them a formula, and an event in the audit."""

from __future__ import annotations

import csv
import io

import pytest
from django.contrib.auth.models import User
from openpyxl import load_workbook

from partners.models import AuditEvent
from tests.callers import Caller
from tests.partners.accounts.lines import FILE, HEADS, LANGUAGES, look
from tests.partners.accounts.world import PEOPLE, unused
from tests.people.visitors import signed_in, staff, words

pytestmark = pytest.mark.django_db


@LANGUAGES
def test_the_file_has_what_the_page_has_and_is_an_event(karen: User, language: str) -> None:
    reader = signed_in(staff("a", "auditor"))
    asked = reader.get(FILE, headers={"Accept-Language": language})
    assert {"da": "skrives i revisionssporet", "en": "is written in the audit"}[language] in words(asked)
    assert not AuditEvent.objects.filter(action="review.export").exists()
    answer = reader.post(FILE, {"format": "csv", "sure": "yes"}, headers={"Accept-Language": language})
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"] == 'attachment; filename="access-review.csv"'
    lines = list(
        csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";" if language == "da" else ",")
    )
    assert " ".join(lines[0]) == HEADS[language]
    assert {line[0] for line in lines[1:]} == look(reader, language).keys()
    [event] = AuditEvent.objects.filter(action="review.export")
    assert (event.user, event.detail) == (User.objects.get(username="a"), {"rows": len(lines) - 1})


def test_the_file_has_the_state_that_was_chosen(karen: User) -> None:
    reader = signed_in(staff("a", "auditor"))
    unused(karen, PEOPLE[0])
    lines = reader.post(f"{FILE}?state=idle", {"format": "csv"}).content.decode().splitlines()
    assert len(lines) == 2 and lines[1].startswith("karen,account")
    # Nothing to take is no file, and no event.
    assert reader.post(f"{FILE}?state=warned", {"format": "csv"})["Content-Type"].startswith("text/html")
    assert AuditEvent.objects.filter(action="review.export").count() == 1


def test_a_workbook_has_the_same_cells(karen: User) -> None:
    reader = signed_in(staff("a", "auditor"))
    answer = reader.post(FILE, {"format": "xlsx"})
    assert "no-store" in answer["Cache-Control"]
    sheet = load_workbook(io.BytesIO(answer.content)).active
    lines = [["" if cell is None else str(cell) for cell in line] for line in sheet.iter_rows(values_only=True)]
    same = csv.reader(io.StringIO(reader.post(FILE, {"format": "csv"}).content.decode("utf-8-sig")))
    assert lines == list(same)
    assert reader.post(FILE, {"format": "exe"})["Content-Type"].startswith("text/html")


def test_no_name_is_a_formula(karen: User, ngo: Caller) -> None:
    type(ngo.partner).objects.filter(pk=ngo.partner.pk).update(name='=HYPERLINK("http://x.example")')
    reader = signed_in(staff("a", "auditor"))
    text_of_file = reader.post(FILE, {"format": "csv"}).content.decode("utf-8-sig")
    cells = [cell for line in csv.reader(io.StringIO(text_of_file)) for cell in line]
    assert [cell for cell in cells if cell.startswith("=")] == []
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    book = load_workbook(io.BytesIO(reader.post(FILE, {"format": "xlsx"}).content))
    assert {cell.data_type for line in book.active.iter_rows() for cell in line} <= {"s", "n"}
