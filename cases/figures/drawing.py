"""Drawing a chart: from figures in words to pictures. This is for commands; no web process draws, or imports this."""

from __future__ import annotations

from dataclasses import dataclass

import vl_convert

from cases.figures import description, frame, plots, regions
from cases.figures.chart import Chart
from cases.figures.frame import Part
from cases.figures.kinds import ChartKind
from cases.figures.look import NARROW, WIDE, PictureForm
from cases.statistics.reading.grid import Grid

MARGIN = 24  # around a picture that stands alone
SCALE = 2  # of the PNG: pixels for each of the SVG


@dataclass(frozen=True)
class Drawing:
    """A chart that was drawn.

    `svg` is 720 pixels wide and `portrait` 360; each is one element that can stand in a page. `png` is the wide one in twice as
    many pixels.
    `alt`: what it shows, in words with its figures. `grid`: the same as a table. `name`: what its files are called, without an end.
    """

    name: str
    title: str
    alt: str
    svg: str
    portrait: str
    png: bytes
    grid: Grid


def draw(chart: Chart) -> Drawing:
    """The drawing of a chart. The same chart gives the same bytes."""
    alt, wide = description.of(chart), body(chart, WIDE)
    svg, portrait = frame.picture(chart, WIDE, wide, alt), frame.picture(chart, NARROW, body(chart, NARROW), alt)
    return Drawing(
        chart.name, chart.title, alt, svg, portrait, png(frame.picture(chart, WIDE, wide, alt, MARGIN)), chart.grid
    )


def body(chart: Chart, form: PictureForm) -> Part:
    """What is drawn of the figures."""
    if chart.kind == ChartKind.MAP:
        return Part(*regions.plot(chart, form))
    return frame.embed(plots.plot(chart, form))


def png(svg: str) -> bytes:
    """An SVG as PNG."""
    plots.register_fonts()
    return bytes(vl_convert.svg_to_png(svg, scale=SCALE))
