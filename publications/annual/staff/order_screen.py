"""The screen of orders of annual reports: a statistician asks for a draft, and the server makes it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from core.text import Text
from publications.annual.models import DONE, FAILED, ReportDraft, ReportOrder
from publications.annual.staff.forms import ReportOrderForm
from publications.annual.staff.words import ACTS, DRAFT_SOON, ORDER_HELPS, ORDER_WARNING
from stats.staff.order_base import OrderScreen


class ReportOrderScreen(OrderScreen):
    """Orders of drafts. The server makes them; who ordered one cannot publish it."""

    form = ReportOrderForm
    list_display = ("ordered_at", "year", "state", "outcome", "user")
    list_filter = ("state",)
    helps = ORDER_HELPS
    act = Text("Bestil et udkast til en årsrapport", "Order a draft of an annual report")
    warning = ORDER_WARNING
    task, soon = "reports.work", DRAFT_SOON

    def heading(self, row: ReportOrder) -> str:
        """What was ordered, and of which year."""
        return str(Text(f"Udkast til årsrapport {row.year}", f"Draft of the annual report {row.year}"))

    def get_fields(self, request: HttpRequest, obj: ReportOrder | None = None) -> tuple[str, ...]:
        """A form without an order; of an order its content."""
        content = ("year", "correction_da", "correction_en")
        return content if obj is None else (*content, "ordered_at", "user", "state", "outcome")

    def acts_after(self, order: ReportOrder) -> list[tuple[Text, str]]:
        """Write in the draft, or order anew."""
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
