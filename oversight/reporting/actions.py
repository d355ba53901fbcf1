"""What the audit calls the actions of this room, and their details."""

from __future__ import annotations

from cases.windows.models import YearReceipt
from core.text import Text
from partners.staff import audit_words, subjects

audit_words.add(
    {
        "year.sign": Text("År underskrevet", "Year signed"),
        "report.complete": Text("Periode meldt færdig", "Period declared complete"),
        "receipt.file_failure": Text("Kvittering kunne ikke dannes som PDF", "PDF of a receipt could not be made"),
    },
    {
        "months": Text("måneder", "months"),
    },
)
subjects.add(
    ("year.sign", "receipt."), YearReceipt, label=lambda row: f"{row.year}, {row.partner}", partners=("partner",)
)
