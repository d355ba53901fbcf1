"""The way to reopening a year, from the first page of the staff."""

from __future__ import annotations

from core.text import Text
from partners.staff import waiting
from partners.staff.waiting import Way, WayGroup

waiting.lead(
    WayGroup.PARTNERS,
    Way(
        Text("Genåbn et år for en partner", "Reopen a year to a partner"),
        "windows.add_reopening",
        "windows_reopening_add",
    ),
)
