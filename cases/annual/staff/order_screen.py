"""The screen of orders of annual reports: a statistician asks for a draft, and the server makes it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cases.annual.models import DONE, FAILED, ReportDraft, ReportOrder
from cases.annual.staff.forms import ReportOrderForm
from cases.annual.staff.words import ACTS, DRAFT_SOON, ORDER_HELPS, ORDER_WARNING
from partners import jobs
from partners.staff.screens import SignedScreen
from partners.text import Text, one_of, say


class ReportOrderScreen(SignedScreen):
    """Orders of drafts. The server makes them; who ordered one cannot publish it."""

    form = ReportOrderForm
    change_form_template = "admin/statistics/change_form.html"
    list_display = ("ordered_at", "year", "state", "outcome", "user")
    list_filter = ("state",)
    list_select_related = ("user",)
    helps = ORDER_HELPS
    act = Text("Bestil et udkast til en årsrapport", "Order a draft of an annual report")
    warning = ORDER_WARNING

    def get_fields(self, request: HttpRequest, obj: ReportOrder | None = None) -> tuple[str, ...]:
        """A form without an order; of an order its content."""
        content = ("year", "correction_da", "correction_en")
        return content if obj is None else (*content, "ordered_at", "user", "state", "outcome")

    def save_model(self, request: HttpRequest, obj: ReportOrder, form: Any, change: bool) -> None:
        """Add the order, and wake who makes drafts."""
        super().save_model(request, obj, form, change)
        jobs.defer("reports.work")
        messages.success(request, str(DRAFT_SOON))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """An order, with the way to the year's newest draft, or to another order where this one was refused."""
        order = self.get_object(request, object_id)
        acts = acts_after(order) if order is not None and self.has_add_permission(request) else []
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "acts": acts})

    @admin.display(description=say("svar", "outcome"))
    def outcome(self, order: ReportOrder) -> str:
        """What the server says of the order, in the language of the reader."""
        return one_of(order.message)


def acts_after(order: ReportOrder) -> list[tuple[Text, str]]:
    """What who ordered does next: write in the draft, or order anew."""
    draft = ReportDraft.objects.filter(year=order.year).order_by("pk").only("pk").last()
    if order.state == DONE and draft is not None:
        return [(ACTS["open"], reverse(change_address(draft), args=[draft.pk]))]
    return [(ACTS["again"], order_address(order.year))] if order.state == FAILED else []


def order_address(year: int) -> str:
    """The form of an order of a draft of a year."""
    return f"{reverse('admin:annual_reportorder_add')}?{urlencode({'year': year})}"


def change_address(draft: ReportDraft) -> str:
    """The name of the address of a report."""
    return f"admin:{draft._meta.app_label}_{draft._meta.model_name}_change"
