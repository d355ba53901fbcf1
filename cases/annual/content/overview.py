"""The sections that are made of several tables: the material at the beginning, and all figures in one table."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cases.annual import words
from cases.annual.content.findings import AxisFindings, ordinary
from cases.annual.content.parts import MISSING, Material, Part, cells_of, chart, explain, key_figures, sentences
from cases.annual.content.reading import PublishedYear, years_of
from cases.annual.document import Block
from cases.annual.sentences import fill, magnitude
from cases.dimensions import Axis
from cases.statistics.reading import wording
from cases.statistics.reading.grid import BETWEEN, FEW_ROWS, Grid, Row
from cases.statistics.reading.marks import CellText, cell, number
from cases.statistics.reading.measures import Measure, Value
from cases.statistics.reading.table import Figures
from partners.text import Text

YEARS_SHOWN = 5


class YearInFigures:
    """The number of persons of a year and how it differs from the year before, each None where it is no ordinary number.

    It is compared with a year that we counted too: what another producer counted may be of something else.
    """

    def __init__(self, figures: Figures, year: int) -> None:
        self.figures, self.year = figures, year
        self.count, change, percent = last(figures)
        compares_ours = figures.periods[-1].compares_ours
        self.change, self.percent = (change, percent) if compares_ours else (None, None)

    @property
    def heading(self) -> Text:
        """The year in a sentence."""
        if self.count is None:
            return fill(words.NOT_TOLD, year=str(self.year))
        template = words.IDENTIFIED_IN if self.count != 1 else words.ONE_IDENTIFIED_IN
        return fill(
            Text("{first}{rest}", "{first}{rest}"),
            first=fill(template, count=self.count, year=str(self.year)),
            rest=self.rest,
        )

    @property
    def rest(self) -> Text:
        """How it differs, as the end of the sentence."""
        if self.change is None:
            return Text("", "")
        if not self.change:
            return fill(Text(", lige så mange som i {before}", ", as many as in {before}"), before=str(self.year - 1))
        return fill(Text(", {size} {difference}", ", {size} {difference}"), size=self.size, difference=self.difference)

    @property
    def size(self) -> Value:
        """By how many persons it differs."""
        return magnitude(self.change)

    @property
    def difference(self) -> Text:
        """How it differs, without the number at its beginning."""
        return fill(
            Text("{more} end i {before}", "{more} than in {before}"),
            more=wording.more_or_fewer(self.change),
            before=str(self.year - 1),
        )

    @property
    def text(self) -> Text | None:
        """The change in per cent."""
        if self.percent is None or not self.percent or not self.change:
            return None
        rose = Text("steg", "rose") if self.change > 0 else Text("faldt", "fell")
        return fill(
            Text(
                "Antallet {rose} med {percent} pct. i forhold til {before}.",
                "The number {rose} by {percent}% on {before}.",
            ),
            rose=rose,
            percent=magnitude(self.percent),
            before=str(self.year - 1),
        )


def last(figures: Figures) -> list[Value]:
    """The values of the last period, each None where it is no ordinary number."""
    return [ordinary(column.values[-1], column.statuses[-1]) for column in figures.columns]


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
        """The table in a language."""
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
