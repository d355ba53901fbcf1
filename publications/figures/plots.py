"""The plots of charts, by altair and vl-convert, without titles and keys, which the picture has."""

from __future__ import annotations

from functools import cache

import altair as alt
import vl_convert
from altair.utils.schemapi import debug_mode

from publications.figures import look
from publications.figures.bars import Layers, bars, columns, parts
from publications.figures.chart import Chart
from publications.figures.kinds import ChartKind
from publications.figures.labels import has_room_for_columns
from publications.figures.lines import lines
from publications.figures.look import PictureForm
from stats.reading.marks import DECIMAL, THOUSANDS


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
