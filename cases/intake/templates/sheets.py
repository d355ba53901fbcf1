"""Workbooks of text for Excel: the writer that templates, error files and files of counts share.

The same rows on the same day are the same bytes: no clock is asked. Every cell is text, so that nothing becomes a date, a number, a
formula or a link.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from cases.intake.additions import ERRORS

# Excel's own limits of what a cell's list says.
TITLE, MESSAGE = 32, 255
# The first moment that an archive can name.
NO_DAY = datetime(1980, 1, 1, tzinfo=UTC)
WIDTH, NOTE_WIDTH, HEAD_HEIGHT = 22, 60, 48
TEXT = {"num_format": "@", "valign": "top"}
HEAD = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}
REQUIRED, OPTIONAL = {"bg_color": "#DDEBF7"}, {"bg_color": "#F2F2F2"}
EXAMPLE = {"italic": True, "font_color": "#595959", "bg_color": "#FFF2CC"}
WRONG = {"bg_color": "#FFC7CE", "font_color": "#9C0006"}
NOTE = {"text_wrap": True, "font_color": "#9C0006"}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of the data: the text of each cell by the column's name, what is said of it, and the columns that are wrong.

    `line`: where it stands, from 1; below the one before it where nothing is said.
    """

    cells: Mapping[str, str]
    note: str = ""
    wrong: frozenset[str] = frozenset()
    is_example: bool = False
    line: int | None = None


@dataclass
class TextBook:
    """A workbook that is being written. `noted`: a first column says what is wrong with each row."""

    title: str
    noted: bool
    out: BytesIO = field(default_factory=BytesIO)
    formats: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.book = Workbook(self.out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        self.book.set_properties({"title": self.title, "created": NO_DAY})

    def form(self, **properties: Any) -> Any:
        key = tuple(properties.items())
        if key not in self.formats:
            self.formats[key] = self.book.add_format(properties)
        return self.formats[key]

    def close(self) -> bytes:
        self.book.close()
        return self.out.getvalue()

    def write_note_head(self, sheet: Any, top: int, language: str) -> None:
        """The height of the heads, and the head of what is wrong."""
        sheet.set_row(top, HEAD_HEIGHT)
        if self.noted:
            sheet.set_column(0, 0, NOTE_WIDTH, self.form(**TEXT, **NOTE))
            sheet.write_string(top, 0, ERRORS(language), self.form(**HEAD))

    def write_row(self, sheet: Any, number: int, row: SheetRow, names: Sequence[str], *, blank: bool = True) -> None:
        """A row of text. `blank`: a wrong cell without a text is an empty one, and no empty text."""
        usual, wrong = self.form(**TEXT, **EXAMPLE) if row.is_example else None, self.form(**TEXT, **WRONG)
        if row.note:
            sheet.write_string(number, 0, row.note, self.form(**TEXT, **NOTE))
        for place, name in enumerate(names, self.noted):
            text = row.cells.get(name, "")
            form = wrong if name in row.wrong else usual
            if text or (form is not None and not blank):
                sheet.write_string(number, place, text, form)
            elif form is not None:
                sheet.write_blank(number, place, None, form)


def shorten(text: str, most: int) -> str:
    """A text of at most so many characters."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
