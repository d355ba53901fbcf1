"""Breaks of a series in plots: a broken rule before the period, and the mark that the key explains."""

from __future__ import annotations

import altair as alt

from publications.figures import look
from publications.figures.chart import Chart
from publications.figures.look import PictureForm
from stats.reading.marks import MARKS
from stats.reading.measures import CellStatus

MARK = MARKS[CellStatus.BREAK]
DASHES = [4, 3]


def upright(chart: Chart, form: PictureForm, x: alt.X, half: float) -> list[alt.Chart]:
    """Rules between periods that stand beside each other, with the mark above. `half`: of the way from one to the next."""
    if not chart.breaks:
        return []
    place = places(chart).encode(x=x)
    text = place.mark_text(xOffset=-half, dy=-2, baseline="bottom", fontSize=form.small, color=look.SOFT)
    return [
        place.mark_rule(xOffset=-half, strokeDash=DASHES, color=look.SOFT),
        text.encode(y=alt.value(0), text=alt.value(MARK)),
    ]


def level(chart: Chart, y: alt.Y, half: float) -> list[alt.Chart]:
    """Rules between periods that stand below each other, whose names have the mark."""
    if not chart.breaks:
        return []
    return [places(chart).encode(y=y).mark_rule(yOffset=-half, strokeDash=DASHES, color=look.SOFT)]


def places(chart: Chart) -> alt.Chart:
    """A chart of the periods before which the series breaks."""
    return alt.Chart(alt.InlineData(values=[{"place": each} for each in chart.breaks]))


def name_of(place: str, chart: Chart) -> str:
    """The name of a period, with the mark where the series breaks before it."""
    return f"{place} {MARK}" if place in chart.breaks else place
