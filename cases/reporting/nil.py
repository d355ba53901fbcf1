"""Saying that there was nothing to report of a month."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cases import months
from cases.errors import ReferralsReported, RulesBroken, Violation
from cases.intake import rules
from cases.months import this_month
from cases.own.summary import standing
from cases.reporting.models import NilReport
from partners import locks
from partners.credentials import Principal


def report(*, by: Principal, month: date) -> tuple[NilReport, bool]:
    """The partner's nil report of a month (its first day), and whether it is new: the same again changes nothing.

    The present month may be reported: a referral that comes later goes before it. Raises `RulesBroken` for a month that cannot be
    reported, and `ReferralsReported` where the partner's own current referrals say otherwise.
    """
    check(month)
    with transaction.atomic():
        at = locks.serialise(by.partner_id)
        if standing(by.partner_id).filter(referred_in=month).exists():
            raise ReferralsReported
        return NilReport.objects.get_or_create(
            partner_id=by.partner_id, month=month, defaults={"client_id": by.client_pk, "recorded_at": at}
        )


def check(month: date) -> None:
    """Raise `RulesBroken` for a month before the calendar begins, or one that has not begun."""
    if month < months.FIRST_MONTH:
        raise RulesBroken([Violation("month", "month_before_2000", rules.NOT_BEFORE_2000)])
    if month > this_month():
        raise RulesBroken([Violation("month", "month_in_future", rules.NOT_IN_FUTURE)])
