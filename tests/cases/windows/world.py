"""What the tests of windows share: staff who set them, and years as tests see them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import User

from cases.months import today
from cases.services.forms import FORMS
from cases.services.models import CountAssignment
from cases.windows.models import Reopening, WindowChange
from cases.windows.partner_years import reopen
from partners.kinds import Mode, Reporting
from partners.models import Partner
from tests.callers import Caller
from tests.people.visitors import staff

LAST_YEAR = today().year - 1
YESTERDAY, TOMORROW = today() - timedelta(days=1), today() + timedelta(days=1)


def keeper() -> User:
    """A partner manager of the centre."""
    return User.objects.filter(username="keeper").first() or staff("keeper", "partner_manager")


def set_window(partner: Partner | None, year: int = LAST_YEAR, **days: Any) -> WindowChange:
    """Set a window."""
    return WindowChange.objects.create(partner=partner, year=year, reason_code="YEAR_PLANNED", user=keeper(), **days)


def close_for_new(caller: Caller, year: int = LAST_YEAR) -> None:
    """Close a year of a partner for new records since yesterday."""
    set_window(caller.partner, year, new_until=YESTERDAY, corrections_until=TOMORROW)


def close(caller: Caller, year: int = LAST_YEAR) -> None:
    """Close a year of a partner for everything since yesterday."""
    set_window(caller.partner, year, new_until=YESTERDAY, corrections_until=YESTERDAY)


def reopened(caller: Caller, year: int = LAST_YEAR, until: date = TOMORROW) -> Reopening:
    """Reopen a year."""
    return reopen(by=keeper(), partner_id=caller.partner.pk, year=year, until=until, reason_code="CENTRE_ASKED")


def expected(caller: Caller, *, since: int = LAST_YEAR, days: int = 14) -> None:
    """Expect a partner to report each month since a year."""
    Partner.objects.filter(pk=caller.partner.pk).update(
        reporting=Reporting.MONTHLY, report_due_days=days, reporting_since=date(since, 1, 1)
    )
    caller.partner.refresh_from_db()
    spare_counts(caller.partner)


def spare_counts(partner: Partner) -> None:
    """Say that a partner reports no counts, where those of last year are expected by now."""
    for form in FORMS.values():
        if partner.mode == Mode.LIVE and form.expected_from.year <= LAST_YEAR:
            said = {"form": form.id, "since": form.expected_from, "reports": False}
            CountAssignment.objects.create(partner=partner, user=keeper(), **said)


def month(number: int, year: int = LAST_YEAR) -> str:
    """A month of a year."""
    return f"{year}-{number:02d}"
