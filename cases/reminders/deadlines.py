"""What is told before and after the deadline of a report that has not come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from cases.months import COPENHAGEN
from cases.reminders.audience import Team
from cases.reporting import states
from cases.reporting.periods import ReportPeriod
from cases.reporting.states import PeriodReport, State
from partners.mail.sending import Occasion
from partners.roles import Right

# A mail is due on one day. Where the worker was away it comes on a later one, before it would be beside the point.
SOON, NOW, AFTER = range(2, 8), range(2), range(-7, 0)
WAITING = {State.EXPECTED, State.DUE}


def occasions(teams: Iterable[Team], at: datetime) -> Iterator[Occasion]:
    """What the people of each desk are told at a moment of reports that have not come."""
    for team in teams:
        for report in reports_of(team, at):
            kind = kind_of(report, at)
            if kind is not None:
                key = last_day(report.period).isoformat()
                yield from (Occasion(user, kind, key) for user in team.people(Right.SUBMIT))


def reports_of(team: Team, at: datetime) -> list[PeriodReport]:
    """The periods of the last year."""
    return states.of_partner(team.partner.pk, team.partner.calendar, at, rows_shown=states.MONTHS_SHOWN)


def last_day(period: ReportPeriod) -> date:
    """The last day on which the report of a period is in time. The deadline is the midnight at its end."""
    return (period.due_at.astimezone(COPENHAGEN) - timedelta(microseconds=1)).date()


def kind_of(report: PeriodReport, at: datetime) -> str | None:
    """Which mail is due of a period at a moment; None where it has been reported, or it is no day for one."""
    days = (last_day(report.period) - at.astimezone(COPENHAGEN).date()).days
    if report.state in WAITING:
        return "due_soon" if days in SOON else "due_now" if days in NOW else None
    return "overdue" if report.state == State.MISSING and days in AFTER else None
