"""What is written in plots: names where they have room, at the ends of lines and below periods, and the breaks of a series.

A break is a broken rule before the period, and the mark that the key explains.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil

import altair as alt

from publications.figures import look
from publications.figures.chart import Chart, ChartKind, is_drawn, size
from publications.figures.look import NARROW, WIDE, PictureForm
from stats.reading.marks import MARKS
from stats.reading.measures import CellStatus

LABEL_WIDTH = 150
LINE_HEIGHT = 15
LINES_HEIGHT = 295  # of a plot of lines, without its periods
GAP = 4  # between two names
PERIOD_GAP = 8  # between two periods
LEAST_WIDTH = {NARROW.id: 310, WIDE.id: 500}  # of a plot of lines, beside its numbers and its names


@dataclass(frozen=True)
class LineLabel:
    """The name of a line: in lines of text, with its colour and its symbol. `middle`: how many pixels it is above the zero."""

    lines: list[str]
    middle: float
    colour: str
    shape: str

    @property
    def half(self) -> float:
        """The half of its height, in pixels."""
        return LINE_HEIGHT * len(self.lines) / 2


def end_of(chart: Chart) -> float:
    """The number at the upper end of a plot of lines."""
    return max(1.0, max(map(size, chart.points)) * 1.06)


def line_labels(chart: Chart, form: PictureForm) -> list[LineLabel]:
    """The names of lines at their ends, from below, none on another. None, where they have no room: then a key has them."""
    if form.is_narrow or chart.kind != ChartKind.LINES:
        return []
    names = sorted((label_of(chart, form, n) for n in range(len(chart.series))), key=lambda each: each.middle)
    room = LINES_HEIGHT - sum(2 * each.half for each in names) - GAP * (len(names) - 1)
    return spread(names) if room >= 0 else []


def label_of(chart: Chart, form: PictureForm, n: int) -> LineLabel:
    """The name of a series, at its last figure."""
    name = chart.series[n]
    last = next(each for each in reversed(chart.of_series(name)) if is_drawn(each))
    middle = last.value if last.value is not None else sum(last.band or (0, 0)) / 2
    height = middle * LINES_HEIGHT / end_of(chart)
    return LineLabel(look.wrap(name, LABEL_WIDTH, form.text), height, look.LINES[n], look.SHAPES[n])


def spread(names: Sequence[LineLabel]) -> list[LineLabel]:
    """Names that have room in a plot, none on another: pushed up from the zero, then down from the end where they pass it."""
    floor, ceiling = 0.0, float(LINES_HEIGHT)
    up, down = [], []
    for each in names:
        up.append(replace(each, middle=max(each.middle, floor + each.half)))
        floor = up[-1].middle + each.half + GAP
    for each in reversed(up):
        down.append(replace(each, middle=min(each.middle, ceiling - each.half)))
        ceiling = down[-1].middle - each.half - GAP
    return down[::-1]


def named_places(chart: Chart, form: PictureForm, width: float) -> list[str]:
    """The periods that are named below a plot of a width: all of them, or every second, third and so on, as there is room."""
    widest = max(look.breadth(each, form.text) for each in chart.places) + PERIOD_GAP
    return [*chart.places][:: ceil(len(chart.places) * widest / width)]


def has_room_for_columns(chart: Chart, form: PictureForm) -> bool:
    """Whether columns are so far apart that no text above one meets the next."""
    step = form.width / len(chart.places)
    places = [(chart.places.index(each.place) * step, look.breadth(each.cell.text, form.text)) for each in chart.points]
    return all(there - here > (one + other) / 2 for (here, one), (there, other) in pairwise(places))


MARK = MARKS[CellStatus.BREAK]
DASHES = [4, 3]


def upright_breaks(chart: Chart, form: PictureForm, x: alt.X, half: float) -> list[alt.Chart]:
    """Rules between periods that stand beside each other, with the mark above. `half`: of the way from one to the next."""
    if not chart.breaks:
        return []
    place = chart_of_breaks(chart).encode(x=x)
    text = place.mark_text(xOffset=-half, dy=-2, baseline="bottom", fontSize=form.small, color=look.SOFT)
    return [
        place.mark_rule(xOffset=-half, strokeDash=DASHES, color=look.SOFT),
        text.encode(y=alt.value(0), text=alt.value(MARK)),
    ]


def level_breaks(chart: Chart, y: alt.Y, half: float) -> list[alt.Chart]:
    """Rules between periods that stand below each other, whose names have the mark."""
    if not chart.breaks:
        return []
    return [chart_of_breaks(chart).encode(y=y).mark_rule(yOffset=-half, strokeDash=DASHES, color=look.SOFT)]


def chart_of_breaks(chart: Chart) -> alt.Chart:
    """A chart of the periods before which the series breaks."""
    return alt.Chart(alt.InlineData(values=[{"place": each} for each in chart.breaks]))


def name_with_mark(place: str, chart: Chart) -> str:
    """The name of a period, with the mark where the series breaks before it."""
    return f"{place} {MARK}" if place in chart.breaks else place
