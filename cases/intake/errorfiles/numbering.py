"""A sheet of the sender's own in which rows have no reference, given back with one in each. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from uuid import uuid4

from cases.intake.errorfiles.files import sheet_of
from cases.intake.errorfiles.tables import MOST_ROWS, MOST_TEXTS, ErrorTable, SentFile, cells_of, head_at
from cases.intake.findings import FileRefused
from cases.intake.guard.check import PROBLEM
from cases.intake.readers.files import open_file
from cases.intake.readers.refusals import TOO_LARGE, UNREADABLE, refusal
from cases.intake.templates.columns import BY_NAME, REFERENCE, is_blank
from cases.intake.templates.sheets import SheetRow
from cases.intake.understanding.columns import Columns, guesses_of, members_of
from cases.intake.understanding.headers import is_own_key
from cases.intake.understanding.mapping import MappingContent
from cases.intake.understanding.sources import FileTable, SourceRow


def numbered_workbook(
    path: Path, media_type: str | None, name: str | None, mapping: MappingContent, *, language: str, day: date
) -> bytes:
    """The sheet as a workbook: every row in its line, with a new reference where it had none, and without keys of the sender's own.

    Raises `FileRefused` for what is no table or too large, has columns that are not known, cells that cannot be read, or an
    identifier.
    """
    source = open_file(path, media_type=media_type, name=name)
    if not source.has_table:
        raise refusal("not_a_table")
    table = source.table()
    header = header_of(table, mapping, BY_NAME[REFERENCE].label(language))
    columns = Columns.of(header, mapping, line=table.header_line, around=table.around)
    file = SentFile(path, source.format, 0, tuple(columns.names.get(place) for place in range(len(header))))
    header, added = columns.heads(header), len(header) - len(table.header)
    rows = list(within_limits(numbered_row(file, row, added) for row in few(table.rows)))
    errors = ErrorTable([head_at(file, header, place) for place in range(len(header))], rows, table.header_line)
    if not errors.is_clean:
        raise FileRefused(PROBLEM, [])
    return sheet_of(errors, language, day)


def header_of(table: FileTable, mapping: MappingContent, label: str) -> Sequence[str]:
    """The heads without those of own keys, and with one of references in front where there is none."""
    header = ["" if is_own_key(text) else text for text in table.header]
    members = members_of(header, mapping)
    guesses = {each.guess for each in guesses_of(header, members, table.header_line)}
    return header if REFERENCE in {*members.values(), *guesses} else [label, *header]


def few(rows: Iterator[SourceRow]) -> Iterator[SourceRow]:
    """The rows. Raises `FileRefused` for one that cannot be read, and where there are too many for somebody to wait for."""
    for row in islice(rows, MOST_ROWS):
        if row.findings:
            raise FileRefused(UNREADABLE, [(each, row.line) for each in row.findings])
        yield row
    if next(rows, None) is not None:
        raise FileRefused(TOO_LARGE, [])


def within_limits(rows: Iterable[SheetRow]) -> Iterator[SheetRow]:
    """The rows. Raises `FileRefused` where their texts are more than is given back whole."""
    size = 0
    for row in rows:
        size += sum(map(len, row.cells.values()))
        if size > MOST_TEXTS:
            raise FileRefused(TOO_LARGE, [])
        yield row


def numbered_row(file: SentFile, row: SourceRow, added: int) -> SheetRow:
    """A row with its reference, or a new one. A row that says nothing needs none."""
    places = SentFile(file.path, file.form, 0, file.columns[added:])
    cells = cells_of(places, row)
    if not is_blank(cells):
        cells.setdefault(REFERENCE, str(uuid4()))
    return SheetRow(cells, line=row.line)
