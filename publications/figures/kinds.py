"""The kinds of charts, and what a figure in one is."""

from __future__ import annotations

from enum import StrEnum


class ChartKind(StrEnum):
    """How figures are drawn."""

    BARS = "bars"
    YEARS = "years"
    LINES = "lines"
    SHARES = "shares"
    MAP = "map"
    FUNNEL = "funnel"


class Standing(StrEnum):
    """What a figure is, as the drawing shows it without colour."""

    OURS = "ours"
    EXTERNAL = "external"
    SECRET = "secret"  # noqa: S105 (what is hidden)
    ABSENT = "absent"
