"""What waits of decisions on figures of others: those to confirm, and one's own that a second person refused."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from core.text import Text
from partners.staff import waiting
from partners.staff.naming import moment_of
from partners.staff.waiting import WaitingEntry, WaitingRows
from stats.models import REFUSED, FactDecision
from stats.staff.fact_decisions import MAY_DECIDE, may_decide, state_in_words

# For so long the first page tells of what was refused; the list has all of it.
TOLD_FOR = timedelta(days=7)


def decided_entry(decision: FactDecision) -> WaitingEntry:
    """A decision with who took it and when."""
    at = moment_of(decision.decided_at)
    return WaitingEntry(decision, Text(f"afgjort {at} af {decision.user}", f"decided {at} by {decision.user}"))


def to_confirm(user: User) -> WaitingRows:
    """The decisions of others that wait, for who may confirm them."""
    if not may_decide(user):
        return waiting.NOTHING
    rows = FactDecision.objects.filter(end=None).exclude(user=user).select_related("user")
    return waiting.newest(rows.order_by("decided_at"), decided_entry)


def refused_lately(user: User) -> WaitingRows:
    """The user's own decisions that another refused in the last seven days."""
    rows = FactDecision.objects.filter(user=user, end__outcome=REFUSED, end__ended_at__gt=timezone.now() - TOLD_FOR)
    rows = rows.select_related("end__user").order_by("-end__ended_at")
    return waiting.newest(rows, lambda row: WaitingEntry(row, state_in_words(row)))


def add_items() -> None:
    """Put them on the first page."""
    waiting.add(
        "facts_to_confirm",
        Text(
            "En afgørelse om andres tal venter på, at du bekræfter den",
            "A decision on a figure of others waits for you to confirm it",
        ),
        Text(
            "{number} afgørelser om andres tal venter på, at du bekræfter dem",
            "{number} decisions on figures of others wait for you to confirm them",
        ),
        rights=["statistics.view_factdecision"],
        find=to_confirm,
        address="statistics_factdecision_changelist?state=waiting",
    )
    waiting.add(
        "facts_refused",
        Text("En af dine afgørelser om andres tal er afvist", "One of your decisions on figures of others is refused"),
        Text(
            "{number} af dine afgørelser om andres tal er afvist",
            "{number} of your decisions on figures of others are refused",
        ),
        rights=[MAY_DECIDE],
        find=refused_lately,
        address="statistics_factdecision_changelist?state=ended",
    )
