"""A month that an address names."""

from __future__ import annotations

from datetime import date

from cases.months import FIRST_MONTH, first_day, this_month


def month_named(text: str) -> date | None:
    """The month of a bound in an address; None for what is no month that a referral may have."""
    month = first_day(text)
    return month if month and FIRST_MONTH <= month <= this_month() else None
