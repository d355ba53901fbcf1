"""A template as a workbook for Excel: the rows, their lists and help, a guide, and what it says of itself.

Whoever calls gives the references.

The stamp is one text: `henvis:referrals/1/da/1.0`, of the template's version, its language and the dictionary's version. It is a
property of the document and the only cell of a hidden sheet, so that it survives Excel, LibreOffice and Google Sheets. A CSV
has none. A stamp is no proof of anything: what a file says is checked row by row, whatever its stamp.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from xlsxwriter.utility import xl_col_to_name

from cases.dictionary import SCHEMA_VERSION
from cases.fields import CodedField, CodeSetField
from cases.intake.findings import FileRefused, Finding
from cases.intake.templates import texts
from cases.intake.templates.columns import (
    COLUMNS,
    LAST_ROW,
    NONE,
    PARENTS,
    REFERENCE,
    ListedCode,
    TemplateColumn,
    listed_codes,
)
from cases.intake.templates.sheets import HEAD, OPTIONAL, REQUIRED, TEXT, TITLE, WIDTH, SheetRow, TextBook, shorten
from cases.intake.templates.texts import Guide
from core.text import Text

CURRENT = "1"
# The last day on which a file made from a version of the template is taken; None while no end is announced.
TEMPLATES: Mapping[str, date | None] = {CURRENT: None}

PATTERN = re.compile(rb"henvis:referrals/([0-9]{1,4})/(da|en)/([0-9.]{1,12})")
# The parts of XLSX and ODS that may hold it, the nearest first.
PARTS = ("docProps/custom.xml", "meta.xml", "xl/sharedStrings.xml")
UNREADABLE = (BadZipFile, OSError, KeyError, RuntimeError, NotImplementedError, ValueError, EOFError, zlib.error)
CHUNK, MOST, LONGEST = 1 << 16, 1 << 24, 64
TOO_OLD, SUPERSEDED = "template_too_old", "template_superseded"


@dataclass(frozen=True, slots=True)
class Stamp:
    """The version of a template, its language, and the version of the dictionary that it was made from."""

    version: str
    language: str
    dictionary: str

    def __str__(self) -> str:
        return f"henvis:referrals/{self.version}/{self.language}/{self.dictionary}"


def current_stamp(language: str) -> Stamp:
    """The stamp of a template that is made now."""
    return Stamp(CURRENT, language, SCHEMA_VERSION)


def template_of(path: Path) -> Stamp | None:
    """The stamp of a workbook that was made from a template; None for any other file. At most 16 MiB of each part are read."""
    with suppress(*UNREADABLE), ZipFile(path) as archive:
        names = set(archive.namelist())
        return next((stamp for part in PARTS if part in names and (stamp := stamp_in(archive, part))), None)
    return None


def stamp_in(archive: ZipFile, part: str) -> Stamp | None:
    """The stamp in a part of a workbook, if it is there. The part is read in pieces that overlap by more than a stamp."""
    end, size = b"", 0
    with archive.open(part) as stream:
        while size < MOST and (piece := stream.read(CHUNK)):
            size += len(piece)
            if match := PATTERN.search(end + piece):
                return Stamp(*(group.decode() for group in match.groups()))
            end = piece[-LONGEST:]
    return None


def check_template(
    stamp: Stamp | None, day: date, templates: Mapping[str, date | None] = TEMPLATES
) -> tuple[Finding, ...]:
    """Raise `FileRefused` for a template that is not taken any more; a notice where its last day is announced.

    `period` of the finding is that day. A version that nobody knows is taken for an old one.
    """
    if stamp is None:
        return ()
    last = templates.get(stamp.version, date.min)
    if last is None:
        return ()
    if day > last:
        raise FileRefused(TOO_OLD, [(Finding(TOO_OLD), None)])
    return (Finding(SUPERSEDED, period=last.isoformat()),)


A4 = 9
STAMP_SHEET, STAMP_NAME = "Henvis", "henvis_template"
WIDE = 38
GUIDE_WIDTHS = (38, 24, 14, 70, 70)
# The head's text stays the label: the star is the form's.
STAR = '@" *"'


@dataclass(frozen=True, slots=True)
class Head:
    """A head and its column; None for one in which nothing of ours stands."""

    text: str
    column: TemplateColumn | None


def heads_of(language: str) -> tuple[Head, ...]:
    return tuple(Head(column.label(language), column) for column in COLUMNS)


@dataclass
class TemplateBook:
    """A template that is being written. `noted`: a first column says what is wrong with each row.

    `heads`: in another order than the template's, or fewer. They stand in line `header_line`; `title` stands in the first one.
    """

    language: str
    day: date
    guide: Guide
    noted: bool = False
    heads: Sequence[Head] = ()
    header_line: int = 1
    title: str = ""

    def __post_init__(self) -> None:
        self.heads = self.heads or heads_of(self.language)
        self.names = [head.column.name if head.column else "" for head in self.heads]
        self.text = TextBook(self.guide.title(self.language), self.noted)
        self.book, self.form = self.text.book, self.text.form

    def write(self, rows: Iterable[SheetRow]) -> bytes:
        stamp = str(current_stamp(self.language))
        self.book.set_custom_property(STAMP_NAME, stamp, "text")
        data, guide = (self.page(name) for name in (texts.DATA, texts.GUIDE))
        self.write_data(data, rows)
        self.write_guide(guide)
        self.write_lists(self.book.add_worksheet(texts.LISTS(self.language)))
        self.write_stamp(self.book.add_worksheet(STAMP_SHEET), stamp)
        return self.text.close()

    def page(self, name: Text) -> Any:
        """A sheet that people read. Printed, it is as wide as the paper."""
        sheet = self.book.add_worksheet(name(self.language))
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        return sheet

    def write_data(self, sheet: Any, rows: Iterable[SheetRow]) -> None:
        """The heads, the rows, and of each column its width, its help and its list."""
        top = self.header_line - 1
        self.text.write_note_head(sheet, top, self.language)
        if self.title:
            sheet.write_string(0, 0, self.title, self.form(bold=True))
        for place, head in enumerate(self.heads, self.noted):
            if head.column is not None:
                self.write_head(sheet, place, head.text, head.column)
        sheet.freeze_panes(self.header_line, 1)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_col_to_name(len(self.heads))}{self.last_row}"})
        number = top
        for row in rows:
            number = number + 1 if row.line is None else row.line - 1
            if row.is_example:
                sheet.write_comment(number, self.noted, texts.DELETE(self.language))
            self.text.write_row(sheet, number, row, self.names)

    @property
    def last_row(self) -> int:
        """The last row in which the lists are offered."""
        return LAST_ROW + self.header_line - 1

    def write_head(self, sheet: Any, place: int, text: str, column: TemplateColumn) -> None:
        """A head. A star marks a column that must be filled in."""
        colour, star = (REQUIRED, {"num_format": STAR}) if column.required else (OPTIONAL, {})
        sheet.set_column(place, place, WIDE if column.name == REFERENCE else WIDTH, self.form(**TEXT))
        sheet.write_string(self.header_line - 1, place, text, self.form(**HEAD, **colour, **star))
        sheet.data_validation(self.header_line, place, self.last_row - 1, place, self.validation(column))

    def validation(self, column: TemplateColumn) -> dict[str, Any]:
        """What Excel offers and says in a column's cells. Something else than a list's text is asked about, and is no error."""
        title = shorten(column.label(self.language), TITLE)
        words = {"input_title": title, "input_message": texts.message(column, self.language)}
        if not isinstance(column.field, CodedField | CodeSetField):
            return {"validate": "any", **words}
        error = {"error_title": texts.NOT_ON_LIST(self.language), "error_message": texts.CODE_TOO(self.language)}
        asking = {"show_error": False} if column.is_set else {"error_type": "warning", **error}
        return {"validate": "list", "source": self.source(column), **asking, **words}

    def source(self, column: TemplateColumn) -> str:
        """The list of a column: all of its texts or, where the column that it depends on is filled in, those that belong there."""
        if column.name not in PARENTS or PARENTS[column.name].name not in self.names:
            return f"=list_{column.name}"
        parent = self.names.index(PARENTS[column.name].name) + self.noted
        cell = f"${xl_col_to_name(parent)}{self.header_line + 1}"
        parents = f"parents_{column.name}"
        branch = f"OFFSET(branch_{column.name},MATCH({cell},{parents},0)-1,0,COUNTIF({parents},{cell}),1)"
        return f"=IF(COUNTIF({parents},{cell})=0,list_{column.name},{branch})"

    def write_guide(self, sheet: Any) -> None:
        """What to write, what never to write, every column, and every code."""
        for place, width in enumerate(GUIDE_WIDTHS):
            sheet.set_column(place, place, width)
        sheet.write_string(0, 0, self.guide.title(self.language), self.form(bold=True, font_size=14))
        for number, text in enumerate(self.guide.lines, 1):
            sheet.write_string(number, 0, text(self.language), self.form(bold=number == 1))
        end = self.write_table(
            sheet, len(self.guide.lines) + 2, texts.FIELDS_TITLE, texts.FIELDS, texts.field_lines(self.language)
        )
        self.write_table(sheet, end + 1, texts.CODES_TITLE, texts.CODES, texts.code_lines(self.language, self.day))

    def write_table(
        self, sheet: Any, number: int, title: Text, heads: Sequence[Text], lines: Sequence[Sequence[str]]
    ) -> int:
        """A table with a title, from a row on; the row after it."""
        sheet.write_string(number, 0, title(self.language), self.form(bold=True, font_size=12))
        for place, head in enumerate(heads):
            if head(self.language):
                sheet.write_string(number + 1, place, head(self.language), self.form(**HEAD))
        wrap = self.form(text_wrap=True, valign="top")
        for n, line in enumerate(lines, number + 2):
            for place, text in enumerate(line):
                if text:
                    sheet.write_string(n, place, text, wrap)
        return number + 2 + len(lines)

    def write_lists(self, sheet: Any) -> None:
        """The list of each column, with a name by which its cells find it."""
        sheet.hide()
        place = 0
        for column in COLUMNS:
            options = listed_codes(column, self.day, self.language)
            if options:
                extra = [NONE(self.language)] if column.is_set else []
                labels = extra + [choice.label(self.language) for choice in options]
                place = self.write_list(sheet, place, f"list_{column.name}", labels)
            if column.name in PARENTS:
                place = self.write_branches(sheet, place, column, options)

    def write_list(self, sheet: Any, place: int, name: str, labels: Sequence[str]) -> int:
        """A list in a column of its own; the next column."""
        for number, text in enumerate((name, *labels)):
            sheet.write_string(number, place, text)
        letter = xl_col_to_name(place)
        rows = f"${letter}$2:${letter}${len(labels) + 1}"
        self.book.define_name(name, f"='{texts.LISTS(self.language)}'!{rows}")
        return place + 1

    def write_branches(self, sheet: Any, place: int, column: TemplateColumn, options: Sequence[ListedCode]) -> int:
        """Of a column that depends on another: each text of the other, with the texts that belong to it."""
        parent = PARENTS[column.name]
        pairs = [
            (other.label(self.language), choice.label(self.language))
            for other in parent.codelist.codes
            for choice in options
            if choice.parent in {None, other.code}
        ]
        place = self.write_list(sheet, place, f"parents_{column.name}", [other for other, _ in pairs])
        return self.write_list(sheet, place, f"branch_{column.name}", [label for _, label in pairs])

    def write_stamp(self, sheet: Any, stamp: str) -> None:
        """The version, where nobody sees it."""
        sheet.very_hidden()
        sheet.write_string(0, 0, stamp)
        self.book.define_name(STAMP_NAME, f"={STAMP_SHEET}!$A$1")


def workbook(language: str, day: date, rows: Iterable[SheetRow], guide: Guide) -> bytes:
    """A workbook with these rows, the lists of a day, and its guide."""
    return TemplateBook(language, day, guide).write(rows)
