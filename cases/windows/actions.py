"""What the audit calls the actions of this room, and their details."""

from __future__ import annotations

from cases.windows.models import REOPENING_REASONS, Reopening, WindowChange
from core.text import Text
from partners.staff import audit_words, subjects

audit_words.add(
    {
        "year.reopen": Text("År genåbnet", "Year reopened"),
        "windowchange.add": Text("Frister for et år ændret", "Window of a year changed"),
    },
    values={"reason": REOPENING_REASONS},
)
subjects.add(("year.reopen",), Reopening, partners=("partner",))
subjects.add(("windowchange.",), WindowChange, partners=("partner",))
