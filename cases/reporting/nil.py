"""Nil reports: a partner's answer that a month had no referral."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cases import months
from cases.errors import ReferralsReported, RulesBroken, Violation
from cases.intake import rules
from cases.months import this_month
from cases.own.summary import current_referrals
from cases.reporting.models import NilReport
from cases.windows import reading
from cases.windows.words import PERIODS
from cases.windows.years import WindowAct, day_of
from partners import locks
from partners.credentials import Principal


def report(*, by: Principal, month: date) -> tuple[NilReport, bool]:
    """The partner's nil report of a month (its first day), and whether it is new. Repeating it changes nothing.

    The present month may be reported: a later referral overrides the nil report. Raises `RulesBroken` for a month that cannot be
    reported or whose year is closed, and `ReferralsReported` where the partner has a current referral of the month.
    """
    check(month)
    with transaction.atomic():
        at = locks.serialise(by.partner_id)
        if current_referrals(by.partner_id).filter(referred_in=month).exists():
            raise ReferralsReported
        earlier = NilReport.objects.filter(partner_id=by.partner_id, month=month).first()
        if earlier is not None:
            return earlier, False
        if rule := reading.years_of(by.partner_id).refusal(month.year, WindowAct.NEW, day_of(at)):
            raise RulesBroken([Violation("month", str(rule), PERIODS[rule])])
        report = NilReport.objects.create(partner_id=by.partner_id, month=month, client_id=by.client_pk, recorded_at=at)
        return report, True


def check(month: date) -> None:
    """Raise `RulesBroken` for a month before the first month that there is, and for a month in the future."""
    if month < months.FIRST_MONTH:
        raise RulesBroken([Violation("month", "month_before_2000", rules.NOT_BEFORE_2000)])
    if month > this_month():
        raise RulesBroken([Violation("month", "month_in_future", rules.NOT_IN_FUTURE)])
