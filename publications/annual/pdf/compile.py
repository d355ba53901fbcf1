"""A report as PDF/UA-1. typst refuses what is not accessible: a chart without alternative text does not compile."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cases.typesetting import typeset
from publications.annual.document import Document, KeyFigures
from publications.annual.labels import LABELS, day_in_words, numbers, words
from publications.annual.letters import FONTS
from publications.annual.pdf.tags import tag_row_headings
from stats.reading.grid import BETWEEN

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
        "numbers": numbers(document),
        "words": words(language),
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
