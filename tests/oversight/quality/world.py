"""Partners with years of referrals, written straight into the tables."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from cases.intake.models import Batch
from cases.months import this_month
from oversight.quality.models import DeskLook, FeedbackRead, RuleTally
from partners.kinds import Reporting
from partners.models import Client, Partner
from tests.people.visitors import member, staff
from tests.stats.records import case, partner, referral

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


def tally(of: Partner, rule: str, rows: int, *, tried: bool = False, month: date = date(YEAR, 5, 1)) -> RuleTally:
    """A count of a delivery of a month."""
    wish = {"fingerprint": "f", "handling": "lenient", "dry_run": tried, "state": "done"}
    batch = Batch.objects.create(partner=of, client=Client.objects.filter(partner=of)[0], **wish)
    Batch.objects.filter(pk=batch.pk).update(created_at=datetime(month.year, month.month, 3, tzinfo=UTC))
    return RuleTally.objects.create(
        batch=batch, partner=of, month=month, tried=tried, rule=rule, field="gender", rows=rows
    )


def some_of_each(of: Partner) -> None:
    """A count, a receipt and a look of this month."""
    tally(of, "code_unknown", 3, month=this_month())
    FeedbackRead.objects.create(partner=of, year=this_month().year, user=member(of).user)
    DeskLook.objects.create(partner=of, user=staff("looker"), page="FEEDBACK", reason_code="FOLLOW_UP")
