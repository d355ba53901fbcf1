"""The way to remind a partner of a missing report. Mail is another room's: it registers its function when it starts."""

from __future__ import annotations

from typing import Protocol

from cases.reporting.states import PeriodReport, State
from partners.audit import Actor
from partners.models import Partner
from partners.text import Text, say

NOT_MISSING = Text("Der er ikke sendt nogen påmindelse.", "No reminder was sent.")


class SendReminder(Protocol):
    """Reminds a partner's people of a period (its id) and writes the audit row; how many are told."""

    def __call__(self, *, by: Actor, partner: Partner, period: str) -> int:
        """Send it, or raise the refusal that was registered with it."""
        ...


# The function that sends, with the error by which it says in words that nothing is sent.
REGISTERED: list[tuple[SendReminder, type[Exception]]] = []


def register(send: SendReminder, refusal: type[Exception]) -> None:
    """Have reminders sent by a function. The last one counts."""
    REGISTERED[:] = [(send, refusal)]


def can_remind() -> bool:
    """Whether there is a function that sends reminders."""
    return bool(REGISTERED)


def remind(partner: Partner, report: PeriodReport, by: Actor) -> tuple[bool, str]:
    """Remind a partner of a period: whether it was sent, and in words what happened."""
    if report.state != State.MISSING or not REGISTERED:
        return False, str(NOT_MISSING)
    ((send, refusal),) = REGISTERED
    period = report.period.id
    try:
        number = send(by=by, partner=partner, period=period)
    except refusal as error:
        return False, str(error)
    return True, str(
        say(f"Påmindelse om {period} er sendt til {number}.", f"A reminder of {period} was sent to {number}.")
    )
