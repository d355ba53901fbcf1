"""*Nothing to report*: a person of a partner says that a period had no referral."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cases.errors import ReferralsReported, RulesBroken
from cases.months import this_month
from cases.reporting import nil as nil_reports
from cases.reporting import states
from cases.reporting.states import PeriodReport, State
from pages.desk.frame import DeskQuestion, Visit, ask, desk_page, go, refuse
from partners import audit
from partners.roles import Right
from partners.text import Text

QUESTION = DeskQuestion(
    Text("Er der intet at indberette?", "Is there nothing to report?"),
    Text(
        "I oplyser, at I ingen henvisninger havde i perioden. Sender I en henvisning senere, gælder den i stedet.",
        "You say that you had no referrals in the period. If you send one later, it counts instead.",
    ),
    Text("Ja, der var intet", "Yes, there was nothing"),
)
DONE = Text("Det er indberettet, at der intet var.", "You have reported that there was nothing.")
HAS_REFERRALS = Text(
    "I har sendt henvisninger i denne periode, så der er noget at indberette.",
    "You have sent referrals of this period, so there is something to report.",
)


@require_POST
@desk_page(Right.SUBMIT)
def nil(visit: Visit, period: str) -> HttpResponse:
    """Report that a period had no referral, after asking. 404 for a period that is not expected, 409 where it had some."""
    report = report_of(visit, period)
    question = ask(visit, QUESTION, report.period.label, back=visit.address("home"))
    if question is not None:
        return question
    try:
        report_months(visit, report.period.months)
    except ReferralsReported:
        return refuse(visit, HAS_REFERRALS)
    except RulesBroken as error:
        return refuse(visit, error.violations[0].detail)
    return go(visit, "home", DONE)


def report_of(visit: Visit, period: str) -> PeriodReport:
    """The report of an expected period. Raises `Http404`."""
    reports = states.of_partner(visit.partner.pk, visit.partner.calendar, timezone.now())
    report = next((each for each in reports if each.period.id == period), None)
    if report is None:
        raise Http404
    return report


def may_be_nil(report: PeriodReport) -> bool:
    """Whether a period may still be answered by *nothing*: it has begun its last month, and has no answer."""
    has_answer = report.state in {State.REPORTED, State.NIL}
    return not has_answer and report.period.months[-1] <= this_month()


def report_months(visit: Visit, months: tuple[date, ...]) -> None:
    """Store the nil reports of a period: all or none. Raises `ReferralsReported` and `RulesBroken`."""
    with transaction.atomic():
        for month in months:
            nil_reports.report(by=visit.by, month=month)
        audit.record(
            by=visit.actor,
            action="report.nil",
            subject=str(visit.partner.pk),
            months=[f"{each:%Y-%m}" for each in months],
        )
