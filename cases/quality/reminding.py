"""The way to remind a partner of a missing report. Mail is another room's: it registers its function when it starts."""

from __future__ import annotations

from collections.abc import Callable

from cases.reporting.states import PeriodReport, State
from partners.audit import Actor
from partners.models import Partner

# Reminds a partner of a period (its id) in the name of an actor; how many persons it was sent to.
Send = Callable[[Partner, str, Actor], int]
REGISTERED: list[Send] = []


def register(send: Send) -> None:
    """Have reminders sent by a function. The last one counts."""
    REGISTERED[:] = [send]


def can_remind() -> bool:
    """Whether there is a function that sends reminders."""
    return bool(REGISTERED)


def remind(partner: Partner, report: PeriodReport, by: Actor) -> int | None:
    """Remind a partner of a period that is missing. None where it is not missing, or nobody can send anything."""
    if report.state != State.MISSING or not REGISTERED:
        return None
    return REGISTERED[0](partner, report.period.id, by)
