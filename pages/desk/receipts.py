"""A year's receipt as a file, for the people of its partner."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from cases.windows.models import ReceiptFile, ReceiptSignature, YearReceipt
from oversight.reporting.receipts.content import canonical
from oversight.reporting.receipts.standing import file_of
from pages.desk.frame import Visit, desk_page
from pages.desk.sending.downloads import saved_as
from partners.roles import Right


def receipt_of(visit: Visit, year: int, number: int) -> YearReceipt:
    """A receipt of the partner in this mode. Raises `Http404`."""
    receipt = YearReceipt.objects.filter(partner=visit.partner, year=year, number=number).first()
    if receipt is None:
        raise Http404
    return receipt


@require_safe
@desk_page(Right.READ)
def as_json(visit: Visit, year: int, number: int) -> HttpResponse:
    """The receipt as JSON: what is verified (docs/signing-a-year.md). 404 until a worker has signed it."""
    receipt = receipt_of(visit, year, number)
    if not ReceiptSignature.objects.filter(receipt=receipt).exists():
        raise Http404
    return HttpResponse(canonical(file_of(receipt)), "application/json", headers=saved_as(f"{name_of(receipt)}.json"))


@require_safe
@desk_page(Right.READ)
def as_pdf(visit: Visit, year: int, number: int, language: str) -> HttpResponse:
    """The receipt as PDF. 404 until a worker has made it."""
    receipt = receipt_of(visit, year, number)
    file = ReceiptFile.objects.filter(receipt=receipt, language=language).first()
    if file is None:
        raise Http404
    return HttpResponse(bytes(file.content), "application/pdf", headers=saved_as(f"{name_of(receipt)}-{language}.pdf"))


def name_of(receipt: YearReceipt) -> str:
    """The beginning of a file's name."""
    return f"henvis-{receipt.year}-{receipt.number}"
