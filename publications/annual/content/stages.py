"""The section of stages: how many persons were assessed, which others have published, and how many we count as victims.

The two are counted apart from each other, and the section says so. They are drawn as stages where the later is no larger.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.text import Text
from publications.annual import words
from publications.annual.content.parts import Material, Part, sentences
from publications.annual.content.reading import PublishedYear, years_of
from publications.annual.content.total import YearInFigures
from publications.annual.document import Block, Table
from publications.annual.drawing import picture_of
from publications.annual.sentences import fill
from publications.figures.chart import funnel
from stats import published as elsewhere
from stats.published import FigureUnit, SourceDocument
from stats.reading.external_words import PUBLISHED, source_line
from stats.reading.grid import Grid, Row
from stats.reading.marks import CellText, number
from stats.reading.measures import CellStatus
from stats.reading.table import Figures


@dataclass(frozen=True)
class YearInStages:
    """The persons assessed and identified in a year. `figures`: those of ours. `source`: where the others are from."""

    year: int
    examinees: int
    identified: int
    figures: Figures
    source: SourceDocument

    @property
    def is_in_order(self) -> bool:
        """Whether the persons identified can be some of those assessed."""
        return self.identified <= self.examinees

    @property
    def rows(self) -> tuple[tuple[Text, int, bool], ...]:
        """What each stage is called, how many persons are in it, and whether others counted them."""
        return (words.EXAMINED, self.examinees, True), (words.IDENTIFIED, self.identified, False)

    def texts(self) -> Iterator[Text]:
        """What is said of them. No sentence is about one person."""
        if not self.is_in_order:
            yield words.NOT_OF_EACH_OTHER
        elif self.identified != 1 != self.examinees:
            yield fill(words.EXAMINED_AND_IDENTIFIED, examinees=self.examinees, identified=self.identified)
        yield fill(words.TWO_SOURCES, source=self.source.title)

    def block(self, language: str) -> Block:
        """The stages as a chart with its table; as a table alone where they are none of each other."""
        table = self.table(language)
        if not self.is_in_order:
            return table
        cells = [(label(language), cell_of(n, language), is_external) for label, n, is_external in self.rows]
        return picture_of(funnel(table.caption, words.PERSONS(language), cells, language), table)

    def table(self, language: str) -> Table:
        rows = tuple(Row(label(language), False, (cell_of(n, language),)) for label, n, _ in self.rows)
        grid = Grid("", words.STAGE(language), (str(self.year),), rows)
        ours = source_line(self.figures, language)
        sources = words.SOURCE(language).format(
            f"{ours}; {PUBLISHED(language)}: {self.source.author}, {self.source.url}"
        )
        return Table("stages", words.STAGES(language), grid, (), sources)


def cell_of(n: int, language: str) -> CellText:
    """A number of persons."""
    return CellText(number(n, language), CellStatus.NORMAL, n)


def stages(of: PublishedYear, figures: Figures, material: Material) -> tuple[Part, ...] | None:
    """The parts of the section; None where either number is not known."""
    identified = YearInFigures(figures, of.year).count
    examinees = next((each for each in elsewhere.of_year(of.year, measure=FigureUnit.ASSESSED) if not each.cell), None)
    if identified is None or examinees is None or examinees.origin is None:
        return None
    material.counts |= {examinees.count, int(identified)}
    material.has_stages = True
    ours = years_of(figures, range(of.year, of.year + 1)) or figures
    shown = YearInStages(of.year, examinees.count, int(identified), ours, examinees.origin)
    return (*sentences(*shown.texts()), shown.block)
