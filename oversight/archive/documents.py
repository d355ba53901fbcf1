"""What explains a package to whoever opens it in a hundred years, as pictures of pages: the order takes TIFF and no PDF."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from cases import dictionary as d
from cases.fields import CodedField, CodeSetField
from cases.typesetting import draw_pages
from oversight.processing.record import FIELDS, record
from oversight.reporting.receipts.files import FONTS

TEMPLATE = Path(__file__).parent / "pages.typ"
PPI = 200
LANGUAGE = "da"


class ArchiveDocument(NamedTuple):
    """A document: its title, the words of the order for what it is of, and its lines as Markdown."""

    title: str
    category: str
    kind: str
    lines: tuple[str, ...]


def documents() -> list[ArchiveDocument]:
    """The dictionary, and the record of processing, which names purposes and legal bases."""
    return [
        ArchiveDocument("Dataordbog", "systemInformation", "systemContent", tuple(dictionary())),
        ArchiveDocument(
            "Formål, retsgrundlag og behandling", "systemInformation", "systemRegulations", tuple(record(LANGUAGE))
        ),
    ]


def dictionary() -> Iterator[str]:
    """Every field with its meaning, and the codes that it may have."""
    yield f"# Dataordbog, version {d.SCHEMA_VERSION}"
    for field in FIELDS:
        yield f"## {field.label(LANGUAGE)} ({field.name})"
        yield field.help(LANGUAGE)
        if isinstance(field, CodedField | CodeSetField):
            yield from (f"- {each.code}: {each.label(LANGUAGE)}" for each in field.codelist.codes)


def tiff(document: ArchiveDocument) -> bytes:
    """Its pages as one TIFF in black and white, packed by CCITT group 4, as the order wants text."""
    lines = [parts_of(line) for line in document.lines if line and not line.startswith("|---")]
    pages = draw_pages(TEMPLATE, FONTS, ppi=PPI, document=json.dumps(lines))
    first, *others = (Image.open(io.BytesIO(page)).convert("1") for page in pages)
    out = io.BytesIO()
    first.save(out, format="TIFF", compression="group4", save_all=True, append_images=others, dpi=(PPI, PPI))
    return out.getvalue()


def parts_of(line: str) -> tuple[str, str]:
    """What a line of Markdown is, and its words."""
    if line.startswith("#"):
        return "heading", line.lstrip("# ")
    if line.startswith("- "):
        return "point", line.removeprefix("- ")
    return "text", line.strip("| ").replace("**", "").replace("`", "").replace(" | ", " · ")
