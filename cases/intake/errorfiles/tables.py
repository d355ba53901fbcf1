"""What stands in an error file: heads, rows and what is said of them. Nothing else of the sender's file is given back.

The guard looked at the header and the cells of the table that was read, and at no other sheet, comment or property. So the file is
written anew from the same cells. They are looked at once more, as they are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from cases.intake.errorfiles.marks import MOST_ROWS, Marks, Rejected, SentFile, note, wrong_members
from cases.intake.guard.check import check_cells, check_headers
from cases.intake.ignored import is_ignored
from cases.intake.readers.limits import MOST_CHARACTERS
from cases.intake.sources import JSON_FORMATS, FileTable, SourceRow
from cases.intake.templates.columns import BETWEEN, BY_NAME, EMPTY_SET
from cases.intake.templates.sheets import SheetRow
from cases.intake.templates.workbook import Head, heads_of
from cases.intake.understanding.headers import LONGEST
from core.text import Text

# Rows that say nothing but a reference are not counted with the others, and stand in the file all the same.
MOST_LINES, MOST_TEXTS = 2 * MOST_ROWS, 20_000_000
LEFT_OUT = Text(
    "Filen har de første {most} rækker, der skal rettes. {number} flere er udeladt. Alle står i leverancens resultater.",
    "This file has the first {most} rows that need correcting. {number} more are left out. The results of the delivery have all.",
)
UNREAD_LINE = Text("Linje {number} kunne ikke læses.", "Line {number} could not be read.")
UNREAD_ROW = Text("Række {number} kunne ikke læses.", "Row {number} could not be read.")


class TableTooLarge(Exception):
    """There is more in the sender's table than is given back whole."""


@dataclass(frozen=True, slots=True)
class ErrorTable:
    """A table with a column of what is wrong in front. `unread`: the lines whose cells are not given back."""

    heads: Sequence[Head]
    rows: Sequence[SheetRow]
    header_line: int = 1
    title: str = ""
    unread: frozenset[int] = field(default_factory=frozenset)

    @property
    def is_clean(self) -> bool:
        """Whether the guard sees nothing in any head or cell."""
        names = [head.column.name if head.column else None for head in self.heads]
        cells = ([row.cells.get(name, "") if name else "" for name in names] for row in self.rows)
        return not check_headers([head.text for head in self.heads]) and not any(
            check_cells(names, row) for row in cells
        )


def own_table(file: SentFile, table: FileTable, marks: Marks, language: str) -> ErrorTable:
    """All rows of the sender's table, each in its line, under the sender's heads. Raises `TableTooLarge`."""
    places = [*range(len(table.header))]
    if table.header and is_ignored(table.header[0]):
        places.pop(0)
    heads = [head_at(file, file.header or table.header, place) for place in places]
    rows, unread, size = [], set(), 0
    for row in table.rows:
        is_unread = file.form == "csv" and any(each.column is None for each in row.findings)
        cells = {} if is_unread else cells_of(file, row)
        rows.append(sheet_row(file, row.line, cells, marks, language, is_unread=is_unread))
        unread |= {row.line} if is_unread else set()
        size += sum(map(len, cells.values()))
        if len(rows) > MOST_LINES or size > MOST_TEXTS:
            raise TableTooLarge
    return ErrorTable(heads, rows, table.header_line, unread=frozenset(unread))


def head_at(file: SentFile, header: Sequence[str], place: int) -> Head:
    """A head as far as readers look at it; none where the column is no field."""
    name = file.columns[place] if place < len(file.columns) else None
    return Head(header[place][:LONGEST], BY_NAME[name]) if name else Head("", None)


def cells_of(file: SentFile, row: SourceRow) -> dict[str, str]:
    """The cells of a row by their members."""
    return texts({name: cell for name, cell in zip(file.columns, row.cells, strict=False) if name})


def fresh_table(file: SentFile, marks: Marks, rejected_rows: Rejected, language: str, left_out: int) -> ErrorTable:
    """The rejected rows under the heads of the template. `left_out`: how many more there are, which the first line says."""
    rows = [fresh_row(file, line, members, marks, language) for line, members in rejected_rows]
    title = LEFT_OUT(language).format(most=len(rows), number=left_out) if left_out else ""
    return ErrorTable(heads_of(language), rows, 2 if title else 1, title)


def fresh_row(file: SentFile, line: int, members: Mapping[str, object], marks: Marks, language: str) -> SheetRow:
    """A rejected row, wherever it stood."""
    row = sheet_row(file, line, texts(members), marks, language, is_unread=not members)
    return SheetRow(row.cells, row.note, row.wrong)


def sheet_row(
    file: SentFile, line: int, cells: Mapping[str, str], marks: Marks, language: str, *, is_unread: bool
) -> SheetRow:
    """A row with what is said of it. One that could not be read is named by its line, since nothing else of it is left."""
    notes = marks.get(line, ())
    if is_unread:
        unread = UNREAD_ROW(language) if file.form in JSON_FORMATS else UNREAD_LINE(language)
        number = line + 1 if file.form in JSON_FORMATS else line
        notes = [(None, unread.format(number=number)), *notes]
    return SheetRow(cells, note(notes, "\n"), wrong_members(notes, file.columns), line=line)


def texts(members: Mapping[str, object]) -> dict[str, str]:
    """The text of each cell. One that is longer than readers take is not given back."""
    pairs: Iterable[tuple[str, str]] = ((name, text_of(value)) for name, value in members.items() if name in BY_NAME)
    return {name: text for name, text in pairs if text and len(text) <= MOST_CHARACTERS}


def text_of(value: object) -> str:
    """A value that was sent as the text of a cell that reads as the same value."""
    match value:
        case None | Mapping():
            return ""
        case list() | tuple():
            return BETWEEN.join(map(text_of, value)) or EMPTY_SET
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
    return str(value)
