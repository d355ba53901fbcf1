"""The way to reopening a year, from the first page of the staff."""

from __future__ import annotations

from django.urls import reverse

from core.text import Text
from partners.staff import waiting
from partners.staff.waiting import WayGroup

waiting.lead(
    Text("Genåbn et år for en partner", "Reopen a year to a partner"),
    WayGroup.PARTNERS,
    rights=["windows.add_reopening"],
    address=lambda: reverse("admin:windows_reopening_add"),
)
