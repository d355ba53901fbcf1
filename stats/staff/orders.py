"""The screen of orders: what could be published is proposed first, then tables are ticked and their draft is ordered."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html

from core.text import Text, lazily, of_both, say
from partners import audit, jobs
from partners.staff.links import column, page_at
from partners.staff.naming import NOTHING, day_of
from partners.staff.screens import actor
from stats.choices import words_of_fact
from stats.models import DONE, FAILED, OPEN, PROPOSE, RUNNING, BuildOrder, FactDecision, OrderFiling
from stats.publishing.facts import facts_in_refusal
from stats.staff import approval
from stats.staff.forms import PARAMETERS, OrderForm, ProposalForm
from stats.staff.offers import ACTS, MAY_ORDER, ORDER_AGAIN, ORDER_OTHER, address, order_form
from stats.staff.order_base import OrderScreen, order_in_words
from stats.staff.proposals import as_table, latest_answers
from stats.staff.releases import existing, with_refusals
from stats.staff.words import (
    CHANGE_NOTES,
    REASONS,
    choice_in_words,
    period_and_audience,
    refusal_of,
    release_in_words,
    state_of_order,
)
from stats.words import FIELDS, ORDER_HELPS, ORDER_WARNING

TASK = "releases.build"
LIST, PROPOSE_ADDRESS = "admin:statistics_buildorder_changelist", "admin:statistics_buildorder_propose"
PROPOSE_TABLES = Text("Foreslå tabeller", "Propose tables")
ORDER_OF_THESE = Text("Vælg tabeller og bestil", "Choose tables and order")
PUT_AWAY = Text("Læg væk", "Put away")
FILING = Text(
    "Den første side viser den ikke længere. Den står fortsat på listen over bestillinger.",
    "The first page shows it no more. It stays in the list of orders.",
)
NOT_OWN = Text("Kun den, der har bestilt, lægger bestillingen væk.", "Whoever ordered it puts it away.")
FILED = Text("Bestillingen er lagt væk.", "The order is put away.")
SERVER_TRIES = Text(
    "Serveren prøver hver tabel for sig. Der dannes intet udkast, og intet udgives.",
    "The server tries each table by itself. It makes no draft and publishes nothing.",
)
DRAFT_SOON = Text(
    "Serveren danner udkastet og kontrollerer fortroligheden. Når det er færdigt, står det under »Venter på dig« på den første "
    "side. Det kan tage flere minutter; bestillinger tages én ad gangen.",
    "The server builds the draft and runs the disclosure check. Once it is done, it stands under “Waiting for you” on the first "
    "page. That may take some minutes: orders are taken one at a time.",
)
SOON = Text(
    "Serveren regner på forslagene. Når de er færdige, står de under »Venter på dig« på den første side. "
    "Det kan tage flere minutter; bestillinger tages én ad gangen.",
    "The server works on the proposals. Once they are done, they stand under “Waiting for you” on the first page. "
    "That may take some minutes: orders are taken one at a time.",
)


class BuildOrderScreen(OrderScreen):
    """Orders of proposals and of drafts. The server carries them out. Who ordered a release cannot approve it."""

    form = OrderForm
    ordering = ("-ordered_at", "-pk")
    list_display = ("ordered_at", "kind", "period", "audience", "how_far", "outcome", "of_release", "user")
    list_filter = ("kind", "state", "audience")
    helps = ORDER_HELPS
    act = Text("Bestil et udkast", "Order a draft")
    warning = ORDER_WARNING
    task, soon = TASK, DRAFT_SOON

    def get_queryset(self, request: HttpRequest) -> QuerySet[BuildOrder]:
        """The orders with whoever refused their drafts."""
        return with_refusals(super().get_queryset(request))

    def heading(self, row: BuildOrder) -> str:
        """What was ordered, of which period and for whom."""
        return str(order_in_words(row))

    def get_fields(self, request: HttpRequest, obj: BuildOrder | None = None) -> tuple[str, ...]:
        """A form without an order; of an order its content. The figures of proposals are for those who choose among them."""
        if obj is None:
            return ("period", "audience", "tables", "sums", *PARAMETERS, *CHANGE_NOTES, *REASONS)
        figures = ("proposed_tables",) if obj.proposals is not None and request.user.has_perm(MAY_ORDER) else ()
        notes = [name for name in (*CHANGE_NOTES, *REASONS) if getattr(obj, name)]
        content = ("tables_and_parameters", *notes, "release_built") if obj.kind != PROPOSE else ()
        fields_said = ("refusal",) if refusal_of(obj) else ()
        return (
            "kind",
            "period",
            "audience",
            *content,
            *fields_said,
            "ordered_at",
            "user",
            "how_far",
            "outcome",
            *figures,
        )

    def facts_to_add(self, form: Any) -> list[tuple[Any, str]]:
        """The fields of the order, its tables by number and name, since another period may have more; and what is scheduled."""
        tables = form["tables"].label
        return [
            *((label, form.tables_in_words if label == tables else text) for label, text in super().facts_to_add(form)),
            *approval.facts_for_orders(),
        ]

    @admin.display(description=lazily(FIELDS["state"]), ordering="state")
    def how_far(self, order: BuildOrder) -> str:
        """How far it is; while it is not done, with the job that carries orders out, and which attempt that is."""
        state, job = state_of_order(order), self.job_of(order) if order.state in {OPEN, RUNNING} else None
        if job is None:
            return str(state)
        number, attempt = job.pk, job.attempts + 1
        return str(Text(f"{state} (job {number}, forsøg {attempt})", f"{state} (job {number}, attempt {attempt})"))

    tables_and_parameters = column(FIELDS["choice"], lambda order: choice_in_words(order.choice or {}))
    proposed_tables = column(FIELDS["proposals"], as_table)

    @admin.display(description=lazily(FIELDS["release"]))
    def release_built(self, order: BuildOrder) -> str:
        """The release, with the way to it."""
        if order.release_id is None:
            return NOTHING
        release = existing(order.release_id)
        return format_html('<a href="{}">{}</a>', address("change", release.pk), release_in_words(release))

    @admin.display(description=say("afvist af en godkender", "refused by an approver"))
    def refusal(self, order: BuildOrder) -> str:
        """Who refused its draft, and why."""
        row = refusal_of(order)
        return f"{row.user}: {row.reason}" if row else NOTHING

    @page_at("<int:order>/file/")
    def file(self, request: HttpRequest, order: int) -> HttpResponse:
        """Put an own order away: the first page tells of it no more."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        by, own = actor(request), request.user.pk
        row = get_object_or_404(with_refusals(BuildOrder.objects.all()), pk=order, state__in=(DONE, FAILED))
        if request.method == "POST" and row.user_id != own:
            messages.error(request, str(NOT_OWN))
            return HttpResponseRedirect(reverse("admin:statistics_buildorder_change", args=[order]))
        if request.method == "POST":
            with transaction.atomic():
                if OrderFiling.objects.get_or_create(order=row, defaults={"user_id": row.user_id})[1]:
                    audit.record(by=by, action="buildorder.file", subject=row.subject)
            messages.success(request, str(FILED))
            return HttpResponseRedirect(reverse("admin:index"))
        page = {
            "title": Text("Læg bestillingen væk?", "Put the order away?"),
            "warning": FILING,
            "facts": [(order_in_words(row), state_of_order(row))],
            "form": forms.Form(),
            "submit": PUT_AWAY,
            "back": reverse("admin:statistics_buildorder_change", args=[order]),
        }
        return self.pose(request, page)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, with the way to new proposals."""
        acts = [(PROPOSE_TABLES, reverse(PROPOSE_ADDRESS))] if self.has_add_permission(request) else []
        # One way in: an order begins with proposals.
        page = {"acts": acts, "has_add_permission": False}
        return super().changelist_view(request, {**(extra_context or {}), **page})

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The form of an order of a period and an audience, whose proposals it shows; who names neither chooses them first."""
        is_named = request.GET.get("period") and request.GET.get("audience")
        if request.method == "GET" and not is_named and self.has_add_permission(request):
            return HttpResponseRedirect(f"{reverse(PROPOSE_ADDRESS)}?{request.GET.urlencode()}".rstrip("?"))
        return super().add_view(request, form_url, extra_context)

    def acts_after(self, order: BuildOrder) -> list[tuple[Text, str]]:
        """Choose among proposals, look at the tables of a draft, or order anew what was not built; and put it away."""
        is_over = order.state in {DONE, FAILED} and not hasattr(order, "filing")
        away = [(PUT_AWAY, reverse("admin:statistics_buildorder_file", args=[order.pk]))] if is_over else []
        return [*self.next_acts(order), *away]

    def next_acts(self, order: BuildOrder) -> list[tuple[Text, str]]:
        """What comes after an order."""
        if order.state == FAILED:
            return [
                *(act_on_fact(fact) for fact in facts_in_refusal(of_both(order.message))),
                (ORDER_AGAIN, order_form(order)),
            ]
        if order.audit_failed:
            return [(ORDER_OTHER, order_form(order))]
        if refusal_of(order):
            return [(ORDER_AGAIN, order_form(order))]
        if order.state != DONE:
            return []
        if order.kind == PROPOSE or order.release_id is None:
            return [(ORDER_OF_THESE, order_form(order))]
        return [(ACTS["preview"], address("preview", order.release_id))]

    @page_at("propose/")
    def propose(self, request: HttpRequest) -> HttpResponse:
        """Ask for a period and an audience; then order proposals."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ProposalForm(request.POST or None, initial=request.GET.dict())
        if form.is_valid():
            order = form.save(commit=False)
            order.kind, order.user_id = PROPOSE, request.user.pk
            with transaction.atomic():
                order.save()
                audit.record(by=actor(request), action="buildorder.propose", subject=order.subject)
                jobs.defer(TASK)
            messages.success(request, str(SOON))
            return HttpResponseRedirect(reverse(LIST))
        page = {
            "title": PROPOSE_TABLES,
            "warning": SERVER_TRIES,
            "facts": [*(answer_to_use(each) for each in latest_answers()), *approval.facts_for_orders()],
            "form": form,
            "submit": PROPOSE_TABLES,
            "back": reverse(LIST),
        }
        return self.pose(request, page)


def answer_to_use(order: BuildOrder) -> tuple[Text, str]:
    """Of what there are proposals already, and the way to choose among them."""
    day = day_of(order.ordered_at)
    words = Text(f"Brug forslagene fra {day}", f"Use the proposals of {day}")
    return period_and_audience(order), format_html('<a href="{}">{}</a>', order_form(order), words)


def act_on_fact(fact: str) -> tuple[Text, str]:
    """The way to decide on a figure of others that the records contradict; where a decision on it waits, to that."""
    words = words_of_fact(fact)
    waits = FactDecision.objects.filter(fact=fact, end=None).order_by("pk").last()
    if waits is not None:
        label = Text(f"Venter på bekræftelse: {words.da}", f"Waits for confirmation: {words.en}")
        return label, reverse("admin:statistics_factdecision_change", args=[waits.pk])
    address = f"{reverse('admin:statistics_factdecision_add')}?{urlencode({'fact': fact})}"
    return Text(f"Afgør {words.da}", f"Decide {words.en}"), address
