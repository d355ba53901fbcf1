"""What the worker does for receipts: once a person has signed a year, it signs the receipt with its key, and makes the PDFs."""

from __future__ import annotations

import structlog

from cases.windows.models import ReceiptFile, YearReceipt
from core.failures import is_outage, where_it_broke
from core.text import Text
from oversight.reporting.receipts import keys
from oversight.reporting.receipts.pdf import pdf
from oversight.reporting.receipts.unmade import FAILURE, unmade
from partners import attempts

log = structlog.get_logger("henvis.receipts")
# What the log says, for machines that watch it.
NOT_MADE = "receipt not made"


def make_what_waits() -> None:
    """The task `receipts.make_files`. What goes wrong with one receipt stops no other.

    It is tried again later, the longer the oftener it failed; staff see it on their first page.
    """
    for receipt in unmade():
        subject = str(receipt.pk)
        if not attempts.is_due(attempts.failures(FAILURE, subject, since=receipt.signed_at)):
            continue
        try:
            keys.sign(receipt)
            make_files(receipt)
        except Exception as error:
            if is_outage(error):
                raise
            log.error(NOT_MADE, receipt=subject, **where_it_broke(error))
            attempts.note_failure(FAILURE, subject, error)


def make_files(receipt: YearReceipt) -> None:
    """Make the PDFs of a receipt. Where two workers do, they make the same bytes."""
    files = [
        ReceiptFile(receipt=receipt, language=language, content=pdf(receipt, language)) for language in Text._fields
    ]
    ReceiptFile.objects.bulk_create(files, ignore_conflicts=True)
