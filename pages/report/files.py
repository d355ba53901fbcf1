"""The files of a report: the bytes that were published, each under a name that says what it is."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

from pages.base.frame import SECONDS
from publications.annual import published
from publications.annual.labels import file_name
from publications.annual.published import ReportVersion

# By the ending of the name.
KINDS = {"pdf": "application/pdf", "json": "application/json"}


def file(request: HttpRequest, language: str, year: int, version: int, file: str) -> HttpResponseBase:
    """A file. Its tag is its digest; two statements, and one for who has it."""
    ending = next((each for each in KINDS if file == file_name(year, version, language, each)), None)
    shown = next((each for each in published.versions(year) if each.version == version), None)
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
    read = published.pdf if ending == "pdf" else published.data
    content = read(year, language, version.version)
    if content is None:
        raise Http404
    return HttpResponse(content, content_type=KINDS[ending])
