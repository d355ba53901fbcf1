"""The rows of a file as the engine takes them: read ahead, understood and numbered. Reading again gives the same rows.

The guard goes over the whole file first. So a file with an identifier leaves nothing behind but that an attempt was refused.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from msgspec import to_builtins

from cases.intake.additions import PASSED_OVER, SET_BY_SERVICE, is_ignored
from cases.intake.batches.own_sentences import without_ours
from cases.intake.batches.rows import CheckedRow, RowReader, SentRow
from cases.intake.errorfiles.tables import SentFile
from cases.intake.findings import FileRefused, Finding
from cases.intake.guard.check import (
    MOST_TEXT,
    IdentifierTally,
    Spend,
    check_above,
    check_cells,
    check_headers,
    check_members,
    check_unknown,
    check_unread,
)
from cases.intake.readers.files import open_file
from cases.intake.readers.json_files import check_width
from cases.intake.readers.strict_json import JSONRefused, loads
from cases.intake.templates import texts
from cases.intake.templates.columns import is_blank
from cases.intake.templates.workbook import check_template, template_of
from cases.intake.understanding.columns import Columns, members_of
from cases.intake.understanding.industries import names_edition
from cases.intake.understanding.mapping import NOTHING, MappingContent
from cases.intake.understanding.sources import CellValue, FileTable, JsonRow, Source
from cases.months import today

Tell = Callable[[int], object]
# So many seconds at most pass from one time that the guard says how far it is to the next, whatever a row costs.
TELL_EACH = 1.0
NO_ROWS = "no_rows"


@dataclass(slots=True)
class RowStream:
    """The rows of one file. `columns` are known once it was guarded or its rows are read; JSON has none.

    `format` and `sheet` are known once it was opened. A sheet has its name where that is ours: any other is the sender's text.
    `most_text`: how many characters of it may be no words of ours. `most_rows`: beyond them nobody looks. `clock`: seconds that
    never go back. `notices`: what is said of the file once it was guarded. `misfit`: for what its columns are refused.
    """

    path: Path
    media_type: str | None
    reader: RowReader
    name: str | None = None
    mapping: MappingContent = NOTHING
    columns: Columns | None = None
    format: str = ""
    sheet: str = ""
    most_text: int = MOST_TEXT
    most_rows: int | None = None
    clock: Callable[[], float] = time.monotonic
    notices: tuple[Finding, ...] = ()
    misfit: FileRefused | None = None

    def source(self) -> Source:
        """The file as its reader opens it. Raises `FileRefused`."""
        source = open_file(self.path, media_type=self.media_type, name=self.name)
        self.format = source.format
        return source

    def guard(self, tell: Tell = lambda _: None) -> int:
        """Look at every header and value. Returns how many rows there are. Raises `FileRefused`."""
        source, tally = self.source(), IdentifierTally(self.most_text)
        self.misfit = None
        rows = self.guard_table(source.table(), tally) if source.has_table else self.guard_json(source, tally)
        number, due = 0, self.clock() + TELL_EACH
        for number, _ in enumerate(islice(rows, self.most_rows), 1):
            if (now := self.clock()) >= due:
                tell(number)
                due = now + TELL_EACH
        self.refuse_identifiers(tally)
        self.notices += check_template(template_of(self.path), today())
        if self.misfit is not None:
            raise self.misfit
        if not number:
            raise FileRefused("file_unreadable", [(Finding(NO_ROWS), None)])
        self.settle_dates()
        return number

    def refuse_identifiers(self, tally: IdentifierTally) -> None:
        """Raise `FileRefused` where there are any; behind them stands what is wrong with the columns."""
        try:
            tally.refuse()
        except FileRefused as refusal:
            further = self.misfit.findings if self.misfit else ()
            total = refusal.total + len(further)
            raise FileRefused(refusal.code, (*refusal.findings, *further), total=total) from None

    def settle_dates(self) -> None:
        """Read every date of a column in the one order that some of its dates have; say of those that have both."""
        if self.columns is None:
            return
        self.mapping = MappingContent(dates=self.columns.date_orders()).with_further(self.mapping)
        self.notices += self.columns.notices()

    def guard_table(self, table: FileTable, tally: IdentifierTally) -> Iterator[int]:
        """Look at a table; the lines of its rows. Where a header is an identifier, its columns are not looked up any more."""
        self.sheet = table.sheet if table.sheet and table.sheet in texts.DATA else ""
        self.guard_titles(table, tally)
        tally.add(check_headers(table.header), table.header_line)
        tally.refuse()
        columns = self.columns_of(table)
        names = columns.names if columns else members_of(table.header, self.mapping)
        fields = [names.get(column) for column in range(len(table.header))]
        look = check_cells if columns else check_unknown
        of_errors = [column for column, text in enumerate(table.header) if column not in names and is_ignored(text)]
        for row in table.rows:
            cells = senders_own(row.cells, of_errors, tally.spend)
            tally.add(look(fields, cells, row.line, spend=tally.spend), row.line)
            if row.unread:
                tally.add(check_unread(fields, row.unread, row.line, spend=tally.spend), row.line)
            if columns is None or says_something(*columns.members(row)):
                yield row.line

    def guard_titles(self, table: FileTable, tally: IdentifierTally) -> None:
        """Look at the lines above a table, and at the name of its sheet where that is read: it names an edition of industries."""
        for line, cells in table.above:
            tally.add(check_above(cells, line, spend=tally.spend, is_read=names_edition), line)
        if table.sheet and names_edition(table.sheet):
            tally.add(replace(each, column=None) for each in check_above([table.sheet], None, is_read=names_edition))

    def columns_of(self, table: FileTable) -> Columns | None:
        """The columns; None where they are wrong, which is said once every cell was looked at."""
        try:
            self.columns = Columns.of(table.header, self.mapping, line=table.header_line, around=table.around)
        except FileRefused as refusal:
            self.misfit = refusal
            return None
        return self.columns

    def guard_json(self, source: Source, tally: IdentifierTally) -> Iterator[int]:
        """Look at the members of JSON; the lines of its rows. Of a line that is no JSON nothing can be stored."""
        for row in source.objects():
            findings = self.identifiers_of(row, tally.spend)
            tally.add([replace(each, index=row.index) for each in findings], row.line)
            yield row.line

    def identifiers_of(self, row: JsonRow, spend: Spend) -> list[Finding]:
        """What is an identifier in a row. One that the decoder takes has codes alone, and only its ids are looked at.

        Raises `FileRefused` for one with more members than there are fields.
        """
        if row.raw is None:
            return []
        ids = self.reader.ids_at_once(row.raw)
        try:
            members = loads(row.raw) if ids is None else ids
        except JSONRefused:
            return []
        if not isinstance(members, Mapping):
            return []
        check_width(members, row.line)
        return check_members(members, row.line, spend=spend)

    def rows(self) -> Iterator[SentRow]:
        """The rows, numbered from 0. Raises `FileRefused`."""
        source = self.source()
        if not source.has_table:
            return (sent_json(row) for row in source.objects())
        return self.table_rows(source.table())

    def table_rows(self, table: FileTable) -> Iterator[SentRow]:
        """The rows of a table that say something."""
        self.columns = columns = Columns.of(table.header, self.mapping, line=table.header_line, around=table.around)
        index = 0
        for row in table.rows:
            members, findings = columns.members(row)
            if says_something(members, findings):
                yield SentRow(index, row.line, members=members, errors=findings)
                index += 1

    def sent_file(self, rows: int) -> SentFile:
        """The file as those see it who mark what is wrong in it."""
        source = self.source()
        if not source.has_table:
            return SentFile(self.path, self.format, rows)
        table = source.table()
        columns = Columns.of(table.header, self.mapping, line=table.header_line, around=table.around)
        names = tuple(columns.names.get(column) for column in range(len(table.header)))
        return SentFile(self.path, self.format, rows, names, columns.heads(table.header))

    def with_place(self, row: CheckedRow) -> CheckedRow:
        """The row with its errors in their columns."""
        row.errors = [self.in_column(each) for each in row.errors]
        return row

    def in_column(self, finding: Finding) -> Finding:
        """The finding with the column in which its field stands."""
        if finding.column is not None or finding.field is None:
            return finding
        return replace(finding, column=self.places.get(finding.field))

    @property
    def places(self) -> dict[str, int]:
        """The column of each member of a row, as a batch keeps it; empty for JSON."""
        return {name: column for column, name in self.columns.names.items()} if self.columns else {}

    def questions(self) -> list[dict[str, object]]:
        """What the sender is asked, once all rows are read."""
        return [to_builtins(each) for each in self.columns.questions] if self.columns else []

    def passed_over(self) -> tuple[Finding, ...]:
        """That members which only the service sets were passed over, once all rows are read."""
        came = self.reader.passed_over.union(self.columns.names.values() if self.columns else ())
        return (Finding(PASSED_OVER),) if came.intersection(SET_BY_SERVICE) else ()


def senders_own(cells: tuple[CellValue, ...], of_errors: Sequence[int], spend: Spend) -> tuple[CellValue, ...]:
    """The cells without what Henvis itself wrote into the columns of errors. Knowing that again takes time, and counts."""
    if not of_errors:
        return cells
    own = [*cells]
    for column in of_errors:
        if isinstance(text := own[column], str):
            spend(len(text))
            own[column] = without_ours(text)
    return tuple(own)


def says_something(members: Mapping[str, object], findings: Sequence[Finding]) -> bool:
    """Whether a row of a table is a row: it has a member, or something is wrong with it. Whoever counts rows asks this too."""
    return bool(findings) or not is_blank(members)


def sent_json(row: JsonRow) -> SentRow:
    errors = (Finding(row.refusal),) if row.refusal else ()
    return SentRow(row.index, row.line, raw=row.raw, errors=errors)


def read_ahead[Item](items: Iterator[Item]) -> Iterator[Item]:
    """The same items. A thread works out the next one while whoever takes them waits for the database."""
    with ThreadPoolExecutor(1, "ahead") as reader:
        following = reader.submit(next, items, None)
        while (item := following.result()) is not None:
            following = reader.submit(next, items, None)
            yield item


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Let the collector of cycles rest: it would look through all rows of a chunk again and again, and they have none."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
