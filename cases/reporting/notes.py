"""Keeping the coverage note of a release as it is built, and finding it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from cases.reporting.coverage import coverage
from cases.reporting.models import CoverageNote
from cases.statistics.models import EXACT, Release


def keep(release: Release) -> None:
    """Keep the note of a protected release that is being stored. Whoever reads exact figures reads the calendars themselves."""
    if release.audience != EXACT:
        note = coverage(release.first_month, release.last_month, release.as_of)
        CoverageNote.objects.create(release=release, content=note.as_json())


def notes_of(releases: Collection[str]) -> dict[str, dict[str, Any]]:
    """The notes of releases by their ids; those of before there were notes have none. One statement."""
    return dict(CoverageNote.objects.filter(pk__in=releases).values_list("pk", "content"))
