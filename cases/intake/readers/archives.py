"""The archive that a workbook is, and the XML in it. Nothing is unpacked without a limit, and XML with a document type is refused.

What the library for spreadsheets gets is a copy of the parts that were looked at, and no other part: a directory of an archive
can be read in two ways, and a part can hold more than it says.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from cases.intake.readers.refusals import (
    CHUNK,
    MOST_ELEMENTS,
    MOST_OPEN,
    MOST_PARTS,
    MOST_RATIO,
    MOST_UNPACKED,
    RATIO_MATTERS,
    refusal,
)

IS_PROTECTED = 0x1
ENCODINGS = ("utf-8", "us-ascii", "ascii")
StartHandler = Callable[[str, list[str]], None]
Pieces = Generator[bytes]
Write = Callable[[bytes], object]


@contextmanager
def open_archive(path: Path) -> Iterator[ZipFile]:
    """The archive, after what its directory says of sizes is checked. Whatever is wrong with it is `FileRefused`."""
    try:
        with ZipFile(path) as archive:
            check_sizes(archive)
            yield archive
    except (BadZipFile, zlib.error, ExpatError, EOFError, OSError, NotImplementedError, ValueError, RuntimeError):
        raise refusal("file_broken") from None


def check_sizes(archive: ZipFile) -> None:
    """Raise `FileRefused` where the parts are too many, too large, protected, or packed more tightly than any table."""
    parts = archive.infolist()
    if any(part.flag_bits & IS_PROTECTED for part in parts):
        raise refusal("file_has_password")
    if len({part.filename for part in parts}) < len(parts):
        raise refusal("file_broken")
    if any(part.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for part in parts):
        raise refusal("file_broken")
    size_unpacked, size_packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    is_bomb = size_unpacked > RATIO_MATTERS and size_unpacked > MOST_RATIO * size_packed
    if len(parts) > MOST_PARTS or size_unpacked > MOST_UNPACKED or is_bomb:
        raise refusal("file_unpacks_too_large")


def pieces_of(archive: ZipFile, name: str) -> Pieces:
    """A part, piece by piece. It ends where the directory says; more than that fails by its check sum."""
    with archive.open(name) as part:
        while piece := part.read(CHUNK):
            yield piece


def scan(pieces: Pieces, start: StartHandler, write: Write | None = None) -> None:
    """Tell the beginnings of elements to `start`, and write what was read. Raises `FileRefused` for a document type."""
    feed(strict_parser(start), pieces, write)


def feed(parser: XMLParserType, pieces: Pieces, write: Write | None = None) -> None:
    """Let a parser read, and write what it has read. Raises `ExpatError` for what is no XML.

    Raises `FileRefused` for elements nested without end, and for a text, an attribute or a comment as long as a piece: parsers
    would hold all of it.
    """
    ends: list[str] = []
    parser.EndElementHandler = ends.append
    number_open = 0
    with closing(pieces):
        for piece in pieces:
            parser.Parse(piece, False)
            number_open += beginnings_in(piece) - len(ends)
            if number_open > MOST_OPEN or (not ends and len(piece) == CHUNK):
                raise refusal("file_unpacks_too_large")
            ends.clear()
            if write is not None:
                write(piece)
    parser.Parse(b"", True)


def beginnings_in(piece: bytes) -> int:
    """How many elements begin in a piece at most: what is no element, such as a comment, may have the sign in it, too."""
    return piece.count(b"<") - piece.count(b"</") - piece.count(b"<!") - piece.count(b"<?")


def strict_parser(start: StartHandler) -> XMLParserType:
    """A parser that refuses what a workbook never has: a document type, in which entities could be declared, and odd encodings.

    In another encoding the same bytes could be other elements to calamine than they are here.
    """
    parser = ParserCreate("utf-8")
    parser.ordered_attributes = True
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse_document_type
    parser.XmlDeclHandler = check_declaration
    return parser


def refuse_document_type(*_: object) -> None:
    """Raise `FileRefused`."""
    raise refusal("file_broken")


def check_declaration(_version: str, encoding: str | None, _standalone: int) -> None:
    """Raise `FileRefused` for XML that says to be in another encoding than every program writes."""
    if (encoding or ENCODINGS[0]).lower() not in ENCODINGS:
        raise refusal("file_broken")


class ElementCount:
    """Counts the elements of a part that is copied without a closer look. `limit`: how many of `name` there may be."""

    def __init__(self, name: str = "", limit: int = MOST_ELEMENTS) -> None:
        self.name = name
        self.limit = limit
        self.elements = 0
        self.of_name = 0

    def __call__(self, name: str, _attributes: list[str]) -> None:
        """Raise `FileRefused` beyond the limit."""
        self.elements += 1
        self.of_name += name.rpartition(":")[2] == self.name
        if self.elements > MOST_ELEMENTS or self.of_name > self.limit:
            raise refusal("file_unpacks_too_large")
