"""Figures as tables that people read: one heading for each row and column, in the order of the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

from cases.codelists.types import TOTAL, Code
from cases.dimensions import Unit
from core.text import Text
from stats.reading.layout import AnswerAxis
from stats.reading.marks import MARKS, CellText, cell
from stats.reading.measures import UNITS, CellStatus, Measure
from stats.reading.sum_words import with_unit
from stats.reading.table import Column, Figures

PERIOD, PERSONS = Text("Periode", "Period"), Text("Personer", "Persons")
# Measures by a shorter name than their own.
SHORT = {Measure.SHARE: Text("Andel, pct.", "Share, %")}
BETWEEN = " · "  # the headings of a row with several
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
    """A table. `caption`: the period and the measure, where the answer has several tables."""

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
    """The ways in which an answer becomes tables. All sides but the last are rows; one that is filtered to a code is none.

    `rows`: the axis that has the rows, where it is the last of two.
    """

    def __init__(self, figures: Figures, language: str, rows: str = "") -> None:
        self.figures, self.language = figures, language
        one_code = {axis.id for axis, _ in figures.query.filters}
        self.sides = [self.in_words(side) for side in figures.sides if side.axis.id not in one_code]
        self.is_turned = len(self.sides) == 2 and self.sides[1].axis.id == rows

    def in_words(self, side: AnswerAxis) -> AnswerAxis:
        """A side as it is read: each quantity has its unit in its heading."""
        if side.axis.has_total:
            return side
        codes = (replace(code, label=with_unit(code, self.figures.query.dataset)) for code in side.codes)
        return replace(side, codes=tuple(codes))

    @cached_property
    def only_unit(self) -> Text | None:
        """The unit of the quantity that is chosen; None where none is, or of records."""
        units = (
            self.figures.query.dataset.units[code] for axis, code in self.figures.query.filters if not axis.has_total
        )
        return next((Text(*(f"{text[:1].upper()}{text[1:]}" for text in unit)) for unit in units), None)

    @cached_property
    def periods(self) -> list[str]:
        """The periods in words, as they come in the answer."""
        return [each.release.period.label(self.language) for each in self.figures.periods]

    @cached_property
    def marked_periods(self) -> list[str]:
        """The same, with the mark of a break where the series has one before."""
        mark = f" {MARKS[CellStatus.BREAK]}"
        return [f"{label}{mark if n in self.figures.breaks else ''}" for n, label in enumerate(self.periods)]

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The measures in words."""
        return tuple(self.name(each.measure)(self.language) for each in self.figures.columns)

    def name(self, measure: Measure) -> Text:
        """What a measure is called above its numbers."""
        if measure == Measure.COUNT and self.figures.query.dataset.unit == Unit.PERSON:
            return PERSONS
        if measure == Measure.COUNT and self.only_unit:
            return self.only_unit
        return SHORT.get(measure, UNITS[measure].label)

    def grids(self) -> list[Grid]:
        """The tables. Of all years together the newest comes first, unless the years are columns."""
        match len(self.sides):
            case 0:
                return [self.years()]
            case 1 if len(self.figures.periods) == 1:
                return [self.one_period()]
            case 1:
                return [self.over_years(column) for column in self.figures.columns]
            case _:
                places = reversed(range(len(self.figures.periods)))
                return [self.both_ways(column, n) for n in places for column in self.figures.columns]

    def caption(self, column: Column, period: str = "") -> str:
        """What a table is of: its period, and its measure beside others; of one quantity its unit."""
        several = len(self.figures.columns) > 1 or self.only_unit
        return ", ".join(filter(None, (period, self.name(column.measure)(self.language) if several else "")))

    def years(self) -> Grid:
        """A row for each period, of an answer without sides."""
        places = reversed(range(len(self.periods)))
        rows = tuple(Row(self.marked_periods[n], False, self.across(n)) for n in places)
        return Grid("", PERIOD(self.language), self.headings, rows)

    def one_period(self) -> Grid:
        """A row for each code."""
        (side,) = self.sides
        rows = tuple(
            Row(code.label(self.language), code.code == TOTAL, self.across(n)) for n, code in enumerate(side.codes)
        )
        return Grid(self.periods[0], side.axis.label(self.language), self.headings, rows)

    def over_years(self, column: Column) -> Grid:
        """A row for each code, and a column for each period."""
        (side,) = self.sides
        size = len(side.codes)
        rows = tuple(self.row(column, (code,), range(n, len(column.values), size)) for n, code in enumerate(side.codes))
        return Grid(self.caption(column), side.axis.label(self.language), tuple(self.marked_periods), rows)

    def both_ways(self, column: Column, period: int) -> Grid:
        """A row for each code of the sides but the last, and a column for each of the last, in one period; or the other way."""
        *first, last = self.sides
        codes, width = [*product(*(side.codes for side in first))], len(last.codes)
        size = len(codes) * width
        begin = period * size
        rows = [range(begin + n, begin + n + width) for n in range(0, size, width)]
        if self.is_turned:
            first, last = [last], first[0]
            codes, rows = (
                [(code,) for code in first[0].codes],
                [range(begin + n, begin + size, width) for n in range(width)],
            )
        caption = self.caption(column, self.marked_periods[period])
        corner = BETWEEN.join(side.axis.label(self.language) for side in first)
        headings = tuple(code.label(self.language) for code in last.codes)
        return Grid(caption, corner, headings, tuple(self.row(column, *pair) for pair in zip(codes, rows, strict=True)))

    def row(self, column: Column, codes: Sequence[Code], places: range) -> Row:
        """The row of some codes, one of each side."""
        heading = BETWEEN.join(code.label(self.language) for code in codes)
        return Row(heading, all(code.code == TOTAL for code in codes), self.at(column, places))

    def across(self, place: int) -> tuple[CellText, ...]:
        """The value of each measure at a place."""
        return tuple(cell(self.figures, column, place, self.language) for column in self.figures.columns)

    def at(self, column: Column, places: Sequence[int]) -> tuple[CellText, ...]:
        """The values of a measure at some places."""
        return tuple(cell(self.figures, column, place, self.language) for place in places)


def count_hidden(figures: Figures) -> tuple[int, int]:
    """How many counts of an answer are hidden, and how many were published at all."""
    statuses = [status for each in figures.columns if each.measure == Measure.COUNT for status in each.statuses]
    published = [status for status in statuses if status not in {CellStatus.NOT_PUBLISHED, CellStatus.NOT_COLLECTED}]
    return sum(status == CellStatus.HIDDEN for status in published), len(published)
