"""A PDF as those read it who do not see it: tags, in their order, and the text."""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, cast

from pikepdf import Array, Dictionary, Object, Pdf
from pypdf import PdfReader

from publications.annual.document import Document
from publications.annual.labels import block_numbers, day_in_words, labels_in
from stats.reading.grid import BETWEEN

# Of the parts of a document these are not read as text.
UNSEEN = frozenset({"id", "kind", "language", "alt", "year", "total", "left_out", "status", "value", "with_sign"})


def elements(pdf: Pdf) -> Iterator[Object]:
    """The elements of the structure, in reading order."""
    yield from below(pdf.Root.StructTreeRoot)


def several(value: Any) -> list[Any]:
    """What may be one or an array of them."""
    return [*value] if isinstance(value, Array) else [value]


def below(element: Object) -> Iterator[Object]:
    """The elements below one."""
    for each in several(element.get("/K", Array())):
        if isinstance(each, Dictionary) and "/S" in each:
            yield each
            yield from below(each)


def marks(element: Object, pages: dict[tuple[int, int], int], page: int = -1) -> Iterator[tuple[int, int]]:
    """The marked content of an element: the page that it is on, and its number there."""
    page = pages[element.Pg.objgen] if "/Pg" in element else page
    for each in several(element.get("/K", Array())):
        if isinstance(each, Dictionary) and "/MCID" in each:
            yield (pages[each.Pg.objgen] if "/Pg" in each else page), int(str(each.MCID))
        elif isinstance(each, Dictionary):
            yield from marks(each, pages, page)
        else:
            yield page, int(each)


def scopes(cell: Object) -> list[str]:
    """Of what the heading of a table is one: `/Row` or `/Column`."""
    attributes = several(cell.get("/A", Array()))
    return [str(each.Scope) for each in attributes if isinstance(each, Dictionary) and "/Scope" in each]


def text_of(content: bytes) -> str:
    """The text of a PDF, its pages one after the other."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def squeeze(text: str) -> str:
    """A text without any space: where lines break is not what it says."""
    return "".join(text.split())


def pieces(value: object) -> Iterator[str]:
    """Every text of a document that is seen, whatever it stands in."""
    match value:
        case str() if value.startswith("<svg"):
            yield from re.findall(r"<text[^>]*>([^<]+)<", value)
        case str():
            yield from value.split(BETWEEN)  # the group of a row stands above it
        case int():
            yield str(value)
        case tuple():
            yield from (piece for each in value for piece in pieces(each))
        case date():
            pass
        case _:
            fields = (each.name for each in dataclasses.fields(cast("Any", value)) if each.name not in UNSEEN)
            yield from (piece for name in fields for piece in pieces(getattr(value, name)))


def additions(document: Document) -> list[str]:
    """What a renderer adds to it: words, numbers of figures, the day in words."""
    of = document.language
    return [*labels_in(of).values(), *block_numbers(document).values(), day_in_words(document.published_on, of)]
