"""Attempts at rendering a report that failed. They stand in the audit, where staff and the worker find them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from cases.annual.models import ReportPublication
from partners import audit
from partners.failures import where_it_broke
from partners.models import AuditEvent

FAILURE = "report.render_failure"
# How long after the first failure it is tried again, and how often that is doubled at most: up to 17 hours.
PAUSE, DOUBLINGS = timedelta(minutes=1), 10


def subject_of(publication: ReportPublication) -> str:
    """What the audit calls a report: as where it is published."""
    return f"{publication.year}.{publication.version}"


def failures(publication: ReportPublication) -> list[datetime]:
    """When it failed, the first time first."""
    since = AuditEvent.objects.filter(at__gte=publication.published_at)  # whose times have an index
    events = since.filter(action=FAILURE, subject=subject_of(publication))
    return [*events.order_by("at").values_list("at", flat=True)]


def is_due(publication: ReportPublication) -> bool:
    """Whether a report is to be tried now: at once, and after each failure twice as long as after the one before."""
    times = failures(publication)
    return not times or timezone.now() - times[-1] >= PAUSE * 2 ** min(len(times) - 1, DOUBLINGS)


def note_failure(publication: ReportPublication, error: Exception) -> None:
    """Write down that a report could not be rendered, and where it broke."""
    about = where_it_broke(error)
    audit.record(by=audit.COMMAND, action=FAILURE, subject=subject_of(publication), **about)
