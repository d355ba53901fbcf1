"""The staff page of jobs: what waits, runs, failed and is done, and what to do about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.options import ActionLocation
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from procrastinate.contrib.django.models import ProcrastinateJob

from partners import audit
from partners.jobs.models import Job
from partners.jobs.registry import QUEUES, let_go, right_of, words_of
from partners.jobs.states import ABORTED, CANCELLED, DOING, FAILED, TODO
from partners.jobs.waiting import is_stuck, with_latest_event
from partners.jobs.words import ACTS_DONE, NEXT_STEPS, NOT_DONE, STATES, STOPPING, WARNINGS
from partners.staff.filters import WordedFilter
from partners.staff.naming import moment_of
from partners.staff.screens import ReadOnly, actor
from partners.text import NO_TEXT, Text, say

CALLS = {"retry": "SELECT henvis_retry_job(%s)", "cancel": "SELECT henvis_cancel_job(%s)"}

# In which states the functions of the database do it; for the buttons of a job's page.
ALLOWED = {"retry": (FAILED, CANCELLED, ABORTED), "cancel": (TODO, DOING)}

# The library's own page shows arguments, and lets whoever sees a job do anything with it.
admin.site.unregister(ProcrastinateJob)


class JobStateFilter(WordedFilter):
    """Filters jobs by their state. The list has the moment of each job's latest event, by which it is stuck."""

    parameter_name = "status"
    choices_offered: ClassVar = {
        **{name: (words, partial(Q, status=name)) for name, words in STATES.items()},
        "stuck": (Text("sidder fast", "stuck"), is_stuck),
    }


class QueueFilter(WordedFilter):
    """Filters jobs by their queue."""

    title = say("kø", "queue")
    parameter_name = "queue"
    choices_offered: ClassVar = {name: (words, partial(Q, queue_name=name)) for name, words in QUEUES.items()}


@admin.register(Job)
class JobAdmin(ReadOnly):
    """Jobs, the newest first. Whoever has the right of its queue begins one again or cancels it."""

    list_display = ("id", "task", "about", "state", "attempts", "changed_at", "queue")
    list_filter = (JobStateFilter, QueueFilter)
    fields = ("id", "task", "about", "state", "next_step", "attempts", "changed_at", "scheduled_at", "queue")
    actions = ("retry", "cancel")
    warnings = WARNINGS

    def get_queryset(self, request: HttpRequest) -> QuerySet[Job]:
        """The jobs, each with the moment of its latest event."""
        return with_latest_event(super().get_queryset(request))

    def get_actions(
        self, request: HttpRequest, action_location: ActionLocation = ActionLocation.CHANGE_LIST
    ) -> dict[str, Any]:
        """The two acts, for who may do them with jobs of a queue."""
        return super().get_actions(request, action_location) if queues_of(request) else {}

    def acts_on(self, request: HttpRequest, row: Job) -> Collection[str]:
        """What its state allows, for who has the right of its queue."""
        return [
            name for name, states in ALLOWED.items() if row.status in states and row.queue_name in queues_of(request)
        ]

    @admin.display(description=say("opgave", "task"))
    def task(self, job: Job) -> str:
        """What it does."""
        return str(words_of(job.task_name))

    @admin.display(description=say("vedrører", "about"))
    def about(self, job: Job) -> str:
        """The short id of what it is about."""
        return job.about

    @admin.display(description=say("tilstand", "state"))
    def state(self, job: Job) -> str:
        """How far it is."""
        return str(STOPPING if job.abort_requested and job.status == DOING else STATES.get(job.status, NO_TEXT))

    @admin.display(description=say("hvad du kan gøre", "what you can do"))
    def next_step(self, job: Job) -> str:
        """What its state asks of staff."""
        return str(NEXT_STEPS.get(job.status, NO_TEXT))

    @admin.display(description=say("seneste ændring", "latest change"))
    def changed_at(self, job: Job) -> str:
        """When it was added, begun or ended last."""
        return moment_of(getattr(job, "latest_event", None))

    @admin.display(description=say("kø", "queue"))
    def queue(self, job: Job) -> str:
        """The queue."""
        return str(QUEUES.get(job.queue_name, NO_TEXT))

    @admin.action(description=say("Udfør igen", "Do again"))
    def retry(self, request: HttpRequest, jobs: QuerySet[Job]) -> None:
        """Have failed and cancelled jobs done again."""
        act(request, "retry", jobs)

    @admin.action(description=say("Annullér", "Cancel"))
    def cancel(self, request: HttpRequest, jobs: QuerySet[Job]) -> None:
        """Cancel jobs that wait, and ask those that run to stop."""
        act(request, "cancel", jobs)


def queues_of(request: HttpRequest) -> list[str]:
    """The queues of which the user may manage the jobs."""
    return [queue for queue in QUEUES if request.user.has_perm(f"jobs.manage_{right_of(queue)}")]


def act(request: HttpRequest, name: str, jobs: Iterable[Job]) -> None:
    """Do it with each job that the user may manage and whose state allows it, each with an audit row. Say with which, and not."""
    numbers: dict[bool, list[str]] = {True: [], False: []}
    with transaction.atomic():
        for job in jobs:
            is_done = job.queue_name in queues_of(request) and call(name, job)
            if is_done and name == "cancel":
                let_go(job.task_name, job.args)
            if is_done:
                audit.record(by=actor(request), action=f"job.{name}", subject=job.subject)
            numbers[is_done].append(str(job.pk))
    tell(request, messages.SUCCESS, ACTS_DONE[name], numbers[True])
    tell(request, messages.WARNING, NOT_DONE, numbers[False])


def call(name: str, job: Job) -> bool:
    """Have the database do it; whether it did."""
    with connection.cursor() as cursor:
        cursor.execute(CALLS[name], [job.pk])
        return bool(cursor.fetchone()[0])


def tell(request: HttpRequest, level: int, words: Text, numbers: list[str]) -> None:
    """Say it of these jobs, if there are any."""
    if numbers:
        messages.add_message(request, level, str(words).format(numbers=", ".join(numbers)))
