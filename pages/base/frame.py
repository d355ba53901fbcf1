"""What every public page has: a language, the same page in the other one, help, and headers that let any cache keep it.

Also for who follows an address that does not work: those pages need no database, which may be what failed.
"""

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
from pages.base.addresses import LANGUAGES, address_of, language_of

FRAME: dict[str, Text] = {
    "skip": Text("Spring til indholdet", "Skip to the content"),
    "site": Text("Menneskehandel i Danmark", "Human trafficking in Denmark"),
    "by": Text("Tal fra Henvis", "Figures from Henvis"),
    "menu": Text("Hovedmenu", "Main menu"),
    "front": Text("Forside", "Front page"),
    "statistics": Text("Statistik", "Statistics"),
    "releases": Text("Udgivelser", "Releases"),
    "calendar": Text("Kalender", "Calendar"),
    "reports": Text("Årsrapport", "Annual report"),
    "plans": Text("Handlingsplaner", "Action plans"),
    "date": Text("j. F Y", "j F Y"),  # how a day is written
    "other": Text("In English", "På dansk"),
    "leave": Text("Forlad siden", "Leave this site"),
    "help": Text("Brug for hjælp?", "Do you need help?"),
    "help_lead": Text(
        "Er du i fare, så ring 112. Du kan også ringe anonymt til hotlinen mod menneskehandel.",
        "If you are in danger, call 112. You can also call the hotline against human trafficking without giving your name.",
    ),
    "hotline": Text("Hotline", "Hotline"),
    "notices": Text("Varsler på flere sprog", "Notices in several languages"),
    "services": Text("Hvilke tilbud er åbne?", "Which services are open?"),
    "emergency": Text("Akut fare", "Emergency"),
    "about": Text("Om siden", "About this site"),
    "about-figures": Text("Om tallene", "About the figures"),
    "about-site": Text("Om siden og udgiveren", "About the site and its publisher"),
    "contact": Text("Kontakt", "Contact"),
    "privacy": Text("Privatliv", "Privacy"),
    "readiness": Text("Beredskab", "Crisis readiness"),
    "statement": Text("Tilgængelighedserklæring", "Accessibility statement (in Danish)"),
    "data_licence": Text("Tallene må bruges frit under", "The figures may be reused under"),
    "developers": Text("For udviklere", "For developers"),
    "people": Text("Log ind", "Sign in"),
}


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
    line = progress_line()
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
        "line": progress_line(),
        # Asked when a template shows it: a page that says that the database is away shows it not.
        "invented": mark,
    }


def progress_line() -> Text | None:
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


# Programs are answered with problems there, whatever they accept.
MACHINES = ("/api", "/oauth", "/openapi.json", "/livez", "/readyz")
FAILURE_TITLES: dict[int, Text] = {
    403: Text("Du har ikke adgang til siden", "You may not see this page"),
    404: Text("Siden findes ikke", "There is no such page"),
    500: Text("Noget gik galt hos os", "Something went wrong here"),
    503: Text("Siden kan ikke vises lige nu", "The page cannot be shown just now"),
}
FAILURE_LEADS: dict[int, Text] = {
    403: Text("Gå til forsiden, eller log ind.", "Go to the front page, or sign in."),
    404: Text(
        "Måske er siden flyttet, eller adressen er skrevet forkert.",
        "The page may have moved, or the address may have been typed wrongly.",
    ),
    500: Text("Prøv igen om lidt. Fejlen er registreret.", "Please try again shortly. The error has been recorded."),
    503: Text("Prøv igen om lidt.", "Please try again shortly."),
}


def wants_page(request: HttpRequest) -> bool:
    """Whether a person asks, by a browser."""
    return "text/html" in request.headers.get("Accept", "") and not request.path.startswith(MACHINES)


def failure(request: HttpRequest, status: int, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """The page of a failure, in the language of the address or the browser."""
    first = request.path.split("/")[1]
    language = first if first in LANGUAGES else language_of(request)
    kind = status if status in FAILURE_TITLES else 500
    context = {"title": FAILURE_TITLES[kind](language), "lead": FAILURE_LEADS[kind](language), "path": ""}
    response = fill(request, PageAddress("front", language), "base/failure.html", context, status=status)
    for name, value in {"Content-Language": language, **(headers or {})}.items():
        response[name] = value
    return response
