"""A partner's calendar: what is expected of it, what has come, and that a month is complete."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.http import parameters
from api.http.authentication import principal
from api.http.bodies import Month
from api.http.problems import ProblemError, ProblemFinding
from api.http.reading import DETAILS, Reader
from api.http.request_headers import is_minimal
from api.openapi.failures import OF_BODIES
from api.openapi.headers import PREFERENCE_APPLIED
from api.openapi.parts import PREFER, Answer, Parameter, RequestBody, endpoint
from api.own import bodies
from api.records.reads import Read, RecordView
from cases.errors import ReferralsDiffer, RulesBroken
from cases.intake.values import FieldRefused, Input
from cases.months import COPENHAGEN, first_day, month_id
from cases.windows import partner_years
from cases.windows.years import PartnerYears, day_of
from core.text import Text
from oversight.reporting import completion, states
from oversight.reporting.completion import CompletionResult
from oversight.reporting.receipts import status
from oversight.reporting.states import PeriodReport, State
from partners.kinds import Calendar, Scope
from partners.models import Partner

CALENDAR = (
    "Every period from the beginning of your calendar to the present one, the oldest first. With its first referral a period is "
    "begun. It is complete when you have declared each of its months so, or when it is due. It is late where the first report on "
    "it came when it was due already, and stays late; a correction or a withdrawal afterwards makes nobody late. Nothing is "
    "expected under `NONE`."
)
COMPLETE = (
    "You have sent all its referrals. That is possible from the last day of the month on. With `referrals` it is refused where "
    "another number stands, so that a delivery that was lost is noticed; `0` is a nil report. Safe to repeat: the first time "
    "counts. A referral that comes later is taken, and the month stays complete, so there is nothing to take back. A quarter takes "
    "one for each of its months."
)
STAND = Text("Så mange henvisninger af måneden gælder nu.", "So many referrals of the month stand now.")
MONTH_IN_PATH = Parameter("month", "A month whose last day has come.", Month, place="path", example="2025-03")


def read_count(value: object) -> int:
    """A number of referrals. Raises `FieldRefused`."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise FieldRefused("count_expected")
    return value


COMPLETION_INPUT = Reader(bodies.CompletionInput, {"referrals": Input(read_count, required=False, as_sent=True)})


class CalendarDetail(RecordView):
    """Every period that is expected."""

    scopes = {"GET": Scope.REFERRALS_READ}

    @endpoint(
        "readCalendar",
        "What is expected of you, and what has come",
        CALENDAR,
        Answer(200, "The calendar.", bodies.CalendarBody, [bodies.CALENDAR]),
    )
    def read(self, request: Request) -> Read:
        """The periods from the calendar's beginning to the present one, the oldest first."""
        partner_id, now = principal(request).partner_id, timezone.now()
        calendar = calendar_of(partner_id)
        reports = states.reports_of_partner(partner_id, calendar, now)
        body = bodies.CalendarBody(
            *summary(calendar, reports, now),
            items=[body_of(report) for report in reports],
            years=years_of(partner_id, calendar, now),
        )
        return Response(body), sum(report.referrals for report in reports)


def years_of(partner_id: UUID, calendar: Calendar, now: datetime) -> list[bodies.YearBody]:
    """The years that a partner is shown, the latest first. Two statements."""
    of_partner, day = partner_years.years_of(partner_id), day_of(now)
    shown = status.years_to_show(calendar.since, day)
    signatures = status.signed_years([partner_id], shown)
    return [year_body(of_partner, year, day, signatures.get((partner_id, year))) for year in shown]


def year_body(of_partner: PartnerYears, year: int, day: date, signed_at: datetime | None) -> bodies.YearBody:
    window = of_partner.window(year)
    return bodies.YearBody(
        year=str(year),
        opens_on=day_text(window.opens_on),
        deadline_on=day_text(window.deadline_on),
        new_until=day_text(window.new_until),
        corrections_until=day_text(window.corrections_until),
        reopened_until=day_text(of_partner.reopened_until(year, day)),
        signed_at=signed_at.isoformat() if signed_at else None,
    )


def day_text(day: date | None) -> str | None:
    return day.isoformat() if day else None


class MonthReport(APIView):
    """A month of the caller's."""

    scopes = {"PUT": Scope.REFERRALS_WRITE}

    @endpoint(
        "putCompletion",
        "Declare a month complete: that was all",
        COMPLETE,
        Answer(200, "Declared already.", bodies.CompletionBody, [bodies.COMPLETION], [PREFERENCE_APPLIED]),
        Answer(201, "Declared.", bodies.CompletionBody, [bodies.COMPLETION], [PREFERENCE_APPLIED]),
        parameters=[MONTH_IN_PATH, PREFER],
        request=RequestBody(bodies.CompletionInput, [bodies.ALL_SENT, bodies.NIL_REPORT], is_required=False),
        problems=(*OF_BODIES, "referrals_differ"),
    )
    def put(self, request: Request, month: str) -> Response:
        """Declare it; again, nothing changes. A body need not come."""
        first = month_of(month)
        has_body = request.META.get("CONTENT_LENGTH") not in {None, "", "0"}
        values = COMPLETION_INPUT.read(request.data) if has_body else {}
        try:
            result = completion.declare(by=principal(request), month=first, **values)
        except RulesBroken as error:
            findings = [ProblemFinding(("parameter", "month"), e.code, e.detail, e.allowed) for e in error.violations]
            raise ProblemError("invalid_parameter", findings) from None
        except ReferralsDiffer as error:
            finding = ProblemFinding(("pointer", "#/referrals"), "referrals_stand", STAND, (str(error.number),))
            raise ProblemError("referrals_differ", [finding]) from None
        minimal = is_minimal(request)
        headers = {"Preference-Applied": "return=minimal"} if minimal else {}
        return Response(completion_body(result, minimal=minimal), 201 if result.is_new else 200, headers=headers)


def completion_body(result: CompletionResult, *, minimal: bool) -> bodies.CompletionBody:
    """What stands for a month that is complete; the month alone where the caller does without."""
    month = month_id(result.completion.month)
    if minimal:
        return bodies.CompletionBody(month)
    return bodies.CompletionBody(month, result.referrals, result.completion.recorded_at.isoformat())


def month_of(text: str) -> date:
    """The month in a path, as its first day. Raises `ProblemError` 400."""
    month = first_day(text)
    if month is None:
        raise parameters.value_problem("month", detail=DETAILS["month_expected"], code="month_expected")
    return month


def calendar_of(partner_id: UUID) -> Calendar:
    return Partner.objects.only("reporting", "report_due_days", "reporting_since").get(pk=partner_id).calendar


def reporting_of(partner_id: UUID, now: datetime) -> bodies.ReportingBody:
    """The calendar in short: the last twelve months, what is missing of them, and what is next. Two statements, or one."""
    calendar = calendar_of(partner_id)
    reports = states.reports_of_partner(partner_id, calendar, now, rows_shown=states.MONTHS_SHOWN)
    return bodies.ReportingBody(*summary(calendar, reports, now), periods=[body_of(report) for report in reports])


def summary(
    calendar: Calendar, reports: list[PeriodReport], now: datetime
) -> tuple[str, int, str | None, bodies.DueBody | None, list[str]]:
    """What is expected, what is next, and what is missing of some periods: the members of an `Expectation`."""
    following = states.next_period(calendar, reports, now)
    return (
        str(calendar.frequency),
        calendar.due_days,
        month_id(calendar.since) if calendar.since else None,
        bodies.DueBody(following.id, local(following.due_at)) if following else None,
        [report.period.id for report in reports if report.state == State.MISSING],
    )


def body_of(report: PeriodReport) -> bodies.ReportBody:
    """One period and how it stands."""
    return bodies.ReportBody(
        period=report.period.id,
        due_at=local(report.period.due_at),
        state=report.state,
        late=report.late,
        referrals=report.referrals,
        answered_at=report.answered_at.isoformat() if report.answered_at else None,
        declared_at=report.declared_at.isoformat() if report.declared_at else None,
    )


def local(moment: datetime) -> str:
    """A deadline on the clock of Copenhagen, so that its day can be read."""
    return moment.astimezone(COPENHAGEN).isoformat()
