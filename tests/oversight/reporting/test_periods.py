"""Periods and deadlines in Copenhagen time: summer and winter time, ends of months, quarters that begin midway."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from oversight.reporting.periods import periods
from partners.kinds import NOTHING_EXPECTED, Calendar, Reporting


def calendar(frequency: Reporting = Reporting.MONTHLY, days: int = 14, since: str = "2000-01") -> Calendar:
    """A calendar."""
    return Calendar(frequency, days, month(since))


def month(text: str) -> date:
    """A month's first day."""
    return date.fromisoformat(f"{text}-01")


@pytest.mark.parametrize(
    ("of", "days", "ends", "due"),
    [
        ("2025-01", 14, "2025-01-31T23:00", "2025-02-14T23:00"),  # winter to winter
        ("2025-03", 14, "2025-03-31T22:00", "2025-04-14T22:00"),  # summer time has begun within the month
        ("2025-02", 40, "2025-02-28T23:00", "2025-04-09T22:00"),  # it begins between the end and the deadline
        ("2025-09", 30, "2025-09-30T22:00", "2025-10-30T23:00"),  # it ends in between: 30 days and an hour
        ("2024-02", 0, "2024-02-29T23:00", "2024-02-29T23:00"),  # a leap year, and due at once
        ("2024-12", 31, "2024-12-31T23:00", "2025-01-31T23:00"),  # over the end of a year
        ("2024-01", 30, "2024-01-31T23:00", "2024-03-01T23:00"),  # 30 days after 1 February of a leap year
    ],
)
def test_a_report_is_due_at_midnight_in_copenhagen(of: str, days: int, ends: str, due: str) -> None:
    [found] = periods(calendar(days=days), month(of), month(of))
    assert found.id == of
    assert found.ends_at == datetime.fromisoformat(ends).replace(tzinfo=UTC)
    assert found.due_at == datetime.fromisoformat(due).replace(tzinfo=UTC)
    assert (found.due_at.hour, found.due_at.minute) == (0, 0)


def test_every_month_once_and_none_before_the_beginning() -> None:
    found = [each.id for each in periods(calendar(since="2024-11"), month("2024-01"), month("2025-02"))]
    assert found == ["2024-11", "2024-12", "2025-01", "2025-02"]


def test_quarters_are_those_of_the_year_and_the_first_may_be_short() -> None:
    found = list(periods(calendar(Reporting.QUARTERLY, since="2024-05"), month("2024-01"), month("2024-12")))
    assert [each.id for each in found] == ["2024-Q2", "2024-Q3", "2024-Q4"]
    assert found[0].months == (month("2024-05"), month("2024-06"))
    assert found[1].months == (month("2024-07"), month("2024-08"), month("2024-09"))
    assert found[2].due_at == datetime(2025, 1, 14, 23, tzinfo=UTC)


def test_a_quarter_is_there_from_its_first_month_to_its_last() -> None:
    for within in ("2024-04", "2024-05", "2024-06"):
        found = periods(calendar(Reporting.QUARTERLY), month(within), month(within))
        assert [each.id for each in found] == ["2024-Q2"]


def test_nothing_is_expected_of_whom_nothing_is_asked() -> None:
    assert list(periods(NOTHING_EXPECTED, month("2024-01"), month("2025-01"))) == []
    assert list(periods(Calendar(Reporting.NONE, 14, month("2024-01")), month("2024-01"), month("2025-01"))) == []
