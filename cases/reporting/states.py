"""Whether a partner's reports came, and came in time: derived from referrals and nil reports whenever it is asked, never stored.

A period is *answered* while a referral of one of its months stands, or a nil report of each of its months. It was answered in time
where the first word on it (a version of a referral, whatever became of it, or the nil report that completed it) was recorded before
it was due: a correction or a withdrawal makes nobody late after the event, and an answer that came too late stays late. Nor does
an erasure or a purge: before rows go, the first word of each month is kept, and whether a referral of it stood (`FirstWord`).
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
from cases.reporting.periods import ReportPeriod, length_of, periods
from partners.calendar import Calendar
from partners.kinds import Reporting

# How far back a partner is told of, and staff see who is late; the whole calendar is at /api/v1/reports.
MONTHS_SHOWN = 12

# One statement for however many partners and months. Counted are current referrals; the first word is that of any version.
MONTHS = """
SELECT partner_id, month, sum(standing)::int, bool_or(stood), min(said_at), min(nil_at)
FROM (
    SELECT partner_id, referred_in AS month, recorded_at AS said_at, NULL::timestamptz AS nil_at,
           (superseded_at IS NULL AND status <> 'withdrawn')::int AS standing, false AS stood
    FROM cases_referral WHERE partner_id = ANY(%(partners)s) AND referred_in BETWEEN %(first)s AND %(last)s
    UNION ALL
    SELECT partner_id, month, first_at, NULL, 0, stood
    FROM reporting_firstword WHERE partner_id = ANY(%(partners)s) AND month BETWEEN %(first)s AND %(last)s
    UNION ALL
    SELECT partner_id, month, NULL, recorded_at, 0, false
    FROM reporting_nilreport WHERE partner_id = ANY(%(partners)s) AND month BETWEEN %(first)s AND %(last)s
) AS words
GROUP BY partner_id, month
"""


class State(StrEnum):
    """How a period stands."""

    EXPECTED = "EXPECTED"
    DUE = "DUE"
    REPORTED = "REPORTED"
    NIL = "NIL"
    MISSING = "MISSING"


@dataclass(frozen=True, slots=True)
class MonthAnswers:
    """What is there of one partner's month: current referrals, whether one stood when records were deleted, when the first word
    of one came, when it was reported nil.
    """

    referrals: int = 0
    stood: bool = False
    said_at: datetime | None = None
    nil_at: datetime | None = None


NO_ANSWERS = MonthAnswers()
Months = Mapping[date, MonthAnswers]


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """A period and how it stands. `late`: the answer came when it was due already, or has not come yet and is due."""

    period: ReportPeriod
    state: State
    late: bool
    referrals: int
    answered_at: datetime | None


def answers_by_partner(partners: Collection[UUID], first: date, last: date) -> dict[UUID, dict[date, MonthAnswers]]:
    """What is there of the months from `first` to `last`, by partner."""
    months: dict[UUID, dict[date, MonthAnswers]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(MONTHS, {"partners": list(partners), "first": first, "last": last})
        for partner, month, *values in cursor.fetchall():
            months[partner][month] = MonthAnswers(*values)
    return months


def evaluate(period: ReportPeriod, months: Months, now: datetime) -> PeriodReport:
    """How a period stands."""
    those = [months.get(month, NO_ANSWERS) for month in period.months]
    referrals = sum(month.referrals for month in those)
    reported = any(month.referrals or month.stood for month in those)
    nils = [month.nil_at for month in those if month.nil_at]
    nil_at = max(nils) if len(nils) == len(those) else None
    if not reported and nil_at is None:
        due = now >= period.due_at
        waiting = State.DUE if now >= period.ends_at else State.EXPECTED
        return PeriodReport(period, State.MISSING if due else waiting, due, 0, None)
    answered_at = min(moment for moment in (*(month.said_at for month in those), nil_at) if moment)
    state = State.REPORTED if reported else State.NIL
    return PeriodReport(period, state, answered_at >= period.due_at, referrals, answered_at)


def of_partner(partner_id: UUID, calendar: Calendar, now: datetime, *, shown: int | None = None) -> list[PeriodReport]:
    """The partner's periods up to the present one, the oldest first: all of them, or those of the last `shown` months."""
    if calendar.since is None or calendar.frequency == Reporting.NONE:
        return []
    last = month_of(now)
    first = calendar.since if shown is None else later(last, 1 - shown)
    wanted = list(periods(calendar, first, last))
    months = answers_by_partner([partner_id], *bounds(wanted))[partner_id] if wanted else {}
    return [evaluate(each, months, now) for each in wanted]


def bounds(wanted: Iterable[ReportPeriod]) -> tuple[date, date]:
    """The first and the last month of periods."""
    months = [month for each in wanted for month in each.months]
    return min(months), max(months)


def next_period(calendar: Calendar, reports: Collection[PeriodReport], now: datetime) -> ReportPeriod | None:
    """What is next: the first period that is neither answered nor missing, or the one after the present one."""
    if calendar.since is None or calendar.frequency == Reporting.NONE:
        return None
    waiting = (each.period for each in reports if each.state in {State.EXPECTED, State.DUE})
    after = later(month_of(now), length_of(calendar.frequency))
    return next(waiting, None) or next(periods(calendar, after, max(after, calendar.since)), None)


def missing_periods(calendars: Mapping[UUID, Calendar], now: datetime) -> dict[UUID, list[str]]:
    """The missing periods of each partner within the months shown: one statement for all of them."""
    last = month_of(now)
    wanted = {key: list(periods(each, later(last, 1 - MONTHS_SHOWN), last)) for key, each in calendars.items()}
    every = [period for each in wanted.values() for period in each]
    months = answers_by_partner(wanted.keys(), *bounds(every)) if every else {}
    return {
        key: [each.id for each in those if evaluate(each, months.get(key, {}), now).state == State.MISSING]
        for key, those in wanted.items()
    }
