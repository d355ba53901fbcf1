"""Plots of lines over the years."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import altair as alt

from cases.figures import look
from cases.figures.bars import LINE_HEIGHT, PADDING, Layers, Row, base, fill, row_of
from cases.figures.chart import Chart, is_drawn, size
from cases.figures.kinds import Standing
from cases.figures.look import PictureForm

LABEL_WIDTH = 150


@dataclass(frozen=True)
class LineLabel:
    """The name of a line: in lines of text, beside its last figure, with its colour and its symbol."""

    lines: list[str]
    of_end: float
    colour: str
    shape: str


def lines(chart: Chart, form: PictureForm) -> Layers:
    """A line for each series, which a gap breaks; hidden figures that are told within ends are bars from one to the other."""
    end = max(1.0, max(map(size, chart.points)) * 1.06)
    height = 320 if not form.is_narrow else 260
    rows = [row for n, name in enumerate(chart.series) for row in rows_of_line(chart, name, n)]
    narrow_ticks = [*chart.places][:: 1 + len(chart.places) // (7 if form.is_narrow else 14)]
    x = alt.X(
        "place:N",
        sort=[*chart.places],
        scale=alt.Scale(domain=[*chart.places], type="point", padding=0.5),
        axis=alt.Axis(labelAngle=0, values=narrow_ticks),
    )
    axis = alt.Axis(
        grid=True, gridColor="#e3e3e3", tickCount=5, tickMinStep=1, domain=False, format=",d", labelColor=look.SOFT
    )
    y = alt.Y("least:Q", scale=alt.Scale(domain=[0, end], nice=False), axis=axis)
    colour = alt.Color("colour:N", scale=None)
    place = base(rows).encode(x=x)
    bands = [
        fill(
            base(each for each in rows if each["is_band"] and each["series"] == n), width=8, xOffset=aside(n, chart)
        ).encode(x=x, y=y, y2="most:Q", stroke=alt.Stroke("colour:N", scale=None))
        for n in range(len(chart.series))
    ]
    numbers = place.transform_filter("datum.is_number").encode(y=alt.Y("most:Q"))
    line = numbers.mark_line(strokeWidth=2.4).encode(detail="run:N", color=colour)
    points = numbers.mark_point(size=52, strokeWidth=2, opacity=1).encode(
        shape=alt.Shape("shape:N", scale=None),
        stroke=alt.Stroke("colour:N", scale=None),
        fill=alt.Fill("inside:N", scale=None),
    )
    layers = [*bands, line, points]
    if not form.is_narrow:
        layers.append(end_labels(chart, end, height, form))
    return alt.layer(*layers).properties(width=form.width, height=height, padding=PADDING)


def aside(n: int, chart: Chart) -> float:
    """How far the bands of a series stand from the middle of their place, in pixels: none on another."""
    return 9 * (n - (len(chart.series) - 1) / 2)


def rows_of_line(chart: Chart, name: str, n: int) -> list[Row]:
    """The points of a series with the run that each is part of: a place without a number ends one."""
    points = {each.place: each for each in chart.of_series(name)}
    rows, run = [], 0
    for place in chart.places:
        point = points.get(place)
        is_number = point is not None and point.value is not None
        run += not is_number
        if point is not None:
            inside = look.PAPER if point.standing == Standing.ELSEWHERE else look.LINES[n]
            signs = {
                "colour": look.LINES[n],
                "inside": inside,
                "shape": look.SHAPES[n],
                "run": f"{n}-{run}",
                "series": n,
            }
            rows.append({**row_of(point), **signs, "is_number": is_number, "is_band": point.band is not None})
    return rows


def end_labels(chart: Chart, end: float, height: float, form: PictureForm) -> Layers:
    """The names of lines at their ends with their symbols, none on another. All is in units of the figures."""
    unit = end / height  # of a pixel
    ends = [(each.of_end, each) for each in map(partial(label_of, chart, form), range(len(chart.series)))]
    floor, texts, signs = 0.0, [], []
    for at, label in sorted(ends, key=lambda pair: pair[0]):
        half = LINE_HEIGHT * len(label.lines) / 2 * unit
        middle = max(at, floor + half)
        floor = middle + half + 4 * unit
        signs.append({"at": middle, "colour": label.colour, "shape": label.shape})
        top = middle + half - LINE_HEIGHT / 2 * unit
        texts += [
            {"at": top - LINE_HEIGHT * n * unit, "text": line, "colour": label.colour}
            for n, line in enumerate(label.lines)
        ]
    x, y, colour = alt.value("width"), alt.Y("at:Q"), alt.Color("colour:N", scale=None)
    sign = base(signs).mark_point(size=46, opacity=1, filled=True, xOffset=16)
    text = base(texts).mark_text(align="left", baseline="middle", dx=26, fontSize=form.text, fontWeight=600)
    return alt.layer(
        sign.encode(x=x, y=y, color=colour, shape=alt.Shape("shape:N", scale=None)),
        text.encode(x=x, y=y, text="text:N", color=colour),
    )


def label_of(chart: Chart, form: PictureForm, n: int) -> LineLabel:
    """The name of a series, at its last figure."""
    name = chart.series[n]
    last = next(each for each in reversed(chart.of_series(name)) if is_drawn(each))
    middle = last.value if last.value is not None else sum(last.band or (0, 0)) / 2
    return LineLabel(look.wrap(name, LABEL_WIDTH, form.text), middle, look.LINES[n], look.SHAPES[n])
