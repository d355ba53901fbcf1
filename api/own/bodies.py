"""What is answered of a partner's own calendar."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from msgspec import UNSET, Meta, UnsetType

from api.http import files
from api.http.bodies import MINIMAL, Body, Count, Day, Moment, Month, about, one_of, schema, value
from api.openapi.parts import Example
from api.openapi.schemas import enumeration
from oversight.reporting.states import State
from partners.kinds import Reporting
from stats.own.axes import SIDES

STATES = {
    State.EXPECTED: "the period is not over, and nothing has come yet",
    State.DUE: "the period is over, nothing has come yet, and there is time until `due_at`",
    State.BEGUN: "a referral of one of its months stands, it is not due, and not each month is declared complete",
    State.REPORTED: (
        "a referral of one of its months stands, or stood when a record of yours was erased or purged, and it is complete: each "
        "month is declared so, or it was due"
    ),
    State.NIL: "no referral of its months stands, and each month is declared complete",
    State.MISSING: "it was due, and nothing stands",
}
STATE_TEXTS = "\n".join(f"* `{state}` {text}" for state, text in STATES.items())
ReportState = Annotated[str, value("ReportState", partial(enumeration, [*map(str, State)], STATE_TEXTS))]
PeriodName = Annotated[str, Meta(pattern=r"^2\d{3}-(\d\d|Q[1-4])$")]
DueAt = Annotated[Moment, about("The end of the last day, at midnight in Copenhagen. What comes then is late.")]


class DueBody(Body):
    """A period with its deadline."""

    period: PeriodName
    due_at: DueAt


class ReportBody(Body):
    """One period and how it stands."""

    period: PeriodName
    due_at: DueAt
    state: ReportState
    late: Annotated[bool, about("The first report came when it was due already, or has not come and is due.")]
    referrals: Annotated[Count, about("Referrals of its months that stand now.")]
    answered_at: Annotated[Moment | None, about("When the first report came; null while nothing stands.")]
    declared_at: Annotated[
        Moment | None, about("When the last of its months was declared complete; null where one is not.")
    ]


class Expectation(Body):
    """What is expected, what is next, and what is missing."""

    frequency: Annotated[str, one_of(Reporting)]
    due_days: Annotated[Count, about("Days from a period's end until its report is due.")]
    since: Annotated[Month | None, about("The first month that is expected.")]
    next: Annotated[DueBody | None, about("What is to be reported next; null where nothing is expected.")]
    missing: Annotated[list[str], about("The periods, of those listed here, that were due and have no answer.")]


class YearBody(Body):
    """A year: when it is open, and how its signature stands. Days are those of Copenhagen; null is no end."""

    year: Annotated[str, Meta(pattern=r"^2\d{3}$")]
    opens_on: Annotated[Day | None, about("From this day.")]
    deadline_on: Annotated[Day | None, about("The last day on which it is signed in time.")]
    new_until: Annotated[Day | None, about("The last day for new referrals and completions of months.")]
    corrections_until: Annotated[Day | None, about("The last day for corrections and withdrawals.")]
    reopened_until: Annotated[Day | None, about("The last day of a reopening by the centre that is under way.")]
    signed_at: Annotated[
        Moment | None, about("When it was signed: it is closed then. Null where it is not, or was reopened.")
    ]


class CalendarBody(Expectation):
    """Every period from the beginning of the calendar."""

    items: list[ReportBody]
    years: list[YearBody]


class ReportingBody(Expectation):
    """The calendar in short."""

    periods: list[ReportBody]


class CompletionInput(Body, forbid_unknown_fields=True):
    """A body need not come."""

    referrals: (
        Annotated[
            Count | None,
            about(
                "How many referrals of the month you have sent. Left out or null: as many as stand. 0: a nil report."
            ),
        ]
        | UnsetType
    ) = UNSET


class CompletionBody(Body):
    """That a month is complete, and what stands for it."""

    month: Month
    referrals: Annotated[Count | UnsetType, about(f"Of the month, that stand now. {MINIMAL}")] = UNSET
    declared_at: Annotated[Moment | UnsetType, about(f"When it was first declared complete. {MINIMAL}")] = UNSET


COUNT, TOTAL = "count", "total"
OwnAxis = Annotated[
    str, value("OwnAxis", partial(enumeration, SIDES, "A field, a roll-up of one, or a length of time."))
]
# The columns follow what was asked for, so no struct knows them.
OwnRow = Annotated[
    dict[str, Any],
    schema(
        properties={COUNT: {"type": "integer", "format": "int32", "minimum": 0}},
        required=[COUNT],
        additionalProperties={
            "type": ["string", "integer"],
            "description": "The code of each axis, and its label as `…_label`.",
        },
    ),
]


class OwnSideBody(Body):
    """An axis of a table of own figures."""

    id: OwnAxis
    label: str


class OwnFiguresBody(Body):
    """Current referrals that are not withdrawn, counted at this moment. Exact."""

    by: list[OwnSideBody]
    total: Annotated[Count, about("Each referral counts once: without a set among the axes, the sum of the rows.")]
    rows: list[OwnRow]
    note: Annotated[
        str | None,
        about(
            "That the rows may add up to more than `total`, or are not of whole years, in words; null where neither is so."
        ),
    ]


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
OWN_FIGURES_CSV = Example("OwnFiguresCsv", "The same as CSV", lambda: files.csv_lines([COLUMNS, *TABLE]).decode())
