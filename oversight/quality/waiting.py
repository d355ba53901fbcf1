"""The ways to the quality page, to forms of counts and to the deadlines, from the first page of the staff."""

from __future__ import annotations

from django.urls import reverse

from core.text import Text
from oversight.quality.admin import SEES
from partners.staff import waiting
from partners.staff.waiting import WayGroup

waiting.lead(
    Text("Kvalitet: hvem har indberettet, og hvad mangler", "Quality: who has reported, and what is missing"),
    WayGroup.PARTNERS,
    rights=[SEES],
    address=lambda: reverse("admin:quality_ruletally_changelist"),
)
waiting.lead(
    Text("Skemaer med tal: hvem har indberettet hvilket", "Forms of counts: who has reported which"),
    WayGroup.PARTNERS,
    rights=[SEES],
    address=lambda: reverse("admin:quality_ruletally_counts"),
)
waiting.lead(
    Text(
        "Frister: hvornår et år åbner og lukker, og for hvem", "Deadlines: when a year opens and closes, and for whom"
    ),
    WayGroup.PARTNERS,
    rights=[SEES],
    address=lambda: reverse("admin:quality_ruletally_deadlines"),
)
