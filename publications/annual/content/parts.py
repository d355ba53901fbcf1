"""The parts of a section in no language yet. A part becomes a block in each language; the sentences are `Text` already."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from core.text import Text
from publications.annual.content.sources import source_sentence
from publications.annual.document import Block, Bullets, KeyFigure, KeyFigures, Paragraph, Section, Table
from publications.annual.drawing import picture
from publications.annual.sentences import magnitude
from stats.reading.entries import OWN, CatalogueEntry
from stats.reading.grid import Arrangement, Grid, Row
from stats.reading.marks import MARKS, CellText, key_of
from stats.reading.measures import STATUSES, CellStatus, Measure
from stats.reading.table import Figures

Part = Callable[[str], Block]
# The cell of a year whose releases do not have its table.
MISSING = CellText(MARKS[CellStatus.NOT_PUBLISHED], CellStatus.NOT_PUBLISHED)


@dataclass(frozen=True)
class SectionDraft:
    """A section: its anchor, what it is of in every year, the heading that is proposed, and its parts."""

    id: str
    topic: Text
    heading: Text
    parts: tuple[Part, ...]

    def in_language(self, language: str) -> Section:
        blocks = tuple(part(language) for part in self.parts)
        return Section(self.id, self.heading(language), blocks, self.topic(language))


@dataclass
class Material:
    """The tables of a section and the numbers that it shows: counts, changes with their sign, percentages without.

    `has_stages`: the stages are shown, of which the first is counted by others. `has_typed_values`: values that somebody typed in.
    `has_sums`: sums of what services reported. `releases`: of ours, from which single values are and no table.
    """

    tables: list[Figures] = field(default_factory=list)
    counts: set[int] = field(default_factory=set)
    changes: set[int] = field(default_factory=set)
    percents: set[Decimal] = field(default_factory=set)
    has_stages: bool = False
    has_typed_values: bool = False
    has_sums: bool = False
    releases: list[CatalogueEntry] = field(default_factory=list)

    def add(self, figures: Figures, measures: Container[Measure] = frozenset(Measure)) -> Figures:
        """Add a table that shows these measures; it is returned. A hidden value is no number."""
        self.tables.append(figures)
        for column in (each for each in figures.columns if each.measure in measures):
            values = [each for each in column.values if each is not None]
            if column.measure in {Measure.SHARE, Measure.CHANGE_PERCENT}:
                self.percents.update(Decimal(magnitude(each)) for each in values)
            else:
                (self.changes if column.measure == Measure.CHANGE else self.counts).update(map(int, values))
        return figures

    @property
    def has_others(self) -> bool:
        """Whether figures that others have published are among them."""
        return self.has_stages or any(each.release.kind != OWN for table in self.tables for each in table.periods)


def releases_of(tables: Iterable[Figures], further: Iterable[CatalogueEntry] = ()) -> list[CatalogueEntry]:
    """Our releases of which the tables are, those that they are compared with among them, and further ones, by period."""
    every = [one for table in tables for each in table.periods for one in (each.release, each.before) if one]
    ours = {one.id: one for one in (*every, *further) if one.kind == OWN}
    return sorted(ours.values(), key=lambda one: (one.period.first, one.vintage))


def bound_of(tables: Sequence[Figures]) -> int:
    """The least count that no protection of these tables hides for being small."""
    thresholds = [each.terms.threshold or 0 for each in releases_of(tables)]
    return max([0, *thresholds, *(end + 1 for table in tables for end in table.symbols)])


def sentences(*texts: Text | None) -> Iterator[Part]:
    """Each text as a paragraph; those that there are not left out."""
    return (paragraph_of(text) for text in texts if text is not None)


def paragraph_of(text: Text) -> Part:
    return lambda language: Paragraph(text(language))


def bullets(texts: Iterable[Text]) -> Part:
    items = tuple(texts)
    return lambda language: Bullets(tuple(each(language) for each in items))


def key_figures(pairs: Iterable[tuple[Text, Text]]) -> Part:
    """Numbers in words, and what each counts."""
    items = tuple(pairs)
    return lambda language: KeyFigures(tuple(KeyFigure(number(language), label(language)) for number, label in items))


def chart(name: str, caption: Text, figures: Figures) -> Part:
    """The figures as a chart with its table."""
    return lambda language: picture(figures, table_of(name, caption(language), figures, language), language)


def table_of(name: str, caption: str, figures: Figures, language: str) -> Table:
    """The figures as a table, with what explains its marks and says where it is from."""
    (whole, *_) = Arrangement(figures, language).grids()
    grid = whole.short()
    return explain(name, caption, grid, [(figures, cells_of(grid.rows))], language)


def cells_of(rows: Iterable[Row]) -> list[CellText]:
    return [each for row in rows for each in row.cells]


def explain(
    name: str, caption: str, grid: Grid, answers: Sequence[tuple[Figures, Sequence[CellText]]], language: str
) -> Table:
    """A grid with the key of its marks and its sources. `answers`: those that it is made of, each with its cells."""
    # Of a year that an answer does not have it explains no mark.
    key = dict(
        pair
        for figures, cells in answers
        for pair in key_of(figures, (each for each in cells if each is not MISSING), language)
    )
    if any(each is MISSING for _, cells in answers for each in cells):
        key[MISSING.text] = STATUSES[MISSING.status](language)
    source = source_sentence((figures for figures, _ in answers), language)
    return Table(name, caption, grid, tuple(key.items()), source)


def documents_in(sections: Sequence[SectionDraft]) -> dict[str, tuple[Section, ...]]:
    return {language: tuple(each.in_language(language) for each in sections) for language in Text._fields}
