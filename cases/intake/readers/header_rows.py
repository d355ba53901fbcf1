"""Where the header of a table stands. Above it there may be a title or some help; without our header, it is the first row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile

from cases.intake.readers.limits import MOST_COLUMNS, MOST_LINES_ABOVE
from cases.intake.sources import CellValue
from cases.intake.understanding.headers import is_header

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
