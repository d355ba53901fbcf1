"""A report as data: sections of headings, sentences, tables and charts, in one language; as JSON, and back from it.

Renderers show all of it, and add the words of `publications/annual/labels.py` alone. `kind` tells them what a block is. The JSON is
what is stored, and what anybody can download and check by its SHA-256.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any, Literal

import msgspec

from stats.reading.grid import BETWEEN, Grid, Row


@dataclass(frozen=True)
class Heading:
    """A heading inside a section."""

    text: str
    kind: Literal["heading"] = field(default="heading", init=False)


@dataclass(frozen=True)
class Paragraph:
    """Sentences."""

    text: str
    kind: Literal["paragraph"] = field(default="paragraph", init=False)


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]
    kind: Literal["bullets"] = field(default="bullets", init=False)


@dataclass(frozen=True)
class KeyFigure:
    """A number in words and what it counts, as the first page shows it."""

    number: str
    label: str


@dataclass(frozen=True)
class KeyFigures:
    """The numbers of the first page."""

    figures: tuple[KeyFigure, ...]
    kind: Literal["key-figures"] = field(default="key-figures", init=False)


@dataclass(frozen=True)
class Table:
    """A table. `caption` says all that it is of: that of its grid is not shown. `key` explains the marks in it.

    `source`: a sentence on where its figures are from. `id` is the same in every language.
    """

    id: str
    caption: str
    grid: Grid
    key: tuple[tuple[str, str], ...] = ()
    source: str = ""
    kind: Literal["table"] = field(default="table", init=False)

    @property
    def groups(self) -> list[tuple[str, list[tuple[str, Row]]]]:
        """Its rows by their group, with the name of each in it: of a heading of several, all but the last are the group."""
        parts = ((*row.heading.rpartition(BETWEEN)[::2], row) for row in self.grid.rows)
        return [
            (group, [(name, row) for _, name, row in each]) for group, each in groupby(parts, key=lambda part: part[0])
        ]


@dataclass(frozen=True)
class Picture:
    """A chart: its drawing as SVG, what it shows for those who do not see it, and its figures as a table.

    `portrait`: the drawing for a telephone, of the same figures; empty where there is none.
    """

    id: str
    caption: str
    alt: str
    svg: str
    table: Table
    portrait: str = ""
    kind: Literal["picture"] = field(default="picture", init=False)


Block = Heading | Paragraph | Bullets | KeyFigures | Table | Picture


@dataclass(frozen=True)
class Section:
    """A part of a report. `id` is the same in every language and year, and is the anchor of its address.

    `topic`: what it is of in every year. `heading`: what this year's figures say.
    """

    id: str
    heading: str
    blocks: tuple[Block, ...]
    topic: str = ""


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


KINDS: dict[str, type[Block]] = {
    str(each.__dataclass_fields__["kind"].default): each
    for each in (Heading, Paragraph, Bullets, KeyFigures, Table, Picture)
}


def as_json(document: Document) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(json.dumps(asdict(document), default=str))
    return content


def from_json(content: dict[str, Any]) -> Document:
    """The report of a JSON that `as_json` made."""
    sections = tuple(
        Section(each["id"], each["heading"], tuple(map(block_of, each["blocks"])), each["topic"])
        for each in content["sections"]
    )
    published_on = date.fromisoformat(content["published_on"])
    colophon = tuple((name, value) for name, value in content["colophon"])
    return Document(**{**content, "published_on": published_on, "sections": sections, "colophon": colophon})


def block_of(content: dict[str, Any]) -> Block:
    """The block of a JSON, by its kind."""
    kind = KINDS[content["kind"]]
    members = {name: value for name, value in content.items() if name != "kind"}
    if kind is Picture:
        return Picture(**{**members, "table": block_of(content["table"])})
    block: Block = msgspec.convert(with_values(members), kind)
    return block


def with_values(members: dict[str, Any]) -> dict[str, Any]:
    """The members of a table, with the decimals of its cells: JSON has them as text, as it has no other exact ones."""
    if "grid" not in members:
        return members
    rows = [{**row, "cells": [*map(cell_of, row["cells"])]} for row in members["grid"]["rows"]]
    return {**members, "grid": {**members["grid"], "rows": rows}}


def cell_of(content: dict[str, Any]) -> dict[str, Any]:
    """A cell with its value as a number."""
    value = content["value"]
    return {**content, "value": Decimal(value) if isinstance(value, str) else value}


def data_of(document: Document) -> bytes:
    """The data of a report: all of it but its colophon, which names their digest. The same report is the same bytes."""
    content = {name: value for name, value in as_json(document).items() if name != "colophon"}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest_of(content: bytes) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
