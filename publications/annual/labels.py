"""The words and numbers that a renderer adds to a report, the same ones in HTML and in PDF."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.dateformat import format as in_words
from django.utils.translation import override

from core.text import Text
from publications.annual.document import Document, Picture, Table

LABELS: dict[str, Text] = {
    "report": Text("Årsrapport", "Annual report"),
    "correction": Text("Rettelse", "Correction"),
    "contents": Text("Indhold", "Contents"),
    "figure": Text("Figur", "Figure"),
    "table": Text("Tabel", "Table"),
    "figures": Text("Figurerne som tabeller", "The charts as tables"),
    "as_table": Text("som tabel", "as a table"),
    "show_table": Text("Vis tal som tabel", "Show the figures as a table"),
    "on_page": Text("Tallene står på side", "The figures are on page"),
    "edition": Text("Udgave", "Edition"),
    "page": Text("Side", "Page"),
    "of": Text("af", "of"),
    "colophon": Text("Kolofon", "Colophon"),
    "left_out": Text("Rækker uden tal er udeladt:", "Rows without figures left out:"),
}
DAY = Text("j. F Y", "j F Y")
NAME = Text("menneskehandel-i-danmark-{}-udgave-{}.{}", "human-trafficking-in-denmark-{}-edition-{}.{}")


def numbers(document: Document) -> dict[str, str]:
    """What each chart and table is called by its number, by its id: `Figur 1`, `Tabel 1`. Tables of charts have none."""
    return dict(number_blocks(document))


def number_blocks(document: Document) -> Iterator[tuple[str, str]]:
    """The same, in order."""
    counts = {"figure": 0, "table": 0}
    for block in (block for section in document.sections for block in section.blocks):
        if isinstance(block, Picture | Table):
            kind = "figure" if isinstance(block, Picture) else "table"
            counts[kind] += 1
            yield block.id, f"{LABELS[kind](document.language)} {counts[kind]}"


def words(language: str) -> dict[str, str]:
    return {name: text(language) for name, text in LABELS.items()}


def day_in_words(day: date, language: str) -> str:
    """A day as it is written: `14. marts 2024`."""
    with override(language):
        return in_words(day, DAY(language))


def file_name(year: int, version: int, language: str, ending: str) -> str:
    """What a file of a report is called: `menneskehandel-i-danmark-2023-udgave-1.pdf`."""
    return NAME(language).format(year, version, ending)
