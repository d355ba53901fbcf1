"""What waits on the first page of the staff: annual reports to publish, and the user's own orders of drafts."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from cases.annual.choices import ORDER_STATES
from cases.annual.models import DONE, FAILED, ReportDraft, ReportOrder, ReportText
from partners.staff import waiting
from partners.staff.naming import day_of
from partners.staff.waiting import WaitingEntry, WaitingRows
from partners.text import Text

TOLD_FOR = timedelta(days=7)


def draft_entry(draft: ReportDraft) -> WaitingEntry:
    """A draft by its year, with who ordered it and when it was made."""
    day = day_of(draft.drafted_at)
    return WaitingEntry(
        draft.year,
        Text(f"udkast af {day}, bestilt af {draft.user}", f"draft of {day}, ordered by {draft.user}"),
        reverse("admin:annual_reportdraft_change", args=[draft.pk]),
    )


def drafts_for(user: User) -> WaitingRows:
    """The newest draft of each year that is not published, and of which the user has ordered and written nothing."""
    later = ReportDraft.objects.filter(year=OuterRef("year"), pk__gt=OuterRef("pk"))
    texts = ReportText.objects.filter(draft=OuterRef("pk"), user=user)
    rows = ReportDraft.objects.filter(reportpublication=None).exclude(user=user).exclude(Exists(later))
    content = ("documents", "numbers", "places", "basis")
    return waiting.newest(rows.exclude(Exists(texts)).select_related("user").defer(*content), draft_entry)


def order_entry(order: ReportOrder) -> WaitingEntry:
    """An order by its year, with its state."""
    state, day = ORDER_STATES[order.state], day_of(order.ordered_at)
    return WaitingEntry(
        order.year,
        Text(f"{state.da}, bestilt {day}", f"{state.en}, ordered {day}"),
        reverse("admin:annual_reportorder_change", args=[order.pk]),
        order.state == FAILED,
    )


def finished_orders(user: User) -> WaitingRows:
    """The user's own orders of the last seven days that are carried out or refused, the latest first."""
    rows = ReportOrder.objects.filter(user=user, state__in=(DONE, FAILED), ordered_at__gt=timezone.now() - TOLD_FOR)
    return waiting.newest(rows.order_by("-ordered_at"), order_entry)


waiting.add(
    "reports",
    Text("En årsrapport venter på udgivelse", "An annual report waits to be published"),
    Text("{number} årsrapporter venter på udgivelse", "{number} annual reports wait to be published"),
    rights=["annual.publish_report"],
    find=drafts_for,
    address=lambda: f"{reverse('admin:annual_reportdraft_changelist')}?state=draft",
)
waiting.add(
    "report_orders",
    Text("En af dine bestillinger af årsrapporten er færdig", "One of your orders of the annual report is finished"),
    Text(
        "{number} af dine bestillinger af årsrapporten er færdige",
        "{number} of your orders of the annual report are finished",
    ),
    rights=["annual.add_reportorder"],
    find=finished_orders,
    address=lambda: reverse("admin:annual_reportorder_changelist"),
)
waiting.lead(
    Text("Årsrapporter", "Annual reports"),
    rights=["annual.write_report", "annual.publish_report"],
    address=lambda: reverse("admin:annual_reportdraft_changelist"),
)
