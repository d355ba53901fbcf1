"""What stands around the text of a report: the words and numbers that a renderer adds, the same in HTML and in PDF; the colophon.

The colophon says from which releases, where, under which licence, and the digests by which a copy is recognised. A PDF cannot hold
its own digest. It holds that of the data; the page and the JSON hold both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from django.conf import settings
from django.utils.dateformat import format as in_words
from django.utils.translation import override

from cases.invented import mark
from core.text import Text
from publications.annual import words
from publications.annual.document import Document, Picture, Table
from publications.annual.sentences import fill
from stats.reading.entries import CatalogueEntry
from stats.revisions.citation import day, operator

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


def block_numbers(document: Document) -> dict[str, str]:
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


def labels_in(language: str) -> dict[str, str]:
    return {name: text(language) for name, text in LABELS.items()}


def day_in_words(day: date, language: str) -> str:
    """A day as it is written: `14. marts 2024`."""
    with override(language):
        return in_words(day, DAY(language))


def file_name(year: int, version: int, language: str, ending: str) -> str:
    """What a file of a report is called: `menneskehandel-i-danmark-2023-udgave-1.pdf`."""
    return NAME(language).format(year, version, ending)


def colophon(year: int, version: int, releases: Iterable[CatalogueEntry], language: str) -> tuple[tuple[str, str], ...]:
    """Names and values, in order."""
    licence = settings.HENVIS_SITE
    rows = {
        "publisher": operator(settings.HENVIS_OPERATOR)(language),
        "version": str(version),
        "releases": ", ".join(release_line(each, language) for each in releases),
        "address": address_of(year, version, language),
        "licence": f"{licence['licence']}, {licence['licence_address']}",
    }
    if text := mark():
        rows = {"invented": text(language), **rows}
    return tuple((words.COLOPHON[name](language), value) for name, value in rows.items())


def with_data(document: Document, digest: str) -> Document:
    """The report with the version that it has now, and the SHA-256 of its data, in its colophon."""
    language, year, version = document.language, document.year, document.version
    news = {"version": str(version), "address": address_of(year, version, language), "data": digest}
    rows = {**dict(document.colophon), **{words.COLOPHON[name](language): value for name, value in news.items()}}
    return replace(document, colophon=tuple(rows.items()))


def release_line(release: CatalogueEntry, language: str) -> str:
    """A release with its vintage and its day."""
    published_on = day_in_words(day(release.published_at), language) if release.published_at else ""
    return fill(words.RELEASE, id=release.id, vintage=str(release.vintage), day=published_on)(language)


def address_of(year: int, version: int, language: str) -> str:
    """Where this version stays."""
    return f"{settings.HENVIS_ADDRESS}/{language}/{words.PATH(language)}/{year}/{version}/"
