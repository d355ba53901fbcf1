"""The plots of charts, by altair and vl-convert, without titles and keys, which the picture has."""

from __future__ import annotations

from functools import cache

import altair as alt
import vl_convert

from cases.figures import look
from cases.figures.bars import Layers, bars, columns, parts
from cases.figures.chart import Chart
from cases.figures.kinds import ChartKind
from cases.figures.lines import lines
from cases.figures.look import PictureForm
from cases.statistics.reading.marks import DECIMAL, THOUSANDS


@cache
def register_fonts() -> None:
    """Let vl-convert know the font of the pages. Once in a process."""
    vl_convert.register_font_directory(str(look.FONTS))


def plot(chart: Chart, form: PictureForm) -> str:
    """The plot of a chart as SVG, as wide as the form."""
    match chart.kind:
        case ChartKind.YEARS if not form.is_narrow:
            layers = columns(chart, form)
        case ChartKind.LINES:
            layers = lines(chart, form)
        case ChartKind.SHARES:
            layers = parts(chart, form)
        case _:
            layers = bars(chart, form)
    return render(layers, form, chart.language)


def render(layers: Layers, form: PictureForm, language: str) -> str:
    """Layers as SVG."""
    register_fonts()
    layers = (
        layers.configure(
            font="IBM Plex Sans", background="transparent", autosize=alt.AutoSizeParams(type="fit", contains="padding")
        )
        .configure_view(stroke=None)
        .configure_axis(
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
        )
    )
    locale = {"decimal": DECIMAL[language], "thousands": THOUSANDS, "grouping": [3], "currency": ["", ""]}
    return vl_convert.vegalite_to_svg(layers.to_dict(), allowed_base_urls=[], format_locale=locale)
