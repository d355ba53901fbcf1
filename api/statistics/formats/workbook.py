"""Figures as a workbook for Excel: what they are, the rows of CSV with real types, and the tables as pages show them.

A hidden cell has no number in it, and no cell is a formula. The same figures are the same bytes: no clock is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.conf import settings
from xlsxwriter import Workbook

from api.http.bodies import BINARY
from api.statistics.formats.flat import heads, rows
from api.statistics.formats.form import TableFormat
from api.statistics.formats.json_stat import address
from core.text import Text
from stats.models import PUBLIC
from stats.reading import external_words, wording
from stats.reading.entries import CatalogueEntry
from stats.reading.grid import PERIOD, Arrangement, Grid
from stats.reading.marks import MINUS, SUFFIXES, CellText, key_of
from stats.reading.measures import CellStatus
from stats.reading.table import Figures
from stats.revisions.citation import UNDATED, Citation, day, operator

ONLY = Text("Kun", "Only")
ABOUT, DATA, VIEW = Text("Om", "About"), Text("Data", "Data"), Text("Visning", "View")
TITLE, RELEASE, PUBLISHED = Text("Titel", "Title"), Text("Udgivelse", "Release"), Text("udgivet", "published")
SOURCE, CITATION, NOTE = Text("Kilde", "Source"), Text("Citér", "Cite"), Text("Note", "Note")
KEY, LICENCE, ADDRESS = Text("Tegnforklaring", "Key"), Text("Licens", "Licence"), Text("Adresse", "Address")
# Of figures without a day of their own: the first that an archive can name.
NO_DAY = datetime(1980, 1, 1, tzinfo=UTC)
NAME_WIDTH, TEXT_WIDTH, WIDTH = 24, 110, 16
A4 = 9


@dataclass
class Book:
    """A workbook that is being written. `formats`: each form of a cell once."""

    figures: Figures
    language: str
    base: str
    out: BytesIO = field(default_factory=BytesIO)
    formats: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.book = Workbook(self.out, {"in_memory": True})

    @property
    def heading(self) -> str:
        """What is counted, and by what."""
        sides = (side.axis for side in self.figures.sides)
        return wording.heading(self.figures.query.dataset, sides, self.language)

    @property
    def filters(self) -> list[str]:
        """Of what alone the figures are: each dimension and its code in words; of a quantity its name says it."""
        pairs = [(axis, code) for axis, name in self.figures.query.filters for code in axis.codes if code.code == name]
        return [
            f"{axis.label(self.language)}: {name}" if axis.has_total else name
            for axis, name in ((axis, code.label(self.language)) for axis, code in pairs)
        ]

    def form(self, **properties: Any) -> Any:
        key = tuple(properties.items())
        if key not in self.formats:
            self.formats[key] = self.book.add_format(properties)
        return self.formats[key]

    def sheet(self, name: Text) -> Any:
        """A new sheet. Printed, it is as wide as the paper."""
        sheet = self.book.add_worksheet(name(self.language))
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        return sheet

    def write(self) -> bytes:
        words = {"title": self.heading, "author": operator(settings.HENVIS_OPERATOR)(self.language)}
        self.book.set_properties({**words, "created": publication_moment(self.figures)})
        self.write_about()
        self.write_data()
        self.write_view()
        self.book.close()
        return self.out.getvalue()

    def write_about(self) -> None:
        """What the figures are: a name and a text in each row."""
        sheet = self.sheet(ABOUT)
        sheet.set_column(0, 0, NAME_WIDTH)
        sheet.set_column(1, 1, TEXT_WIDTH)
        for n, (name, text) in enumerate(self.about()):
            sheet.write_string(n, 0, name(self.language), self.form(bold=True, valign="top"))
            sheet.write_string(n, 1, text, self.form(text_wrap=True, valign="top"))

    def about(self) -> Iterator[tuple[Text, str]]:
        """What the figures are, from whom, what their statuses mean, and how they may be used."""
        figures, language = self.figures, self.language
        releases = [each.release for each in figures.periods]
        yield TITLE, self.heading
        yield from ((ONLY, text) for text in self.filters)
        yield PERIOD, ", ".join(release.period.label(language) for release in releases)
        yield from ((RELEASE, self.release_line(release)) for release in releases)
        yield SOURCE, external_words.source_line(figures, language)
        for source in external_words.all_sources(figures):
            yield SOURCE, f"{source.title}: {source.url}"
        yield from ((CITATION, self.citation(release)) for release in releases)
        yield from ((NOTE, note(language)) for note in wording.notes(figures))
        yield from ((KEY, line) for line in self.statuses())
        if figures.audience == PUBLIC:
            yield LICENCE, f"{settings.HENVIS_SITE['licence']}, {settings.HENVIS_SITE['licence_address']}"
        yield ADDRESS, self.base + address(figures, language)

    def release_line(self, release: CatalogueEntry) -> str:
        """A release, and when it was published where that is known."""
        moment = release.published_at or release.built_at
        when = day(moment).isoformat() if moment else release.provenance.publication_date or UNDATED(self.language)
        return f"{release.id}, {PUBLISHED(self.language)} {when}"

    def citation(self, release: CatalogueEntry) -> str:
        where = f"{self.base}/api/v1/releases/{release.id}"
        return Citation(release, operator(settings.HENVIS_OPERATOR), where).words(self.language)

    def statuses(self) -> Iterator[str]:
        """The statuses of the figures with their meanings."""
        meanings = wording.meanings(self.figures)
        present = {status for column in self.figures.columns for status in column.statuses}
        yield from (f"{status}: {meanings[status](self.language)}" for status in CellStatus if status in present)

    def write_data(self) -> None:
        """The rows of CSV as a table of Excel's: numbers are numbers, and what is hidden is an empty cell."""
        sheet, names = self.sheet(DATA), heads(self.figures)
        places = len(self.figures.columns[0].values)
        sheet.add_table(0, 0, places, len(names) - 1, {"name": "Figures", "columns": [{"header": x} for x in names]})
        sheet.set_column(0, len(names) - 1, WIDTH)
        sheet.freeze_panes(1, 0)
        # A period and a code are texts, also where they are digits.
        sheet.ignore_errors({"number_stored_as_text": f"A2:ZZ{places + 1}"})
        for n, row in enumerate(rows(self.figures, self.language), 1):
            for place, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(n, place, value)
                elif isinstance(value, int | Decimal):
                    sheet.write_number(n, place, value)

    def write_view(self) -> None:
        """The tables as pages show them, and under them what the marks mean, the notes and the source."""
        sheet = self.sheet(VIEW)
        sheet.set_column(0, 0, NAME_WIDTH * 2)
        sheet.write_string(0, 0, self.heading, self.form(bold=True, font_size=14))
        for n, text in enumerate(self.filters, 1):
            sheet.write_string(n, 0, f"{ONLY(self.language)} {text}")
        grids, n = Arrangement(self.figures, self.language).grids(), len(self.filters) + 2
        sheet.set_column(1, max(len(grid.headings) for grid in grids), WIDTH)
        for grid in grids:
            n = self.write_grid(sheet, grid, n) + 1
        cells = (each for grid in grids for row in grid.rows for each in row.cells)
        for mark, meaning in key_of(self.figures, cells, self.language):
            sheet.write_string(n, 0, f"{mark}  {meaning}")
            n += 1
        source = external_words.source_line(self.figures, self.language)
        for text in (*(note(self.language) for note in wording.notes(self.figures)), source):
            sheet.write_string(n, 0, text)
            n += 1

    def write_grid(self, sheet: Any, grid: Grid, n: int) -> int:
        """A table from a row on; the row after it."""
        if grid.caption:
            sheet.write_string(n, 0, grid.caption, self.form(bold=True))
            n += 1
        for place, text in enumerate((grid.corner, *grid.headings)):
            align = {"align": "right"} if place else {}
            sheet.write_string(n, place, text, self.form(bold=True, bottom=1, text_wrap=True, **align))
        for row in grid.rows:
            n += 1
            sheet.write_string(n, 0, row.heading, self.form(bold=row.total))
            for place, each in enumerate(row.cells, 1):
                self.write_cell(sheet, n, place, each, row.total)
        return n + 1

    def write_cell(self, sheet: Any, n: int, place: int, each: CellText, bold: bool) -> None:
        """A number in the form that pages give it, or the mark that stands there instead."""
        if each.value is None:
            sheet.write_string(n, place, each.text, self.form(bold=bold, align="right"))
        else:
            sheet.write_number(n, place, each.value, self.form(bold=bold, num_format=number_format(each)))


def number_format(each: CellText) -> str:
    """How Excel shows a number: its decimal, its sign where it is a change, and its mark."""
    mark = f'"{SUFFIXES[each.status]}"' if each.status in SUFFIXES else ""
    plain = f"#,##0{'.0' if isinstance(each.value, Decimal) else ''}{mark}"
    return f"+{plain};{MINUS}{plain};{plain}" if each.with_sign else plain


def publication_moment(figures: Figures) -> datetime:
    """When the latest of the releases was published or, where nobody published it, built."""
    moments = (each.release.published_at or each.release.built_at for each in figures.periods)
    return max((moment for moment in moments if moment), default=NO_DAY).astimezone(UTC)


def workbook(figures: Figures, language: str, base: str) -> bytes:
    return Book(figures, language, base).write()


WORKBOOK = TableFormat(
    id="xlsx",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    extension="xlsx",
    body=BINARY,
    example="Workbook",
    render=workbook,
    most=20_000,  # a second of work
)
