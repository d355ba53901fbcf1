"""What a section shows of sums of what services report: all that is counted over the years, charts of the year, and the reports.

A section has its datasets one after another, and the reports behind them. It is made of what everybody reads. Numbers of two units
are in no sum, no chart and no share together. Where reports are missing, or some of them do not have a number, the number says that
it is at least this much.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from cases.codelists.types import Code
from cases.dimensions import Axis, Dataset
from core.text import NO_TEXT, Text, in_quotes
from publications.annual import words
from publications.annual.content.parts import (
    Material,
    Part,
    cells_of,
    chart,
    explain,
    key_figures,
    sentences,
    source_sentence,
)
from publications.annual.content.topics import SumTopic, Topic
from publications.annual.content.year import PublishedYear, SumNumbers, years_of
from publications.annual.document import Block, Table
from publications.annual.places import slug
from publications.annual.sentences import fill, listing, lower_first
from stats.reading.datasets import READABLE
from stats.reading.grid import Grid, Row
from stats.reading.marks import CellText, cell, number
from stats.reading.measures import CellStatus, Measure
from stats.reading.query import EXCLUDE
from stats.reading.sum_words import counting_rule, in_unit, with_unit
from stats.reading.table import Figures
from stats.sums.datasets import QUANTITY

YEARS_SHOWN = 5
OF_YEARS = {"measure": str(Measure.COUNT)}
OF_YEAR = ",".join((Measure.COUNT, Measure.SHARE))


@dataclass(frozen=True)
class RowsOfSums:
    """The rows of a table: its figures, in each year of one row after another, and of each row the name and the quantity."""

    figures: Figures
    names: tuple[tuple[Text, str], ...]


@dataclass(frozen=True)
class SumsInYear(SumNumbers):
    """What is published of a dataset in a year and in those before it."""

    of: PublishedYear
    topic: SumTopic

    @classmethod
    def read(cls, year: int, topic: SumTopic) -> SumsInYear | None:
        """The sums of a year; None where none are published of it."""
        of = PublishedYear(year, READABLE[topic.dataset])
        every = of.answer(OF_YEARS)
        figures = years_of(every, range(year - YEARS_SHOWN + 1, year + 1)) if every else None
        if figures is None or figures.periods[-1].release.period.first.year != year:
            return None
        sums = cls(figures, of, topic)
        return sums if sums.behind else None

    @property
    def dataset(self) -> Dataset:
        return self.of.dataset

    @cached_property
    def rows_shown(self) -> RowsOfSums:
        """What stands in the table: the quantities; where they must not be added up, the codes of a dimension."""
        if not self.topic.divides:
            return RowsOfSums(
                self.figures, tuple((with_unit(code, self.dataset), code.code) for code in self.quantities)
            )
        (quantity,) = self.quantities
        axis = self.dataset.axes[self.topic.divides]
        every = self.of.answer({**OF_YEARS, "by": axis.id, QUANTITY: quantity.code, "totals": EXCLUDE})
        years = [each.release.period.first.year for each in self.figures.periods]
        figures = years_of(every, range(years[0], years[-1] + 1)) if every else None
        return RowsOfSums(figures or self.figures, tuple((code.label, quantity.code) for code in axis.codes))

    def table(self, language: str) -> Block:
        """All that is counted, a row for each quantity with its unit, and a column for each year."""
        of = self.rows_shown
        rows = tuple(self.row(n, language) for n in range(len(of.names)))
        years = [each.release.period.first.year for each in of.figures.periods]
        corner = self.dataset.axes[self.topic.divides].label if self.topic.divides else words.QUANTITY
        grid = Grid("", corner(language), tuple(map(str, years)), rows)
        span = f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])
        caption = fill(words.BY_YEARS, title=self.title, years=span)(language)
        return explain(slug(self.dataset.id), caption, grid, [(of.figures, cells_of(rows))], language)

    @property
    def title(self) -> Text:
        """What the table is of, with the unit where its rows do not say it."""
        return in_unit(self.topic.title, *self.dataset.units.values()) if self.topic.divides else self.topic.title

    def row(self, place: int, language: str) -> Row:
        """A quantity or a code over the years."""
        of = self.rows_shown
        label, quantity = of.names[place]
        cells = (
            self.cell(of.figures, n * len(of.names) + place, each.release.id, quantity, language)
            for n, each in enumerate(of.figures.periods)
        )
        return Row(label(language), False, tuple(cells))

    def cell(self, figures: Figures, place: int, release: str, quantity: str, language: str) -> CellText:
        """A figure; "at least" where it is no whole."""
        shown = cell(figures, figures.columns[0], place, language)
        if shown.status != CellStatus.NORMAL or self.is_whole(release, quantity):
            return shown
        return replace(shown, text=words.AT_LEAST(language).format(count=shown.text))

    def charts(self, material: Material) -> Iterator[Part]:
        """A chart of each quantity whose total is told, by a dimension."""
        for quantity, name in self.topic.charts:
            axis = self.dataset.axes[name]
            figures = self.by_axis(quantity, axis) if self.count(quantity) else None
            if figures is not None:
                yield chart(self.topic.chart_id(quantity, name), self.caption(quantity, axis), material.add(figures))

    def by_axis(self, quantity: str, axis: Axis) -> Figures | None:
        """A quantity of the year by a dimension, where it is published."""
        totals = {"totals": EXCLUDE, "measure": str(Measure.COUNT)} if axis.id == self.topic.divides else {}
        year = {"period": str(self.of.year), "measure": OF_YEAR}
        return self.of.answer({"by": axis.id, QUANTITY: quantity, **year, **totals})

    def caption(self, quantity: str, axis: Axis) -> Text:
        labels = {code.code: with_unit(code, self.dataset) for code in self.quantities}
        label = labels[quantity] if len(labels) > 1 else in_unit(self.topic.title, self.dataset.units[quantity])
        dimension = Text(*(lower_first(each) for each in axis.label))
        caption = fill(words.BY_DIMENSION, quantity=label, year=str(self.of.year), dimension=dimension)
        return caption if self.is_whole_in_year(quantity) else fill(words.ALL_AT_LEAST, caption=caption)

    @property
    def side_by_side(self) -> Part | None:
        """The numbers of the year beside each other, each with its unit; None of a dataset that has numbers of its own.

        They are drawn on no scale together: of two units there is no ratio.
        """
        shown = (
            [code for code in self.quantities if (self.count(code.code) or 0) > 1] if self.dataset.drawn_from else []
        )
        return key_figures([self.in_digits(code) for code in shown]) if shown else None

    def in_digits(self, code: Code) -> tuple[Text, Text]:
        """A number of the year, and what it counts."""
        digits = Text(*(number(self.count(code.code), language) for language in Text._fields))
        name = with_unit(code, self.dataset)
        return digits, name if self.is_whole_in_year(code.code) else fill(words.ALL_AT_LEAST, caption=name)

    @property
    def silent_quantities(self) -> list[Text]:
        """The quantities whose total of the year is hidden."""
        statuses = self.figures.columns[0].statuses
        return [code.label for code in self.quantities if statuses[self.places[code.code]] == CellStatus.HIDDEN]

    @property
    def unsure_quantities(self) -> list[Text]:
        """The quantities that not each report of the year has."""
        unsure = {name for name, each in self.behind.items() if each.knowing < each.reports}
        return [code.label for code in self.quantities if code.code in unsure]


@dataclass(frozen=True)
class SumsOfTopic:
    """The sums of a section in a year."""

    topic: Topic
    year: int
    datasets: tuple[SumsInYear, ...]

    @classmethod
    def read(cls, topic: Topic, year: int) -> SumsOfTopic:
        """What is published of them."""
        every = (SumsInYear.read(year, each) for each in topic.sums)
        return cls(topic, year, tuple(each for each in every if each is not None))

    @property
    def heading(self) -> Text:
        """What the first of its figures says; where nothing can be said of it, what the section is about."""
        first = next((each for each in self.datasets if each.topic.says != NO_TEXT), None)
        return (first.heading(first.topic.says) if first else None) or self.topic.title

    def parts(self, material: Material) -> Iterator[Part]:
        """The parts of the section. None where nothing is published."""
        if not self.datasets:
            return
        material.has_sums = True
        yield from sentences(self.topic.about, words.MOST_OF_ALL, self.absent_sums)
        for each in self.datasets:
            material.add(each.rows_shown.figures)
            yield from sentences(*counting_rule(each.dataset, each.quantities))
            yield from filter(None, (each.side_by_side,))
            yield each.table
            yield from sentences(self.silence(each))
            yield from each.charts(material)
        yield self.reports
        yield from sentences(*(self.blanks(each) for each in self.datasets))

    @property
    def absent_sums(self) -> Text | None:
        """Of which of its sums nothing is published in the year."""
        there = {each.dataset.id for each in self.datasets}
        names = [lower(each.title) for each in self.topic.sums if each.dataset not in there]
        return fill(words.NOT_OF_YEAR, year=str(self.year), names=listing(names)) if names else None

    def silence(self, of: SumsInYear) -> Text | None:
        """Of which quantities no figure of the year is shown."""
        names = [quote(each) for each in of.silent_quantities]
        return fill(words.SILENT, year=str(self.year), names=listing(names)) if names else None

    def blanks(self, of: SumsInYear) -> Text | None:
        """Which quantities some reports leave blank."""
        names = [quote(each) for each in of.unsure_quantities]
        return fill(words.NOT_KNOWN_TO_ALL, names=listing(names)) if names else None

    def reports(self, language: str) -> Block:
        """How many reports are behind the figures: a row for each form."""
        every = [one for each in self.datasets for one in each.behind.values()]
        by_form = {READABLE[one.dataset].title(language): one for one in every}
        rows = tuple(
            Row(form, False, tuple(plain(n, language) for n in (one.due, one.came, one.unsolicited_reports)))
            for form, one in by_form.items()
        )
        headings = tuple(each(language) for each in words.REPORT_HEADINGS)
        caption = fill(words.REPORTS, year=str(self.year))(language)
        source = source_sentence((in_year(each) for each in self.datasets), language)
        return Table(f"{self.topic.id}-reports", caption, Grid("", words.FORM(language), headings, rows), (), source)


def in_year(of: SumsInYear) -> Figures:
    return years_of(of.figures, range(of.of.year, of.of.year + 1)) or of.figures


def lower(text: Text) -> Text:
    """A name within a sentence."""
    return Text(*(lower_first(each) for each in text))


def quote(name: Text) -> Text:
    """A name as it stands in a table."""
    return Text(*(in_quotes(each, language) for each, language in zip(name, Text._fields, strict=True)))


def plain(n: int, language: str) -> CellText:
    """A number of reports."""
    return CellText(number(n, language), CellStatus.NORMAL, n)
