"""A month in words."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import override


@lru_cache(maxsize=2_048)
def month_words(month: date, language: str) -> str:
    """`marts 2025`, `March 2025`."""
    with override(language):
        return date_format(month, "F Y")
