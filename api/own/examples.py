"""Examples of a partner's own calendar."""

from __future__ import annotations

from api.openapi.parts import Example
from api.own.bodies import CalendarBody, DueBody, NilReportBody, ReportBody, ReportingBody
from cases.reporting.states import State
from partners.kinds import Reporting

DUE = DueBody("2025-04", "2025-05-15T00:00:00+02:00")
FIRST_WORD = "2025-04-03T09:14:27.318204+00:00"
PERIODS = [
    ReportBody("2025-03", "2025-04-15T00:00:00+02:00", State.REPORTED, late=False, referrals=2, answered_at=FIRST_WORD),
    ReportBody(DUE.period, DUE.due_at, State.DUE, late=False, referrals=0, answered_at=None),
]


def reporting() -> ReportingBody:
    """Two months."""
    return ReportingBody(Reporting.MONTHLY, 14, "2025-03", DUE, [], PERIODS)


CALENDAR = Example("Calendar", "Two months", lambda: CalendarBody(Reporting.MONTHLY, 14, "2025-03", DUE, [], PERIODS))
NIL_REPORT = Example("NilReport", "Nothing in March", lambda: NilReportBody("2025-03", FIRST_WORD))
