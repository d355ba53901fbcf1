"""A report as JSON, and back: what is stored, and what anybody can download and check by its SHA-256."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from publications.annual.document import (
    Block,
    Bullets,
    Document,
    Heading,
    KeyFigures,
    Paragraph,
    Picture,
    Section,
    Table,
)

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
