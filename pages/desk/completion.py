"""*That was all*: a person of a partner declares a period complete. Of a period without referrals it is *nothing to report*."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cases.errors import ReferralsDiffer, RulesBroken
from cases.months import today
from core.text import Text, with_label
from oversight.reporting import completion, states
from oversight.reporting.states import PeriodReport
from pages.desk.frame import DeskQuestion, Visit, ask, desk_page, go, refuse
from partners import audit
from partners.roles import Right

# By whether the period has a referral.
QUESTIONS = {
    True: DeskQuestion(
        Text("Var det alt?", "Was that all?"),
        Text(
            "I oplyser, at I har sendt alle jeres henvisninger fra perioden. Kommer der en senere, kan I stadig sende den.",
            "You say that you have sent all your referrals of the period. If one comes later, you can still send it.",
        ),
        Text("Ja, det var alt", "Yes, that was all"),
    ),
    False: DeskQuestion(
        Text("Er der intet at indberette?", "Is there nothing to report?"),
        Text(
            "I oplyser, at I ingen henvisninger havde i perioden. Sender I en henvisning senere, gælder den i stedet.",
            "You say that you had no referrals in the period. If you send one later, it counts instead.",
        ),
        Text("Ja, der var intet", "Yes, there was nothing"),
    ),
}
DONE = {
    True: Text("Perioden er meldt færdig.", "The period is declared complete."),
    False: Text("Det er indberettet, at der intet var.", "You have reported that there was nothing."),
}
NUMBER = Text("Henvisninger", "Referrals")
OTHER_NUMBER = Text(
    "Perioden er ikke meldt færdig: den har et andet antal henvisninger end det, du så. Gå til overblikket, og se den igen.",
    "The period is not declared complete: it has another number of referrals than you saw. Go to the overview and look again.",
)


@require_POST
@desk_page(Right.SUBMIT)
def complete(visit: Visit, period: str) -> HttpResponse:
    """Declare a period complete, after asking. 404 for one that is not expected, 409 where not so many referrals stand."""
    report = report_of(visit, period)
    number = visit.request.POST.get("referrals", "")
    has_referrals = report.has_referral
    about = (report.period.label, *((with_label(NUMBER, report.referrals),) if has_referrals else ()))
    if number != str(report.referrals):
        return refuse(visit, OTHER_NUMBER)
    question = ask(visit, QUESTIONS[has_referrals], *about, back=visit.address("home"), keep=("referrals",))
    if question is not None:
        return question
    try:
        declare_months(visit, report)
    except ReferralsDiffer:
        return refuse(visit, OTHER_NUMBER)
    except RulesBroken as error:
        return refuse(visit, error.violations[0].detail)
    return go(visit, "home", DONE[has_referrals])


def report_of(visit: Visit, period: str) -> PeriodReport:
    """The report of an expected period. Raises `Http404`."""
    reports = states.of_partner(visit.partner.pk, visit.partner.calendar, timezone.now())
    report = next((each for each in reports if each.period.id == period), None)
    if report is None:
        raise Http404
    return report


def may_be_completed(report: PeriodReport) -> bool:
    """Whether a period may be declared complete: its last day has come, and it is not yet."""
    return report.declared_at is None and completion.first_day_for(report.period.months[-1]) <= today()


def declare_months(visit: Visit, report: PeriodReport) -> None:
    """Declare the months of a period complete: all or none. Raises `ReferralsDiffer` and `RulesBroken`."""
    months: tuple[date, ...] = report.period.months
    with transaction.atomic():
        number = sum(completion.declare(by=visit.by, month=month).referrals for month in months)
        if number != report.referrals:
            raise ReferralsDiffer(number)
        audit.record(
            by=visit.actor,
            action="report.complete",
            subject=str(visit.partner.pk),
            months=[f"{each:%Y-%m}" for each in months],
        )
