"""A partner's calendar: what is expected of it, what has come, and the answer that there was nothing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.http import parameters
from api.http.authentication import principal
from api.http.problems import Finding, ProblemError
from api.records.reads import Read, RecordView
from api.records.shape import DETAILS, MONTH, build, month_text
from cases.errors import RulesBroken
from cases.months import COPENHAGEN
from cases.reporting import nil, states
from cases.reporting.periods import Period
from cases.reporting.states import Report, State
from partners.calendar import Calendar as Expected
from partners.kinds import Scope
from partners.models import Partner

NIL_SHAPE = build("NilInput", ())()


class Calendar(RecordView):
    """Every period that is expected."""

    scopes = {"GET": Scope.REFERRALS_READ}

    def read(self, request: Request) -> Read:
        """The periods from the calendar's beginning to the present one, the oldest first."""
        parameters.read(request, ())
        partner_id, now = principal(request).partner_id, timezone.now()
        expected = calendar_of(partner_id)
        reports = states.of_partner(partner_id, expected, now)
        body = {**summary(expected, reports, now), "items": [body_of(report) for report in reports]}
        return Response(body), sum(report.referrals for report in reports)


class NilReport(APIView):
    """The answer that there was nothing in a month."""

    scopes = {"PUT": Scope.REFERRALS_WRITE}

    def put(self, request: Request, month: str) -> Response:
        """Say so; again, nothing changes. A body is not needed, and says nothing where it comes."""
        parameters.read(request, ())
        first = month_of(month)
        if request.META.get("CONTENT_LENGTH") not in {None, "", "0"}:
            NIL_SHAPE.parse(request.data)
        try:
            stored, created = nil.report(by=principal(request), month=first)
        except RulesBroken as broken:
            found = [Finding(("parameter", "month"), each.code, each.detail) for each in broken.violations]
            raise ProblemError("invalid_parameter", found) from None
        said = {"month": month_text(stored.month), "recorded_at": stored.recorded_at.isoformat()}
        return Response(said, 201 if created else 200)


def month_of(text: str) -> date:
    """The month in a path, as its first day. Raises `ProblemError` 400."""
    match = MONTH.fullmatch(text)
    if match is None or match[1] == "0000":
        raise parameters.wrong("month", detail=DETAILS["month_expected"], code="month_expected")
    return date(int(match[1]), int(match[2]), 1)


def calendar_of(partner_id: UUID) -> Expected:
    """What is expected of the partner."""
    return Partner.objects.only("reporting", "report_due_days", "reporting_since").get(pk=partner_id).calendar


def of_caller(partner_id: UUID, now: datetime) -> dict[str, Any]:
    """The calendar in short: the last twelve months, what is missing of them, and what is next. Two statements, or one."""
    expected = calendar_of(partner_id)
    reports = states.of_partner(partner_id, expected, now, shown=states.MONTHS_SHOWN)
    return {**summary(expected, reports, now), "periods": [body_of(report) for report in reports]}


def summary(expected: Expected, reports: list[Report], now: datetime) -> dict[str, Any]:
    """What is expected, what is next, and what is missing of some periods."""
    following = states.coming(expected, reports, now)
    return {
        "frequency": str(expected.frequency),
        "due_days": expected.due_days,
        "since": month_text(expected.since) if expected.since else None,
        "next": named(following) if following else None,
        "missing": [report.period.id for report in reports if report.state == State.MISSING],
    }


def body_of(report: Report) -> dict[str, Any]:
    """One period and how it stands."""
    return {
        **named(report.period),
        "state": str(report.state),
        "late": report.late,
        "referrals": report.referrals,
        "answered_at": report.answered_at.isoformat() if report.answered_at else None,
    }


def named(period: Period) -> dict[str, str]:
    """A period with its deadline."""
    return {"period": period.id, "due_at": local(period.due_at)}


def local(moment: datetime) -> str:
    """A deadline on the clock of Copenhagen, so that its day can be read."""
    return moment.astimezone(COPENHAGEN).isoformat()
