"""Plots of bars: from the left, from below, and divided into parts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

import altair as alt

from publications.figures import labels, look, words
from publications.figures.chart import Chart, ChartKind, Point, Standing
from publications.figures.labels import LINE_HEIGHT, named_places
from publications.figures.look import PictureForm

Row = dict[str, Any]
Layers = alt.LayerChart | alt.FacetChart  # of which altair makes the former, where nothing is repeated
FILLS = {Standing.OURS: look.BLUE, Standing.EXTERNAL: look.url(look.HATCH), Standing.SECRET: look.url(look.DOTS)}
EDGES = {Standing.OURS: look.BLUE, Standing.EXTERNAL: look.BLUE, Standing.SECRET: look.SOFT}
NAME_WIDTH = 230
PART_HEIGHT = 30  # of a row that is divided into parts
PADDING = {"left": 1, "top": 4, "bottom": 4, "right": 4}  # the plot gives way to what stands beside it


def base(rows: Iterable[Mapping[str, Any]]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=[*rows]))


def row_of(point: Point) -> Row:
    """A point as bars show it: from where to where, its text, and how it is filled. One without a length is a text alone."""
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


def fill(chart: alt.Chart, **bar: Any) -> alt.Chart:
    """Bars with their fills and edges."""
    bar_layer: alt.Chart = chart.transform_filter("datum.is_drawn").mark_bar(strokeWidth=1.2, **bar)
    return bar_layer.encode(fill=alt.Fill("fill:N", scale=None), stroke=alt.Stroke("edge:N", scale=None))


def bars(chart: Chart, form: PictureForm) -> Layers:
    """Bars from the left: a row for each place, with its name beside it, or above where the picture is narrow."""
    above, is_funnel = form.is_narrow and chart.kind != ChartKind.YEARS, chart.kind == ChartKind.FUNNEL
    names = {
        place: look.wrap(labels.name_with_mark(place, chart), form.width - 12 if above else NAME_WIDTH, form.text)
        for place in chart.places
    }
    most_lines = max(map(len, names.values()))
    down = LINE_HEIGHT * most_lines / 2 + 1 if above else 0  # of a bar, from the middle of its place
    rows = [row_of(each) for each in chart.points]
    if is_funnel:
        rows = [{**each, "least": -each["most"] / 2, "most": each["most"] / 2} for each in rows]
    end = max(1.0, *(each["most"] for each in rows))
    axis = alt.Axis(domain=not above and not is_funnel, labels=False)
    y = alt.Y("place:N", sort=[*chart.places], scale=alt.Scale(domain=[*chart.places]), axis=axis)
    x = alt.X("least:Q", scale=alt.Scale(domain=[-end if is_funnel else 0, end], nice=False), axis=None)
    place = base(rows).encode(y=y)
    bar = fill(place, size=16, yOffset=down).encode(x=x, x2=alt.X2("most:Q"))
    text = place.mark_text(align="left", dx=6, dy=down, fontSize=form.text, color=look.INK)
    layers = [bar, text.encode(x=alt.X("most:Q"), text=alt.Text("text:N"))]
    for dy, of_line in lines_of_names(names, down - 17 if above else None).items():
        name = base(of_line).mark_text(align="left" if above else "right", dx=0 if above else -10, dy=dy)
        layers.append(
            name.encode(
                size=alt.SizeValue(form.text),
                color=alt.ColorValue(look.INK),
                x=alt.value(0),
                y=y,
                text=alt.Text("name:N"),
            )
        )
    one_line = 24 if chart.kind == ChartKind.YEARS else 32
    step = 33 + LINE_HEIGHT * most_lines if above else max(one_line, LINE_HEIGHT * most_lines + 8)
    layers += labels.level_breaks(chart, y, step / 2)
    return alt.layer(*layers, width=form.width, height=step * len(chart.places), padding=PADDING)


def lines_of_names(names: Mapping[str, Sequence[str]], last: float | None) -> dict[float, list[Row]]:
    """The lines of the names of places, by how far below the middle of its place each stands.

    `last`: where the last line of each stands; None: a name has its middle there.
    """
    by_depth: dict[float, list[Row]] = {}
    for place, lines in names.items():
        bottom = LINE_HEIGHT * (len(lines) - 1) / 2 if last is None else last
        for n, line in enumerate(reversed(lines)):
            by_depth.setdefault(bottom - LINE_HEIGHT * n, []).append({"place": place, "name": line})
    return by_depth


def columns(chart: Chart, form: PictureForm) -> Layers:
    """Bars from below: a column for each period."""
    rows = [row_of(each) for each in chart.points]
    end = max(1.0, max(each["most"] for each in rows) * 1.1)
    x = alt.X(
        "place:N",
        sort=[*chart.places],
        scale=alt.Scale(domain=[*chart.places], paddingInner=0.25),
        axis=alt.Axis(labelAngle=0, values=named_places(chart, form, form.width)),
    )
    y = alt.Y("least:Q", scale=alt.Scale(domain=[0, end], nice=False), axis=None)
    place = base(rows).encode(x=x)
    text = place.mark_text(baseline="bottom", dy=-4, fontSize=form.text, color=look.INK).encode(
        y=alt.Y("most:Q"), text=alt.Text("text:N")
    )
    rules = labels.upright_breaks(chart, form, x, form.width / len(chart.places) / 2)
    return alt.layer(fill(place).encode(y=y, y2=alt.Y2("most:Q")), text, *rules, width=form.width, height=300)


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
    names = {place: labels.name_with_mark(place, chart) for place in chart.breaks}
    axis = alt.Axis(domain=False, labelExpr=f"{json.dumps(names)}[datum.value] || datum.value")
    y = alt.Y("place:N", sort=[*chart.places], scale=alt.Scale(domain=[*chart.places]), axis=axis)
    x = alt.X("least:Q", scale=alt.Scale(domain=[0, 100], nice=False), axis=None)
    place = base(rows).encode(y=y)
    bar = fill(place, size=24).encode(x=x, x2=alt.X2("most:Q"))
    text = place.mark_text(fontSize=form.text).encode(
        x=alt.X("middle:Q"), text=alt.Text("text:N"), color=alt.Color("ink:N", scale=None)
    )
    gap = (
        base(gaps)
        .mark_text(align="left", fontSize=form.text, color=look.SOFT)
        .encode(y=y, x=alt.value(4), text=alt.Text("text:N"))
    )
    rules = labels.level_breaks(chart, y, PART_HEIGHT * 0.45)
    return alt.layer(bar, text, gap, *rules, width=form.width, height=PART_HEIGHT * len(chart.places), padding=PADDING)
