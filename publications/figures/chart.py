"""What a chart is: figures at places, in the words in which tables show them; and what it shows, in words for who does not see it.

A chart has nothing of its own: each number in it is a cell of an answer, or a share of one that the API computes alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import groupby

from core.text import Text
from publications.figures import words
from stats.reading.cells import PublishedBounds
from stats.reading.grid import Grid, Row
from stats.reading.marks import CellText
from stats.reading.measures import CellStatus


class ChartKind(StrEnum):
    """How figures are drawn."""

    BARS = "bars"
    YEARS = "years"
    LINES = "lines"
    SHARES = "shares"
    MAP = "map"
    FUNNEL = "funnel"


KINDS = {
    ChartKind.BARS: Text("Søjlediagram", "Bar chart"),
    ChartKind.YEARS: Text("Søjlediagram, år for år", "Bar chart, year by year"),
    ChartKind.LINES: Text("Kurvediagram, år for år", "Line chart, year by year"),
    ChartKind.SHARES: Text("Fordeling år for år", "Distribution year by year"),
    ChartKind.MAP: Text("Kort over Danmarks fem regioner", "Map of the five Danish regions"),
    ChartKind.FUNNEL: Text("Tragt", "Funnel"),
}


class Standing(StrEnum):
    """What a figure is, as the drawing shows it without colour."""

    OURS = "ours"
    EXTERNAL = "external"
    SECRET = "secret"  # noqa: S105 (what is hidden)
    ABSENT = "absent"


@dataclass(frozen=True)
class Point:
    """A figure at its place. `place`: the period or the code; `series`: the code, where places are periods.

    `value`: its number. `band`: the least and the most of a hidden one, where both are told. `share`: of its whole, in per cent.
    """

    place: str
    series: str
    code: str
    cell: CellText
    standing: Standing
    band: tuple[int, int] | None = None
    share: CellText | None = None

    @property
    def value(self) -> float | None:
        """The number, None where there is none."""
        return None if self.cell.value is None else float(self.cell.value)


@dataclass(frozen=True)
class Chart:
    """What is drawn, in a language.

    `places` and `series` are in the order in which they are drawn; a place without points is a gap. `beside`: what the map has no
    room for. `breaks`: the places before which the series breaks. `key`: the marks of its cells and what they mean. `name`: what
    its files are called.
    """

    kind: ChartKind
    language: str
    name: str
    title: str
    unit: str
    places: tuple[str, ...]
    series: tuple[str, ...]
    points: tuple[Point, ...]
    grid: Grid
    key: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    source: str = ""
    breaks: tuple[str, ...] = ()

    @cached_property
    def standings(self) -> frozenset[Standing]:
        """What is among its points."""
        return frozenset(each.standing for each in self.points)

    @cached_property
    def gaps(self) -> str:
        """The places without a point, with why they have none; empty where each has one."""
        gaps = [place for place in self.places if place not in {each.place for each in self.points}]
        why = {ChartKind.SHARES: words.NOT_WHOLE, ChartKind.LINES: words.TOO_FEW}.get(self.kind, words.NO_FIGURES)
        return f"{why(self.language)}: {', '.join(gaps)}." if gaps else ""

    def of_series(self, name: str) -> list[Point]:
        """The points of a series, in the order of the places."""
        return [each for each in self.points if each.series == name]


def funnel(
    title: str, unit: str, stages: Sequence[tuple[str, CellText, bool]], language: str, source: str = "", name: str = ""
) -> Chart:
    """A chart of stages, each a part of the one before: its name, its figure, and whether that is of others."""
    points = tuple(Point(label, "", "", text, standing_of(text.status, others)) for label, text, others in stages)
    rows = tuple(Row(label, False, (text,)) for label, text, _ in stages)
    return Chart(
        ChartKind.FUNNEL,
        language,
        name or f"{ChartKind.FUNNEL}-{language}",
        title,
        unit,
        tuple(label for label, *_ in stages),
        ("",),
        points,
        Grid("", words.STAGE(language), (unit,), rows),
        source=source,
    )


def is_drawn(point: Point) -> bool:
    """Whether there is something to draw of a point but its mark."""
    return point.value is not None or point.band is not None


def standing_of(status: CellStatus, is_external: bool) -> Standing:
    """What a figure of a status is."""
    if status == CellStatus.HIDDEN:
        return Standing.SECRET
    if status in {CellStatus.NOT_PUBLISHED, CellStatus.NOT_COLLECTED, CellStatus.UNDEFINED}:
        return Standing.ABSENT
    return Standing.EXTERNAL if is_external else Standing.OURS


def band_of(interval: PublishedBounds | None) -> tuple[int, int] | None:
    """The ends that are told of a hidden figure: of one under the symbol of its table those of the symbol, and nothing closer."""
    if interval is None:
        return None
    if interval.symbol is not None:
        return 0, interval.symbol
    return None if interval.most is None else (interval.least, interval.most)


def size(point: Point) -> float:
    """How large a point is drawn: its number, or the upper end of its band."""
    return point.value if point.value is not None else float(point.band[1]) if point.band else 0.0


def description_of(chart: Chart) -> str:
    """The description, in sentences."""
    return " ".join((f"{KINDS[chart.kind](chart.language)}: {chart.title}.", *description_sentences(chart)))


def sentence(text: str) -> str:
    """A text with its full stop, which an abbreviation at its end has."""
    return text if text.endswith(".") else f"{text}."


def description_sentences(chart: Chart) -> Iterator[str]:
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
    return ", ".join(f"{each.place} {figure_in_words(each, language)}" for each in points)


def figure_in_words(point: Point, language: str) -> str:
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
