"""What the audit calls the actions of this room, and their details."""

from __future__ import annotations

from cases.windows.choices import REOPENING_REASONS
from partners.staff import audit_words
from partners.text import Text

audit_words.add(
    {
        "year.reopen": Text("År genåbnet", "Year reopened"),
        "windowchange.add": Text("Frister for et år ændret", "Window of a year changed"),
    },
    values={"reason": REOPENING_REASONS},
)
