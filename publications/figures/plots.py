"""The plots of charts, by altair and vl-convert, without titles and keys, which the picture has. Those of lines are made here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import altair as alt
import vl_convert
from altair.utils.schemapi import debug_mode

from publications.figures import labels, look
from publications.figures.bars import PADDING, Layers, Row, bars, base, columns, fill, parts, row_of
from publications.figures.chart import Chart, ChartKind, Standing
from publications.figures.labels import (
    LEAST_WIDTH,
    LINE_HEIGHT,
    LINES_HEIGHT,
    LineLabel,
    end_of,
    has_room_for_columns,
    line_labels,
    named_places,
)
from publications.figures.look import PictureForm
from stats.reading.marks import DECIMAL, THOUSANDS


def lines(chart: Chart, form: PictureForm) -> Layers:
    """A line for each series, which a gap or a break ends; hidden figures told within ends are bars from one to the other."""
    end, height = end_of(chart), 233 if form.is_narrow else LINES_HEIGHT
    rows = [row for n, name in enumerate(chart.series) for row in rows_of_line(chart, name, n)]
    x, y = axes(chart, end, form)
    colour, edge, shape = (
        alt.Color("colour:N", scale=None),
        alt.Stroke("colour:N", scale=None),
        alt.Shape("shape:N", scale=None),
    )
    layers: list[alt.Chart | Layers] = []
    for n in range(len(chart.series)):
        of_series = base(each for each in rows if each["is_band"] and each["series"] == n).encode(x=x)
        layers.append(
            fill(of_series, width=8, xOffset=offset_of(n, chart)).encode(y=y, y2=alt.Y2("most:Q"), stroke=edge)
        )
        # A sign above a bar says whose it is. Where there is one series it would be read as a number.
        if len(chart.series) > 1:
            sign = of_series.mark_point(size=22, filled=True, opacity=1, xOffset=offset_of(n, chart), yOffset=-7)
            layers.append(sign.encode(y=alt.Y("most:Q"), shape=shape, color=colour))
    numbers = base(rows).transform_filter("datum.is_number").encode(x=x, y=alt.Y("most:Q"))
    layers.append(numbers.mark_line(strokeWidth=2.4).encode(detail=alt.Detail("run:N"), color=colour))
    points = numbers.mark_point(size=52, strokeWidth=2, opacity=1)
    layers.append(points.encode(shape=shape, stroke=edge, fill=alt.Fill("inside:N", scale=None)))
    layers += labels.upright_breaks(chart, form, x, LEAST_WIDTH[form.id] / len(chart.places) / 2)
    if names := line_labels(chart, form):
        layers.append(end_labels(names, end, form))
    # A pixel of the height is one of the plot, in which the names stand: what is below it comes on top.
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    return alt.layer(*layers, width=form.width, height=height, padding=PADDING, autosize=fit)


def axes(chart: Chart, end: float, form: PictureForm) -> tuple[alt.X, alt.Y]:
    """The periods, of which as many are named as there is room for; and the numbers from zero to the end."""
    names = named_places(chart, form, LEAST_WIDTH[form.id])
    periods = alt.Scale(domain=[*chart.places], type="point", padding=0.5)
    grid = alt.Axis(
        grid=True, gridColor="#e3e3e3", tickCount=5, tickMinStep=1, domain=False, format=",d", labelColor=look.SOFT
    )
    return (
        alt.X("place:N", sort=[*chart.places], scale=periods, axis=alt.Axis(labelAngle=0, values=names)),
        alt.Y("least:Q", scale=alt.Scale(domain=[0, end], nice=False), axis=grid),
    )


def offset_of(n: int, chart: Chart) -> float:
    """How far the bands of a series stand from the middle of their place, in pixels: none on another."""
    return 10 * (n - (len(chart.series) - 1) / 2)


def rows_of_line(chart: Chart, name: str, n: int) -> list[Row]:
    """The points of a series with the run that each is part of: a place without a number ends one, and so does a break."""
    points = {each.place: each for each in chart.of_series(name)}
    rows, run = [], 0
    for place in chart.places:
        point = points.get(place)
        is_number = point is not None and point.value is not None
        run += not is_number or place in chart.breaks
        if point is not None:
            inside = look.PAPER if point.standing == Standing.EXTERNAL else look.LINES[n]
            signs = {
                "colour": look.LINES[n],
                "inside": inside,
                "shape": look.SHAPES[n],
                "run": f"{n}-{run}",
                "series": n,
            }
            rows.append({**row_of(point), **signs, "is_number": is_number, "is_band": point.band is not None})
    return rows


def end_labels(names: Sequence[LineLabel], end: float, form: PictureForm) -> Layers:
    """The names of lines at their ends with their symbols. All is in units of the figures."""
    unit = end / LINES_HEIGHT  # of a pixel
    signs = [{"at": each.middle * unit, "colour": each.colour, "shape": each.shape} for each in names]
    texts = [
        {"at": (each.middle + each.half - LINE_HEIGHT * (n + 0.5)) * unit, "text": line, "colour": each.colour}
        for each in names
        for n, line in enumerate(each.lines)
    ]
    x, y, colour = alt.value("width"), alt.Y("at:Q"), alt.Color("colour:N", scale=None)
    sign = base(signs).mark_point(size=46, opacity=1, filled=True, xOffset=16)
    text = base(texts).mark_text(align="left", baseline="middle", dx=26, fontSize=form.text, fontWeight=600)
    return alt.layer(
        sign.encode(x=x, y=y, color=colour, shape=alt.Shape("shape:N", scale=None)),
        text.encode(x=x, y=y, text=alt.Text("text:N"), color=colour),
    )


@cache
def register_fonts() -> None:
    """Let vl-convert know the font of the pages. Once in a process."""
    vl_convert.register_font_directory(str(look.FONTS))


def plot(chart: Chart, form: PictureForm) -> str:
    """The plot of a chart as SVG, as wide as the form.

    Altair compares each of its words with the schema of Vega-Lite, which is half of the work of a drawing: tests have that done.
    """
    register_fonts()
    with debug_mode(False):
        layers = with_look(layers_of(chart, form), form).to_dict(validate=False)
    locale = {
        "decimal": DECIMAL[chart.language],
        "thousands": THOUSANDS[chart.language],
        "grouping": [3],
        "currency": ["", ""],
    }
    return vl_convert.vegalite_to_svg(layers, allowed_base_urls=[], format_locale=locale)


def layers_of(chart: Chart, form: PictureForm) -> Layers:
    """The layers by the kind of the chart. Columns that have no room become bars."""
    match chart.kind:
        case ChartKind.YEARS if not form.is_narrow and has_room_for_columns(chart, form):
            return columns(chart, form)
        case ChartKind.LINES:
            return lines(chart, form)
        case ChartKind.SHARES:
            return parts(chart, form)
        case _:
            return bars(chart, form)


def with_look(layers: Layers, form: PictureForm) -> Layers:
    """Layers with the look of all plots: the plot gives way to what stands beside it, and axes are quiet.

    It is set in one place of these same layers: each call of `configure` copies all of them.
    """
    layers.config = alt.Config(
        font=look.FONT.partition(",")[0],
        background="transparent",
        autosize=alt.AutoSizeParams(type="fit", contains="padding"),
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(
            labelFontSize=form.text,
            labelColor=look.INK,
            labelLimit=0,
            labelOverlap=False,
            domainColor=look.INK,
            tickColor=look.INK,
            ticks=False,
            grid=False,
            title=None,
            labelPadding=6,
        ),
    )
    return layers
