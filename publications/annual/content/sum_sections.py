"""A section on sums of what services report: its datasets one after another, and the reports behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.text import NO_TEXT, Text, in_quotes
from publications.annual import sum_words
from publications.annual.content.parts import Material, Part, sentences
from publications.annual.content.phrases import lower_first
from publications.annual.content.reading import years_of
from publications.annual.content.sources import source_sentence
from publications.annual.content.sums import SumsInYear
from publications.annual.content.topics import Topic
from publications.annual.document import Block, Table
from publications.annual.sentences import fill, listing
from stats.reading.datasets import READABLE
from stats.reading.grid import Grid, Row
from stats.reading.marks import CellText, number
from stats.reading.measures import CellStatus
from stats.reading.sum_words import counting_rule
from stats.reading.table import Figures


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
        yield from sentences(self.topic.about, sum_words.MOST_OF_ALL, self.absent_sums)
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
        return fill(sum_words.NOT_OF_YEAR, year=str(self.year), names=listing(names)) if names else None

    def silence(self, of: SumsInYear) -> Text | None:
        """Of which quantities no figure of the year is shown."""
        names = [quote(each) for each in of.silent_quantities]
        return fill(sum_words.SILENT, year=str(self.year), names=listing(names)) if names else None

    def blanks(self, of: SumsInYear) -> Text | None:
        """Which quantities some reports leave blank."""
        names = [quote(each) for each in of.unsure_quantities]
        return fill(sum_words.NOT_KNOWN_TO_ALL, names=listing(names)) if names else None

    def reports(self, language: str) -> Block:
        """How many reports are behind the figures: a row for each form."""
        every = [one for each in self.datasets for one in each.behind.values()]
        by_form = {READABLE[one.dataset].title(language): one for one in every}
        rows = tuple(
            Row(form, False, tuple(plain(n, language) for n in (one.due, one.came, one.unsolicited_reports)))
            for form, one in by_form.items()
        )
        headings = tuple(each(language) for each in sum_words.REPORT_HEADINGS)
        caption = fill(sum_words.REPORTS, year=str(self.year))(language)
        source = source_sentence((in_year(each) for each in self.datasets), language)
        return Table(
            f"{self.topic.id}-reports", caption, Grid("", sum_words.FORM(language), headings, rows), (), source
        )


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
