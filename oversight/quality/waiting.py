"""The ways to the quality page, to forms of counts and to the deadlines, from the first page of the staff."""

from __future__ import annotations

from core.text import Text
from oversight.quality.admin import SEES
from partners.staff import waiting
from partners.staff.waiting import Way, WayGroup

waiting.lead(
    WayGroup.PARTNERS,
    Way(
        Text("Kvalitet: hvem har indberettet, og hvad mangler", "Quality: who has reported, and what is missing"),
        SEES,
        "quality_ruletally_changelist",
    ),
    Way(
        Text("Skemaer med tal: hvem har indberettet hvilket", "Forms of counts: who has reported which"),
        SEES,
        "quality_ruletally_counts",
    ),
    Way(
        Text(
            "Frister: hvornår et år åbner og lukker, og for hvem",
            "Deadlines: when a year opens and closes, and for whom",
        ),
        SEES,
        "quality_ruletally_deadlines",
    ),
)
