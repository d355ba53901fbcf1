"""The five Danish regions as a schematic map: shapes of ours, roughly where the regions are. Bornholm stands in a box."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from publications.figures import look, words
from publications.figures.chart import Chart, Point, Standing
from publications.figures.look import SVG, PictureForm

WIDTH, HEIGHT = 345, 388
BOX = "M286,14H348V64H286Z"  # around Bornholm
TEXT, LINE = 12, 14
BORNHOLM = "DK01"  # the region that the island in the box is of
UNDER_BOX = (317, 79)
OF_REGION = re.compile(r"\s*\bRegion\b(?: of Denmark| of)?\s*")
NAME_WIDTH = 92


@dataclass(frozen=True)
class Shape:
    """A region: its outline, and where the middle of its name is. `is_outside`: the name has no room in it."""

    outline: str
    x: int
    y: int
    is_outside: bool = False


def shapes() -> Iterator[tuple[str, Shape]]:
    """The regions of the file by their codes."""
    for path in ElementTree.parse(Path(__file__).with_suffix(".svg")).iter(f"{{{SVG}}}path"):  # noqa: S314 (our own)
        is_outside = "data-beside" in path.attrib
        yield (
            path.attrib["id"],
            Shape(path.attrib["d"], int(path.attrib["data-x"]), int(path.attrib["data-y"]), is_outside),
        )


SHAPES = dict(shapes())


def plot(chart: Chart, form: PictureForm) -> tuple[str, float]:
    """The map as SVG within the picture, and its height. What is on no map stands below it, or beside it."""
    scale = 1.0 if form.is_narrow else 1.2
    points = {each.code: each for each in chart.points}
    largest = largest_of(chart)
    regions = "".join(region(chart, points[code], largest) for code in SHAPES if code in points)
    box = f'<path d="{BOX}" fill="none" stroke="{look.FAINT}"/>{name_of_box(points)}'
    x, top = (0.0, HEIGHT * scale + 18) if form.is_narrow else (WIDTH * scale + 60, HEIGHT * scale / 3)
    lines = [*off_map(chart, form)]
    texts = "".join(
        f'<text x="{x:g}" y="{top + 19 * n:g}" font-weight="{weight}">{escape(line)}</text>'
        for n, (line, weight) in enumerate(lines)
    )
    height = HEIGHT * scale + (19 * len(lines) + 8 if form.is_narrow else 0)
    aside = f'<g font-size="{form.text}" fill="{look.INK}">{texts}</g>'
    return f'<g transform="scale({scale:g})">{box}{regions}</g>{aside}', height


def largest_of(chart: Chart) -> float:
    return max((each.value or 0 for each in chart.points if each.code in SHAPES), default=0)


def short_name(place: str) -> str:
    """A region without the word: `Nordjylland`."""
    return OF_REGION.sub(" ", place).strip() or place


def name_of_box(points: Mapping[str, Point]) -> str:
    """What is in the box, and which region it is of. Its number is that region's."""
    if BORNHOLM not in points:
        return ""
    x, y = UNDER_BOX
    lines = ("Bornholm", f"({short_name(points[BORNHOLM].place)})")
    texts = (f'<text x="{x}" y="{y + 12 * n}">{escape(line)}</text>' for n, line in enumerate(lines))
    return f'<g font-size="11" text-anchor="middle" fill="{look.INK}">{"".join(texts)}</g>'


def fills(chart: Chart) -> Iterator[tuple[str, str]]:
    """The key of the map: each fill, and the numbers or the words that it stands for."""
    regions, largest = [each for each in chart.points if each.code in SHAPES], int(largest_of(chart))
    ends = [-(-largest * n // len(look.STEPS)) for n in range(len(look.STEPS))] + [largest + 1]
    for (fill, _), (least, over) in zip(look.STEPS, pairwise(ends), strict=True):
        if least < over:
            yield fill, f"{least}–{over - 1}" if over - least > 1 else str(least)
    for standing, fill, text in (
        (Standing.SECRET, look.DOTS, words.HIDDEN),
        (Standing.ABSENT, look.RULES, words.NOT_PUBLISHED),
    ):
        if any(each.standing == standing for each in regions):
            yield look.url(fill), text(chart.language)


def off_map(chart: Chart, form: PictureForm) -> list[tuple[str, int]]:
    """What the map has no room for: lines with their weights, a heading first. Empty where it has all."""
    others = [
        f"{each.place}: {' '.join(figure_of_region(each, chart.language))}"
        for each in chart.points
        if each.code not in SHAPES
    ]
    lines = [(line, 400) for text in others for line in look.wrap(text, 240, form.text)]
    return [(words.OFF_MAP(chart.language), 600), *lines] if lines else []


def figure_of_region(point: Point, language: str) -> list[str]:
    """What is said of a region beside its name: that it is hidden, and what is told of it; or its number."""
    if point.standing == Standing.SECRET:
        return [words.HIDDEN(language), *([point.cell.text] if point.band else [])]
    return [words.NOT_PUBLISHED(language) if point.standing == Standing.ABSENT else point.cell.text]


def region(chart: Chart, point: Point, largest: float) -> str:
    """A region with its name and its number. One without a number has a pattern, and says so."""
    shape, (fill, ink) = SHAPES[point.code], colours(point, largest)
    rim = fill
    if shape.is_outside or fill.startswith("url"):
        ink, rim = look.INK, look.PAPER
    lines = [(text, 400) for text in look.wrap(short_name(point.place), NAME_WIDTH, TEXT)]
    lines += [
        (text, 600) for part in figure_of_region(point, chart.language) for text in look.wrap(part, NAME_WIDTH, TEXT)
    ]
    top = shape.y - LINE * (len(lines) - 1) / 2
    texts = "".join(
        f'<text x="{shape.x}" y="{top + LINE * n:g}" font-weight="{weight}">{escape(text)}</text>'
        for n, (text, weight) in enumerate(lines)
    )
    plate = ""
    if fill.startswith("url"):
        breadth = max(look.breadth(text, TEXT) for text, _ in lines) * 0.92
        plate = (
            f'<rect x="{shape.x - breadth / 2:g}" y="{top - TEXT:g}" width="{breadth:g}" '
            f'height="{LINE * len(lines) + 4:g}" rx="3" fill="{look.PAPER}"/>'
        )
    # The rim keeps letters apart from a pattern, and from the edge that a long name reaches over.
    return (
        f'<path d="{shape.outline}" fill="{fill}" stroke="{look.INK}" stroke-width="1.2" stroke-linejoin="round"/>{plate}'
        f'<g font-size="{TEXT}" text-anchor="middle" fill="{ink}" stroke="{rim}" stroke-width="3.5" '
        f'stroke-linejoin="round" paint-order="stroke">{texts}</g>'
    )


def colours(point: Point, largest: float) -> tuple[str, str]:
    """The fill of a region and the ink on it: the darker, the more."""
    if point.standing == Standing.SECRET:
        return look.url(look.DOTS), look.INK
    if point.value is None:
        return look.url(look.RULES), look.INK
    step = int(point.value * len(look.STEPS) / largest) if largest else 0
    return look.STEPS[min(step, len(look.STEPS) - 1)]
