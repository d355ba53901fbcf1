"""How much there is in a workbook, counted before any of it is built in memory.

openpyxl makes an object of every cell, also of those that a merged range, a link or a table only covers: three words of XML would
fill a server. The parts are unpacked as a stream, and nothing is kept of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat
from zipfile import ZipFile

from openpyxl.utils import range_boundaries

MOST_BYTES = 96 * 1024 * 1024
MOST_CELLS, MOST_LINES, MOST_OTHERS = 600_000, 100_000, 300_000
CHUNK = 1 << 16
# Elements of a cell and of a text, which are bounded as cells and by their bytes.
OF_CELLS = frozenset({"v", "f", "is", "si", "t", "r"})
# Elements with a range whose every cell openpyxl makes. That of an array formula is in a cell.
COVERING = frozenset({"mergeCell", "hyperlink", "table"})


class WorkbookTooLarge(Exception):
    """The workbook has more in it than is read into memory."""


@dataclass(slots=True)
class WorkbookSize:
    """What was counted so far."""

    size: int = 0
    cells: int = 0
    lines: int = 0
    others: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Count an element. Raises `WorkbookTooLarge`."""
        kind = name.rpartition(":")[2]
        if kind == "c":
            self.cells += 1
        elif kind == "row":
            self.lines += 1
        elif kind not in OF_CELLS:
            self.others += 1
            if kind in COVERING:
                self.cells += area(attributes.get("ref", ""))
        if self.cells > MOST_CELLS or self.lines > MOST_LINES or self.others > MOST_OTHERS:
            raise WorkbookTooLarge

    def add_bytes(self, count: int) -> None:
        """Count what was unpacked. Raises `WorkbookTooLarge`."""
        self.size += count
        if self.size > MOST_BYTES:
            raise WorkbookTooLarge


def area(text: str) -> int:
    """The number of cells of a range. Raises `WorkbookTooLarge` for one without an end."""
    if not text:
        return 0
    sides = range_boundaries(text)
    if None in sides:
        raise WorkbookTooLarge
    first_column, first_line, last_column, last_line = map(int, sides)
    return abs(last_column - first_column + 1) * abs(last_line - first_line + 1)


def refuse_types(*_: object) -> None:
    """A document type may define what would be repeated without end."""
    raise WorkbookTooLarge


def check_size(path: Path) -> None:
    """Raise `WorkbookTooLarge` for a workbook that is too large, `ExpatError` for one that is broken."""
    total = WorkbookSize()
    with ZipFile(path) as archive:
        for name in archive.namelist():
            parser = expat.ParserCreate()
            parser.StartElementHandler = total.start
            parser.StartDoctypeDeclHandler = refuse_types
            is_text = name.endswith((".xml", ".rels"))
            with archive.open(name) as stream:
                while piece := stream.read(CHUNK):
                    total.add_bytes(len(piece))
                    if is_text:
                        parser.Parse(piece)
