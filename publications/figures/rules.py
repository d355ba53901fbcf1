"""Which charts an answer has. It follows from the sides and the periods of the answer alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from cases.codelists.types import TOTAL
from publications.figures import words
from publications.figures.chart import Chart, ChartKind, Point, Standing, band_of, is_drawn, size, standing_of
from publications.figures.regions import SHAPES
from stats.reading import external_words, wording
from stats.reading.entries import EXTERNAL
from stats.reading.grid import Arrangement
from stats.reading.layout import AnswerAxis
from stats.reading.marks import MARKS, SUFFIXES, CellText, cell, key_of, number
from stats.reading.measures import CellStatus, Measure, share
from stats.reading.table import Figures

MOST_BARS = 20  # of a picture; the table has them all
MOST_LINES = 6  # that an eye can follow
MOST_PARTS = 6  # of a whole
FEW_BARS = 7  # of longer pictures the rows without persons or figures are left out
FEWEST_WHOLES = 3  # years of which every part is shown, and half of all: with more gaps than rows a picture says little
LEAST_PUBLISHED = 0.9  # of a year's persons: with fewer the largest part that is published need not be the largest
MOST_HIDDEN = 0.5  # of the points of lines: beyond it there are more bands than lines
OVER_YEARS = frozenset({ChartKind.YEARS, ChartKind.LINES, ChartKind.SHARES})
WITH_MARKS = frozenset({ChartKind.BARS, ChartKind.YEARS, ChartKind.MAP})  # that show the texts of their cells


def charts_of(figures: Figures, language: str) -> tuple[Chart, ...]:
    """The charts of an answer. None where it has more than one side, or only a single number to draw."""
    return tuple(each for each in Charting(figures, language).charts() if sum(map(is_drawn, each.points)) > 1)


def too_thin(figures: Figures) -> dict[int, tuple[int, int]]:
    """The periods of an answer of which nothing is drawn: by place how many persons are in published parts, and how many there are.

    What is hidden counts as published: an interval is told of it.
    """
    column = next(each for each in figures.columns if each.measure == Measure.COUNT)
    width = len(column.values) // len(figures.periods)
    if len(figures.sides) != 1 or figures.sides[0].codes[0].code != TOTAL or not figures.query.dataset.additive:
        return {}
    thin = {}
    for n, begin in enumerate(range(0, len(column.values), width)):
        total, *parts = column.values[begin : begin + width]
        number_known = int(sum(value or 0 for value in parts))
        is_partial = CellStatus.NOT_PUBLISHED in column.statuses[begin + 1 : begin + width]
        if is_partial and total and number_known < LEAST_PUBLISHED * int(total):
            thin[n] = number_known, int(total)
    return thin


def note_of_thin(figures: Figures, language: str) -> str:
    """What is said of the periods of which nothing is drawn; empty where there is none."""
    parts = [
        (figures.periods[n].release.period.label(language), number_known, total)
        for n, (number_known, total) in too_thin(figures).items()
    ]
    return words.too_thin(parts, language) if parts else ""


class Charting:
    """The charts of an answer in a language."""

    def __init__(self, figures: Figures, language: str) -> None:
        self.figures, self.language = figures, language
        self.arrangement = Arrangement(figures, language)
        self.column = next(each for each in figures.columns if each.measure == Measure.COUNT)
        self.thin = too_thin(figures)

    def charts(self) -> Iterator[Chart]:
        """The charts, that which says most first."""
        sides, several = self.arrangement.sides, len(self.figures.periods) > 1
        if not sides and several:
            yield self.years()
        elif len(sides) == 1 and several:
            yield from self.over_years(sides[0])
        elif len(sides) == 1 and not self.thin:
            yield from self.one_period(sides[0])

    def years(self) -> Chart:
        points = tuple(self.point(n, label, "", "") for n, label in enumerate(self.arrangement.periods))
        return self.chart(ChartKind.YEARS, points, self.places(), ("",))

    def one_period(self, side: AnswerAxis) -> Iterator[Chart]:
        """The codes of a side in one period: on a map where they are regions, and as bars."""
        points = [
            self.point(n, each.label(self.language), each.label(self.language), each.code)
            for n, each in enumerate(side.codes)
            if each.code != TOTAL
        ]
        if side.axis.names >= SHAPES.keys():
            yield self.chart(ChartKind.MAP, tuple(points), tuple(each.place for each in points), ("",))
        bars, note = self.few(points)
        yield self.chart(ChartKind.BARS, bars, tuple(each.place for each in bars), ("",), note)

    def few(self, points: Sequence[Point]) -> tuple[tuple[Point, ...], tuple[str, ...]]:
        """The points that bars are drawn of, and what is said of those left out: of a long picture the empty, then the smallest."""
        some = [each for each in points if not each.cell.empty]
        if len(points) <= FEW_BARS or len(some) == len(points) <= MOST_BARS:
            return tuple(points), ()
        largest = sorted(some, key=size, reverse=True)[:MOST_BARS]
        places = {each.place for each in largest}
        note = (
            words.largest(len(largest), len(points), self.language)
            if len(some) > MOST_BARS
            else words.left_out(len(points) - len(some), self.language)
        )
        return tuple(each for each in some if each.place in places), (note,)

    def over_years(self, side: AnswerAxis) -> Iterator[Chart]:
        """The codes of a side over the years: as lines, and as parts of each year's whole where they are few."""
        width, labels = len(side.codes), self.arrangement.periods
        series = [
            tuple(
                self.point(period * width + n, label, code.label(self.language), code.code)
                for period, label in enumerate(labels)
                if period not in self.thin
            )
            for n, code in enumerate(side.codes)
            if code.code != TOTAL
        ]
        series = [each for each in series if each]
        lines = [each for each in series if any(is_drawn(point) and point.value != 0 for point in each)]
        largest = sorted(lines, key=lambda each: max(map(size, each)), reverse=True)[:MOST_LINES]
        names = tuple(each[0].series for each in lines if each in largest)
        note = (words.largest(len(names), len(lines), self.language),) if len(lines) > len(names) else ()
        points = tuple(point for each in lines if each[0].series in names for point in each)
        if sum(each.standing == Standing.SECRET for each in points) <= MOST_HIDDEN * len(points):
            yield self.chart(ChartKind.LINES, points, self.places(), names, (*note, *self.weak(points)))
        if len(lines) <= MOST_PARTS and self.figures.query.dataset.additive:
            yield from self.shares(side, series, lines)

    def weak(self, points: Sequence[Point]) -> Iterator[str]:
        """What is said of points that are no ordinary numbers: their marks stand in the table, and lines have none."""
        meanings = wording.meanings(self.figures)
        for status, mark in SUFFIXES.items():
            names = [f"{each.series} {each.place}" for each in points if each.cell.status == status]
            if names:
                yield f"{mark} {meanings[status](self.language)}: {', '.join(names)}."

    def shares(
        self, side: AnswerAxis, every: Sequence[Sequence[Point]], series: Sequence[Sequence[Point]]
    ) -> Iterator[Chart]:
        """The parts of each year's whole, of the years of which every part is shown; nothing where these are few."""
        width = len(side.codes)
        totals = [
            self.column.values[n * width] if side.codes[0].code == TOTAL else None
            for n in range(len(self.figures.periods))
        ]
        rows: list[Point] = []
        for n, total in enumerate(total for period, total in enumerate(totals) if period not in self.thin):
            counts = [each[n].cell.value for each in every]
            if total and None not in counts and sum(value or 0 for value in counts) == total:
                rows += [self.part(each[n], int(total)) for each in series]
        places_drawn = {each.place for each in rows}
        if len(places_drawn) >= max(FEWEST_WHOLES, len(totals) / 2):
            yield self.chart(ChartKind.SHARES, tuple(rows), self.places(), tuple(each[0].series for each in series))

    def part(self, point: Point, total: int) -> Point:
        """A point with its share of the total, as the API's measure has it."""
        value, status = share(int(point.cell.value or 0), total)
        return replace(point, share=CellText(words.percent(number(value, self.language), self.language), status, value))

    @cached_property
    def largest(self) -> float:
        """The largest number of those that are drawn."""
        sides = self.arrangement.sides
        codes = [each.code for each in sides[0].codes] if sides else [""]
        numbers = (value or 0 for n, value in enumerate(self.column.values) if codes[n % len(codes)] != TOTAL)
        return float(max(numbers, default=0))

    def point(self, n: int, place: str, series: str, code: str) -> Point:
        """The figure at a place of the answer."""
        text = cell(self.figures, self.column, n, self.language)
        period = self.figures.periods[n * len(self.figures.periods) // len(self.column.values)]
        standing = standing_of(text.status, period.release.kind == EXTERNAL)
        band = band_of(self.figures.intervals.get(n)) if standing == Standing.SECRET else None
        # Wider than all numbers it would be the largest bar of the picture, and nobody knows whether it is.
        if band and band[1] - band[0] > self.largest:
            band = None
        return Point(place, series, code, text, standing, band)

    def places(self) -> tuple[str, ...]:
        """The periods; of years every one from the first to the last, so that a gap is one."""
        periods = [each.release.period for each in self.figures.periods]
        if all(each.annual for each in periods):
            return tuple(str(year) for year in range(periods[0].first.year, periods[-1].first.year + 1))
        return tuple(self.arrangement.periods)

    def chart(
        self,
        kind: ChartKind,
        points: tuple[Point, ...],
        places: tuple[str, ...],
        series: tuple[str, ...],
        notes: tuple[str, ...] = (),
    ) -> Chart:
        """A chart of points. `places`: what stands along it, in this order. Breaks stand on those over years alone."""
        cells = [each.cell for each in points]
        breaks = tuple(self.arrangement.periods[n] for n in sorted(self.figures.breaks)) if kind in OVER_YEARS else ()
        return Chart(
            kind,
            self.language,
            self.name(kind),
            words.on_map(self.title, self.language) if kind == ChartKind.MAP else self.title,
            words.SHARE_OF_YEAR(self.language)
            if kind == ChartKind.SHARES
            else self.arrangement.name(Measure.COUNT)(self.language),
            places,
            series,
            points,
            self.arrangement.grids()[0],
            self.key(kind, cells, breaks),
            notes,
            external_words.source_line(self.figures, self.language),
            breaks,
        )

    def key(self, kind: ChartKind, cells: Sequence[CellText], breaks: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """The marks of a chart and what they mean."""
        key = dict(key_of(self.figures, cells, self.language)) if kind in WITH_MARKS else {}
        if breaks:
            key[MARKS[CellStatus.BREAK]] = wording.meanings(self.figures)[CellStatus.BREAK](self.language)
        return tuple(key.items())

    @cached_property
    def title(self) -> str:
        """What is drawn: the table with its filters, and when."""
        query, periods = self.figures.query, self.arrangement.periods
        filters = [
            code.label(self.language) for axis, name in query.filters for code in axis.codes if code.code == name
        ]
        when = periods[0] if len(periods) == 1 else f"{periods[0]}–{periods[-1]}"
        return ", ".join((wording.heading(query.dataset, query.by, self.language), *filters, when))

    def name(self, kind: ChartKind) -> str:
        """What the files are called: the dataset, its axes and codes, the periods, the kind and the language."""
        query, periods = self.figures.query, [each.release.period.id for each in self.figures.periods]
        codes = [code for _, code in query.filters]
        axes = [axis.id.replace(".", "-") for axis in query.by]
        parts = (query.dataset.id, *axes, *codes, *dict.fromkeys((periods[0], periods[-1])), kind, self.language)
        return "-".join(parts).lower().replace("_", "-")
