"""What roles without records are shown instead of an exact count about rows: a small one is said to be from 1 to 4."""

from __future__ import annotations

THRESHOLD = 5


def few(number: int) -> str:
    """The number as who sees no records reads it."""
    return f"1–{THRESHOLD - 1}" if 0 < number < THRESHOLD else str(number)


def shown(number: int, *, exactly: bool) -> str:
    """The number as it is, or as `few` has it."""
    return str(number) if exactly else few(number)
