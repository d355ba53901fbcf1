"""What waits on the first page of the staff: returns whose answer is overdue, and answers at which nobody has looked."""

from __future__ import annotations

from core.text import Text
from oversight.returns.facts import state_words
from oversight.returns.models import Return
from partners.staff import waiting
from partners.staff.naming import day_of
from partners.staff.waiting import WaitingEntry, Way, WayGroup


def entry_of(row: Return) -> WaitingEntry:
    """A return by its partner and reason."""
    day = day_of(row.due)
    return WaitingEntry(
        f"{row.partner}: {row.get_reason_code_display()}",
        Text(f"frist {day}", f"due {day}"),
        is_late=True,
    )


def answer_entry(row: Return) -> WaitingEntry:
    """An answer by its partner and how the return stands."""
    return WaitingEntry(f"{row.partner}: {state_words(row)}", row.get_reason_code_display())


waiting.add(
    "returns",
    Text("Et svar på en henvisning, der er sendt retur, mangler", "An answer to a returned referral is overdue"),
    Text(
        "{number} svar på henvisninger, der er sendt retur, mangler",
        "{number} answers to returned referrals are overdue",
    ),
    rights=["returns.ask_return"],
    find=lambda _: waiting.newest(Return.objects.overdue().select_related("partner").order_by("due"), entry_of),
    address="returns_return_changelist?state=OVERDUE",
)
waiting.add(
    "returns_answered",
    Text("Et svar på en henvisning, der er sendt retur, er kommet", "An answer to a returned referral has come"),
    Text(
        "{number} svar på henvisninger, der er sendt retur, er kommet",
        "{number} answers to returned referrals have come",
    ),
    rights=["returns.ask_return"],
    find=lambda _: waiting.newest(Return.objects.without_review().select_related("partner", "end"), answer_entry),
    address="returns_return_changelist?state=UNREVIEWED",
)
waiting.lead(
    WayGroup.CASES,
    Way(
        Text("Henvisninger, der er sendt retur", "Returned referrals"),
        "returns.ask_return",
        "returns_return_changelist",
    ),
)
