"""Pages for who follows an address that does not work. They need no database, which may be what failed."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from core.text import Text
from pages.base.addresses import LANGUAGES, language_of
from pages.base.frame import PageAddress, fill

# Programs are answered with problems there, whatever they accept.
MACHINES = ("/api", "/oauth", "/openapi.json", "/livez", "/readyz")
TITLES: dict[int, Text] = {
    403: Text("Du har ikke adgang til siden", "You may not see this page"),
    404: Text("Siden findes ikke", "There is no such page"),
    500: Text("Noget gik galt hos os", "Something went wrong here"),
    503: Text("Siden kan ikke vises lige nu", "The page cannot be shown just now"),
}
LEADS: dict[int, Text] = {
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
    kind = status if status in TITLES else 500
    context = {"title": TITLES[kind](language), "lead": LEADS[kind](language), "path": ""}
    response = fill(request, PageAddress("front", language), "base/failure.html", context, status=status)
    for name, value in {"Content-Language": language, **(headers or {})}.items():
        response[name] = value
    return response
