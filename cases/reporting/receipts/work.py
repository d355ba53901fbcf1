"""What the server does for receipts: it makes their PDFs once they are signed."""

from __future__ import annotations

import structlog
from django.db.models import Count

from cases.reporting.receipts.pdf import pdf
from cases.windows.models import ReceiptFile, YearReceipt
from partners.failures import is_outage, where_it_broke

LANGUAGES = ("da", "en")
log = structlog.get_logger("henvis.receipts")
# What the log says, for machines that watch it.
NOT_MADE = "receipt not made"


def make_what_waits() -> None:
    """The task `receipts.make_files`. What goes wrong with one receipt stops no other."""
    waiting = YearReceipt.objects.annotate(made=Count("files")).filter(made__lt=len(LANGUAGES))
    for receipt in waiting.order_by("signed_at"):
        try:
            make_files(receipt)
        except Exception as error:
            if is_outage(error):
                raise
            log.error(NOT_MADE, receipt=str(receipt.pk), **where_it_broke(error))


def make_files(receipt: YearReceipt) -> None:
    """Make the PDFs that a receipt lacks. Where two workers do, they make the same bytes."""
    for language in LANGUAGES:
        ReceiptFile.objects.bulk_create(
            [ReceiptFile(receipt=receipt, language=language, content=pdf(receipt, language))], ignore_conflicts=True
        )
