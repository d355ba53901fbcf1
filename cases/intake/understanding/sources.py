"""What a file is to whoever takes it in: rows, one after another, each with the line on which it stands.

Reading the same file again gives the same rows in the same order, so that whoever was interrupted can pass over those it has had.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from msgspec import Struct

from cases.intake.findings import Finding

CellValue = str | int | float | bool | date | datetime | None
# Values with their columns.
Unread = tuple[tuple[int, CellValue], ...]
JSON_FORMATS = frozenset({"json", "ndjson"})


class JsonRow(Struct, frozen=True, gc=False):
    """An element of an array, or a line. `raw`: its bytes, not yet decoded; None where `refusal` says why it cannot be a row.

    `index` counts rows from 0, `line` lines of the file from 1.
    """

    index: int
    line: int
    raw: bytes | None
    refusal: str | None = None


class SourceRow(Struct, frozen=True):
    """A row of a table, as wide as its header. `line`: the number that Excel shows, or the line of the CSV.

    `findings`: what makes it unreadable, if anything does. Blank rows are no rows. `unread`: what stands there and is in no cell of
    the row, as pairs of a column and a value: beyond the header, or too long. It is looked at by the guard and by nobody else.
    """

    index: int
    line: int
    cells: tuple[CellValue, ...]
    findings: tuple[Finding, ...] = ()
    unread: Unread = ()


@dataclass(frozen=True, slots=True)
class FileTable:
    """The table of a file. `sheet`: its name, which is the sender's text; None in a CSV. `rows` can be read once.

    `above`: the lines above the header, each with its number. They are for the guard, and may name an edition of industries.
    """

    sheet: str | None
    header: tuple[str, ...]
    header_line: int
    rows: Iterator[SourceRow]
    above: tuple[tuple[int, tuple[CellValue, ...]], ...] = ()

    @property
    def around(self) -> tuple[str, ...]:
        """The texts around the table: its sheet's name, and what stands above it."""
        above = (cell for _, cells in self.above for cell in cells if isinstance(cell, str))
        return (self.sheet or "", *above)


class Source(ABC):
    """A file that was recognised. Its `format` says whether it has objects or a table."""

    format: str

    @property
    def has_table(self) -> bool:
        """Whether the rows stand in columns."""
        return self.format not in JSON_FORMATS

    def objects(self) -> Iterator[JsonRow]:
        """The rows of JSON. Raises `TypeError` for a table."""
        raise TypeError(f"{self.format} has a table")

    def table(self) -> FileTable:
        """The table. Raises `FileRefused`, and `TypeError` for JSON."""
        raise TypeError(f"{self.format} has objects")

    @abstractmethod
    def size(self) -> int:
        """How many bytes there are to read."""

    @abstractmethod
    def count(self) -> int | None:
        """How many rows there are at most, to show how far a job is; None where only reading would tell."""


def column_letter(index: int) -> str:
    """The name of a column in a spreadsheet: `A` for 0, `AA` for 26."""
    name = ""
    while index >= 0:
        name = chr(ord("A") + index % 26) + name
        index = index // 26 - 1
    return name
