"""What a chart shows, in words with its figures: for who does not see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from publications.figures import words
from publications.figures.chart import Chart, Point
from publications.figures.kinds import KINDS, ChartKind, Standing


def description_of(chart: Chart) -> str:
    """The description, in sentences."""
    return " ".join((f"{KINDS[chart.kind](chart.language)}: {chart.title}.", *sentences(chart)))


def sentence(text: str) -> str:
    """A text with its full stop, which an abbreviation at its end has."""
    return text if text.endswith(".") else f"{text}."


def sentences(chart: Chart) -> Iterator[str]:
    """The figures, then what is missing."""
    match chart.kind:
        case ChartKind.LINES:
            for name in chart.series:
                yield sentence(f"{name}: {list_places(chart.of_series(name), chart.language)}")
        case ChartKind.SHARES:
            for place, points in groupby(chart.points, key=lambda each: each.place):
                parts = ", ".join(f"{each.series} {each.share.text}" for each in points if each.share)
                yield sentence(f"{place}: {parts}")
        case _:
            yield sentence(list_places(chart.points, chart.language))
    if chart.breaks:
        yield words.breaks(chart.breaks, chart.language)
    if chart.gaps:
        yield chart.gaps
    yield from chart.notes


def list_places(points: Sequence[Point], language: str) -> str:
    return ", ".join(f"{each.place} {telling(each, language)}" for each in points)


def telling(point: Point, language: str) -> str:
    """A figure as it is read aloud. A hidden one is named as such, with its range where one is told."""
    match point.standing:
        case Standing.SECRET:
            # Without the mark of its cell, which would be read aloud.
            hidden = words.HIDDEN(language)
            return f"{hidden} ({point.band[0]}–{point.band[1]})" if point.band else hidden
        case Standing.ABSENT:
            return words.NOT_PUBLISHED(language)
        case Standing.EXTERNAL:
            return f"{point.cell.text} ({words.OF_OTHERS(language)})"
        case _:
            return point.cell.text
