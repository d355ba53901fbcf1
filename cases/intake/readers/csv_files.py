"""CSV: comma, semicolon or tab; UTF-8, UTF-16 with a byte order mark, or Windows-1252, as Danish programs write it."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import IO

from cases.intake.findings import Finding
from cases.intake.readers.formats import CSV
from cases.intake.readers.refusals import (
    CHUNK,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_LINE,
    MOST_LINES,
    MOST_LINES_ABOVE,
    MOST_LINES_OF_ROW,
    refusal,
)
from cases.intake.readers.sheets import NumberedCells, above, header_of, is_blank, texts_of
from cases.intake.understanding.headers import names_in
from cases.intake.understanding.sources import CellValue, FileTable, Source, SourceRow, Unread

DELIMITERS = (";", ",", "\t")
# What Excel reads and writes as a first line: which character separates.
DECLARATION = "sep="
Line = tuple[int, str]
# A row before it is compared with the header: its line, its cells, and the rule for which it cannot be read. Of a row that cannot
# be read the cells are what separators leave of its line.
Entry = tuple[int, list[str], str | None]


class CsvSource(Source):
    """A CSV file. Only one row of it is in memory."""

    format = CSV

    def __init__(self, path: Path) -> None:
        """Raises `FileRefused` where the encoding is unknown or one of the first lines is too long."""
        self.path = path
        self.encoding = encoding_of(path)
        with self.open() as file:
            first = list(islice(lines_of(file), MOST_LINES_ABOVE + MOST_LINES_OF_ROW))
        self.delimiter = delimiter_of(first)

    def open(self) -> IO[str]:
        """The file as text. Ends of lines of all systems are one."""
        return self.path.open(encoding=self.encoding)

    def table(self) -> FileTable:
        """The table. Raises `FileRefused` where it has no header or no rows."""
        with self.open() as file:
            header = header_of(readable(islice(self.entries(file), MOST_LINES_ABOVE + 1)))
        if header is None:
            raise refusal("file_empty")
        line, texts = header[0], texts_of(header[1])
        if next(self.rows(line, len(texts)), None) is None:
            raise refusal("no_rows", line=line)
        return FileTable(None, texts, line, self.rows(line, len(texts)), self.above(line))

    def above(self, header_line: int) -> tuple[tuple[int, tuple[CellValue, ...]], ...]:
        """The lines above the header, but for the one that says which character separates."""
        with self.open() as file:
            rows = self.entries(file)
            return above(
                ((line, cells) for line, cells, rule in rows if rule or not is_declaration(cells)), header_line
            )

    def entries(self, file: IO[str]) -> Iterator[Entry]:
        """The rows, with no blank cells where no column can be. Raises `FileRefused` for one that is wider than any table."""
        for line, cells, rule in entries(lines_of(file), self.delimiter):
            if len(cells) > MOST_COLUMNS and not is_blank(cells[MOST_COLUMNS:]):
                raise refusal("too_many_columns", line=line)
            yield line, cells[:MOST_COLUMNS], rule

    @property
    def has_declaration(self) -> bool:
        """Whether the first line says which character separates."""
        with self.open() as file:
            first = next(entries(lines_of(file), self.delimiter), None)
        return first is not None and first[2] is None and is_declaration(first[1])

    @property
    def has_mark(self) -> bool:
        """Whether the file begins with the mark of UTF-8."""
        with self.path.open("rb") as file:
            return file.read(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8

    def rows(self, header_line: int, width: int) -> Iterator[SourceRow]:
        index = 0
        with self.open() as file:
            for line, cells, rule in self.entries(file):
                if line <= header_line or (rule is None and is_blank(cells)):
                    continue
                yield row_of(index, line, cells, width, rule)
                index += 1

    def size(self) -> int:
        return self.path.stat().st_size

    def count(self) -> int:
        """The number of ends of lines."""
        with self.path.open("rb") as file:
            return sum(piece.count(b"\n") for piece in iter(lambda: file.read(CHUNK), b""))


def encoding_of(path: Path) -> str:
    """The encoding of all of a file, by its mark or by what can be read. Raises `FileRefused` where nothing fits."""
    with path.open("rb") as file:
        mark = file.read(2)
    names = ("utf-16",) if mark in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} else ("utf-8-sig", "cp1252")
    for name in names:
        if is_readable(path, name):
            return name
    raise refusal("wrong_encoding")


def is_readable(path: Path, encoding: str) -> bool:
    """Whether all bytes of a file are of an encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while piece := file.read(CHUNK):
                decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def lines_of(file: IO[str]) -> Iterator[Line]:
    """The lines of a text with their numbers. Raises `FileRefused` for one that is too long to be looked at, and for too many."""
    for number, line in enumerate(iter(lambda: file.readline(MOST_LINE + 1), ""), 1):
        if len(line) > MOST_LINE:
            raise refusal("line_too_long", line=number)
        if number > MOST_LINES:
            raise refusal("too_many_lines", line=number)
        yield number, line


def entries(lines: Iterator[Line], delimiter: str) -> Iterator[Entry]:
    """The rows of a CSV (RFC 4180). One whose quotes are never closed spoils its own line, and no other one."""
    ahead: list[Line] = []
    while (line := ahead.pop() if ahead else next(lines, None)) is not None:
        number, text = line
        if '"' not in text:
            yield number, text.rstrip("\n").split(delimiter), "cell_unusable" if "\0" in text else None
        else:
            yield quoted_entry(number, text, lines, ahead, delimiter)


def quoted_entry(number: int, text: str, lines: Iterator[Line], ahead: list[Line], delimiter: str) -> Entry:
    """The row that begins in a line with quotes. It ends where all quotes are closed; if they never are, lines are put back."""
    further: list[Line] = []
    whole = text
    while whole.count('"') % 2:
        following = (ahead.pop() if ahead else next(lines, None)) if len(further) < MOST_LINES_OF_ROW else None
        further += [following] if following else []
        if following is None or len(whole) > MOST_LINE:
            ahead += reversed(further)
            return number, text.split(delimiter), "quote_unclosed"
        whole += following[1]
    if "\0" in whole:
        return number, whole.split(delimiter), "cell_unusable"
    try:
        return number, next(csv.reader([whole.removesuffix("\n")], delimiter=delimiter)), None
    except csv.Error:
        # A quote inside of a cell is a character of it, so that the lines are no one row.
        ahead += reversed(further)
        return number, text.split(delimiter), "quote_unclosed"


def spans(lines: Sequence[str], delimiter: str) -> Iterator[tuple[Entry, str]]:
    """The rows of a CSV that is in memory, each with what stands on its lines. They begin on the lines that `CsvSource` tells."""
    end: Entry = (len(lines) + 1, [], None)
    for entry, following in pairwise(chain(entries(enumerate(lines, 1), delimiter), [end])):
        yield entry, "".join(lines[entry[0] - 1 : following[0] - 1])


def readable(rows: Iterable[Entry]) -> Iterator[NumberedCells]:
    """Those rows that can be read."""
    return ((line, cells) for line, cells, rule in rows if rule is None and not is_declaration(cells))


def is_declaration(cells: Sequence[str]) -> bool:
    """Whether a row only says which character separates. Its own separator makes a second, empty cell of it."""
    return cells[0].lower().startswith(DECLARATION) and not any(cells[1:]) and len(cells[0]) <= len(DECLARATION) + 1


def delimiter_of(first: Sequence[Line]) -> str:
    """The character that separates the names of our columns; where none of them is there, what separates most cells."""

    def merit(delimiter: str) -> tuple[int, int]:
        header = header_of(readable(entries(iter(first), delimiter)))
        cells = header[1] if header else ()
        return names_in(cells), len(cells)

    return max(DELIMITERS, key=merit)


def raw_cells(cells: Sequence[str]) -> Unread:
    """What separators leave of a line that cannot be read, without quotes: a reference is one beside a quote, too."""
    return tuple((column, cell.strip().strip('"')) for column, cell in enumerate(cells))


def row_of(index: int, line: int, cells: Sequence[str], width: int, rule: str | None) -> SourceRow:
    """A row as wide as the header, with what makes it unreadable."""
    if rule is not None:
        return SourceRow(index, line, (None,) * width, (Finding(rule),), raw_cells(cells))
    if len(cells) == width and sum(map(len, cells)) <= MOST_CHARACTERS:
        return SourceRow(index, line, tuple(cells))
    is_ragged = len(cells) < width or not is_blank(cells[width:])
    findings = [Finding("row_ragged")] if is_ragged else []
    findings += [
        Finding("cell_too_long", column=column)
        for column, cell in enumerate(cells[:width])
        if len(cell) > MOST_CHARACTERS
    ]
    fitting = tuple(cell if len(cell) <= MOST_CHARACTERS else None for cell in cells[:width])
    unread = tuple(
        (column, cell) for column, cell in enumerate(cells) if column >= width or len(cell) > MOST_CHARACTERS
    )
    return SourceRow(index, line, fitting + (None,) * (width - len(fitting)), tuple(findings), unread)
