"""Which characters a report can have: those that its fonts have a shape for. PDF/UA allows no other."""

from __future__ import annotations

import struct
import unicodedata
from functools import cache, reduce
from pathlib import Path

from core.text import Text

FONTS = Path(__file__).parents[1] / "figures" / "fonts"
LINE_ENDS = frozenset("\r\n")
NO_SHAPE = Text("Rapportens skrifter kan ikke vise: {}", "The fonts of the report cannot show: {}")
NO_CONTROLS = Text("Teksten har tegn, der ikke kan vises.", "The text has characters that cannot be shown.")
# Of a font's table of characters: the one of Unicode's first plane, for Windows.
WINDOWS_UNICODE = (3, 1)


def unseen(text: str) -> Text | None:
    """What is wrong with the characters of a text: some are seen by nobody, stand upon others, or have no shape. None is well."""
    if any(not (each.isprintable() or each == "\n") or unicodedata.category(each).startswith("M") for each in text):
        return NO_CONTROLS
    if strange := shapeless(text):
        return Text(*(each.format(strange) for each in NO_SHAPE))
    return None


def shapeless(text: str) -> str:
    """The characters of a text that cannot be shown, each once. Empty where all can."""
    return "".join(dict.fromkeys(each for each in text if ord(each) not in shapes() and each not in LINE_ENDS))


@cache
def shapes() -> frozenset[int]:
    """The code points that every face has."""
    faces = (code_points(path.read_bytes()) for path in sorted(FONTS.glob("*.ttf")))
    return reduce(frozenset.intersection, faces)


def code_points(font: bytes) -> frozenset[int]:
    """The code points of a TrueType font (OpenType 1.9, cmap, format 4)."""
    table = subtable(font)
    (twice,) = struct.unpack_from(">H", table, 6)
    ends = struct.unpack_from(f">{twice // 2}H", table, 14)
    begins = struct.unpack_from(f">{twice // 2}H", table, 16 + twice)
    segments = (range(begin, end + 1) for begin, end in zip(begins, ends, strict=True) if end != 0xFFFF)
    return frozenset(point for segment in segments for point in segment)


def subtable(font: bytes) -> bytes:
    """The table of a font that maps characters to shapes."""
    (count,) = struct.unpack_from(">H", font, 4)
    tables = {tag: begin for tag, _, begin, _ in struct.iter_unpack(">4sLLL", font[12 : 12 + 16 * count])}
    begin = tables[b"cmap"]
    (several,) = struct.unpack_from(">H", font, begin + 2)
    records = struct.iter_unpack(">HHL", font[begin + 4 : begin + 4 + 8 * several])
    offset = next(offset for platform, encoding, offset in records if (platform, encoding) == WINDOWS_UNICODE)
    return font[begin + offset :]
