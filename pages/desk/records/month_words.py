"""A month in words, and a month that an address names."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import override

from cases.months import FIRST_MONTH, first_day, this_month


@lru_cache(maxsize=2_048)
def month_words(month: date, language: str) -> str:
    """`marts 2025`, `March 2025`."""
    with override(language):
        return date_format(month, "F Y")


def month_named(text: str) -> date | None:
    """The month of a bound in an address; None for what is no month that a referral may have."""
    month = first_day(text)
    return month if month and FIRST_MONTH <= month <= this_month() else None
