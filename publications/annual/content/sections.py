"""Sections of no single axis: the material at the beginning, the stages, all figures in one table, and the method.

The stages are how many persons were assessed, which others have published, and how many we count as victims. The two are counted
apart from each other, and the section says so. They are drawn as stages where the later is no larger.

The method is the last section: how the figures are made, what changed, what is wrong with them, and what there are no figures of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cases.dimensions import Axis
from core.text import Text
from publications.annual import words
from publications.annual.content.findings import AxisFindings
from publications.annual.content.parts import (
    MISSING,
    Material,
    Part,
    bullets,
    cells_of,
    chart,
    explain,
    key_figures,
    picture_of,
    sentences,
)
from publications.annual.content.year import PublishedYear, YearInFigures, years_of
from publications.annual.document import Block, Table
from publications.annual.sentences import OR, fill, listing
from publications.annual.words import SUMS_PROTECTED
from publications.figures.chart import funnel
from stats import published as elsewhere
from stats.published import FigureUnit, SourceDocument
from stats.reading import wording
from stats.reading.entries import CatalogueEntry
from stats.reading.external_words import NOT_OURS, PUBLISHED, source_line
from stats.reading.grid import BETWEEN, FEW_ROWS, Grid, Row
from stats.reading.marks import CellText, cell, number
from stats.reading.measures import CellStatus, Measure, Value
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
        first = Row(words.EVERYBODY(language), True, counts_over_years(whole, 0, years, language))
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
                f"{axis.label(language)}{BETWEEN}{code.label(language)}",
                False,
                counts_over_years(figures, place, years, language),
            )
            if not row.empty:
                yield row


def counts_over_years(figures: Figures, place: int, years: range, language: str) -> tuple[CellText, ...]:
    """The count at a place in each year. A year without the table has none that is published."""
    counts, width = figures.columns[0], len(figures.columns[0].values) // len(figures.periods)
    row = {
        each.release.period.first.year: cell(figures, counts, n * width + place, language)
        for n, each in enumerate(figures.periods)
    }
    return tuple(row.get(year, MISSING) for year in years)


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


def method(
    releases: Sequence[CatalogueEntry],
    total: Figures,
    absent: Sequence[Text],
    *,
    has_others: bool,
    has_typed_values: bool,
    has_sums: bool,
) -> Iterator[Part]:
    """The parts of the section. Errata come first: whoever has read a wrong number finds it at the top."""
    errata = [text for release in releases for text in wording.erratum_notes(release)]
    changes = [change_note(release) for release in releases if release.announcements.change_notes]
    yield from with_title(words.ERRATA, errata)
    yield from with_title(words.CHANGES, changes)
    if not errata and not changes:
        yield from sentences(words.UNCHANGED)
    yield from sentences(
        words.HOW,
        words.TYPED_IN if has_typed_values else None,
        protection(releases),
        SUMS_PROTECTED if has_sums else None,
        words.OF_OTHERS if has_others else None,
    )
    if notes := [*release_notes(total)]:
        yield bullets(notes)
    yield from with_title(words.NO_FIGURES, absent)


def with_title(title: Text, items: Sequence[Text]) -> Iterator[Part]:
    """A list under its title; nothing where it is empty."""
    if items:
        yield from sentences(title)
        yield bullets(items)


def change_note(release: CatalogueEntry) -> Text:
    notes = release.announcements.change_notes or Text("", "")
    return fill(Text("{id}: {note}", "{id}: {note}"), id=release.id, note=notes)


def protection(releases: Sequence[CatalogueEntry]) -> Text | None:
    """How persons are protected in our releases: by the threshold of each, which is told once where they have the same."""
    by_threshold: dict[int, list[str]] = {}
    for each in releases:
        if each.terms.threshold is not None:
            by_threshold.setdefault(each.terms.threshold, []).append(each.id)
    alone = len(by_threshold) == 1
    names = [str(n) if alone else f"{n} ({', '.join(ids)})" for n, ids in sorted(by_threshold.items())]
    return fill(words.PROTECTED, thresholds=listing([Text(each, each) for each in names], OR)) if names else None


def release_notes(figures: Figures) -> Iterator[Text]:
    """What the reader of a table has to know of its releases, without what the section says itself."""
    ours = {*wording.release_notes(figures)}
    yield from (note for note in wording.notes(figures) if note in ours or note == NOT_OURS)
