"""The sections that are made of several tables: the material at the beginning, and all figures in one table."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cases.dimensions import Axis
from core.text import Text
from publications.annual import words
from publications.annual.content.findings import AxisFindings
from publications.annual.content.parts import MISSING, Material, Part, cells_of, chart, explain, key_figures, sentences
from publications.annual.content.reading import PublishedYear, years_of
from publications.annual.content.total import YearInFigures
from publications.annual.document import Block
from publications.annual.sentences import fill
from stats.reading.grid import BETWEEN, FEW_ROWS, Grid, Row
from stats.reading.marks import CellText, cell, number
from stats.reading.measures import Measure, Value
from stats.reading.table import Figures

YEARS_SHOWN = 5


def first_section(
    of: PublishedYear, figures: Figures, findings: list[AxisFindings], material: Material
) -> tuple[Text, tuple[Part, ...]]:
    """The heading and the parts of the first section."""
    year = YearInFigures(material.add(figures), of.year)
    largest = [each.largest.share for each in findings if each.largest and each.largest.share is not None]
    material.percents.update(Decimal(each) for each in largest)
    shown = [*year_figures(year), *group_figures(findings)]
    return year.heading, (
        *([key_figures(shown)] if shown else []),
        *sentences(of.dataset.about, year.text),
        chart("years", words.BY_YEAR, figures),
    )


def year_figures(year: YearInFigures) -> Iterator[tuple[Text, Text]]:
    """The number of persons, and the change."""
    if year.count is not None:
        counts = words.COUNTED_IN if year.count != 1 else words.ONE_COUNTED_IN
        yield in_digits(year.count), fill(counts, year=str(year.year))
    if year.count is not None and year.change:
        yield in_digits(year.size), year.difference


def group_figures(findings: list[AxisFindings]) -> Iterator[tuple[Text, Text]]:
    """The share of the largest group of each axis."""
    for each in findings:
        if each.largest is not None and each.largest.share is not None:
            yield fill(Text("{share} pct.", "{share}%"), share=each.largest.share), each.who(each.largest)


def in_digits(value: Value) -> Text:
    """A number as each language writes it."""
    return Text(number(value, "da"), number(value, "en"))


def overview(of: PublishedYear, total: Figures, material: Material) -> Part:
    """All figures of the last years in one table."""
    years = range(of.year - YEARS_SHOWN + 1, of.year + 1)
    tables = [(axis, figures) for axis in axes_of_overview(of) if (figures := counts_of(of, axis, years))]
    whole = years_of(total, years) or total
    for figures in (whole, *(each for _, each in tables)):
        material.add(figures, {Measure.COUNT})

    def block(language: str) -> Block:
        first = Row(words.EVERYBODY(language), True, across(whole, 0, years, language))
        answers = [
            (whole, [first]),
            *((figures, [*rows_of(axis, figures, years, language)]) for axis, figures in tables),
        ]
        rows = tuple(row for _, each in answers for row in each)
        grid = Grid("", words.GROUP(language), tuple(map(str, years)), rows)
        cells = [(figures, cells_of(each)) for figures, each in answers]
        return explain("all", words.OVERVIEW(language), grid, cells, language)

    return block


def axes_of_overview(of: PublishedYear) -> Iterator[Axis]:
    """An axis of each dimension: the finest that has few codes, else the shortest."""
    for _, axes in of.dimensions():
        yield finest(axes)


def finest(axes: list[Axis]) -> Axis:
    """The axis with the most codes that still fit on a page."""
    few = [each for each in axes if len(each.codes) <= FEW_ROWS]
    return max(few, key=lambda each: len(each.codes)) if few else min(axes, key=lambda each: len(each.codes))


def counts_of(of: PublishedYear, axis: Axis, years: range) -> Figures | None:
    """The counts of an axis in these years."""
    figures = of.over_years(axis)
    return years_of(figures, years) if figures else None


def rows_of(axis: Axis, figures: Figures, years: range, language: str) -> Iterator[Row]:
    """A row for each code that has persons in one of the years, or a hidden number."""
    (side,) = figures.sides
    for place, code in enumerate(side.codes):
        if place:  # the first is the total
            row = Row(
                f"{axis.label(language)}{BETWEEN}{code.label(language)}", False, across(figures, place, years, language)
            )
            if not row.empty:
                yield row


def across(figures: Figures, place: int, years: range, language: str) -> tuple[CellText, ...]:
    """The count at a place in each year. A year without the table has none that is published."""
    counts, width = figures.columns[0], len(figures.columns[0].values) // len(figures.periods)
    row = {
        each.release.period.first.year: cell(figures, counts, n * width + place, language)
        for n, each in enumerate(figures.periods)
    }
    return tuple(row.get(year, MISSING) for year in years)
