"""How announced dates stand: which hold, which were superseded or have ended, and which are near or late."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet

from cases.months import COPENHAGEN
from cases.statistics.models import PUBLIC, AnnouncedDate, ScheduledPublication

# So long before an announced date somebody should have planned what it announces.
NEAR = timedelta(days=14)


def with_state(notices: QuerySet[Any]) -> QuerySet[Any]:
    """Notices, each with `is_superseded` and with `has_ended`: its entry was cancelled, or what it announced is published."""
    later = AnnouncedDate.objects.filter(entry=OuterRef("entry"), sequence__gt=OuterRef("sequence"))
    has_end = Func(F("entry"), function="henvis_has_ended", output_field=BooleanField())
    rows: QuerySet[Any] = notices.annotate(is_superseded=Exists(later), has_ended=has_end)
    return rows


def due(now: datetime) -> QuerySet[AnnouncedDate]:
    """The dates that hold and have passed, or are near while nothing is scheduled for them; the first comes first.

    What is no release cannot be scheduled, so it is told while it is near.
    """
    plans = ScheduledPublication.objects.filter(end=None, release__audience=PUBLIC, release__period=OuterRef("period"))
    holding = with_state(AnnouncedDate.objects.all()).filter(is_superseded=False, has_ended=False)
    return holding.filter(passed_by(now) | passed_by(now + NEAR) & ~Exists(plans)).order_by("month", "moment", "pk")


def passed_by(moment: datetime) -> Q:
    """The dates that have passed at a moment: their own has, or the month of those of which no more is known."""
    month = moment.astimezone(COPENHAGEN).date().replace(day=1)
    return Q(moment__lte=moment) | Q(moment=None, month__lt=month)
