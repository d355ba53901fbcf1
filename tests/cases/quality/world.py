"""Partners with years of referrals, written straight into the tables."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from partners.kinds import Reporting
from partners.models import Partner
from tests.cases.statistics.records import case, partner, referral

YEAR = 2024
NOW = datetime(2025, 4, 1, 9, tzinfo=UTC)


def reporting(kind: str = "NGO", frequency: Reporting = Reporting.MONTHLY, since: date | None = None) -> Partner:
    """A partner that is expected to report since January of the year."""
    made = partner(kind)
    made.reporting, made.reporting_since = str(frequency), since or date(YEAR, 1, 1)
    made.save()
    return made


def referred(by: Partner, number: int, month: str = f"{YEAR}-03", **changes: Any) -> None:
    """So many referrals of a partner and month."""
    year, number_of_month = map(int, month.split("-"))
    changes.setdefault("recorded_at", datetime(year, number_of_month, 20, tzinfo=UTC))
    for _ in range(number):
        referral(case(by), by, referred_in=month, **changes)
