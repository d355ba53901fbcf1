"""What is told before and after the deadline of a report that has not come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from uuid import UUID

from cases.months import COPENHAGEN, later, month_of
from cases.reminders.audience import Team
from cases.reporting import states
from cases.reporting.periods import periods
from cases.reporting.states import PeriodReport, State
from partners.mail.sending import Occasion
from partners.roles import Right

# A mail is due on one day. Where the worker was away it comes on a later one, before it would be beside the point.
SOON, NOW, AFTER = range(2, 8), range(2), range(-7, 0)
WAITING = {State.EXPECTED, State.DUE}

type Reports = Mapping[UUID, list[PeriodReport]]


def reports_of(teams: Iterable[Team], at: datetime) -> Reports:
    """The periods of the last year, by partner, found by one statement for all."""
    last = month_of(at)
    first = later(last, 1 - states.MONTHS_SHOWN)
    return states.reports_of({each.partner.pk: list(periods(each.partner.calendar, first, last)) for each in teams}, at)


def occasions(teams: Iterable[Team], reports: Reports, at: datetime) -> Iterator[Occasion]:
    """What the people of each team are told at a moment of reports that have not come."""
    for team in teams:
        for report in reports[team.partner.pk]:
            kind = kind_of(report, at)
            if kind is not None:
                key = report.period.last_day.isoformat()
                yield from (Occasion(user, kind, key) for user in team.people(Right.SUBMIT))


def kind_of(report: PeriodReport, at: datetime) -> str | None:
    """Which mail is due of a period at a moment; None where it has been reported, or it is no day for one."""
    days = (report.period.last_day - at.astimezone(COPENHAGEN).date()).days
    if report.state in WAITING:
        return "due_soon" if days in SOON else "due_now" if days in NOW else None
    return "overdue" if report.state == State.MISSING and days in AFTER else None
