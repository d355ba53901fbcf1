"""A table of figures as a picture, in one place. This is for commands: no web process draws."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from publications.annual.document import Block, Picture, Table
from publications.figures import frame
from publications.figures.chart import Chart
from publications.figures.description import description_of
from publications.figures.drawing import body
from publications.figures.look import NARROW, WIDE, PictureForm
from publications.figures.rules import charts_of
from stats.reading.table import Figures


def picture(figures: Figures, table: Table, language: str) -> Block:
    """The figures as a chart with its table; the table alone where there is nothing to draw."""
    chart = next(iter(charts_of(figures, language)), None)
    return table if chart is None else picture_of(chart, table)


def picture_of(chart: Chart, table: Table) -> Picture:
    """A chart with the table of its figures, under whose caption it stands."""
    chart = replace(chart, name=f"report-{table.id}-{chart.language}", title=table.caption)
    wide, narrow = (plain(chart, form) for form in (WIDE, NARROW))
    return Picture(table.id, table.caption, description_of(chart), wide, table, narrow)


@lru_cache(maxsize=128)
def plain(chart: Chart, form: PictureForm) -> str:
    """The drawing alone: title, key and source stand around it in the report, and so does what it shows in words.

    A person may rewrite those words, so that the drawing has none.

    Kept for a while: a draft that is made again has mostly the same charts.
    """
    bare = replace(chart, title="", key=(), source="")
    return frame.picture(bare, form, body(bare, form))
