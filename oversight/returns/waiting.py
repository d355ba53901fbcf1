"""What waits on the first page of the staff: returns whose answer is overdue, and answers at which nobody has looked."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.urls import reverse

from core.text import Text
from oversight.returns.models import Return
from oversight.returns.shown import state_words
from partners.staff import waiting
from partners.staff.naming import day_of
from partners.staff.waiting import WaitingEntry, WaitingRows, WayGroup


def entry_of(row: Return) -> WaitingEntry:
    """A return by its partner and reason."""
    day = day_of(row.due)
    return WaitingEntry(
        f"{row.partner}: {row.get_reason_code_display()}",
        Text(f"frist {day}", f"due {day}"),
        page_of(row),
        is_late=True,
    )


def answer_entry(row: Return) -> WaitingEntry:
    """An answer by its partner and how the return stands."""
    return WaitingEntry(f"{row.partner}: {state_words(row)}", row.get_reason_code_display(), page_of(row))


def page_of(row: Return) -> str:
    return reverse("admin:returns_return_change", args=[row.pk])


def find_answers(user: User) -> WaitingRows:
    """The answers at which nobody has looked, the first question first."""
    return waiting.newest(Return.objects.without_review().select_related("partner", "end"), answer_entry)


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
waiting.add(
    "returns_answered",
    Text("Et svar på en henvisning, der er sendt retur, er kommet", "An answer to a returned referral has come"),
    Text(
        "{number} svar på henvisninger, der er sendt retur, er kommet",
        "{number} answers to returned referrals have come",
    ),
    rights=["returns.ask_return"],
    find=find_answers,
    address=lambda: f"{reverse('admin:returns_return_changelist')}?state=UNREVIEWED",
)
waiting.lead(
    Text("Henvisninger, der er sendt retur", "Returned referrals"),
    WayGroup.CASES,
    rights=["returns.ask_return"],
    address=lambda: reverse("admin:returns_return_changelist"),
)
