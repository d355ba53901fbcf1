"""A file of counts, read: what each period says, with the line of the file of each of its lines, and what is wrong.

A row is a line of a table. One in which only the period and the table stand says that the table was empty: there was nothing.
A table of which a period has no row is not known. A row with a period alone is one that the template filled in, and says nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from cases.intake.additions import is_ignored
from cases.intake.countfiles import words
from cases.intake.countfiles.columns import (
    HEADS,
    PERIOD,
    TABLE,
    VERSION,
    is_understood,
    names_of,
    period_of,
    table_of,
    value_of,
    version_of,
)
from cases.intake.guard.check import (
    IdentifierTally,
    check_above,
    check_cells,
    check_headers,
    check_unknown,
    check_unread,
)
from cases.intake.readers.refusals import ROW_WORDS, refusal
from cases.intake.templates.columns import is_empty
from cases.intake.understanding.headers import key_of
from cases.intake.understanding.sources import CellValue, FileTable, Source, SourceRow
from cases.services.content import MOST_LINES
from cases.services.periods import EXPECTED, CountPeriod
from cases.services.shapes import CountForm
from core.text import Text

# The guard's name of a column that has months: a day of this century is no birth date there.
MONTH_COLUMN = "referred_in"


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong in a file: the line from 1 and the column from 0, where it is about one, and the rule in words."""

    line: int | None
    column: int | None
    code: str
    detail: Text
    allowed: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()


@dataclass(slots=True)
class PeriodRows:
    """What a file says of a period. `places`: the line of the file of each line of a table. `lines`: of all of its rows."""

    version: int | None = None
    content: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    places: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    empty: dict[str, int] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CountFile:
    """A file that was read. `columns`: where each member stands. `rows`: as they were sent. `faults`: what cannot be a report."""

    header: tuple[str, ...]
    columns: Mapping[str, int]
    periods: Mapping[CountPeriod, PeriodRows]
    faults: Sequence[CellFault]
    rows: Sequence[SourceRow]
    header_line: int


def read_source(form: CountForm, source: Source) -> CountFile:
    """What a file says. Raises `FileRefused` for one that has no table, and as `read_table` does."""
    if not source.has_table:
        raise refusal("not_a_table")
    return read_table(form, source.table())


def read_table(form: CountForm, table: FileTable) -> CountFile:
    """What a table says. Raises `FileRefused` for an identifier anywhere in it."""
    columns, faults = columns_of(form, table)
    rows = [*islice(table.rows, MOST_LINES + 1)]
    guard(form, table, columns, rows, is_whole=not faults)
    reader = RowsReader(form, columns)
    if len(rows) > MOST_LINES:
        faults.append(CellFault(rows[-1].line, None, "too_many_rows", words.TOO_MANY_ROWS))
    if not faults:
        for row in rows:
            reader.add(row)
        if not reader.periods and not reader.faults:
            reader.faults.append(CellFault(None, None, "no_rows", words.NO_ROWS))
    return CountFile(table.header, columns, reader.periods, [*faults, *reader.faults], rows, table.header_line)


def columns_of(form: CountForm, table: FileTable) -> tuple[dict[str, int], list[CellFault]]:
    """Where each member stands, and what is wrong with the heads. The column of errors is passed over."""
    columns: dict[str, int] = {}
    faults = []
    for place, head in enumerate(table.header):
        name = names_of(form.id).get(key_of(head))
        if name is None and head.strip() and not is_ignored(head):
            faults.append(CellFault(table.header_line, place, "column_unknown", words.COLUMN_UNKNOWN))
        elif name is not None and columns.setdefault(name, place) != place:
            faults.append(CellFault(table.header_line, place, "column_repeated", words.COLUMN_REPEATED))
    required_columns = (PERIOD,) if len(form.tables) == 1 else (PERIOD, TABLE)
    faults += [
        CellFault(table.header_line, None, "column_missing", words.COLUMN_MISSING, (*HEADS[name],))
        for name in required_columns
        if name not in columns
    ]
    return columns, faults


def guard(
    form: CountForm, table: FileTable, columns: Mapping[str, int], rows: Sequence[SourceRow], *, is_whole: bool
) -> None:
    """Look at every head and cell that is none of the form's. Raises `FileRefused`. `is_whole`: every column is known."""
    names = {place: name for name, place in columns.items()}
    tally = IdentifierTally()
    for line, cells in table.above:
        tally.add(check_above(cells, line, spend=tally.spend), line)
    heads = ["" if place in names else head for place, head in enumerate(table.header)]
    tally.add(check_headers(heads), table.header_line)
    fields = [MONTH_COLUMN if names.get(place) == PERIOD else None for place in range(len(heads))]
    look = check_cells if is_whole else check_unknown
    for row in rows:
        strange = [
            None if is_known(form, names.get(place), heads, place, cell) else cell
            for place, cell in enumerate(row.cells)
        ]
        # The name is the guard's, and no column of this file.
        tally.add((replace(each, field=None) for each in look(fields, strange, row.line, spend=tally.spend)), row.line)
        tally.add(check_unread(fields, row.unread, row.line, spend=tally.spend), row.line)
    tally.refuse()


def is_known(form: CountForm, name: str | None, heads: Sequence[str], place: int, cell: CellValue) -> bool:
    """Whether a cell has what its column has, or what we wrote into the column of errors."""
    if name is None:
        return place < len(heads) and is_ignored(heads[place]) and words.is_ours(cell)
    return is_understood(form, name, cell)


class RowsReader:
    """Puts the rows of a file to their periods."""

    def __init__(self, form: CountForm, columns: Mapping[str, int]) -> None:
        self.form, self.columns = form, columns
        self.periods: dict[CountPeriod, PeriodRows] = defaultdict(PeriodRows)
        self.faults: list[CellFault] = []

    def cell(self, row: SourceRow, name: str) -> CellValue:
        """The cell of a member; None where the file has no such column."""
        place = self.columns.get(name)
        return None if place is None or place >= len(row.cells) else row.cells[place]

    def fault(self, row: SourceRow, name: str | None, code: str, detail: Text, *codes: str) -> None:
        """Say what is wrong with a row."""
        column = None if name is None else self.columns.get(name)
        self.faults.append(CellFault(row.line, column, code, detail, codes))

    def add(self, row: SourceRow) -> None:
        """Put a row to its period. Of one that says a period alone, or nothing, there is nothing to put."""
        if row.findings:
            self.faults += [CellFault(row.line, each.column, each.rule, ROW_WORDS[each.rule]) for each in row.findings]
            return
        if all(is_empty(self.cell(row, name)) for name in self.columns if name not in {PERIOD, VERSION}):
            return
        period = period_of(self.form, self.cell(row, PERIOD))
        if period is None:
            self.fault(row, PERIOD, "period_expected", EXPECTED[self.form.period])
            return
        rows = self.periods[period]
        rows.lines.append(row.line)
        self.add_version(rows, row)
        table = table_of(self.form, self.cell(row, TABLE))
        if table is None:
            names = (each.name for each in self.form.tables)
            self.fault(row, TABLE, "table_expected", words.TABLE_EXPECTED, *names)
            return
        self.add_line(rows, row, table)

    def add_version(self, rows: PeriodRows, row: SourceRow) -> None:
        """Take the version that a row names: all rows of a period that name one name the same."""
        version = version_of(self.cell(row, VERSION))
        if version == 0:
            self.fault(row, VERSION, "version_expected", words.VERSION_EXPECTED)
        elif version is not None and rows.version not in {None, version}:
            self.fault(row, VERSION, "versions_differ", words.VERSIONS_DIFFER)
        elif version is not None:
            rows.version = version

    def add_line(self, rows: PeriodRows, row: SourceRow, name: str) -> None:
        """Take the line of a table, or that it was empty."""
        table = self.form.by_name[name]
        members = (*table.dimension_names, *table.measure_names)
        filled_members = [*self.names_filled(row)]
        for each in filled_members:
            if each not in members:
                self.fault(row, each, "unknown_member", words.OF_OTHER_TABLE)
        lines = rows.content[name]
        if filled_members:
            lines.append({each: value_of(self.form, each, self.cell(row, each)) for each in members})
            rows.places[name].append(row.line)
        else:
            rows.empty[name] = row.line
        if lines and name in rows.empty:
            self.faults.append(CellFault(rows.empty.pop(name), None, "nothing_beside_lines", words.NOTHING_BESIDE))

    def names_filled(self, row: SourceRow) -> Iterator[str]:
        """The members of a form that a row says."""
        return (
            each for each in self.columns if each not in {PERIOD, TABLE, VERSION} and not is_empty(self.cell(row, each))
        )
