"""Examples of a partner's own calendar and figures. The figures are made up."""

from __future__ import annotations

from api.http import csv_lines
from api.openapi.parts import Example
from api.own.bodies import (
    COUNT,
    CalendarBody,
    CompletionBody,
    CompletionInput,
    DueBody,
    OwnFiguresBody,
    OwnSideBody,
    ReportBody,
    ReportingBody,
    YearBody,
)
from oversight.reporting.states import State
from partners.kinds import Reporting

DUE = DueBody("2025-04", "2025-05-15T00:00:00+02:00")
FIRST_REPORT = "2025-04-03T09:14:27.318204+00:00"
DECLARED = "2025-04-07T12:31:05.104551+00:00"
PERIODS = [
    ReportBody(
        "2025-03",
        "2025-04-15T00:00:00+02:00",
        State.REPORTED,
        late=False,
        referrals=10,
        answered_at=FIRST_REPORT,
        declared_at=DECLARED,
    ),
    ReportBody(
        DUE.period,
        DUE.due_at,
        State.BEGUN,
        late=False,
        referrals=3,
        answered_at="2025-05-02T10:00:41.770218+00:00",
        declared_at=None,
    ),
]


def reporting() -> ReportingBody:
    """Two months."""
    return ReportingBody(Reporting.MONTHLY, 14, "2025-03", DUE, [], PERIODS)


YEARS = [YearBody("2025", "2025-01-01", "2026-01-14", "2026-02-28", "2026-06-30", None, None)]
CALENDAR = Example(
    "Calendar", "Two months", lambda: CalendarBody(Reporting.MONTHLY, 14, "2025-03", DUE, [], PERIODS, YEARS)
)
ALL_SENT = Example("CompletionInput", "That was all, however many stand", CompletionInput)
NIL_REPORT = Example("CompletionInput.nil", "There was nothing", lambda: CompletionInput(0))
COMPLETION = Example("Completion", "Ten in March", lambda: CompletionBody("2025-03", 10, DECLARED))
COLUMNS = ("gender", "gender_label", COUNT)
TABLE = [("F", "Female", 3), ("M", "Male", 1), ("X", "Transgender or other", 0), ("_U", "Not known", 0)]
OWN_FIGURES = Example(
    "OwnFigures",
    "By gender",
    lambda: OwnFiguresBody(
        [OwnSideBody("gender", "Gender")], 4, [dict(zip(COLUMNS, row, strict=True)) for row in TABLE], None
    ),
)
OWN_FIGURES_CSV = Example("OwnFiguresCsv", "The same as CSV", lambda: csv_lines.lines([COLUMNS, *TABLE]).decode())
