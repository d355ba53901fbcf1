"""A report as data: sections of headings, sentences, tables and charts, in one language. Renderers add no words to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cases.statistics.reading.grid import Grid


@dataclass(frozen=True)
class Paragraph:
    """Sentences."""

    text: str


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class KeyFigure:
    """A number in words and what it counts, as the first page shows it."""

    number: str
    label: str


@dataclass(frozen=True)
class KeyFigures:
    """The numbers of the first page."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class Table:
    """A table. `key` explains the marks in it; `source` says where its figures are from."""

    id: str
    caption: str
    grid: Grid
    key: tuple[tuple[str, str], ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Picture:
    """A chart: its drawing as SVG, what it shows for those who do not see it, and its figures as a table."""

    id: str
    caption: str
    alt: str
    svg: str
    table: Table


Block = Paragraph | Bullets | KeyFigures | Table | Picture


@dataclass(frozen=True)
class Section:
    """A part of a report. `id` is the same in every language and year, and is the anchor of its address."""

    id: str
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """A report in a language. `correction`: what a later version corrects, else empty. `colophon`: names and values, in order."""

    year: int
    version: int
    language: str
    title: str
    publisher: str
    published_on: date
    correction: str
    sections: tuple[Section, ...]
    colophon: tuple[tuple[str, str], ...]
