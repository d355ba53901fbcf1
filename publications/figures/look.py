"""How charts look: sizes, colours, patterns and shapes. What a colour says, a pattern, a shape or a word says too."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from pathlib import Path

SVG = "http://www.w3.org/2000/svg"
FONTS = Path(__file__).parent / "fonts"
FONT = "IBM Plex Sans, Helvetica, Arial, sans-serif"
INK, SOFT, FAINT, PAPER = "#1a1a1a", "#454545", "#bfbfbf", "#ffffff"
BLUE = "#0b5394"
# Of lines: each has 4.5:1 on white, and no two are alike to who sees no red or green; each line has a shape of its own.
LINES = ("#0b5394", "#b3430f", "#00705a", "#7a3b9a", "#6b5a00", "#5c5c5c")
# Symbols from -1 to 1, as Vega scales them.
SHAPES = (
    "M-1,0A1,1,0,1,1,1,0A1,1,0,1,1,-1,0Z",
    "M-0.9,-0.9H0.9V0.9H-0.9Z",
    "M0,-1.1L1.1,0.9H-1.1Z",
    "M0,-1.2L1.2,0L0,1.2L-1.2,0Z",
    "M0,1.1L1.1,-0.9H-1.1Z",
    "M-1.1,-0.4H-0.4V-1.1H0.4V-0.4H1.1V0.4H0.4V1.1H-0.4V0.4H-1.1Z",
)
# Of parts: from dark to light, so that they differ in grey as well. Each stands with the ink of its text.
PARTS = (
    ("#12375a", PAPER),
    ("#9fcbee", INK),
    ("#a34a00", PAPER),
    ("#f5c766", INK),
    ("#4d4d4d", PAPER),
    ("#dedede", INK),
)
# Of regions, from few to many.
STEPS = (("#dcebf7", INK), ("#9fcbee", INK), ("#3f83bd", PAPER), ("#12375a", PAPER))
# The fills that are patterns, by name; a picture has each that it uses under an id of its own.
HATCH, DOTS, RULES = "hatch", "dots", "rules"
PATTERNS = {
    HATCH: f'<rect width="6" height="6" fill="{PAPER}"/>'
    f'<path d="M-1,1l2,-2M0,6l6,-6M5,7l2,-2" stroke="{BLUE}" stroke-width="1.6"/>',
    DOTS: f'<rect width="6" height="6" fill="{PAPER}"/><circle cx="1.5" cy="1.5" r="1.1" fill="{SOFT}"/>'
    f'<circle cx="4.5" cy="4.5" r="1.1" fill="{SOFT}"/>',
    RULES: f'<rect width="6" height="6" fill="{PAPER}"/><path d="M0,3h6" stroke="{SOFT}" stroke-width="1"/>',
}


@dataclass(frozen=True)
class PictureForm:
    """The measures of a picture, in pixels. `id` ends the ids of what is in it."""

    id: str
    width: int
    title: int
    text: int
    small: int
    is_narrow: bool = False


WIDE = PictureForm("wide", 720, 19, 13, 11)
NARROW = PictureForm("narrow", 360, 17, 13, 11, is_narrow=True)


def url(pattern: str) -> str:
    """The fill of a pattern, by the name that the picture completes."""
    return f"url(#{pattern})"


def wrap(text: str, width: float, size: int) -> list[str]:
    """A text in lines that are not wider than `width` pixels; letters are taken for wide ones."""
    return textwrap.wrap(text, max(8, int(width / (size * 0.53))), break_long_words=True) or [""]


def breadth(text: str, size: int) -> float:
    """How wide a line is at most, in pixels."""
    return len(text) * size * 0.6
