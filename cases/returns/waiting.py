"""What waits on the first page of the staff: returns whose answer is overdue."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.urls import reverse

from cases.returns.models import Return
from partners.staff import waiting
from partners.staff.naming import day_of
from partners.staff.waiting import WaitingEntry, WaitingRows
from partners.text import Text


def entry_of(row: Return) -> WaitingEntry:
    """A return by its partner and reason."""
    day = day_of(row.due)
    return WaitingEntry(
        f"{row.partner}: {row.get_reason_code_display()}",
        Text(f"frist {day}", f"due {day}"),
        reverse("admin:returns_return_change", args=[row.pk]),
        is_late=True,
    )


def find(user: User) -> WaitingRows:
    """The overdue ones, the one that waits longest first."""
    return waiting.newest(Return.objects.overdue().select_related("partner").order_by("due"), entry_of)


waiting.add(
    "returns",
    Text("Et svar på en henvisning, der er sendt retur, mangler", "An answer to a returned referral is overdue"),
    Text(
        "{number} svar på henvisninger, der er sendt retur, mangler",
        "{number} answers to returned referrals are overdue",
    ),
    rights=["returns.ask_return"],
    find=find,
    address=lambda: f"{reverse('admin:returns_return_changelist')}?state=OVERDUE",
)
waiting.lead(
    Text("Henvisninger, der er sendt retur", "Returned referrals"),
    rights=["returns.ask_return"],
    address=lambda: reverse("admin:returns_return_changelist"),
)
