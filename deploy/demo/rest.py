"""What the worker builds of the demo while it is served. Each step does only what is missing, so that it can be interrupted.

Three requests of persons are among it: one is overdue, one is to be answered, one is answered.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from cases.duplicates import search
from cases.months import today
from core.text import Text
from deploy.demo import household, releases
from deploy.demo.household import APPROVER, BUILDER, OFFICER, PARTNER_MANAGER
from deploy.demo.notices import declare_crisis
from deploy.demo.publications import make_files, publish_plans, publish_reports
from oversight.subject_requests import register
from oversight.subject_requests.deadlines import due_on
from oversight.subject_requests.models import SubjectRequest
from partners import audit, jobs
from partners.audit import Actor
from partners.models import AuditEvent
from publications.figures import painter
from publications.figures.models import ChartPicture

# The kind of each, and how many days ago it was received. The last one is answered.
REQUESTS = (("ACCESS", 40), ("ERASURE", 20), ("ACCESS", 70))


@transaction.atomic
def receive_requests(officer: User) -> None:
    """Store the requests, unless there are some."""
    if SubjectRequest.objects.exists():
        return
    for kind, days in REQUESTS:
        day = today() - timedelta(days=days)
        about = {"kind": kind, "channel": "LETTER", "received_on": day, "due_on": due_on(day)}
        request = SubjectRequest.objects.create(user=officer, **about)
    by, answered_on = Actor.of(officer), request.received_on + timedelta(days=9)
    register.identify(by=by, request_id=request.pk, code="DOCUMENT")
    register.answer(by=by, request_id=request.pk, code="NOTHING_HELD", ground="", day=answered_on)


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
    household.write_progress(path(), STOPPED, household.FAILED)


def say(step: str) -> None:
    """Say how far the demo is, and what is done now."""
    household.write_progress(path(), releases.how_far(), step)


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
    if not AuditEvent.objects.filter(action=search.SEARCH_ACTION).exists():
        say("finding duplicates")
        search.search(by=audit.COMMAND)


def draw_charts(say: Callable[[str], None]) -> None:
    """The charts of the first pages. The worker's own task draws the others afterwards."""
    if not ChartPicture.objects.exists():
        say("drawing charts")
    painter.draw_missing(say, newest=True)
