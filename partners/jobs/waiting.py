"""What waits on the first page of the staff: jobs that failed or are stuck, and services that give no sign of life."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.db.models import F, Func, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateEvent

from core.text import Text
from partners.jobs.models import DOING, FAILED, TODO, Job
from partners.jobs.registry import INTAKE, QUEUES, UPKEEP, right_of
from partners.jobs.signs import WorkerSign, dead_queues, is_silent, read_signs
from partners.models import Partner
from partners.staff import waiting
from partners.staff.naming import moment_of
from partners.staff.waiting import WaitingEntry, WaitingRows, Way, WayGroup

# A file of the largest size is read within some minutes. What nothing happened to for so long, nobody works on.
STUCK = timedelta(minutes=30)
# For so long the first page tells of what failed; the list has all of it.
SHOWN_FOR = timedelta(days=14)
LIST = "jobs_job_changelist"
NOT_DONE, MAY_NAME = "open", "partners.view_partner"


def jobs_of(user: User) -> QuerySet[Any]:
    """The jobs that a user may manage, each with what `with_facts` gives."""
    queues = [queue for queue in QUEUES if user.has_perm(f"jobs.manage_{right_of(queue)}")]
    return with_facts(Job.objects.filter(queue_name__in=queues))


def with_facts(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Jobs with `latest_event`, the moment when each was added, begun or ended last, and `of_partner`: the `id`, `name` and `mode`
    of the partner whose job it is, or None.

    Of what a partner sends, one job runs at a time: its id is in the lock, behind the task.
    """
    events = ProcrastinateEvent.objects.filter(job_id=OuterRef("pk")).exclude(type="scheduled")
    lock_names = Func(OuterRef("lock"), Value(":"), Value(2), function="split_part", output_field=TextField())
    partners = Partner.objects.annotate(key=Cast("pk", TextField())).filter(key=lock_names).order_by()
    jobs: QuerySet[Any] = rows.annotate(
        latest_event=Subquery(events.order_by("-id").values("at")[:1]),
        of_partner=Subquery(partners.values(row=JSONObject(id="key", name="name", mode="mode"))[:1]),
    )
    return jobs


def partner_of(job: Any) -> Partner | None:
    """The partner whose job it is, of a job with `of_partner`: enough of it for its name and its address."""
    facts = getattr(job, "of_partner", None)
    return Partner(**facts) if facts else None


def is_stuck() -> Q:
    """The condition of a job with `latest_event` that should be done, and to which nothing happened for half an hour."""
    since = timezone.now() - STUCK
    due = Q(scheduled_at=None) | Q(scheduled_at__lt=since)
    return Q(due, status__in=(TODO, DOING), latest_event__lt=since)


def entry_of(job: Any, user: User) -> WaitingEntry:
    """A job by its number, its task and its partner, where the user may know that; since when it is as it is."""
    at = moment_of(job.latest_event)
    partner = partner_of(job) if user.has_perm(MAY_NAME) else None
    return WaitingEntry(
        f"{job}, {partner}" if partner else job, Text(f"siden {at}", f"since {at}"), is_late=job.status != FAILED
    )


def failed_jobs(user: User) -> WaitingRows:
    """The jobs that failed lately, the latest first."""
    rows = jobs_of(user).filter(status=FAILED, latest_event__gt=timezone.now() - SHOWN_FOR)
    return waiting.newest(rows.order_by(F("latest_event").desc()), partial(entry_of, user=user))


def stuck_jobs(user: User) -> WaitingRows:
    """The jobs that are stuck, the longest first."""
    return waiting.newest(jobs_of(user).filter(is_stuck()).order_by("latest_event"), partial(entry_of, user=user))


def silent_service(right: str, service: str) -> WaitingRows:
    """The service of a right where it was alive and is silent; of one with several workers, those that died while others live.

    One that gave up is told at once. One that was never begun is told on the list alone.
    """
    signs = [each for each in read_signs() if each.right == right]
    if signs and is_silent(signs[-1].at):
        silent = {service: signs[-1]}
    else:
        silent = {service.replace("…", queue): each for queue, each in dead_queues(right, signs).items()}
    entries = [entry_of_service(name, each) for name, each in silent.items()]
    return WaitingRows(len(entries), entries)


def entry_of_service(name: str, last: WorkerSign) -> WaitingEntry:
    """A service with its last sign of life, and whether that was that it gave up."""
    moment = moment_of(last.at)
    gave_up = Text(f"gav op efter en fejl {moment}", f"gave up after an error on {moment}")
    silent = Text(f"sidste livstegn {moment}", f"last sign of life {moment}")
    return WaitingEntry(name, gave_up if last.gave_up else silent, is_late=True)


def add_silent(right: str, sentence: Text, service: str) -> None:
    """Add that a service is not running, for whoever manages its jobs. `service`: its unit in docs/deploying.md, … for a queue."""
    waiting.add(
        f"silent_{right}",
        sentence,
        sentence,
        rights=["jobs.view_job", f"jobs.manage_{right}"],
        find=lambda _: silent_service(right, service),
        address=LIST,
    )


add_silent(
    UPKEEP,
    Text(
        "Serverens tjeneste for drift (henvis-upkeep) kører ikke: påmindelser, udgivelser og oprydning venter",
        "The server's upkeep service (henvis-upkeep) is not running: reminders, releases and tidying wait",
    ),
    "henvis-upkeep",
)
add_silent(
    INTAKE,
    Text(
        "En eller flere af serverens tjenester for modtagelse (henvis-worker@…) kører ikke: leverancer venter",
        "One or more of the server's intake services (henvis-worker@…) are not running: deliveries wait",
    ),
    "henvis-worker@…",
)


waiting.add(
    "failed_jobs",
    Text("Et job mislykkedes", "A job failed"),
    Text("{number} job mislykkedes", "{number} jobs failed"),
    rights=["jobs.view_job"],
    find=failed_jobs,
    address=f"{LIST}?status={FAILED}",
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
    address=f"{LIST}?status=stuck",
)
waiting.lead(
    WayGroup.OPERATION,
    Way(
        Text("Job, der kører, venter eller mislykkedes", "Jobs that run, wait or failed"),
        ("jobs.manage_upkeep", "jobs.manage_intake"),
        f"{LIST}?status={NOT_DONE}",
    ),
)
