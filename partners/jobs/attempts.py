"""Attempts of workers that failed. They stand in the audit, where staff and the worker find them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from core.failures import where_it_broke
from partners import audit
from partners.models import AuditEvent

# How long after the first failure it is tried again, and how often that is doubled at most: up to 17 hours.
PAUSE, DOUBLINGS = timedelta(minutes=1), 10


def failures(action: str, subject: str, since: datetime, **detail: str) -> list[datetime]:
    """When something failed since a moment, the first time first. `detail`: what part of the subject it was."""
    events = AuditEvent.objects.filter(action=action, subject=subject, at__gte=since, detail__contains=detail)
    return [*events.order_by("at").values_list("at", flat=True)]


def is_due(times: Sequence[datetime]) -> bool:
    """Whether it is to be tried now: at once, and after each failure twice as long as after the one before."""
    return not times or timezone.now() - times[-1] >= PAUSE * 2 ** min(len(times) - 1, DOUBLINGS)


def note_failure(action: str, subject: str, error: Exception, **detail: str) -> None:
    """Write down that something failed, and where it broke. `detail`: what part of the subject it was."""
    audit.record(by=audit.COMMAND, action=action, subject=subject, **where_it_broke(error), **detail)
