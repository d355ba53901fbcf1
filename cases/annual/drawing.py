"""A table of figures as a picture, in one place. This is for commands: no web process draws."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from cases.annual.document import Block, Picture, Table
from cases.figures import description, frame
from cases.figures.chart import Chart
from cases.figures.drawing import body
from cases.figures.look import NARROW, WIDE, PictureForm
from cases.figures.rules import charts_of
from cases.statistics.reading.table import Figures


def picture(figures: Figures, table: Table, language: str) -> Block:
    """The figures as a chart with its table; the table alone where there is nothing to draw."""
    chart = next(iter(charts_of(figures, language)), None)
    if chart is None:
        return table
    chart = replace(chart, name=f"report-{table.id}-{language}", title=table.caption)
    alternative = description.of(chart)
    wide, narrow = (plain(chart, form, alternative) for form in (WIDE, NARROW))
    return Picture(table.id, table.caption, alternative, wide, table, narrow)


@lru_cache(maxsize=64)
def plain(chart: Chart, form: PictureForm, alternative: str) -> str:
    """The drawing alone: title, key, notes and source stand around it in the report.

    Kept for a while: a draft that is made again has mostly the same charts.
    """
    bare = replace(chart, title="", key=(), notes=(), source="")
    return frame.picture(bare, form, body(bare, form), alternative)
