"""A report as PDF/UA-1. typst refuses what is not accessible: a chart without alternative text does not compile.

typst tags the headings of columns of a table, and here those of rows become headings too.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf

from cases.typesetting import typeset
from publications.annual.document import Document, KeyFigures
from publications.annual.labels import LABELS, block_numbers, day_in_words, labels_in
from publications.annual.letters import FONTS
from stats.reading.grid import BETWEEN


def tag_row_headings(content: bytes) -> bytes:
    """The PDF, in which the first cell of each row is its heading (ISO 32000-1, table 349). The same bytes each time."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        for row in rows(pdf.Root.StructTreeRoot):
            for first in children(row)[:1]:
                if first.S == Name.TD:
                    first.S, first.A = Name.TH, Dictionary(O=Name.Table, Scope=Name.Row)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return out.getvalue()


def rows(element: Object) -> Iterator[Object]:
    """The rows of every table below an element."""
    for child in children(element):
        if child.S == Name.TR:
            yield child
        else:
            yield from rows(child)


def children(element: Object) -> list[Object]:
    """The elements right below an element; not its marked content, which has no type of structure."""
    below = element.get("/K", Array())
    every = [*below.as_list()] if isinstance(below, Array) else [below]
    return [each for each in every if isinstance(each, Dictionary) and "/S" in each]


HERE = Path(__file__).parent
ON_COVER = 6  # key figures
# Line ends within a text mean nothing; other spaces are kept, since some of them break no line.
LINE_ENDS = re.compile(r"[\r\n\t ]+")


def pdf(document: Document) -> bytes:
    """The PDF: the same bytes for the same document. Raises `typst.TypstError` where it cannot be made accessible."""
    text = json.dumps(data(document), default=str)
    return tag_row_headings(typeset(HERE / "report.typ", FONTS, document=text, between=BETWEEN))


def data(document: Document) -> dict[str, Any]:
    """What the template reads: the document, and what is made of it."""
    day, language = document.published_on, document.language
    return {
        **in_one_line(asdict(document)),
        "day": [day.year, day.month, day.day],
        "day_in_words": day_in_words(day, language),
        "edition": f"{LABELS['edition'](language)} {document.version}",
        "numbers": block_numbers(document),
        "words": labels_in(language),
        "key_figures": [asdict(each) for each in key_figures(document)[:ON_COVER]],
    }


def key_figures(document: Document) -> list[Any]:
    """The numbers of the first page: those of the first section."""
    blocks = (block for section in document.sections[:1] for block in section.blocks)
    return [each for block in blocks if isinstance(block, KeyFigures) for each in block.figures]


def in_one_line(value: Any) -> Any:
    """The same data, each text without line ends."""
    match value:
        case str():
            return LINE_ENDS.sub(" ", value).strip(" ")
        case dict():
            return {name: in_one_line(each) for name, each in value.items()}
        case list() | tuple():
            return [in_one_line(each) for each in value]
    return value
