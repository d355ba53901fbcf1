"""What stands in an error file: heads, rows and what is said of them. Nothing else of the sender's file is given back.

The guard looked at the header and the cells of the table that was read, and at no other sheet, comment or property. So the file is
written anew from the same cells. They are looked at once more, as they are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from cases.intake.additions import is_ignored
from cases.intake.guard.check import check_cells, check_headers
from cases.intake.readers.refusals import MOST_CHARACTERS
from cases.intake.templates.columns import BETWEEN, BY_NAME, EMPTY_SET
from cases.intake.templates.sheets import SheetRow
from cases.intake.templates.workbook import Head, heads_of
from cases.intake.understanding.headers import LONGEST
from cases.intake.understanding.sources import JSON_FORMATS, FileTable, SourceRow
from core.text import Text

# The column of the file (from 0) or the member of the row that is wrong, or None for the whole row; and what is said, a sentence.
Mark = tuple[int | str | None, str]
# By the line of the file, as its rows are numbered to people (from 1). Of JSON by the index of the row: an array may be one line.
Marks = Mapping[int, Sequence[Mark]]
# Rejected rows: the same number, and the cells as they were sent, by the member of the row.
RejectedRows = Iterable[tuple[int, Mapping[str, object]]]

# The largest table that is given back whole. Of a larger one the rejected rows alone are given back.
MOST_ROWS, MOST_COLUMNS = 10_000, 200
# Readers take cells of 1,000 characters at most, and so must what is said of a row, when the file comes back.
MOST_TEXT = 900
# Behind the last sentence, where there is no room for more.
MORE = "…"


@dataclass(frozen=True, slots=True)
class SentFile:
    """The file. `columns`: the member in each column, None where there is none. `rows` counts them without the head.

    `form` is `xlsx`, `ods`, `csv`, `json` or `ndjson`. `header`: the heads that are given back.
    """

    path: Path
    form: str
    rows: int
    columns: tuple[str | None, ...] = ()
    header: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether all of it is given back."""
        return self.rows <= MOST_ROWS and len(self.columns) <= MOST_COLUMNS


def note(marks: Sequence[Mark], between: str) -> str:
    """What is said of a row, each sentence once and whole: that is how it is known again when the file comes back."""
    so_far = ""
    for text in dict.fromkeys(text for _, text in marks):
        longer = f"{so_far}{between}{text}" if so_far else text
        if len(longer) + len(between) + len(MORE) > MOST_TEXT:
            return f"{so_far}{between}{MORE}" if so_far else MORE
        so_far = longer
    return so_far


def wrong_members(marks: Sequence[Mark], columns: Sequence[str | None]) -> frozenset[str]:
    """The members of a row that are wrong."""
    places = (place for place, _ in marks if place is not None)
    names = (columns[place] if isinstance(place, int) and place < len(columns) else place for place in places)
    return frozenset(name for name in names if isinstance(name, str))


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


def fresh_table(file: SentFile, marks: Marks, rejected_rows: RejectedRows, language: str, left_out: int) -> ErrorTable:
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
