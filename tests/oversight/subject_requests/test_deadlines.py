"""A month of the calendar, and the next working day (GDPR, Article 12(3); Regulation 1182/71, Article 3)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from oversight.subject_requests.deadlines import EXTENDED_MONTHS, due_on, easter, is_holiday


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-06-10", "2026-07-10"),
        ("2028-01-31", "2028-02-29"),  # a shorter month, in a leap year
        ("2026-01-31", "2026-03-02"),  # 28 February 2026 is a Saturday
        ("2025-08-31", "2025-09-30"),
        ("2026-11-25", "2026-12-28"),  # Christmas, a Saturday and a Sunday
        ("2026-12-01", "2027-01-04"),  # New Year's Day, a Friday
        ("2026-03-02", "2026-04-07"),  # Maundy Thursday to Easter Monday
        ("2026-04-14", "2026-05-15"),  # Ascension Day
        ("2026-04-25", "2026-05-26"),  # Whit Monday
        ("2026-12-31", "2027-02-01"),
    ],
)
def test_a_request_is_due_a_month_later_on_a_working_day(received: str, due: str) -> None:
    assert due_on(date.fromisoformat(received)) == date.fromisoformat(due)


def test_an_extended_request_is_due_three_months_later() -> None:
    assert due_on(date(2026, 1, 31), EXTENDED_MONTHS) == date(2026, 4, 30)
    assert due_on(date(2025, 11, 30), EXTENDED_MONTHS) == date(2026, 3, 2)


@pytest.mark.parametrize("day", ["2000-04-23", "2008-03-23", "2024-03-31", "2025-04-20", "2026-04-05", "2038-04-25"])
def test_easter(day: str) -> None:
    assert easter(int(day[:4])) == date.fromisoformat(day)


def test_no_due_date_is_a_holiday_or_beyond_the_days_that_the_database_allows() -> None:
    start = date(2024, 1, 1)
    for day in (start + timedelta(days=n) for n in range(4 * 366)):
        due = due_on(day)
        assert due.weekday() < 5 and not is_holiday(due)
        assert timedelta(days=28) <= due - day <= timedelta(days=31 + 6)
