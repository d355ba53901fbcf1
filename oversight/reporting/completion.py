"""Completions: a partner's word that all referrals of a month are sent. Of a month without one it is a nil report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from cases import months
from cases.errors import ReferralsDiffer, RulesBroken, Violation
from cases.intake import rules
from cases.months import day_words, later, today
from cases.windows import partner_years
from cases.windows.words import PERIODS
from cases.windows.years import WindowAct, day_of
from core.text import Text
from oversight.reporting.models import MonthCompletion
from oversight.reporting.words import NOT_OVER
from partners import locks
from partners.credentials import Principal
from stats.own.summary import current_referrals


@dataclass(frozen=True, slots=True)
class CompletionResult:
    """What stands for a month that is declared complete. `is_new`: it was not declared before."""

    completion: MonthCompletion
    referrals: int
    is_new: bool


def declare(*, by: Principal, month: date, referrals: int | None = None) -> CompletionResult:
    """Declare a month (its first day) of the partner complete. Repeating it changes nothing.

    `referrals`: how many the partner says that there are; None: as many as stand. A referral that comes later is taken, and the
    declaration stays. Raises `RulesBroken` for a month that cannot be declared or whose year is closed, and `ReferralsDiffer` where
    another number stands.
    """
    check(month)
    with transaction.atomic():
        at = locks.serialise(by.partner_id)
        number = current_referrals(by.partner_id).filter(referred_in=month).count()
        if referrals is not None and referrals != number:
            raise ReferralsDiffer(number)
        earlier = MonthCompletion.objects.filter(partner_id=by.partner_id, month=month).first()
        if earlier is not None:
            return CompletionResult(earlier, number, is_new=False)
        if rule := partner_years.years_of(by.partner_id).refusal(month.year, WindowAct.NEW, day_of(at)):
            raise RulesBroken([Violation("month", str(rule), PERIODS[rule])])
        completion = MonthCompletion.objects.create(
            partner_id=by.partner_id, month=month, client_id=by.client_pk, recorded_at=at
        )
        return CompletionResult(completion, number, is_new=True)


def first_day_for(month: date) -> date:
    """The day from which a month can be declared complete: its last one, so that a deadline at its end can be kept."""
    return later(month, 1) - timedelta(days=1)


def check(month: date) -> None:
    """Raise `RulesBroken` for a month before the first month that there is, and for one that goes on or is to come."""
    if month < months.FIRST_MONTH:
        raise RulesBroken([Violation("month", "month_before_2000", rules.NOT_BEFORE_2000)])
    day = first_day_for(month)
    if today() < day:
        raise RulesBroken([Violation("month", "month_not_over", not_over(day), (day.isoformat(),))])


def not_over(day: date) -> Text:
    """From which day on a month can be declared complete."""
    return Text(*(NOT_OVER(language).format(day=day_words(day, language)) for language in Text._fields))
