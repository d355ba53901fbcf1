"""The colophon: from which releases, where, under which licence, and the digests by which a copy is recognised.

A PDF cannot hold its own digest. It holds that of the data; the page and the JSON hold both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.conf import settings

from cases.invented import mark
from publications.annual import words
from publications.annual.document import Document
from publications.annual.labels import day_in_words
from publications.annual.sentences import fill
from stats.reading.entries import CatalogueEntry
from stats.revisions.citation import day, operator


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
