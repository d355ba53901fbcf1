"""What the worker builds of the demo while it is served. Each step does only what is missing, so that it can be interrupted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User

from cases.duplicates import store
from core.text import Text
from deploy.demo import files, releases
from deploy.demo.abroad import make_files
from deploy.demo.notices import declare_crisis
from deploy.demo.people import APPROVER, BUILDER, OFFICER, PARTNER_MANAGER
from deploy.demo.plans import publish_plans
from deploy.demo.reports import publish_reports
from deploy.demo.requests import receive_requests
from partners import audit, jobs
from partners.models import AuditEvent
from publications.figures import painter
from publications.figures.models import ChartPicture

STOPPED = Text(
    "Demoen blev ikke bygget færdig. Noget af det, der skulle være her, mangler.",
    "The building of this demo has stopped. Some of what should be here is missing.",
)


def build() -> None:
    """The task `demo.build`. Pages have told that something is missing; at the end they tell nothing any more."""
    for step in steps(say):
        if jobs.is_cancelled():
            raise jobs.JobCancelled
        step()
    path().unlink(missing_ok=True)


def give_up() -> None:
    """Say that it was not built, where it will not be."""
    files.write_progress(path(), STOPPED, files.FAILED)


def say(step: str) -> None:
    """Say how far the demo is, and what is done now."""
    files.write_progress(path(), releases.how_far(), step)


def path() -> Path:
    assert settings.HENVIS_LINE is not None
    return Path(settings.HENVIS_LINE)


def steps(say: Callable[[str], None]) -> list[Callable[[], object]]:
    """The steps, in order."""
    author, approver, officer, manager = (
        User.objects.get(username=name) for name in (BUILDER, APPROVER, OFFICER, PARTNER_MANAGER)
    )
    return [
        *(partial(releases.publish, say, author, approver, [each]) for each in releases.missing()),
        partial(releases.build_exact, say),
        partial(find_duplicates, say),
        partial(draw_charts, say),
        partial(publish_plans, say, author, approver),
        partial(make_files, say, author, approver, int(releases.YEARS[-1])),
        partial(receive_requests, officer),
        partial(publish_reports, say, author, approver),
        partial(declare_crisis, say, manager, approver),
    ]


def find_duplicates(say: Callable[[str], None]) -> None:
    """The pairs that wait for a decision in the admin, unless somebody has searched already."""
    if not AuditEvent.objects.filter(action=store.SEARCH_ACTION).exists():
        say("finding duplicates")
        store.search(by=audit.COMMAND)


def draw_charts(say: Callable[[str], None]) -> None:
    """The charts of the first pages. The worker's own task draws the others afterwards."""
    if not ChartPicture.objects.exists():
        say("drawing charts")
    painter.draw_missing(say, newest=True)
