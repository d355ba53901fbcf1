"""What every page has: a language, a policy, and words of its frame."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from api.http.language import LANGUAGES, language_of
from partners.text import Text

# Our own pages: own style sheet and script, nothing inline, nothing from elsewhere.
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
# Redoc and Swagger UI write style elements and data: images while they run, Redoc searches in a worker that it makes from a
# blob, and both fetch openapi.json (Swagger UI also what is tried) from this host. Scripts stay files of this host.
TOOL_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; img-src 'self' data:; worker-src blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

FRAME = {
    "skip": Text("Spring til indholdet", "Skip to the content"),
    "start": Text("Kom i gang", "Get started"),
    "reference": Text("Reference", "Reference"),
    "attempt": Text("Prøv", "Try it"),
    "problems": Text("Fejlkoder", "Error codes"),
    "other": Text("In English", "På dansk"),
    "copy": Text("Kopiér", "Copy"),
    "copied": Text("Kopieret", "Copied"),
}


def chosen_language(request: HttpRequest) -> str:
    """`?lang=` where it names a language, otherwise what the browser asks for."""
    language = request.GET.get("lang", "")
    return language if language in LANGUAGES else language_of(request)


def in_language(texts: dict[str, Text], language: str) -> dict[str, str]:
    """The words of a page in one language."""
    return {name: text(language) for name, text in texts.items()}


def base_of(request: HttpRequest) -> str:
    """The address of this service as the reader reached it, without a slash at its end."""
    return request.build_absolute_uri("/").rstrip("/")


def page(
    request: HttpRequest, name: str, context: dict[str, Any], *, policy: str = POLICY, status: int = 200
) -> HttpResponse:
    """A page in the reader's language."""
    language = chosen_language(request)
    frame = {
        "language": language,
        "other_language": "en" if language == "da" else "da",
        "frame": in_language(FRAME, language),
        "path": request.path,
    }
    headers = {"Content-Security-Policy": policy, "Content-Language": language, "Cache-Control": "no-cache"}
    response = render(request, f"docs/{name}.html", {**frame, **context}, status=status)
    for header, value in headers.items():
        response[header] = value
    patch_vary_headers(response, ("Accept-Language",))
    return response
