"""The colophon: from which releases, where, under which licence, and the digests by which a copy is recognised.

A PDF cannot hold its own digest. It holds that of the data; the page and the JSON hold both.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import override

from cases.annual import words
from cases.annual.content.sentences import fill
from cases.statistics.reading.entries import CatalogueEntry
from cases.statistics.revisions.citation import day, operator
from partners.text import Text

DAY = Text("j. F Y", "j F Y")


def colophon(
    year: int, version: int, releases: Iterable[CatalogueEntry], language: str, data: str = ""
) -> tuple[tuple[str, str], ...]:
    """Names and values, in order. `data`: the SHA-256 of the data, once the report is published."""
    licence = settings.HENVIS_SITE
    rows = {
        "publisher": operator(settings.HENVIS_OPERATOR)(language),
        "version": str(version),
        "releases": ", ".join(release_line(each, language) for each in releases),
        "address": address_of(year, version, language),
        "licence": f"{licence['licence']}, {licence['licence_address']}",
        "data": data,
    }
    return tuple((words.COLOPHON[name](language), value) for name, value in rows.items() if value)


def release_line(release: CatalogueEntry, language: str) -> str:
    """A release with its vintage and its day."""
    published_on = in_words(day(release.published_at), language) if release.published_at else ""
    return fill(words.RELEASE, id=release.id, vintage=str(release.vintage), day=published_on)(language)


def in_words(on: date, language: str) -> str:
    """A day as it is written in a sentence."""
    with override(language):
        return date_format(on, DAY(language))


def address_of(year: int, version: int, language: str) -> str:
    """Where this version stays."""
    return f"{settings.HENVIS_ADDRESS}/{language}/{words.PATH(language)}/{year}/{version}"
