"""Months as they are sent and answered: `YYYY-MM`."""

from __future__ import annotations

import re
from datetime import date

MONTH = re.compile(r"(?!0000)(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


def first_day(text: str) -> date | None:
    """The month's first day, or None for what is no month."""
    return date.fromisoformat(f"{text}-01") if MONTH.fullmatch(text) else None


def month_text(month: date) -> str:
    """`YYYY-MM`."""
    return f"{month.year:04d}-{month.month:02d}"
