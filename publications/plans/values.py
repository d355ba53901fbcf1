"""A value with its unit in words, or why there is none."""

from __future__ import annotations

from decimal import Decimal

from core.text import Text
from publications.plans.choices import INDICATOR_UNITS
from stats.reading.marks import number

LEAST = Text("mindst", "at least")
NOT_SHOWN = Text("vises ikke", "not shown")
WITHDRAWN = Text("vises ikke: udgivelsen er trukket tilbage", "not shown: the release is withdrawn")


def value_words(value: Decimal | None, unit: str, language: str, is_least: bool = False) -> str:
    """A value with its unit: `12,5 procent`, `mindst 12 opkald`. Without a value that it is not shown."""
    if value is None:
        return NOT_SHOWN(language)
    shown = number(int(value) if value == int(value) else value.normalize(), language)
    words = f"{shown} {INDICATOR_UNITS[unit](language)}"
    return f"{LEAST(language)} {words}" if is_least else words
