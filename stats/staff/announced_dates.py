"""How announced dates stand: which hold, which were superseded or have ended, which are near or late, and which is next."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet

from cases.months import COPENHAGEN
from core.text import Text
from stats.models import PUBLIC, AnnouncedDate, Release, ScheduledPublication
from stats.reading import dates

# So long before an announced date somebody should have planned what it announces.
NEAR = timedelta(days=42)


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


def describe_next(now: datetime) -> Text | None:
    """What everybody was told of the next date, how far it is, and how far the release is. None: no date is to come."""
    entry = dates.read().next(now)
    if entry is None:
        return None
    days, readiness, when = days_until(entry.latest.moment, now), readiness_of(entry.period), entry.latest.words
    ends = [each for each in (days, readiness) if each]
    da, en = ("".join(each(language) for each in ends) for language in Text._fields)
    return Text(f"Næste udgivelse: {entry.title.da}, {when.da}{da}", f"Next release: {entry.title.en}, {when.en}{en}")


def days_until(moment: datetime | None, now: datetime) -> Text | None:
    """In how many days a moment is, by the calendar of Copenhagen. Nothing where only the month is known."""
    if moment is None:
        return None
    days = (moment.astimezone(COPENHAGEN).date() - now.astimezone(COPENHAGEN).date()).days
    if not days:
        return Text(", i dag", ", today")
    return Text(f", om {days} {'dag' if days == 1 else 'dage'}", f", in {days} {'day' if days == 1 else 'days'}")


def readiness_of(period: str) -> Text | None:
    """How far the release of a period for everybody is. Nothing is told of what is no release."""
    if not period:
        return None
    drafts = Release.objects.filter(audience=PUBLIC, period=period, publication=None)
    if not drafts.exists():
        return Text("; intet udkast endnu", "; no draft yet")
    if ScheduledPublication.objects.filter(end=None, release__in=drafts.values("pk")).exists():
        return Text("; udgivelsen er planlagt", "; the release is scheduled")
    return Text("; udkastet er dannet, intet er planlagt", "; the draft is built, nothing is scheduled")
