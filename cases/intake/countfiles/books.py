"""The template of a form, what is reported as such a file, and a file that came with what is wrong in it.

No clock is asked: the same rows on the same day are the same bytes. Every cell is text, so that nothing becomes a date.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, repeat
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from cases.codelists.common import label_of
from cases.codelists.types import DaySpan
from cases.intake.additions import ERRORS
from cases.intake.countfiles.columns import FIRST, PERIOD, TABLE, VERSION, dimensions_of, labels_of, text_of
from cases.intake.countfiles.reading import CellFault, CountFile
from cases.intake.errorfiles.tables import note
from cases.intake.readers.refusals import MOST_CHARACTERS
from cases.intake.templates.columns import is_empty
from cases.intake.templates.files import csv_bytes
from cases.intake.templates.sheets import HEAD, OPTIONAL, REQUIRED, TEXT, TITLE, WIDTH, SheetRow, TextBook, shorten
from cases.intake.understanding.sources import CellValue, SourceRow
from cases.services.content import MOST_LINES, Content
from cases.services.periods import CountPeriod
from cases.services.shapes import CountForm
from core.formats import harmless
from core.text import Text

XLSX, CSV = "xlsx", "csv"
KINDS = (XLSX, CSV)
DATA, GUIDE, LISTS = Text("Tal", "Counts"), Text("Vejledning", "Guide"), Text("Lister", "Lists")
# So many rows of a template have its period already.
ROOM = 300
GUIDE_WIDTH = 90
GUIDANCE: tuple[Text, ...] = (
    Text(
        "Skriv kun tal. Skriv aldrig navne, initialer, CPR-numre, sagsnumre eller noter, heller ikke i en ekstra kolonne.",
        "Write numbers alone. Never write names, initials, CPR numbers, case numbers or notes, not even in a column of your own.",
    ),
    Text(
        "En række er en linje i en af skemaets tabeller. Vælg tabellen først: den oplyser, hvilke kolonner rækken har.",
        "A row is a line of one of the form's tables. Choose the table first: it says which columns the row has.",
    ),
    Text(
        "En tom celle er ikke oplyst. 0 er, at der ingen var.", "An empty cell is not known. 0 is that there were none."
    ),
    Text(
        "Var der intet i en tabel, så skriv én række med perioden og tabellen og intet andet.",
        "Where there was nothing in a table, write one row with the period and the table, and nothing else.",
    ),
    Text(
        "En tabel uden rækker er ikke oplyst. Rækker, hvor kun perioden står, springes over.",
        "A table without rows is not known. Rows with nothing but the period are passed over.",
    ),
    Text(
        "Filen indeholder alt om en periode. Retter I den, så send alle dens rækker igen.",
        "The file says all of a period. To correct it, send all of its rows again.",
    ),
    Text("Kolonnerne i hver tabel:", "The columns of each table:"),
)


@dataclass(frozen=True, slots=True)
class CountBook:
    """A file that is to be written. `spans`: it offers the codes of their days. `columns`: in their order.

    An empty column is the sender's, of which nothing is given back.
    """

    form: CountForm
    language: str
    spans: Collection[DaySpan]
    rows: Sequence[SheetRow]
    columns: Sequence[str] = ()
    noted: bool = False

    def write(self, kind: str) -> bytes:
        """The file: `xlsx` or `csv`."""
        return self.workbook() if kind == XLSX else csv_bytes(self.language, self.lines())

    @property
    def names(self) -> Sequence[str]:
        return self.columns or [*labels_of(self.form.id)]

    def head(self, name: str) -> str:
        return labels_of(self.form.id)[name](self.language) if name else ""

    def lines(self) -> Iterator[list[str]]:
        first = [ERRORS(self.language)] if self.noted else []
        yield [*first, *map(self.head, self.names)]
        for row in self.rows:
            notes = [row.note] if self.noted else []
            yield [*notes, *(harmless(row.cells.get(name, "")) for name in self.names)]

    def workbook(self) -> bytes:
        """A workbook for Excel, with the lists that its cells may have and a guide."""
        text = TextBook(self.form.label(self.language), self.noted)
        sheet, guide, lists = (text.book.add_worksheet(name(self.language)) for name in (DATA, GUIDE, LISTS))
        lists.hide()
        text.write_note_head(sheet, 0, self.language)
        for place, name in enumerate(self.names, self.noted):
            sheet.set_column(place, place, WIDTH, text.form(**TEXT))
            if name:
                colour = REQUIRED if name in FIRST else OPTIONAL
                sheet.write_string(0, place, self.head(name), text.form(**HEAD, **colour))
                sheet.data_validation(1, place, MOST_LINES, place, self.validation(name, lists, place))
        for number, row in enumerate(self.rows, 1):
            text.write_row(sheet, number, row, self.names, blank=False)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_col_to_name(len(self.names))}{MOST_LINES}"})
        sheet.freeze_panes(1, 0)
        self.write_guide(guide, text.form(text_wrap=True, valign="top"))
        return text.close()

    def validation(self, name: str, lists: Any, place: int) -> dict[str, Any]:
        """What Excel offers in a column's cells. Another text is asked about by us, and is no error there."""
        options = options_of(self.form, name, self.spans, self.language)
        title = {"input_title": shorten(self.head(name), TITLE)}
        if not options:
            return {"validate": "any", **title, "input_message": self.tables_with(name) or " "}
        for number, option in enumerate(options):
            lists.write_string(number, place, option)
        letter = xl_col_to_name(place)
        source = f"='{LISTS(self.language)}'!${letter}$1:${letter}${len(options)}"
        return {"validate": "list", "source": source, "show_error": False}

    def tables_with(self, name: str) -> str:
        """The tables that have a column."""
        of_tables = (each for each in self.form.tables if name in (*each.dimension_names, *each.measure_names))
        return ", ".join(each.label(self.language) for each in of_tables)

    def write_guide(self, sheet: Any, wrap: Any) -> None:
        """How it is filled in, and which columns each table has."""
        sheet.set_column(0, 0, GUIDE_WIDTH, wrap)
        tables = (f"{each.label(self.language)}: {self.columns_in(each.name)}" for each in self.form.tables)
        title = (self.form.label(self.language), self.form.about(self.language))
        for number, line in enumerate((*title, *(each(self.language) for each in GUIDANCE), *tables)):
            sheet.write_string(number, 0, line, wrap)

    def columns_in(self, table: str) -> str:
        shape = self.form.by_name[table]
        return ", ".join(map(self.head, (*shape.dimension_names, *shape.measure_names)))


def options_of(form: CountForm, name: str, spans: Collection[DaySpan], language: str) -> list[str]:
    """The words that may stand in a column: the tables, or the codes in force on any day of some spans."""
    if name == TABLE:
        return [table.label(language) for table in form.tables]
    if name not in dimensions_of(form.id):
        return []
    codes = dimensions_of(form.id)[name].codelist.by_code.values()
    return [code.label(language) for code in codes if any(map(code.is_valid_in, spans))]


def template(form: CountForm, period: CountPeriod, language: str, day: date) -> CountBook:
    """The template of a form and period, as things stand on a day."""
    rows = repeat(SheetRow({PERIOD: period.id}), ROOM)
    return CountBook(form, language, {period.days_of_codes(day)}, [*rows])


def reported_book(
    form: CountForm, period: CountPeriod, content: Content, version: int, language: str, day: date
) -> CountBook:
    """What is reported as a file, which can be corrected and sent."""
    rows = chain.from_iterable(rows_of(form, table.name, content.get(table.name), language) for table in form.tables)
    first_cells = {PERIOD: period.id, VERSION: str(version)}
    book_rows = [*(SheetRow({**first_cells, **cells}) for cells in rows), *repeat(SheetRow(first_cells), ROOM)]
    return CountBook(form, language, {period.days_of_codes(day)}, book_rows)


def rows_of(
    form: CountForm, table: str, lines: Sequence[Mapping[str, Any]] | None, language: str
) -> Iterator[dict[str, str]]:
    """The rows of a table that is reported: one without anything else where there was nothing, none where it is not known."""
    first_cells = {TABLE: form.by_name[table].label(language)}
    if lines is None:
        return
    for line in lines or [{}]:
        yield {**first_cells, **{name: words_of(form, name, value, language) for name, value in line.items()}}


def words_of(form: CountForm, name: str, value: object, language: str) -> str:
    """A code in words, a number in digits."""
    dimension = dimensions_of(form.id).get(name)
    if value is None or dimension is None:
        return "" if value is None else str(value)
    return label_of(dimension.codelist, str(value))(language)


def marked_book(form: CountForm, file: CountFile, faults: Iterable[CellFault], language: str, day: date) -> CountBook:
    """The sender's rows with what is wrong in front of each. What stands in a column that the form has not is not given back."""
    by_line: dict[int, list[CellFault]] = {}
    for each in faults:
        by_line.setdefault(each.line or file.header_line, []).append(each)
    names = {place: name for name, place in file.columns.items()}
    places = sorted(names)
    of_file = by_line.get(file.header_line, ())
    first = [SheetRow({}, said_of(of_file, language))] if of_file else []
    rows = [marked_row(row, names, by_line.get(row.line, ()), language) for row in file.rows]
    spans = {period.days_of_codes(day) for period in file.periods} or {DaySpan(day, day)}
    return CountBook(form, language, spans, [*first, *rows], [names[place] for place in places], noted=True)


def marked_row(row: SourceRow, names: Mapping[int, str], faults: Sequence[CellFault], language: str) -> SheetRow:
    """A row with what is said of it."""
    cells = {names[place]: cell_text(cell) for place, cell in enumerate(row.cells) if place in names}
    wrong = frozenset(name for each in faults if each.column is not None and (name := names.get(each.column)))
    return SheetRow(cells, said_of(faults, language), wrong)


def said_of(faults: Sequence[CellFault], language: str) -> str:
    """What is said of a row, a sentence a line."""
    return note([(None, each.detail(language)) for each in faults], "\n")


def cell_text(cell: CellValue) -> str:
    """A cell as a text that reads as the same value. One that is longer than readers take is not given back."""
    if is_empty(cell):
        return ""
    text = cell.isoformat() if isinstance(cell, date) else text_of(cell)
    return text if len(text) <= MOST_CHARACTERS else ""
