"""Where to go from the API's own address: every address that can be read, and where it is described."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from rest_framework.request import Request

from api.http.public import HOUR, PublicView, public_answer
from api.openapi.describe import summaries
from api.openapi.headers import KEPT
from api.openapi.parts import KEPT_ALREADY, Answer, endpoint
from api.service import bodies

POSTED = ("/oauth/token", "/oauth/revoke")


class Index(PublicView):
    """The index."""

    @endpoint(
        "readIndex",
        "Where to go from here",
        "A link to every address that can be read, and to where it is described.",
        Answer(200, "The links.", bodies.IndexBody, [bodies.INDEX], KEPT),
        KEPT_ALREADY,
    )
    def get(self, request: Request) -> HttpResponse:
        """Links, absolute as the caller reached us."""
        return public_answer(request, body_at(request.build_absolute_uri("/").rstrip("/")), cache=HOUR)


def body_at(base: str) -> bodies.IndexBody:
    """The index of the service at an address. A link whose `href` has braces is a template (RFC 6570)."""
    links = [
        bodies.IndexLinkBody(each.id, base + each.path, each.summary)
        for each in summaries()
        if each.method == "GET" or each.path in POSTED
    ]
    return bodies.IndexBody(
        service="Henvis",
        version=settings.HENVIS_VERSION,
        documentation=f"{base}/docs/",
        description=f"{base}/openapi.json",
        problems=f"{base}/problems/",
        links=links,
    )
