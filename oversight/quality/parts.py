"""The parts of a partner's desk that this room makes: the same for the partner, and for staff who look as the partner does."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from oversight.quality.choices import CALENDAR, FEEDBACK, YEAR
from oversight.quality.feedback import feedback
from oversight.quality.matrix import matrix
from partners.models import Partner

TEMPLATES = {
    CALENDAR: "quality/calendar.html",
    FEEDBACK: "quality/feedback.html",
    YEAR: "quality/year.html",
}


def part_of(page: str, partner: Partner, year: int, now: datetime | None = None) -> dict[str, Any]:
    """The template of a page's part, and what it shows of a partner and year."""
    moment = now or timezone.now()
    (calendar,) = matrix(year, moment, [partner])
    shown = {"part": TEMPLATES[page], "calendar": calendar}
    return shown if page == CALENDAR else {**shown, "feedback": feedback(partner, year, moment)}
