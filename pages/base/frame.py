"""What every public page has: a language, the same page in the other one, help, and headers that let any cache keep it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import override

from cases.invented import mark
from core.answers import ANSWERS, tag_of
from core.text import Text
from pages.base.addresses import LANGUAGES, address_of
from pages.base.words import FRAME

# For how long a cache keeps a page unasked: an erratum is to be seen soon.
SECONDS = 60
# What the main menu leads to: pages by their names, in order. `pages.public`, `pages.report` and `pages.plans` name them.
MENU = ("front", "statistics", "releases", "calendar", "reports", "plans")
# What the foot of each page leads to.
ABOUT = ("about-figures", "about", "contact", "privacy", "readiness")


@dataclass(frozen=True)
class PageAddress:
    """Where a page is: its name, the parts of its address, and what stands behind the question mark."""

    name: str
    language: str
    parts: Mapping[str, str] = field(default_factory=dict)
    query: str = ""

    def address(self, language: str) -> str:
        """The address of the same page in a language."""
        path = address_of(self.name, language, **self.parts)
        return f"{path}?{self.query}" if self.query else path

    @property
    def other(self) -> str:
        return next(each for each in LANGUAGES if each != self.language)


def answer_page(
    request: HttpRequest,
    place: PageAddress,
    key: tuple[str, ...],
    make: Callable[[], tuple[str, dict[str, Any]]],
    seconds: int = SECONDS,
) -> HttpResponseBase:
    """A page that is a function of `key`; 304 for who has it. Caches keep it for `seconds`.

    `make` gives the template and its context. It is asked once, while there is room to keep the page.
    """
    line = standing_line()
    shown = (settings.HENVIS_OPERATOR, settings.HENVIS_HELP_NUMBERS, settings.HENVIS_SITE, line, mark())
    whole_key = ("page", place.address(place.language), base_of(request), repr(shown), *key)
    tag = tag_of(whole_key)
    response = get_conditional_response(request, etag=tag)
    if response is None:
        response = HttpResponse(ANSWERS.get(whole_key, lambda: fill(request, place, *make()).content))
    response["ETag"], response["Cache-Control"] = tag, f"public, max-age={0 if line else seconds}"
    response["Content-Language"] = place.language
    return response


def fill(
    request: HttpRequest, place: PageAddress, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page in the language of its address."""
    language = place.language
    about = {
        "language": language,
        "path": address_of(place.name, language, **place.parts),
        "other": {"language": place.other, "address": place.address(place.other)},
    }
    with override(language):
        return render(request, template, {**about, **context}, status=status)


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor of every page: what the frame shows, in words that choose their language when a template shows them."""
    return {
        "frame": FRAME,
        "menu": MENU,
        "foot": [(name, FRAME["about-site" if name == "about" else name]) for name in ABOUT],
        "help_numbers": settings.HENVIS_HELP_NUMBERS,
        # Not `site`, which the library for signing in puts into its own pages.
        "service": settings.HENVIS_SITE,
        "line": standing_line(),
        # Asked when a template shows it: a page that says that the database is away shows it not.
        "invented": mark,
    }


def standing_line() -> Text | None:
    """What a demo that is still being built says on every page. Where there can be none, no file is looked at."""
    if settings.HENVIS_LINE is None:
        return None
    try:
        words = json.loads(settings.HENVIS_LINE.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Text(words["da"], words["en"])


def base_of(request: HttpRequest) -> str:
    """The address of the service as the reader reached it, without a slash at its end. A host has no capitals of its own."""
    return request.build_absolute_uri("/").rstrip("/").lower()
