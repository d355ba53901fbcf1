"""Drawing a chart: the picture around a plot with its title, keys and source, as SVG and as PNG.

This is for commands; no web process draws, or imports this.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from struct import Struct
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

import vl_convert

from publications.figures import look, plots, regions, words
from publications.figures.chart import Chart, ChartKind, Standing, description_of
from publications.figures.labels import line_labels
from publications.figures.look import NARROW, SVG, WIDE, PictureForm
from stats.reading.grid import Grid

LINE = 1.35  # the height of a line, in its letters
SIGN_WIDTH = 24  # of a sign in a key, before its name
# What Vega tells of each mark: the picture is one image, which is told in its description.
OF_MARKS = re.compile(r"class|role|style|pointer-events|aria-.*", re.ASCII)


@dataclass(frozen=True)
class Part:
    """A part of a picture and how high it is, in pixels."""

    svg: str
    height: float


def picture(chart: Chart, form: PictureForm, body: Part, alt: str = "", margin: int = 0) -> str:
    """The SVG of a picture, within a margin. Its ids begin with the name of the chart, so that several can stand on a page.

    Without `alt` it says nothing of itself: what stands around it does.
    """
    prefix = f"{chart.name}-{form.id}"
    parts = [*head(chart, form), *swatches(chart, form), body, *foot(chart, form)]
    stack, y = "", 0.0
    for part in parts:
        stack += f'<g transform="translate(0 {y:g})">{part.svg}</g>'
        y += part.height
    width, height = form.width + 2 * margin, y + 2 * margin
    size = f'width="{width}" height="{height:g}" viewBox="{-margin} {-margin} {width} {height:g}"'
    names, words_inside = names_of(chart, prefix, alt) if alt else ('aria-hidden="true"', "")
    stack = stack.replace("url(#", f"url(#{prefix}-")
    return (
        f'<svg xmlns="{SVG}" {size} {names} font-family={quoteattr(look.FONT)}>'
        f"{words_inside}<defs>{''.join(patterns(stack, prefix))}</defs>"
        f'<rect x="{-margin}" y="{-margin}" width="{width}" height="{height:g}" fill="{look.PAPER}"/>{stack}</svg>'
    )


def names_of(chart: Chart, prefix: str, alt: str) -> tuple[str, str]:
    """What a picture is called and what it shows: the attributes that point at both, and both."""
    return (
        f'role="img" aria-labelledby="{prefix}-title {prefix}-desc"',
        f'<title id="{prefix}-title">{escape(chart.title)}</title><desc id="{prefix}-desc">{escape(alt)}</desc>',
    )


def patterns(svg: str, prefix: str) -> Iterator[str]:
    """The patterns that a picture uses."""
    for name, inside in look.PATTERNS.items():
        if f"#{prefix}-{name})" in svg:
            yield f'<pattern id="{prefix}-{name}" width="6" height="6" patternUnits="userSpaceOnUse">{inside}</pattern>'


def head(chart: Chart, form: PictureForm) -> Iterator[Part]:
    """The title, where the picture has its own, and what is counted."""
    if chart.title:
        yield text_block(chart.title, form, form.title, weight=600)
    yield text_block(chart.unit, form, form.text, ink=look.SOFT)
    yield Part("", 10)


def foot(chart: Chart, form: PictureForm) -> Iterator[Part]:
    """What the marks mean, what is left out, and where the figures are from."""
    yield Part("", 8)
    for mark, meaning in chart.key:
        yield text_block(f"{mark}  {meaning}", form, form.small, ink=look.SOFT)
    # A row of parts says so itself.
    gaps = [chart.gaps] if chart.gaps and chart.kind != ChartKind.SHARES else []
    for note in (*gaps, *chart.notes):
        yield text_block(note, form, form.small, ink=look.SOFT)
    if chart.source:
        yield text_block(f"{words.SOURCE(chart.language)}: {chart.source}", form, form.small, ink=look.SOFT)
    yield Part("", 4)


def text_block(text: str, form: PictureForm, size: int, *, weight: int = 400, ink: str = look.INK) -> Part:
    """A text in as many lines as it takes."""
    lines = look.wrap(text, form.width, size)
    spans = "".join(f'<text x="0" y="{size * LINE * n + size:g}">{escape(line)}</text>' for n, line in enumerate(lines))
    return Part(f'<g font-size="{size}" font-weight="{weight}" fill="{ink}">{spans}</g>', size * LINE * len(lines) + 2)


def swatches(chart: Chart, form: PictureForm) -> Iterator[Part]:
    """The key of what is drawn: series where they have no names in the plot, and what is not ordinary."""
    signs = [*signs_of_series(chart, form), *signs_of_standings(chart)]
    x, y, svg = 0.0, 0.0, ""
    for sign, name in signs:
        lines = look.wrap(name, form.width - SIGN_WIDTH, form.text)
        breadth = SIGN_WIDTH + max(look.breadth(line, form.text) for line in lines) + 14
        if x and (x + breadth > form.width or len(lines) > 1):
            x, y = 0.0, y + 22
        label = "".join(
            f'<text x="22" y="{13 + 17 * n}" font-size="{form.text}" fill="{look.INK}">{escape(line)}</text>'
            for n, line in enumerate(lines)
        )
        svg += f'<g transform="translate({x:g} {y:g})">{sign}{label}</g>'
        x, y = x + breadth, y + 17 * (len(lines) - 1)
    if signs:
        yield Part(svg, y + 30)


def signs_of_series(chart: Chart, form: PictureForm) -> Iterator[tuple[str, str]]:
    """The sign and the name of each series."""
    for n, name in enumerate(chart.series):
        if chart.kind == ChartKind.SHARES:
            yield box(look.PARTS[n][0], look.INK), name
        elif chart.kind == ChartKind.LINES and not line_labels(chart, form):
            yield mark(n, look.LINES[n], look.LINES[n]), name


def signs_of_standings(chart: Chart) -> Iterator[tuple[str, str]]:
    """The sign of figures of others and of hidden ones, where there are some."""
    if chart.kind == ChartKind.MAP:
        yield from ((box(fill, look.INK), text) for fill, text in regions.fills(chart))
    if Standing.EXTERNAL in chart.standings and chart.kind == ChartKind.LINES:
        yield mark(0, look.INK, look.PAPER), words.EXTERNAL(chart.language)
    elif Standing.EXTERNAL in chart.standings and chart.kind in {ChartKind.BARS, ChartKind.YEARS, ChartKind.FUNNEL}:
        yield box(look.url(look.HATCH), look.BLUE), words.EXTERNAL(chart.language)
    if any(each.band for each in chart.points) and chart.kind != ChartKind.MAP:
        yield box(look.url(look.DOTS), look.SOFT), words.BAND(chart.language)


def box(fill: str, edge: str) -> str:
    return f'<rect x="1" y="2" width="14" height="13" fill="{fill}" stroke="{edge}"/>'


def mark(n: int, edge: str, fill: str) -> str:
    """The symbol of a line."""
    return f'<path d="{look.SHAPES[n]}" transform="translate(8 9) scale(5.5)" fill="{fill}" stroke="{edge}" stroke-width="0.35"/>'


def embed(svg: str) -> Part:
    """An SVG of Vega as a part of a picture: without what it tells of each mark, and without its own background."""
    root = ElementTree.fromstring(svg)  # noqa: S314 (our own)
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{SVG}}}")
        for name in [each for each in element.attrib if OF_MARKS.fullmatch(each)]:
            del element.attrib[name]
    inside = "".join(ElementTree.tostring(each, encoding="unicode") for each in root)
    return Part(inside, float(root.attrib["height"]))


MARGIN = 24  # around a picture that stands alone
SIGNATURE, PIXELS, LENGTH_AND_KIND = b"\x89PNG\r\n\x1a\n", b"IDAT", Struct(">I4s")
SIZE = Struct(">II")
SCALE = 2  # of the PNG: pixels for each of the SVG


@dataclass(frozen=True)
class Drawing:
    """A chart that was drawn.

    `svg` is 720 pixels wide and `portrait` 360; each is one element that can stand in a page. `png` is the wide one in twice as
    many pixels.
    `alt`: what it shows, in words with its figures. `grid`: the same as a table. `name`: what its files are called, without an end.
    """

    name: str
    title: str
    alt: str
    svg: str
    portrait: str
    png: bytes
    grid: Grid


def draw(chart: Chart) -> Drawing:
    """The drawing of a chart. The same chart gives the same bytes."""
    alt, wide = description_of(chart), body(chart, WIDE)
    svg, portrait = picture(chart, WIDE, wide, alt), picture(chart, NARROW, body(chart, NARROW), alt)
    return Drawing(
        chart.name, chart.title, alt, svg, portrait, png(picture(chart, WIDE, wide, alt, MARGIN)), chart.grid
    )


def body(chart: Chart, form: PictureForm) -> Part:
    if chart.kind == ChartKind.MAP:
        return Part(*regions.plot(chart, form))
    return embed(plots.plot(chart, form))


def png(svg: str) -> bytes:
    plots.register_fonts()
    return pack(bytes(vl_convert.svg_to_png(svg, scale=SCALE)))


def pack(png: bytes) -> bytes:
    """The same PNG in a fifth of the bytes: vl-convert packs fast, and not well."""
    chunks = [*chunks_of(png)]
    pixels = zlib.decompress(b"".join(data for kind, data in chunks if kind == PIXELS))
    head, *_, end = chunks
    return SIGNATURE + b"".join(map(chunk, (head, (PIXELS, zlib.compress(pixels, 6)), end)))


def chunks_of(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a PNG: kinds and contents."""
    place = len(SIGNATURE)
    while place < len(png):
        length, kind = LENGTH_AND_KIND.unpack_from(png, place)
        yield kind, png[place + 8 : place + 8 + length]
        place += length + 12


def chunk(part: tuple[bytes, bytes]) -> bytes:
    """A chunk of a PNG, of its kind and content."""
    kind, data = part
    return LENGTH_AND_KIND.pack(len(data), kind) + data + zlib.crc32(kind + data).to_bytes(4)


def size_of(png: bytes) -> tuple[int, int]:
    """The width and the height of a PNG, in pixels."""
    width, height = SIZE.unpack_from(png, len(SIGNATURE) + 8)
    return width, height
