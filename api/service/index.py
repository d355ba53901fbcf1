"""Where to go from the API's own address: every address that can be read, and where it is described."""

from __future__ import annotations

from django.conf import settings
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.codelists.views import answer_with_tag
from api.openapi.describe import summaries
from api.openapi.headers import KEPT
from api.openapi.parts import KEPT_ALREADY, Answer, endpoint
from api.service import examples
from api.service.bodies import IndexBody, IndexLinkBody

POSTED = ("/oauth/token", "/oauth/revoke")


class Index(APIView):
    """The index."""

    authentication_classes = ()
    permission_classes = ()

    @endpoint(
        "readIndex",
        "Where to go from here",
        "A link to every address that can be read, and to where it is described.",
        Answer(200, "The links.", IndexBody, [examples.INDEX], KEPT),
        KEPT_ALREADY,
    )
    def get(self, request: Request) -> Response:
        """Links, absolute as the caller reached us."""
        return answer_with_tag(request, body_at(request.build_absolute_uri("/").rstrip("/")))


def body_at(base: str) -> IndexBody:
    """The index of the service at an address. A link whose `href` has braces is a template (RFC 6570)."""
    links = [
        IndexLinkBody(each.id, base + each.path, each.summary)
        for each in summaries()
        if each.method == "GET" or each.path in POSTED
    ]
    return IndexBody(
        service="Henvis",
        version=settings.HENVIS_VERSION,
        documentation=f"{base}/docs/",
        description=f"{base}/openapi.json",
        problems=f"{base}/problems/",
        links=links,
    )
