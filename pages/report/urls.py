"""Routes of the annual report."""

from __future__ import annotations

from django.urls import URLPattern

from core.text import Text
from pages.base.addresses import routes
from pages.report import report
from publications.annual.words import PATH

YEAR, VERSION = "<int:year>/", "<int:year>/<int:version>/"


def path_below(path: str) -> Text:
    """An address below the word of reports, in each language."""
    return Text(f"{PATH.da}/{path}", f"{PATH.en}/{path}")


urlpatterns: list[URLPattern] = [
    *routes(report.EVERY, path_below(""), report.reports),
    *routes(report.NEWEST, path_below(YEAR), report.report),
    *routes(report.ONE_VERSION, path_below(VERSION), report.report),
    *routes(report.FILE, path_below(f"{VERSION}<str:file>"), report.file),
]
