"""What the tests of reports share: calendars, months, and referrals as the domain takes them."""

from __future__ import annotations

from datetime import date
from typing import Any

from api.referrals import REFERRAL_SHAPE
from partners.kinds import Reporting
from partners.models import Partner
from tests.callers import Caller, referral

REPORTS = "/api/v1/reports"


def nil_path(month: str) -> str:
    """The path of a month's nil report."""
    return f"{REPORTS}/{month}/nil"


def expect(caller: Caller, frequency: Reporting = Reporting.MONTHLY, *, since: date, days: int = 14) -> None:
    """Set a partner's calendar."""
    Partner.objects.filter(pk=caller.partner.pk).update(
        reporting=frequency, report_due_days=days, reporting_since=since
    )


def shaped(**changes: object) -> dict[str, Any]:
    """A valid referral as the domain takes it."""
    return REFERRAL_SHAPE.parse(referral(**changes))
