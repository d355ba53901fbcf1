"""The kinds of charts, and what a figure in one is."""

from __future__ import annotations

from enum import StrEnum

from core.text import Text


class ChartKind(StrEnum):
    """How figures are drawn."""

    BARS = "bars"
    YEARS = "years"
    LINES = "lines"
    SHARES = "shares"
    MAP = "map"
    FUNNEL = "funnel"


KINDS = {
    ChartKind.BARS: Text("Søjlediagram", "Bar chart"),
    ChartKind.YEARS: Text("Søjlediagram, år for år", "Bar chart, year by year"),
    ChartKind.LINES: Text("Kurvediagram, år for år", "Line chart, year by year"),
    ChartKind.SHARES: Text("Fordeling år for år", "Distribution year by year"),
    ChartKind.MAP: Text("Kort over Danmarks fem regioner", "Map of the five Danish regions"),
    ChartKind.FUNNEL: Text("Tragt", "Funnel"),
}


class Standing(StrEnum):
    """What a figure is, as the drawing shows it without colour."""

    OURS = "ours"
    EXTERNAL = "external"
    SECRET = "secret"  # noqa: S105 (what is hidden)
    ABSENT = "absent"
