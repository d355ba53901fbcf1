"""The parts of a section in no language yet, with charts drawn and sources in words. For commands: no web process draws.

A part becomes a block in each language; the sentences are `Text` already.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from itertools import groupby

from core.text import Text
from publications.annual import words
from publications.annual.document import Block, Bullets, KeyFigure, KeyFigures, Paragraph, Picture, Section, Table
from publications.annual.sentences import magnitude
from publications.figures import drawing
from publications.figures.chart import Chart, description_of
from publications.figures.drawing import body
from publications.figures.look import NARROW, WIDE, PictureForm
from publications.figures.rules import charts_of
from stats.reading.entries import OWN, CatalogueEntry
from stats.reading.external import tables_of
from stats.reading.external_words import PUBLISHED, SOURCES_OF
from stats.reading.grid import Arrangement, Grid, Row
from stats.reading.marks import MARKS, CellText, key_of
from stats.reading.measures import STATUSES, CellStatus, Measure
from stats.reading.table import Figures


def source_sentence(answers: Iterable[Figures], language: str) -> str:
    """A sentence that names the sources of some answers: our releases first, then each publisher with the years that it told."""
    ours: set[str] = set()
    publishers: dict[str, dict[str, CatalogueEntry]] = {}
    for figures in answers:
        for release in (each.release for each in figures.periods):
            if release.kind == OWN:
                ours.add(release.id)
            for name in publishers_of(release, figures):
                publishers.setdefault(name(language), {})[release.id] = release
    others = "; ".join(f"{name}, {years_and_ids(releases)}" for name, releases in sorted(publishers.items()))
    parts = [
        *([f"{SOURCES_OF[OWN][len(ours) > 1](language)} {', '.join(sorted(ours))}"] if ours else []),
        *([f"{PUBLISHED(language)}: {others}"] if others else []),
    ]
    return words.SOURCE(language).format("; ".join(parts))


def publishers_of(release: CatalogueEntry, figures: Figures) -> Iterator[Text]:
    """Who published the figures of an external release that an answer shows, with the totals beside them."""
    shown = {axis.id for axis in figures.query.axes}
    for table, cells in tables_of(release.provenance.figures, release.period).items():
        if shown.issuperset(filter(None, table.split(","))):
            origins = (each.origin for each in cells.values())
            yield from (Text(each.author, each.author) if each else words.COMPUTED for each in origins)


def years_and_ids(releases: dict[str, CatalogueEntry]) -> str:
    """The years of releases, those that follow each other as a span, and the releases by their ids: `2016–2018 (2016.x2, …)`."""
    years = sorted({month.year for each in releases.values() for month in each.period.months()})
    runs = [[year for _, year in run] for _, run in groupby(enumerate(years), key=lambda pair: pair[1] - pair[0])]
    spans = ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
    return f"{spans} ({', '.join(sorted(releases))})"


def picture(figures: Figures, table: Table, language: str) -> Block:
    """The figures as a chart with its table; the table alone where there is nothing to draw."""
    chart = next(iter(charts_of(figures, language)), None)
    return table if chart is None else picture_of(chart, table)


def picture_of(chart: Chart, table: Table) -> Picture:
    """A chart with the table of its figures, under whose caption it stands."""
    chart = replace(chart, name=f"report-{table.id}-{chart.language}", title=table.caption)
    wide, narrow = (plain(chart, form) for form in (WIDE, NARROW))
    return Picture(table.id, table.caption, description_of(chart), wide, table, narrow)


@lru_cache(maxsize=128)
def plain(chart: Chart, form: PictureForm) -> str:
    """The drawing alone: title, key and source stand around it in the report, and so does what it shows in words.

    A person may rewrite those words, so that the drawing has none.

    Kept for a while: a draft that is made again has mostly the same charts.
    """
    bare = replace(chart, title="", key=(), source="")
    return drawing.picture(bare, form, body(bare, form))


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
