"""Drawing a chart: from figures in words to pictures. This is for commands; no web process draws, or imports this."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from struct import Struct

import vl_convert

from publications.figures import frame, plots, regions
from publications.figures.chart import Chart
from publications.figures.description import description_of
from publications.figures.frame import Part
from publications.figures.kinds import ChartKind
from publications.figures.look import NARROW, WIDE, PictureForm
from stats.reading.grid import Grid

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
    svg, portrait = frame.picture(chart, WIDE, wide, alt), frame.picture(chart, NARROW, body(chart, NARROW), alt)
    return Drawing(
        chart.name, chart.title, alt, svg, portrait, png(frame.picture(chart, WIDE, wide, alt, MARGIN)), chart.grid
    )


def body(chart: Chart, form: PictureForm) -> Part:
    if chart.kind == ChartKind.MAP:
        return Part(*regions.plot(chart, form))
    return frame.embed(plots.plot(chart, form))


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
