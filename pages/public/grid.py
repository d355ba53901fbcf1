"""Figures as a table on a page: one heading for each row and column, in the order of the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from cases.codelists.types import TOTAL
from cases.statistics.reading.measures import SECRET, CellStatus, Measure
from cases.statistics.reading.table import Column, Figures
from pages.public.cells import CellText, cell
from pages.public.words import TABLE

FEW_ROWS = 15  # of a table: of longer ones the rows that are empty are left out


@dataclass(frozen=True)
class Row:
    """A row: its heading, whether it is a total, and its cells."""

    heading: str
    total: bool
    cells: tuple[CellText, ...]

    @property
    def empty(self) -> bool:
        """Whether each of its cells is."""
        return all(each.empty for each in self.cells)


@dataclass(frozen=True)
class Grid:
    """A table. `caption`: the period, where the answer has several tables."""

    caption: str
    corner: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    left_out: int = 0

    def short(self) -> Grid:
        """Without the rows that are empty, where it is long. Totals stay."""
        rows = tuple(row for row in self.rows if row.total or not row.empty)
        if len(self.rows) <= FEW_ROWS or len(rows) == len(self.rows):
            return self
        return Grid(self.caption, self.corner, self.headings, rows, len(self.rows) - len(rows))


class Arrangement:
    """The ways in which an answer with at most two sides becomes tables."""

    def __init__(self, figures: Figures, language: str) -> None:
        self.figures, self.language = figures, language
        (self.count,) = (each for each in figures.columns if each.measure == Measure.COUNT)
        self.share = next((each for each in figures.columns if each.measure == Measure.SHARE), None)

    @cached_property
    def periods(self) -> list[str]:
        """The periods in words, as they come in the answer."""
        return [each.release.period.label(self.language) for each in self.figures.periods]

    def grids(self) -> list[Grid]:
        """The tables. Of all years together the newest comes first, unless the years are columns."""
        match len(self.figures.sides):
            case 0:
                return [self.years()]
            case 1 if len(self.figures.periods) == 1:
                return [self.one_period()]
            case 1:
                return [self.over_years()]
            case _:
                return [self.both_ways(n) for n in reversed(range(len(self.figures.periods)))]

    def cell(self, column: Column, place: int) -> CellText:
        """A cell of the answer."""
        return cell(self.figures, column, place, self.language)

    def columns(self) -> list[tuple[str, Column]]:
        """The number and, where it was asked for, the share, each with its heading."""
        return [
            (TABLE["persons"](self.language), self.count),
            *([(TABLE["share"](self.language), self.share)] if self.share else []),
        ]

    def years(self) -> Grid:
        """A row for each period, of an answer without sides."""
        places = reversed(range(len(self.periods)))
        rows = tuple(Row(self.periods[n], False, (self.cell(self.count, n),)) for n in places)
        return Grid("", TABLE["period"](self.language), (TABLE["persons"](self.language),), rows)

    def one_period(self) -> Grid:
        """A row for each code."""
        (side,), columns = self.figures.sides, self.columns()
        rows = tuple(
            Row(code.label(self.language), code.code == TOTAL, tuple(self.cell(column, n) for _, column in columns))
            for n, code in enumerate(side.codes)
        )
        return Grid(self.periods[0], side.axis.label(self.language), tuple(name for name, _ in columns), rows)

    def over_years(self) -> Grid:
        """A row for each code, and a column for each period."""
        (side,) = self.figures.sides
        rows = tuple(
            Row(
                code.label(self.language),
                code.code == TOTAL,
                self.at(range(n, len(self.count.values), len(side.codes))),
            )
            for n, code in enumerate(side.codes)
        )
        return Grid("", side.axis.label(self.language), tuple(self.periods), rows)

    def both_ways(self, period: int) -> Grid:
        """A row for each code of the first side, and a column for each of the second, in one period."""
        first, second = self.figures.sides
        width = len(second.codes)
        begin = period * len(first.codes) * width
        rows = tuple(
            Row(
                code.label(self.language),
                code.code == TOTAL,
                self.at(range(begin + n * width, begin + (n + 1) * width)),
            )
            for n, code in enumerate(first.codes)
        )
        headings = tuple(code.label(self.language) for code in second.codes)
        return Grid(self.periods[period], first.axis.label(self.language), headings, rows)

    def at(self, places: Sequence[int]) -> tuple[CellText, ...]:
        """The counts at some places."""
        return tuple(self.cell(self.count, place) for place in places)


def count_hidden(figures: Figures) -> tuple[int, int]:
    """How many counts of an answer are hidden, and how many were published at all."""
    statuses = [status for each in figures.columns if each.measure == Measure.COUNT for status in each.statuses]
    published = [status for status in statuses if status not in {CellStatus.NOT_PUBLISHED, CellStatus.NOT_COLLECTED}]
    return sum(status in SECRET for status in published), len(published)
