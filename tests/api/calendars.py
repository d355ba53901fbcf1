"""What the tests of reports share: calendars, months, and referrals as the domain takes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from api.records.referrals import REFERRAL
from cases.months import COPENHAGEN
from partners import locks
from partners.kinds import Reporting
from partners.models import Partner
from tests.callers import Caller, referral

REPORTS = "/api/v1/reports"


# What is sent with a nil report.
NOTHING = {"referrals": 0}


def month_path(month: str) -> str:
    """The path at which a month is declared complete."""
    return f"{REPORTS}/{month}"


def expect(caller: Caller, frequency: Reporting = Reporting.MONTHLY, *, since: date, days: int = 14) -> None:
    """Set a partner's calendar."""
    Partner.objects.filter(pk=caller.partner.pk).update(
        reporting=frequency, report_due_days=days, reporting_since=since
    )


def shaped(**changes: object) -> dict[str, Any]:
    """A valid referral as the domain takes it."""
    return REFERRAL.parse(referral(**changes))


def stopped(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], datetime]:
    """What sets the clock of the program and that of the records, to a wall clock of Copenhagen."""

    def set_to(text: str) -> datetime:
        moment = datetime.fromisoformat(text).replace(tzinfo=COPENHAGEN)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    moment_of_turn = locks.moment_of_turn

    def at(cursor: CursorWrapper) -> datetime:
        moment_of_turn(cursor)
        return timezone.now()

    monkeypatch.setattr(locks, "moment_of_turn", at)
    return set_to
