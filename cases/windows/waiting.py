"""The way to reopening a year, from the first page of the staff."""

from __future__ import annotations

from django.urls import reverse

from partners.staff import waiting
from partners.staff.waiting import WayGroup
from partners.text import Text

waiting.lead(
    Text("Genåbn et år for en partner", "Reopen a year to a partner"),
    WayGroup.PARTNERS,
    rights=["windows.add_reopening"],
    address=lambda: reverse("admin:windows_reopening_add"),
)
