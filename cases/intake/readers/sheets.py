"""What is looked at in a table before it is read: where its header stands, and of a sheet how far it reaches and what is hidden."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from cases.intake.findings import FileRefused, Finding
from cases.intake.readers.refusals import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_FAULTS,
    MOST_LINES_ABOVE,
    MOST_PLACES,
    MOST_ROWS,
    refusal,
)
from cases.intake.understanding.headers import is_header
from cases.intake.understanding.sources import CellValue

LAST_ROW = MOST_ROWS + MOST_LINES_ABOVE + 1


@dataclass(slots=True)
class SheetSurvey:
    """The survey of one sheet. Rows count from 1, columns from 0; only cells with content count.

    `unfit`: why the sheet must not be read. `ends`: the last row of each column. `hidden_rows`: the first of them, in order.
    `faults`: by row, the rule and the column of each cell without a usable value. `merges`: first and last row of merged cells.
    """

    name: str
    visible: bool = True
    unfit: FileRefused | None = None
    width: int = 0
    height: int = 0
    ends: dict[int, int] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    last_hidden_row: int = 0
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    faults: dict[int, list[tuple[str, int]]] = field(default_factory=dict)
    merges: list[tuple[int, int]] = field(default_factory=list)
    fault_count: int = 0

    def reach(self, row: int, column: int, *, hidden: bool) -> None:
        """Count a cell with content. Raises `FileRefused` where the sheet reaches too far."""
        if column >= self.width:
            self.width = column + 1
            self.check_extent(row)
        if row > self.height:
            self.height = row
            self.check_extent(row)
        self.ends[column] = row
        if hidden:
            self.last_hidden_row = row
            if len(self.hidden_rows) < MOST_PLACES * 2 and self.hidden_rows[-1:] != [row]:
                self.hidden_rows.append(row)

    def check_extent(self, row: int) -> None:
        """Raise `FileRefused` where the sheet is too wide, too high or too large."""
        if self.width > MOST_COLUMNS:
            raise refusal("too_many_columns", line=row)
        if self.height > LAST_ROW:
            raise refusal("too_many_rows", line=row)
        if self.width * self.height > MOST_CELLS:
            raise refusal("too_many_cells", line=row)

    def add_fault(self, rule: str, row: int, column: int) -> None:
        """Note a cell without a usable value. Raises `FileRefused` where the sheet is full of them."""
        self.fault_count += 1
        if self.fault_count > MOST_FAULTS:
            raise refusal("never_computed", line=row)
        self.faults.setdefault(row, []).append((rule, column))

    def add_merge(self, first: int, last: int) -> None:
        if len(self.merges) >= MOST_FAULTS:
            raise refusal("file_unpacks_too_large")
        self.merges.append((first, last))

    def check_hidden(self, header_line: int) -> None:
        """Raise `FileRefused` where something below the header, or the header itself, cannot be seen."""
        if self.last_hidden_row >= header_line:
            rows = [row for row in self.hidden_rows if row >= header_line] or [self.last_hidden_row]
            raise refusal("hidden_rows", line=rows[0], lines=rows)
        for first, last in self.hidden_columns:
            columns = [column for column, end in self.ends.items() if first <= column <= last and end > header_line]
            if columns:
                raise refusal("hidden_column", line=header_line, column=min(columns))

    def findings(self) -> RowFaults:
        """What to say of rows, by their numbers."""
        return RowFaults(self)


class RowFaults:
    """The findings of a survey on rows."""

    def __init__(self, survey: SheetSurvey) -> None:
        self.faults = survey.faults
        self.lines = sorted(survey.faults)
        self.merges = union(survey.merges)
        self.starts = [first for first, _ in self.merges]

    def of(self, row: int) -> tuple[Finding, ...]:
        at = bisect_left(self.starts, row + 1) - 1
        merges = (Finding("cells_merged"),) if at >= 0 and row <= self.merges[at][1] else ()
        return merges + tuple(Finding(rule, column=column) for rule, column in self.faults.get(row, ()))


def union(intervals: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Intervals in order, those that overlap made one."""
    result: list[tuple[int, int]] = []
    for first, last in sorted(intervals):
        if result and first <= result[-1][1]:
            result[-1] = result[-1][0], max(last, result[-1][1])
        else:
            result.append((first, last))
    return result


NumberedCells = tuple[int, Sequence[CellValue]]


def header_of(rows: Iterable[NumberedCells]) -> NumberedCells | None:
    """The first row that is our header, else the first one with content; None where there is none. `rows`: the first of a table."""
    first = None
    for number, (line, cells) in enumerate(rows):
        if is_header(cells[:MOST_COLUMNS]):
            return line, cells
        first = first or (None if is_blank(cells) else (line, cells))
        if number >= MOST_LINES_ABOVE:
            break
    return first


def above(rows: Iterable[NumberedCells], header_line: int) -> tuple[tuple[int, tuple[CellValue, ...]], ...]:
    """The lines above the header that have content. `rows`: the first of a table."""
    lines = takewhile(lambda row: row[0] < header_line, rows)
    return tuple((line, tuple(cells)) for line, cells in lines if not is_blank(cells))


def is_blank(cells: Iterable[CellValue]) -> bool:
    """Whether nothing stands in any cell."""
    return all(cell is None or (isinstance(cell, str) and (not cell or cell.isspace())) for cell in cells)


def texts_of(cells: Sequence[CellValue]) -> tuple[str, ...]:
    """A header without the empty cells at its end."""
    texts = ["" if cell is None else str(cell).strip() for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)
