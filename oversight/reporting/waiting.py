"""What waits on the first page of the staff: receipts whose PDFs could not be made."""

from __future__ import annotations

from cases.windows.models import YearReceipt
from core.text import Text
from oversight.reporting.receipts.status import receipts_in_trouble
from partners.staff import waiting
from partners.staff.naming import day_of
from partners.staff.waiting import WaitingEntry


def entry_of(receipt: YearReceipt) -> WaitingEntry:
    """A receipt by its partner and year. Nothing mends itself here, so that it comes first."""
    day = day_of(receipt.signed_at)
    return WaitingEntry(
        f"{receipt.partner}, {receipt.year}",
        Text(
            f"underskrevet {day}; serverens log oplyser, hvad der fejler",
            f"signed {day}; the server's log says what fails",
        ),
        is_late=True,
    )


waiting.add(
    "receipts",
    Text("En kvittering kan ikke dannes som PDF", "The PDF of a receipt cannot be made"),
    Text("{number} kvitteringer kan ikke dannes som PDF", "The PDFs of {number} receipts cannot be made"),
    rights=["windows.view_yearreceipt", "windows.add_reopening"],
    find=lambda _: waiting.newest(receipts_in_trouble().select_related("partner").defer("document"), entry_of),
    address="windows_yearreceipt_changelist",
)
