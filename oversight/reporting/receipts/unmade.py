"""Receipts without their PDFs: those that wait for a worker, and those that it could not make."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, Coalesce

from cases.windows.models import ReceiptFile, YearReceipt
from partners.models import AuditEvent

FAILURE = "receipt.file_failure"
# So many failures are no accident. The last of them comes some minutes after the signature.
TELLING = 4


def unmade() -> QuerySet[YearReceipt]:
    """The receipts without their PDFs, the oldest first. They are stored by one statement, so that any file is all of them.

    A worker asks each minute: the database compares keys, and reads no text and no file.
    """
    return YearReceipt.objects.filter(~Exists(ReceiptFile.objects.filter(receipt=OuterRef("pk")))).order_by("signed_at")


def not_made() -> QuerySet[YearReceipt]:
    """The receipts whose PDFs could not be made again and again."""
    of_receipt = AuditEvent.objects.filter(at__gte=OuterRef("signed_at"), subject=Cast(OuterRef("pk"), TextField()))
    events = of_receipt.filter(action=FAILURE).order_by()
    number = Subquery(events.values("action").annotate(number=Count("pk")).values("number"))
    return unmade().annotate(failures=Coalesce(number, 0)).filter(failures__gte=TELLING)
