"""An annual report as a page that says what the PDF says, from the same document; its files, and the list of all reports.

The words here are those around a report; those in it are its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

from core.text import Text
from pages.base.addresses import address_of
from pages.base.frame import SECONDS, PageAddress, answer_page, base_of
from pages.public.table_links import json_ld
from publications.annual import editions
from publications.annual.document import Document
from publications.annual.editions import ReportVersion
from publications.annual.labels import LABELS, block_numbers, day_in_words, file_name, labels_in
from publications.annual.words import COLOPHON, TITLE

REPORT: dict[str, Text] = {
    "pdf": Text("Hent som PDF", "Download as PDF"),
    "data": Text("Hent tallene som JSON", "Download the figures as JSON"),
    "newer": Text("Der er en nyere udgave af rapporten:", "There is a newer edition of this report:"),
    "withdrawn": Text("Tal i rapporten er trukket tilbage", "Figures in this report are withdrawn"),
    "withdrawn_lead": Text(
        "Rapporten bygger på tal, som er trukket tilbage. Brug dem ikke, heller ikke fra PDF-filen.",
        "The report was made from figures that are withdrawn. Do not use them, not from the PDF either.",
    ),
    "errata": Text("Rettelser, siden rapporten blev lavet", "Errata since the report was made"),
    "errata_lead": Text(
        "Der er fundet fejl i tal, som rapporten bygger på.",
        "Errors were found in figures that the report was made from.",
    ),
    "reviews": Text("Tal i rapporten er under gennemgang", "Figures in this report are under review"),
    "reviews_lead": Text(
        "Rapporten bygger på udgivelser, der er ved at blive gennemgået. Brug den med forbehold:",
        "The report was made from releases that are under review. Use it with caution:",
    ),
    "editions": Text("Udgaver", "Editions"),
    "this": Text("denne", "this one"),
    "cite": Text("Citér", "Cite"),
    "every_report": Text("Alle årsrapporter", "All annual reports"),
    "about": Text(
        "Tallene i årsrapporten, som tekst, figurer og tabeller.", "The figures of the year in text, charts and tables."
    ),
}
REPORTS: dict[str, Text] = {
    "title": Text("Årsrapporter", "Annual reports"),
    "lead": Text(
        "Årets tal om menneskehandel med figurer og tabeller. Hver rapport er en side og en PDF, der kan læses op.",
        "The figures of the year on human trafficking, with charts and tables. Each report is a page and an accessible PDF.",
    ),
    "none": Text("Der er endnu ingen årsrapport.", "There is no annual report yet."),
}


EVERY, NEWEST, ONE_VERSION, FILE = "reports", "report", "report-version", "report-file"


def report(request: HttpRequest, language: str, year: int, version: int | None = None) -> HttpResponseBase:
    """The page of a version, or of the newest. Two statements."""
    every = editions.versions(year)
    shown = next((each for each in reversed(every) if version in {None, each.version}), None)
    if shown is None:
        raise Http404
    parts = {"year": str(year)} | ({} if version is None else {"version": str(version)})
    place = PageAddress(NEWEST if version is None else ONE_VERSION, language, parts)
    page = ReportPage(year, shown, tuple(every), language, base_of(request))
    return answer_page(request, place, (repr(every),), lambda: ("report/report.html", page.context()))


@dataclass(frozen=True)
class ReportPage:
    """A version of a report in a language, and all versions of it, the first one first. `base`: the address of the service."""

    year: int
    shown: ReportVersion
    every: tuple[ReportVersion, ...]
    language: str
    base: str

    @cached_property
    def document(self) -> Document:
        document = editions.document(self.year, self.language, self.shown.version)
        if document is None:
            raise Http404
        return document

    @property
    def address(self) -> str:
        """Where this version stays."""
        return f"{self.base}{self.address_of(self.shown)}"

    def address_of(self, version: ReportVersion) -> str:
        """Where a version stays."""
        return address_of(ONE_VERSION, self.language, year=self.year, version=version.version)

    def file(self, ending: str) -> str:
        """Where a file of this version is."""
        name = file_name(self.year, self.shown.version, self.language, ending)
        return address_of(FILE, self.language, year=self.year, version=self.shown.version, file=name)

    def edition(self, version: ReportVersion) -> str:
        """What a version is called: `Udgave 2, 14. marts 2024`."""
        day = day_in_words(version.published_on, self.language)
        return f"{LABELS['edition'](self.language)} {version.version}, {day}"

    def context(self) -> dict[str, Any]:
        language, document, newest = self.language, self.document, self.every[-1]
        return {
            "words": {name: text(language) for name, text in REPORT.items()},
            "labels": labels_in(language),
            "document": document,
            "numbers": block_numbers(document),
            "edition": self.edition(self.shown),
            "withdrawals": [(release, reason(language)) for release, reason in self.shown.withdrawals],
            "errata": [(release, text(language)) for release, text in self.shown.errata],
            "reviews": self.shown.reviews,
            "newer": None if newest is self.shown else (self.edition(newest), self.address_of(newest)),
            "editions": [
                (self.edition(each), self.address_of(each), each is self.shown) for each in reversed(self.every)
            ],
            "colophon": [*document.colophon, (COLOPHON["pdf"](language), self.shown.pdf_digests[language])],
            "pdf": self.file("pdf"),
            "data": self.file("json"),
            "address": self.address,
            "citation": self.citation(),
            "linked_data": json_ld(self.linked_data()),
        }

    def citation(self) -> str:
        document = self.document
        edition = f"{LABELS['edition'](self.language)} {document.version}"
        return f"{document.publisher} ({document.published_on.year}). {document.title}. {edition}. {self.address}"

    def linked_data(self) -> dict[str, Any]:
        """The report as `schema.org/Report` describes one."""
        document = self.document
        return {
            "@context": "https://schema.org/",
            "@type": "Report",
            "name": document.title,
            "url": self.address,
            "version": str(document.version),
            "inLanguage": self.language,
            "datePublished": document.published_on.isoformat(),
            "publisher": {"@type": "Organization", "name": document.publisher},
            "license": settings.HENVIS_SITE["licence_address"],
            "isAccessibleForFree": True,
            "encoding": {
                "@type": "MediaObject",
                "encodingFormat": "application/pdf",
                "contentUrl": f"{self.base}{self.file('pdf')}",
                "sha256": self.shown.pdf_digests[self.language],
            },
        }


def reports(request: HttpRequest, language: str) -> HttpResponseBase:
    years = editions.years()
    rows = [(TITLE(language).format(year=year), address_of(NEWEST, language, year=year)) for year in years]
    context = {"words": {name: text(language) for name, text in REPORTS.items()}, "reports": rows}
    return answer_page(request, PageAddress(EVERY, language), (repr(years),), lambda: ("report/reports.html", context))


# By the ending of the name.
KINDS = {"pdf": "application/pdf", "json": "application/json"}


def file(request: HttpRequest, language: str, year: int, version: int, file: str) -> HttpResponseBase:
    """A file. Its tag is its digest; two statements, and one for who has it."""
    ending = next((each for each in KINDS if file == file_name(year, version, language, each)), None)
    shown = next((each for each in editions.versions(year) if each.version == version), None)
    if ending is None or shown is None:
        raise Http404
    tag = f'"{digest(shown, ending, language)}"'
    response = get_conditional_response(request, etag=tag) or whole(year, shown, language, ending)
    response["ETag"], response["Cache-Control"] = tag, f"public, max-age={SECONDS}"
    response["Content-Language"] = language
    response["Content-Disposition"] = f'inline; filename="{file}"'
    return response


def digest(version: ReportVersion, ending: str, language: str) -> str:
    """The SHA-256 of a file."""
    return (version.pdf_digests if ending == "pdf" else version.data_digests)[language]


def whole(year: int, version: ReportVersion, language: str, ending: str) -> HttpResponse:
    """The answer with the bytes. Raises `Http404` where there are none."""
    read = editions.pdf if ending == "pdf" else editions.data
    content = read(year, language, version.version)
    if content is None:
        raise Http404
    return HttpResponse(content, content_type=KINDS[ending])
