"""Plots of bars: from the left, from below, and divided into parts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import altair as alt

from cases.figures import look, words
from cases.figures.chart import Chart, Point
from cases.figures.kinds import ChartKind, Standing
from cases.figures.look import PictureForm

Row = dict[str, Any]
Layers = alt.LayerChart | alt.FacetChart  # of which altair makes the former, where nothing is repeated
FILLS = {Standing.OURS: look.BLUE, Standing.ELSEWHERE: look.url(look.HATCH), Standing.SECRET: look.url(look.DOTS)}
EDGES = {Standing.OURS: look.BLUE, Standing.ELSEWHERE: look.BLUE, Standing.SECRET: look.SOFT}
LINE_HEIGHT = 15


def base(rows: Iterable[Mapping[str, Any]]) -> alt.Chart:
    """A chart of rows."""
    return alt.Chart(alt.InlineData(values=[*rows]))


def row_of(point: Point) -> Row:
    """A point as bars show it: from where to where, its text, and how it is filled. One that is not bars_drawn is a text alone."""
    least, most = point.band or (0, point.value or 0)
    return {
        "place": point.place,
        "least": least,
        "most": most,
        "text": point.cell.text,
        "fill": FILLS.get(point.standing, look.PAPER),
        "edge": EDGES.get(point.standing, look.PAPER),
        "is_drawn": most > least,
    }


def room_for_texts(rows: Sequence[Row], width: float, form: PictureForm) -> float:
    """The end of a scale on which every bar has room for its text behind it."""
    ends: Iterator[float] = (
        each["most"] * width / max(width - look.breadth(each["text"], form.text) - 8, width / 3) for each in rows
    )
    return max(1.0, *ends)


def fill(chart: alt.Chart, **bar: Any) -> alt.Chart:
    """Bars with their fills and edges."""
    bars_drawn: alt.Chart = chart.transform_filter("datum.is_drawn").mark_bar(strokeWidth=1.2, **bar)
    return bars_drawn.encode(fill=alt.Fill("fill:N", scale=None), stroke=alt.Stroke("edge:N", scale=None))


def bars(chart: Chart, form: PictureForm) -> Layers:
    """Bars from the left: a row for each place, with its name beside it, or above where the picture is narrow."""
    above = form.is_narrow and chart.kind != ChartKind.YEARS
    rows = [row_of(each) for each in chart.points]
    step = 24 if chart.kind == ChartKind.YEARS else 48 if above else 32
    room = form.width - (10 if above else 60 if chart.kind == ChartKind.YEARS else 250)
    if chart.kind == ChartKind.FUNNEL:
        rows = [{**each, "least": -each["most"] / 2, "most": each["most"] / 2} for each in rows]
    end = room_for_texts(rows, room, form)
    begin = -end if chart.kind == ChartKind.FUNNEL else 0
    axis = alt.Axis(
        domain=not above and chart.kind != ChartKind.FUNNEL,
        labels=not above,
        labelExpr=line_breaks(chart.places, form),
        labelLineHeight=LINE_HEIGHT,
    )
    y = alt.Y("place:N", sort=[*chart.places], scale=alt.Scale(domain=[*chart.places]), axis=axis)
    x = alt.X("least:Q", scale=alt.Scale(domain=[begin, end], nice=False), axis=None)
    place = base(rows).encode(y=y)
    bar = fill(place, size=16, yOffset=8 if above else 0).encode(x=x, x2="most:Q")
    text = place.mark_text(align="left", dx=6, dy=8 if above else 0, fontSize=form.text, color=look.INK).encode(
        x=alt.X("most:Q"), text="text:N"
    )
    layers = [bar, text]
    if above:
        layers.append(
            place.mark_text(align="left", dy=-13, fontSize=form.text, color=look.INK).encode(
                x=alt.value(0), text="place:N"
            )
        )
    return alt.layer(*layers).properties(width=form.width, height=step * len(chart.places) + 4)


def line_breaks(names: Iterable[str], form: PictureForm) -> str:
    """An expression that gives the lines of a label."""
    lines = {name: look.wrap(name, 230, form.text) for name in names}
    return f"({json.dumps(lines, ensure_ascii=False)})[datum.value]"


def columns(chart: Chart, form: PictureForm) -> Layers:
    """Bars from below: a column for each period."""
    rows = [row_of(each) for each in chart.points]
    end = max(1.0, max(each["most"] for each in rows) * 1.1)
    x = alt.X(
        "place:N",
        sort=[*chart.places],
        scale=alt.Scale(domain=[*chart.places], paddingInner=0.25),
        axis=alt.Axis(labelAngle=0),
    )
    y = alt.Y("least:Q", scale=alt.Scale(domain=[0, end], nice=False), axis=None)
    place = base(rows).encode(x=x)
    text = place.mark_text(baseline="bottom", dy=-4, fontSize=form.text, color=look.INK).encode(
        y=alt.Y("most:Q"), text="text:N"
    )
    return alt.layer(fill(place).encode(y=y, y2="most:Q"), text).properties(width=form.width, height=300)


def parts(chart: Chart, form: PictureForm) -> Layers:
    """A row for each period, divided into its parts; one without all of its parts says so."""
    rows, least_share = [], 12 if form.is_narrow else 6
    for place, points in groupby(chart.points, key=lambda each: each.place):
        begin = 0.0
        whole = [*points]
        total = sum(each.value or 0 for each in whole)
        for point in whole:
            n, width = chart.series.index(point.series), 100 * (point.value or 0) / total
            text = point.share.text if point.share and width >= least_share else ""
            rows.append(
                {"place": place, "least": begin, "most": begin + width, "middle": begin + width / 2, "text": text}
            )
            rows[-1] |= {"fill": look.PARTS[n][0], "ink": look.PARTS[n][1], "edge": look.INK, "is_drawn": width > 0}
            begin += width
    gaps = [
        {"place": place, "text": words.NOT_WHOLE(chart.language)}
        for place in chart.places
        if place not in {row["place"] for row in rows}
    ]
    y = alt.Y("place:N", sort=[*chart.places], scale=alt.Scale(domain=[*chart.places]), axis=alt.Axis(domain=False))
    x = alt.X("least:Q", scale=alt.Scale(domain=[0, 100], nice=False), axis=None)
    place = base(rows).encode(y=y)
    bar = fill(place, size=24).encode(x=x, x2="most:Q")
    text = place.mark_text(fontSize=form.text).encode(
        x=alt.X("middle:Q"), text="text:N", color=alt.Color("ink:N", scale=None)
    )
    gap = (
        base(gaps)
        .mark_text(align="left", fontSize=form.text, color=look.SOFT)
        .encode(y=y, x=alt.value(4), text="text:N")
    )
    padding = {"left": 4, "top": 4, "bottom": 4, "right": 8}
    return alt.layer(bar, text, gap).properties(width=form.width, height=30 * len(chart.places), padding=padding)
