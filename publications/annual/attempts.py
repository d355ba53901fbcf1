"""Attempts at rendering a report that failed. They stand in the audit, where staff and the worker find them."""

from __future__ import annotations

from datetime import datetime

from partners import attempts
from publications.annual.models import ReportPublication

FAILURE = "report.render_failure"


def subject_of(publication: ReportPublication) -> str:
    """What the audit calls a report: as where it is published."""
    return f"{publication.year}.{publication.version}"


def failures(publication: ReportPublication) -> list[datetime]:
    """When it failed, the first time first."""
    return attempts.failures(FAILURE, subject_of(publication), since=publication.published_at)


def is_due(publication: ReportPublication) -> bool:
    """Whether a report is to be tried now."""
    return attempts.is_due(failures(publication))


def note_failure(publication: ReportPublication, error: Exception) -> None:
    """Write down that a report could not be rendered, and where it broke."""
    attempts.note_failure(FAILURE, subject_of(publication), error)
