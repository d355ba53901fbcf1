"""The PDFs of receipts: what a look costs, and what becomes of one that cannot be made."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from structlog.testing import capture_logs

from cases.windows.models import ReceiptFile, YearReceipt
from oversight.reporting.receipts import files, signing
from oversight.reporting.receipts.files import pdf
from oversight.reporting.receipts.status import FAILURES_TO_REPORT
from partners.models import AuditEvent
from tests.callers import Caller
from tests.cases.windows.world import LAST_YEAR
from tests.people.visitors import member, signed_in, staff, text

pytestmark = pytest.mark.django_db
TOLD = "The PDF of a receipt cannot be made"


@pytest.fixture
def receipt(ngo: Caller) -> YearReceipt:
    """A receipt that waits for its PDFs."""
    return signing.sign(member(ngo.partner), LAST_YEAR)[0]


@pytest.fixture
def tries(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The languages in which a PDF was tried to be made. All fail."""
    tried: list[str] = []

    def fail(receipt: YearReceipt, language: str) -> bytes:
        tried.append(language)
        raise ValueError("of a person")

    monkeypatch.setattr(files, "pdf", fail)
    return tried


def test_a_look_at_what_is_made_is_one_statement_that_reads_no_text_and_no_file(receipt: YearReceipt) -> None:
    files.make_what_waits()
    assert ReceiptFile.objects.filter(receipt=receipt).count() == 2
    with CaptureQueriesContext(connection) as queries:
        files.make_what_waits()
    (look,) = (each["sql"] for each in queries)
    assert "COUNT(" not in look and '"content"' not in look


def test_what_cannot_be_made_is_tried_less_and_less_and_staff_are_told(
    receipt: YearReceipt, tries: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    manager, began = signed_in(staff("keeper", "partner_manager")), timezone.now()
    with capture_logs() as lines:
        for number in range(1, FAILURES_TO_REPORT + 1):
            assert TOLD not in text(manager.get("/admin/"))
            files.make_what_waits()
            files.make_what_waits()
            assert len(tries) == number
            later = began + timedelta(minutes=2 ** (number - 1) + 1)
            monkeypatch.setattr(timezone, "now", lambda later=later: later)
    failures = [each for each in lines if each["event"] == "receipt not made"]
    assert [each["error"] for each in failures] == ["ValueError"] * FAILURES_TO_REPORT
    assert "of a person" not in json.dumps([*failures, *AuditEvent.objects.values_list("detail", flat=True)])
    page = text(manager.get("/admin/"))
    assert TOLD in page and f"{receipt.partner}, {LAST_YEAR}" in page
    monkeypatch.undo()
    monkeypatch.setattr(timezone, "now", lambda: began + timedelta(minutes=20))
    files.make_what_waits()
    assert ReceiptFile.objects.count() == 2
    assert TOLD not in text(manager.get("/admin/"))


def test_one_that_fails_stops_no_other_and_an_outage_is_no_failure(
    receipt: YearReceipt, other_ngo: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, made = signing.sign(member(other_ngo.partner), LAST_YEAR)[0], pdf

    def fail(error: Exception) -> Any:
        def make(of: YearReceipt, language: str) -> bytes:
            if of.pk == receipt.pk:
                raise error
            return made(of, language)

        return make

    monkeypatch.setattr(files, "pdf", fail(OperationalError("away")))
    with pytest.raises(OperationalError):
        files.make_what_waits()
    assert not AuditEvent.objects.filter(action="receipt.file_failure").exists()
    monkeypatch.setattr(files, "pdf", fail(ValueError()))
    files.make_what_waits()
    assert set(ReceiptFile.objects.values_list("receipt", flat=True)) == {other.pk}
    assert AuditEvent.objects.filter(action="receipt.file_failure", subject=str(receipt.pk)).count() == 1
