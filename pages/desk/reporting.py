"""What is to be reported next, and *that was all*: a person of a partner declares a period complete.

Deadlines are in one list by their last day: referrals, forms of counts, weeks of a crisis, and the signed year. Of a period without
referrals that was all is *nothing to report*.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cases.errors import ReferralsDiffer, RulesBroken
from cases.months import today
from cases.services.expectations import expectations_of
from cases.services.periods import CountPeriodState
from cases.windows import partner_years
from core.text import Text, with_label
from oversight.reporting import completion, states
from oversight.reporting.states import PeriodReport
from pages.desk.frame import DeskQuestion, Visit, ask, desk_page, go, refuse
from pages.desk.words import REFERRALS_OF, SIGNATURE_OF
from partners import audit
from partners.kinds import Reporting
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
    reports = states.reports_of_partner(visit.partner.pk, visit.partner.calendar, timezone.now())
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


class Deadline(NamedTuple):
    """The last day of something that has not come yet, and the page on which it is done."""

    day: date
    words: Text
    address: str


def deadlines(visit: Visit, reports: Collection[PeriodReport], now: datetime) -> list[Deadline]:
    """What is due today or later, the next first. What is missing stands with what waits."""
    every = (*deadlines_of_referrals(visit, reports, now), *deadlines_of_counts(visit, now), *deadlines_of_years(visit))
    return sorted((each for each in every if each.day >= today()), key=lambda each: each.day)


def deadlines_of_referrals(visit: Visit, reports: Collection[PeriodReport], now: datetime) -> Iterator[Deadline]:
    """The periods of referrals that are not complete; where all are, the next one."""
    waiting = [each.period for each in reports if each.state in states.WAITING]
    following = states.next_period(visit.partner.calendar, reports, now)
    for period in waiting or ([following] if following else []):
        yield Deadline(period.last_day, words_of_period(REFERRALS_OF, period.label), visit.address("records"))


def deadlines_of_counts(visit: Visit, now: datetime) -> Iterator[Deadline]:
    """The forms of counts that have not come, those of a crisis too."""
    for each in expectations_of([visit.partner], now)[visit.partner.pk]:
        if each.state == CountPeriodState.NOT_DUE:
            words = Text(*(f"{each.form.label(of)}, {each.period.words(of)}" for of in Text._fields))
            yield Deadline(each.last_day, words, visit.address("count", form=each.form.id, period=each.period.id))


def deadlines_of_years(visit: Visit) -> Iterator[Deadline]:
    """The signatures of last year and this one, where the partner's calendar has them."""
    calendar, this = visit.partner.calendar, today().year
    if calendar.frequency == Reporting.NONE or calendar.since is None:
        return
    years = partner_years.years_of(visit.partner.pk)
    for year in range(max(this - 1, calendar.since.year), this + 1):
        day = years.window(year).deadline_on
        if day is not None and not years.is_signed(year):
            yield Deadline(
                day, words_of_period(SIGNATURE_OF, Text(str(year), str(year))), visit.address("year", year=year)
            )


def words_of_period(words: Text, name: Text) -> Text:
    """Words with the name of a period in them."""
    return Text(words.da.format(name.da), words.en.format(name.en))
