"""What every page has: a language, a policy, and a menu in the frame of all pages (`pages.base`)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import override

from api.http.language import LANGUAGES, language_of
from core.text import Text

# Redoc and Swagger UI write style elements and data: images while they run, Redoc searches in a worker that it makes from a
# blob, and both fetch openapi.json (Swagger UI also what is tried) from this host. Scripts stay files of this host.
TOOL_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; font-src 'self'; img-src 'self' data:; "
    "worker-src blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

# The words of the menu, and of the button beside lines that are copied.
MENU = {
    "start": Text("Kom i gang", "Get started"),
    "reference": Text("Reference", "Reference"),
    "attempt": Text("Prøv", "Try it"),
    "problems": Text("Fejlkoder", "Error codes"),
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


def page(request: HttpRequest, name: str, context: dict[str, Any], *, policy: str | None = None) -> HttpResponse:
    """A page in the reader's language, under the policy of all pages or its own."""
    language = chosen_language(request)
    other = "en" if language == "da" else "da"
    about = {
        "language": language,
        "other": {"language": other, "address": f"?lang={other}"},
        "docs": MENU,
        "path": request.path,
    }
    with override(language):
        response = render(request, f"docs/{name}.html", {**about, **context})
    response["Content-Language"], response["Cache-Control"] = language, "no-cache"
    if policy is not None:
        response["Content-Security-Policy"] = policy
    patch_vary_headers(response, ("Accept-Language",))
    return response
