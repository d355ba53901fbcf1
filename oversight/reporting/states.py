"""Whether a partner reported, and in time. The status is derived from referrals and completions on each request and never stored.

A period is *answered* while one of its months has a current referral, or each of its months is declared complete. It was answered
in time where its first report was recorded before the deadline: the first version of a referral, even of one withdrawn since, or
the declaration that completed the period. So a correction or a withdrawal makes no period late, and a late answer stays late.

A period with a referral is *begun* until each of its months is declared complete or its deadline passes (docs/cases.md).

Reporting status must survive deletion: before an erasure or a purge deletes rows, the time of each month's first report is stored,
and whether the month had a current referral (`FirstReport`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db import connection

from cases.months import later, month_of
from oversight.reporting.periods import ReportPeriod, length_of, periods
from partners.kinds import Calendar, Reporting

# The number of months that partners and staff are shown; the whole calendar is at /api/v1/reports.
MONTHS_SHOWN = 12

# One statement for any number of partners and months. It counts current referrals; any version may be the first report.
MONTHS = """
SELECT partner_id, month, sum(standing)::int, bool_or(stood), min(first_at), min(declared_at)
FROM (
    SELECT partner_id, referred_in AS month, recorded_at AS first_at, NULL::timestamptz AS declared_at,
           (superseded_at IS NULL AND status <> 'withdrawn')::int AS standing, false AS stood
    FROM cases_referral WHERE partner_id = ANY(%(partners)s) AND referred_in BETWEEN %(first)s AND %(last)s
    UNION ALL
    SELECT partner_id, month, first_at, NULL, 0, stood
    FROM reporting_firstreport WHERE partner_id = ANY(%(partners)s) AND month BETWEEN %(first)s AND %(last)s
    UNION ALL
    SELECT partner_id, month, NULL, recorded_at, 0, false
    FROM reporting_monthcompletion WHERE partner_id = ANY(%(partners)s) AND month BETWEEN %(first)s AND %(last)s
) AS answers
GROUP BY partner_id, month
"""


class State(StrEnum):
    """The state of a period."""

    EXPECTED = "EXPECTED"
    DUE = "DUE"
    BEGUN = "BEGUN"
    REPORTED = "REPORTED"
    NIL = "NIL"
    MISSING = "MISSING"


# Nothing more is asked of a period in one of these; of one that waits, there is time.
COMPLETE = frozenset({State.REPORTED, State.NIL})
WAITING = frozenset({State.EXPECTED, State.DUE, State.BEGUN})


@dataclass(frozen=True, slots=True)
class MonthAnswers:
    """A partner's answers for one month.

    `referrals`: the number of current ones. `stood`: there was one when rows were last deleted. `first_at`: when the first version
    of a referral was recorded. `declared_at`: when the month was declared complete.
    """

    referrals: int = 0
    stood: bool = False
    first_at: datetime | None = None
    declared_at: datetime | None = None


NO_ANSWERS = MonthAnswers()
Months = Mapping[date, MonthAnswers]


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """The state of one period. `late`: the answer was recorded after the deadline, or is missing after it.

    `declared_at`: when the last of its months was declared complete; None where one is not. `is_over`: its last day has passed.
    `has_referral`: one of its months has a current referral, or had one when rows were last deleted.
    """

    period: ReportPeriod
    state: State
    late: bool
    is_over: bool
    referrals: int = 0
    answered_at: datetime | None = None
    declared_at: datetime | None = None
    has_referral: bool = False

    @property
    def is_open(self) -> bool:
        """Whether its partner has to do something: it is over and not complete."""
        return self.is_over and self.state not in COMPLETE

    @property
    def lacks_completion(self) -> bool:
        """Whether it is complete by its deadline alone: nobody has said that that was all."""
        return self.state == State.REPORTED and self.declared_at is None


def answers_by_partner(partners: Collection[UUID], first: date, last: date) -> dict[UUID, dict[date, MonthAnswers]]:
    """The answers for the months from `first` to `last`, by partner."""
    months: dict[UUID, dict[date, MonthAnswers]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(MONTHS, {"partners": list(partners), "first": first, "last": last})
        for partner, month, *values in cursor.fetchall():
            months[partner][month] = MonthAnswers(*values)
    return months


def evaluate(period: ReportPeriod, months: Months, now: datetime) -> PeriodReport:
    """The report of one period at the moment `now`."""
    those = [months.get(month, NO_ANSWERS) for month in period.months]
    is_over, is_due = now >= period.ends_at, now >= period.due_at
    has_referral = any(month.referrals or month.stood for month in those)
    moments = [month.declared_at for month in those if month.declared_at]
    declared_at = max(moments) if len(moments) == len(those) else None
    if not has_referral and declared_at is None:
        waiting = State.DUE if is_over else State.EXPECTED
        return PeriodReport(period, State.MISSING if is_due else waiting, is_due, is_over)
    state = State.NIL if not has_referral else State.REPORTED if declared_at or is_due else State.BEGUN
    answered_at = min(moment for moment in (*(month.first_at for month in those), declared_at) if moment)
    referrals = sum(month.referrals for month in those)
    late = answered_at >= period.due_at
    return PeriodReport(period, state, late, is_over, referrals, answered_at, declared_at, has_referral)


def reports_of_partner(
    partner_id: UUID, calendar: Calendar, now: datetime, *, rows_shown: int | None = None
) -> list[PeriodReport]:
    """The partner's periods up to the present one, the oldest first: all, or those of the last `rows_shown` months."""
    if calendar.since is None or calendar.frequency == Reporting.NONE:
        return []
    last = month_of(now)
    first = calendar.since if rows_shown is None else later(last, 1 - rows_shown)
    return reports_of({partner_id: list(periods(calendar, first, last))}, now)[partner_id]


def reports_of(
    periods_wanted: Mapping[UUID, Collection[ReportPeriod]], now: datetime
) -> dict[UUID, list[PeriodReport]]:
    """The reports of periods of partners at the moment `now`. One statement, and none for no period."""
    every = [period for each in periods_wanted.values() for period in each]
    months = answers_by_partner(periods_wanted.keys(), *bounds(every)) if every else {}
    return {key: [evaluate(each, months.get(key, {}), now) for each in those] for key, those in periods_wanted.items()}


def bounds(periods_wanted: Iterable[ReportPeriod]) -> tuple[date, date]:
    """The first and the last month of periods."""
    months = [month for each in periods_wanted for month in each.months]
    return min(months), max(months)


def next_period(calendar: Calendar, reports: Collection[PeriodReport], now: datetime) -> ReportPeriod | None:
    """The next period to report: the first that is neither complete nor missing, or else the one after the present period."""
    if calendar.since is None or calendar.frequency == Reporting.NONE:
        return None
    waiting = (each.period for each in reports if each.state in WAITING)
    after = later(month_of(now), length_of(calendar.frequency))
    return next(waiting, None) or next(periods(calendar, after, max(after, calendar.since)), None)


def missing_periods(calendars: Mapping[UUID, Calendar], now: datetime) -> dict[UUID, list[str]]:
    """The missing periods of each partner within the last `MONTHS_SHOWN` months, found by one statement."""
    last = month_of(now)
    periods_wanted = {key: list(periods(each, later(last, 1 - MONTHS_SHOWN), last)) for key, each in calendars.items()}
    return {
        key: [each.period.id for each in reports if each.state == State.MISSING]
        for key, reports in reports_of(periods_wanted, now).items()
    }
