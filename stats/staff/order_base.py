"""The screen of orders that the server carries out: of releases, and of what is made of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst

from core.text import Text, one_of
from partners import jobs
from partners.jobs.models import DOING, TODO, Job
from partners.staff.links import column
from partners.staff.naming import NOTHING
from partners.staff.screens import SignedScreen
from stats.choices import ORDER_KINDS
from stats.models import RUNNING, BuildOrder
from stats.staff.words import period_and_audience
from stats.words import FIELDS


def order_in_words(order: BuildOrder) -> Text:
    """What was ordered, of which period and for whom: `Udkast: 4. kvartal 2023, myndigheder`."""
    kind, of = ORDER_KINDS[order.kind], period_and_audience(order)
    return Text(f"{capfirst(kind.da)}: {of.da}", f"{capfirst(kind.en)}: {of.en}")


class OrderScreen(SignedScreen):
    """Orders. `task`: the job that carries them out. `soon`: what is said once one is added."""

    change_form_template = "admin/statistics/change_form.html"
    list_select_related = ("user",)
    task: str
    soon: Text

    def job_of(self, order: BuildOrder) -> Job | None:
        """The job of an order that is not done: of a running one that which runs, of one that waits the next; None: there is none.

        One runs at a time, and one waits.
        """
        jobs_left = {job.status: job for job in Job.objects.filter(task_name=self.task, status__in=(DOING, TODO))}
        running, next_one = jobs_left.get(DOING), jobs_left.get(TODO)
        return (running or next_one) if order.state == RUNNING else (next_one or running)

    def acts_after(self, order: Any) -> list[tuple[Text, str]]:
        """What who ordered does next, each with its address."""
        raise NotImplementedError

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Add the order, and wake who carries it out."""
        super().save_model(request, obj, form, change)
        jobs.defer(self.task)
        messages.success(request, str(self.soon))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """An order, with the way to what its reader does next."""
        order = self.get_object(request, object_id)
        acts = self.acts_after(order) if order is not None and self.has_add_permission(request) else []
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "acts": acts})

    outcome = column(FIELDS["message"], lambda order: one_of(order.message) or NOTHING)
