"""The list of annual reports."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from pages.base.addresses import address_of
from pages.base.frame import PageAddress, answer_page
from pages.report.report import NEWEST
from pages.report.words import REPORTS
from publications.annual import published
from publications.annual.words import TITLE

NAME = "reports"


def reports(request: HttpRequest, language: str) -> HttpResponseBase:
    """The page. One statement."""
    years = published.years()
    rows = [(TITLE(language).format(year=year), address_of(NEWEST, language, year=year)) for year in years]
    context = {"words": {name: text(language) for name, text in REPORTS.items()}, "reports": rows}
    return answer_page(request, PageAddress(NAME, language), (repr(years),), lambda: ("report/reports.html", context))
