"""What waits on the first page of the staff: jobs that failed, and jobs that are stuck."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateEvent

from partners.jobs.models import Job
from partners.jobs.registry import QUEUES, right_of
from partners.jobs.states import DOING, FAILED, TODO
from partners.staff import waiting
from partners.staff.naming import moment_of
from partners.staff.waiting import WaitingEntry, WaitingRows
from partners.text import Text

# A file of the largest size is read within some minutes. What nothing happened to for so long, nobody works on.
STUCK = timedelta(minutes=30)
# For so long the first page tells of what failed; the list has all of it.
TOLD_FOR = timedelta(days=14)
LIST = "admin:jobs_job_changelist"


def jobs_of(user: User) -> QuerySet[Any]:
    """The jobs that a user may manage, each with `latest_event`: the moment when it was added, begun or ended last."""
    queues = [queue for queue in QUEUES if user.has_perm(f"jobs.manage_{right_of(queue)}")]
    return with_latest_event(Job.objects.filter(queue_name__in=queues))


def with_latest_event(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Jobs with `latest_event`."""
    events = ProcrastinateEvent.objects.filter(job_id=OuterRef("pk")).exclude(type="scheduled")
    jobs: QuerySet[Any] = rows.annotate(latest_event=Subquery(events.order_by("-id").values("at")[:1]))
    return jobs


def is_stuck() -> Q:
    """The condition of a job with `latest_event` that should be done, and to which nothing happened for half an hour."""
    since = timezone.now() - STUCK
    due = Q(scheduled_at=None) | Q(scheduled_at__lt=since)
    return Q(due, status__in=(TODO, DOING), latest_event__lt=since)


def entry_of(job: Any) -> WaitingEntry:
    """A job by its number and task, since when it is as it is."""
    at = moment_of(job.latest_event)
    return WaitingEntry(
        job, Text(f"siden {at}", f"since {at}"), reverse("admin:jobs_job_change", args=[job.pk]), job.status != FAILED
    )


def failed_jobs(user: User) -> WaitingRows:
    """The jobs that failed lately, the latest first."""
    rows = jobs_of(user).filter(status=FAILED, latest_event__gt=timezone.now() - TOLD_FOR)
    return waiting.newest(rows.order_by(F("latest_event").desc()), entry_of)


def stuck_jobs(user: User) -> WaitingRows:
    """The jobs that are stuck, the longest first."""
    return waiting.newest(jobs_of(user).filter(is_stuck()).order_by("latest_event"), entry_of)


waiting.add(
    "failed_jobs",
    Text("Et job mislykkedes", "A job failed"),
    Text("{number} job mislykkedes", "{number} jobs failed"),
    rights=["jobs.view_job"],
    find=failed_jobs,
    address=lambda: f"{reverse(LIST)}?status={FAILED}",
)
waiting.add(
    "stuck_jobs",
    Text("Et job sidder fast: der er intet sket i en halv time", "A job is stuck: nothing happened for half an hour"),
    Text(
        "{number} job sidder fast: der er intet sket i en halv time",
        "{number} jobs are stuck: nothing happened for half an hour",
    ),
    rights=["jobs.view_job"],
    find=stuck_jobs,
    address=lambda: f"{reverse(LIST)}?status=stuck",
)
waiting.lead(
    Text("Job, der kører, venter eller mislykkedes", "Jobs that run, wait or failed"),
    rights=["jobs.manage_upkeep", "jobs.manage_intake"],
    address=lambda: reverse(LIST),
)
