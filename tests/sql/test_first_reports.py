"""`henvis_keep_first_reports`: when a partner first reported for a month outlives the records."""

from __future__ import annotations

from datetime import date

import pytest

from oversight.reporting.models import FirstReport
from partners.models import Partner
from tests.sql.calls import rows
from tests.stats.records import at, case, partner, referral
from tests.stats.web_role import refused

pytestmark = pytest.mark.django_db
KEEP = "SELECT henvis_keep_first_reports(%s::uuid[])"


def words(of: Partner) -> list[tuple[object, ...]]:
    """What is kept of a partner."""
    kept = FirstReport.objects.filter(partner=of).order_by("month")
    return list(kept.values_list("month", "first_at", "stood"))


def test_the_first_report_of_every_month_is_kept_and_of_these_partners_alone() -> None:
    ngo, other = partner(), partner()
    for by in (ngo, other):
        referral(case(by), by, referred_in="2024-01", recorded_at=at(9))
        referral(case(by), by, referred_in="2024-01", recorded_at=at(5))
        referral(case(by), by, referred_in="2024-02", recorded_at=at(7), status="withdrawn", reason_code="_O")
    rows(KEEP, [ngo.pk])
    assert words(ngo) == [(date(2024, 1, 1), at(5), True), (date(2024, 2, 1), at(7), False)]
    assert words(other) == []


def test_what_was_kept_stays_unless_it_is_earlier_or_stands_now() -> None:
    ngo = partner()
    first = referral(case(ngo), ngo, referred_in="2024-01", recorded_at=at(5), status="withdrawn", reason_code="_O")
    rows(KEEP, [ngo.pk])
    assert words(ngo) == [(date(2024, 1, 1), at(5), False)]
    referral(first.case, ngo, referred_in="2024-01", recorded_at=at(6))
    rows(KEEP, [ngo.pk])
    assert words(ngo) == [(date(2024, 1, 1), at(5), True)]
    referral(first.case, ngo, referred_in="2024-01", recorded_at=at(3), superseded_at=at(4))
    rows(KEEP, [ngo.pk])
    assert words(ngo) == [(date(2024, 1, 1), at(3), True)]


def test_the_web_server_does_not_call_it() -> None:
    refused("SELECT henvis_keep_first_reports('{}')")
