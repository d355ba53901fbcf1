"""Routes of the public pages."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import URLPattern, path, register_converter
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from core.text import Text
from notices.reading import PATH
from pages.base.addresses import address_of, language_of, routes
from pages.public import (
    calendar,
    charts,
    compare,
    front,
    machines,
    notices,
    proof,
    receipts,
    release,
    releases,
    short,
    subjects,
    tables,
)
from pages.public.about import figures, privacy, readiness, service

register_converter(charts.AnswerConverter, "answer")
register_converter(charts.FormConverter, "form")


def home(request: HttpRequest) -> HttpResponse:
    """The front page in the reader's language: Danish, unless the browser asks for English."""
    response = HttpResponseRedirect(address_of(front.NAME, language_of(request)))
    patch_vary_headers(response, ("Accept-Language",))
    return response


def receipt_home(request: HttpRequest, digest: str) -> HttpResponse:
    """The page of a receipt in the reader's language."""
    response = HttpResponseRedirect(address_of(receipts.NAME, language_of(request), digest=digest))
    patch_vary_headers(response, ("Accept-Language",))
    return response


def statement(request: HttpRequest) -> HttpResponseBase:
    """The accessibility statement, which stands where all of the public sector's stand."""
    return HttpResponseRedirect(settings.HENVIS_SITE["statement"])


def new_address(request: HttpRequest, rest: str = "") -> HttpResponsePermanentRedirect:
    """Where the Danish pages of releases are now, for who has kept an address from before."""
    query = request.META["QUERY_STRING"]
    here = address_of(releases.NAME, "da")
    return HttpResponsePermanentRedirect(f"{here}{quote(rest)}{f'?{query}' if query else ''}")


def path_below(path: str) -> Text:
    """An address below the word of notices, in each language."""
    return Text(*(f"{word}/{path}" for word in PATH))


urlpatterns: list[URLPattern] = [
    path("", csrf_exempt(require_safe(home)), name="home"),
    path("was", csrf_exempt(require_safe(statement)), name="statement"),
    path("t/<str:code>", csrf_exempt(require_safe(short.short)), name=short.NAME),
    # Where receipts say that they are verified.
    path("kvittering/<str:digest>", csrf_exempt(require_safe(receipt_home))),
    path("robots.txt", csrf_exempt(require_safe(machines.robots))),
    path("sitemap.xml", csrf_exempt(require_safe(machines.sitemap))),
    path(".well-known/security.txt", csrf_exempt(require_safe(machines.security))),
    *routes("feed", Text("udgivelser.atom", "releases.atom"), machines.feed),
    *routes(front.NAME, Text("", ""), front.front),
    *routes(subjects.NAME, Text("statistik/", "statistics/"), subjects.statistics),
    *routes(tables.NAME, Text("statistik/<str:dataset>/", "statistics/<str:dataset>/"), tables.table),
    *routes(
        charts.NAME,
        Text("figurer/<answer:answer>/<slug:chart>.<form:form>", "charts/<answer:answer>/<slug:chart>.<form:form>"),
        charts.picture,
    ),
    path("da/udgaver/", csrf_exempt(require_safe(new_address))),
    path("da/udgaver/<path:rest>", csrf_exempt(require_safe(new_address))),
    *routes(releases.NAME, Text("udgivelser/", "releases/"), releases.releases),
    *routes(calendar.NAME, Text("kalender/", "calendar/"), calendar.calendar),
    *routes("calendar-events", Text("kalender.ics", "calendar.ics"), calendar.events),
    *routes("calendar-feed", Text("kalender.atom", "calendar.atom"), calendar.feed),
    *routes(notices.LIST, path_below(""), notices.notices),
    *routes(notices.BARE, path_below("<int:number>/"), notices.bare),
    *routes(notices.ONE, path_below("<int:number>/<str:tag>/"), notices.notice),
    *routes(notices.SERVICE_LIST, Text("tilbud/", "services/"), notices.services),
    *routes(figures.NAME, Text("om-tallene/", "about-the-figures/"), figures.show),
    *routes(service.NAME, Text("om/", "about/"), service.show),
    *routes(service.CONTACT, Text("kontakt/", "contact/"), service.show_contact),
    *routes(privacy.NAME, Text("privatliv/", "privacy/"), privacy.show),
    *routes(readiness.NAME, Text("beredskab/", "crisis-readiness/"), readiness.show),
    *routes(release.NAME, Text("udgivelser/<str:release>/", "releases/<str:release>/"), release.release),
    *routes(receipts.NAME, Text("kvittering/<str:digest>/", "receipt/<str:digest>/"), receipts.receipt),
    *routes(proof.NAME, Text("udgivelser/<str:release>/bevis/", "releases/<str:release>/proof/"), proof.proof),
    *routes(
        compare.NAME,
        Text("udgivelser/<str:release>/sammenlign/<str:other>/", "releases/<str:release>/compare/<str:other>/"),
        compare.compare,
    ),
]
