"""What roles without records are shown instead of an exact count about rows: the band of five in which it lies.

A count that is exact once it is large enough tells who looks every day what came between: 7 yesterday and 8 today is one row.
A band tells it less often, and not never: where `1–4` becomes `5–9` from one day to the next and the partner sent one row, it is
that row.
"""

from __future__ import annotations

WIDTH = 5


def few(number: int) -> str:
    """The number as who sees no records reads it: `0`, `1–4`, `5–9`, `10–14` and so on."""
    low = number - number % WIDTH
    return f"{max(low, 1)}–{low + WIDTH - 1}" if number else "0"


def shown(number: int, *, exactly: bool) -> str:
    """The number as it is, or as `few` has it."""
    return str(number) if exactly else few(number)
