"""The staff page of jobs: what waits, runs, failed and is done, and what to do about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial
from typing import Any, ClassVar

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.options import ActionLocation
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from procrastinate.contrib.django.models import ProcrastinateJob

from core.text import NO_TEXT, Text, in_one, say
from partners import audit
from partners.jobs.models import ABORTED, CANCELLED, DOING, FAILED, TODO, Job
from partners.jobs.registry import QUEUES, let_go, right_of, service_of, words_of
from partners.jobs.signs import words_of_signs
from partners.jobs.waiting import MAY_NAME, NOT_DONE, is_stuck, partner_of, with_facts
from partners.jobs.words import ACTS_DONE, NEXT_STEPS, NONE_OPEN, NOT_ALLOWED, STATES, STOPPING, WARNINGS, WORKER_ENDED
from partners.staff.links import column
from partners.staff.lists import WordedFilter
from partners.staff.naming import NOTHING, moment_of
from partners.staff.screens import ReadOnly, actor

CALLS = {"retry": "SELECT henvis_retry_job(%s)", "cancel": "SELECT henvis_cancel_job(%s)"}

# In which states the functions of the database do it; for the buttons of a job's page.
ALLOWED = {"retry": (FAILED, CANCELLED, ABORTED), "cancel": (TODO, DOING)}

# The library's own page shows arguments, and lets whoever sees a job do anything with it.
admin.site.unregister(ProcrastinateJob)


class JobStateFilter(WordedFilter):
    """Filters jobs by their state. The list has the moment of each job's latest event, by which it is stuck."""

    parameter_name = "status"
    choices_offered: ClassVar = {
        NOT_DONE: (Text("ikke udført", "not done"), partial(Q, status__in=(TODO, DOING, FAILED))),
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
    """Jobs, the newest first. Whoever has the right of its queue begins one again or cancels it.

    Whose a job is, stands where the reader may see partners.
    """

    list_display = ("id", "task", "partner", "about", "state", "attempts", "changed_at", "queue")
    list_filter = (JobStateFilter, QueueFilter)
    fields = (
        *("id", "task", "partner", "about", "state", "next_step", "latest_error", "attempts"),
        *("changed_at", "scheduled_at", "queue"),
    )
    actions = ("retry", "cancel")
    warnings = WARNINGS

    def get_queryset(self, request: HttpRequest) -> QuerySet[Job]:
        """The jobs, each with the moment of its latest event and its partner."""
        return with_facts(super().get_queryset(request))

    def get_list_display(self, request: HttpRequest) -> Any:
        return columns_for(request, self.list_display)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The lines of a job's page."""
        return columns_for(request, self.fields)

    def list_lead(self, request: HttpRequest) -> Text:
        """When the server's services gave their last signs of life, and which version runs here."""
        version = f"Henvis {settings.HENVIS_VERSION}."
        return in_one(words_of_signs(), Text(version, version))

    def words_if_none(self, request: HttpRequest) -> Text:
        """An empty list of what is not done is good news."""
        return NONE_OPEN if request.GET.get("status") == NOT_DONE else super().words_if_none(request)

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

    task = column(say("opgave", "task"), lambda job: str(words_of(job.task_name)))

    @admin.display(description=say("partner", "partner"))
    def partner(self, job: Job) -> SafeString | str:
        """Whose delivery it is about, with the way to its page."""
        if (partner := partner_of(job)) is None:
            return NOTHING
        address = reverse("admin:partners_partner_change", args=[partner.pk])
        return format_html('<a href="{}">{}</a>', address, partner)

    about = column(say("vedrører", "about"), lambda job: job.about)

    @admin.display(description=say("tilstand", "state"))
    def state(self, job: Job) -> str:
        """How far it is."""
        return str(STOPPING if job.abort_requested and job.status == DOING else STATES.get(job.status, NO_TEXT))

    @admin.display(description=say("hvad du kan gøre", "what you can do"))
    def next_step(self, job: Job) -> str:
        """What its state asks of staff."""
        is_without_error = job.status == FAILED and not job.error
        words = WORKER_ENDED if is_without_error else NEXT_STEPS.get(job.status, NO_TEXT)
        return str(words).format(number=job.pk, service=service_of(job.queue_name))

    # The class of the error and the line of code: what whoever mends the program asks for first.
    latest_error = column(
        say("seneste fejl", "latest error"), lambda job: " ".join(filter(None, (job.error, job.where))) or NOTHING
    )
    changed_at = column(
        say("seneste ændring", "latest change"), lambda job: moment_of(getattr(job, "latest_event", None))
    )
    queue = column(say("kø", "queue"), lambda job: str(QUEUES.get(job.queue_name, NO_TEXT)))

    @admin.action(description=say("Udfør igen", "Do again"))
    def retry(self, request: HttpRequest, jobs: QuerySet[Job]) -> None:
        """Have failed and cancelled jobs done again."""
        act(request, "retry", jobs)

    @admin.action(description=say("Annullér", "Cancel"))
    def cancel(self, request: HttpRequest, jobs: QuerySet[Job]) -> None:
        """Cancel jobs that wait, and ask those that run to stop."""
        act(request, "cancel", jobs)


def columns_for(request: HttpRequest, names: Iterable[str]) -> list[str]:
    """These names, without the partner where the reader may not see partners."""
    return [name for name in names if name != "partner" or request.user.has_perm(MAY_NAME)]


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
    tell(request, messages.WARNING, NOT_ALLOWED, numbers[False])


def call(name: str, job: Job) -> bool:
    """Have the database do it; whether it did."""
    with connection.cursor() as cursor:
        cursor.execute(CALLS[name], [job.pk])
        return bool(cursor.fetchone()[0])


def tell(request: HttpRequest, level: int, words: Text, numbers: list[str]) -> None:
    """Say it of these jobs, if there are any."""
    if numbers:
        messages.add_message(request, level, str(words).format(numbers=", ".join(numbers)))
