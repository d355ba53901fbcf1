"""Where the texts of a picture stand, as boxes of their letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from xml.etree import ElementTree

from PIL import ImageFont

from publications.figures import look
from publications.figures.look import SVG

FACES = {"600": "IBMPlexSans_600SemiBold.ttf"}
REGULAR = "IBMPlexSans_400Regular.ttf"
MOVE = re.compile(r"translate\((-?[\d.]+)[ ,]+(-?[\d.]+)\)")
TRANSFORM = re.compile(r"(?:translate\([^)]*\)\s*)*")
INHERITED = ("font-size", "font-weight", "text-anchor")
# How much of the width of a text is left of where it stands.
LEFT = {"start": 0.0, "middle": 0.5, "end": 1.0}


@dataclass(frozen=True)
class TextBox:
    """A text and its box, in pixels of the picture."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: TextBox) -> bool:
        """Whether one is on the other."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@cache
def face(weight: str, size: float) -> ImageFont.FreeTypeFont:
    """A face of the font of pictures."""
    return ImageFont.truetype(look.FONTS / FACES.get(weight, REGULAR), size)


def boxes(svg: str) -> list[TextBox]:
    """The boxes of the texts of a picture."""
    return [*boxes_within(ElementTree.fromstring(svg), 0, 0, {})]


def boxes_within(element: ElementTree.Element, x: float, y: float, outer: dict[str, str]) -> Iterator[TextBox]:
    """Those of an element that stands somewhere, with what it has of those around it. Raises `ValueError` for turned texts."""
    transform = element.attrib.get("transform", "")
    if element.tag == f"{{{SVG}}}text" and not TRANSFORM.fullmatch(transform):
        raise ValueError(transform)
    for right, down in MOVE.findall(transform):
        x, y = x + float(right), y + float(down)
    style = outer | {name: element.attrib[name] for name in INHERITED if name in element.attrib}
    if element.tag == f"{{{SVG}}}text" and element.text:
        yield box(element, x, y, style)
    for child in element:
        yield from boxes_within(child, x, y, style)


def box(element: ElementTree.Element, x: float, y: float, style: dict[str, str]) -> TextBox:
    """That of a text."""
    letters = face(style.get("font-weight", "400"), float(style["font-size"].removesuffix("px")))
    text, width = element.text or "", letters.getlength(element.text or "")
    left = x + float(element.attrib.get("x", 0)) - width * LEFT[style.get("text-anchor", "start")]
    base = y + float(element.attrib.get("y", 0))
    _, top, _, bottom = letters.getbbox(text, anchor="ls")
    return TextBox(text, left, base + top, left + width, base + bottom)


def overlaps(svg: str) -> list[tuple[str, str]]:
    """The texts of a picture that stand on one another."""
    return [(one.text, other.text) for one, other in combinations(boxes(svg), 2) if one.meets(other)]


def texts_outside(svg: str) -> list[str]:
    """The texts that a picture has no room for."""
    left, top, width, height = map(float, ElementTree.fromstring(svg).attrib["viewBox"].split())
    return [
        each.text
        for each in boxes(svg)
        if each.left < left or each.top < top or each.right > left + width or each.bottom > top + height
    ]
