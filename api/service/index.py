"""Where to go from the API's own address: every address that can be read, and where it is described."""

from __future__ import annotations

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.codelists.views import answer_with_tag
from api.http import parameters
from api.openapi.describe import summaries
from api.openapi.headers import KEPT
from api.openapi.parameters import ACCEPT_LANGUAGE, IF_NONE_MATCH
from api.openapi.parts import KEPT_ALREADY, Answer, Responses
from api.service import examples
from api.service.bodies import IndexBody, IndexLinkBody

POSTED = ("/oauth/token", "/oauth/revoke")


class Index(APIView):
    """The index."""

    authentication_classes = ()
    permission_classes = ()

    @extend_schema(
        operation_id="readIndex",
        tags=["Service"],
        summary="Where to go from here",
        description="A link to every address that can be read, and to where it is described.",
        parameters=[IF_NONE_MATCH, ACCEPT_LANGUAGE],
        responses=Responses(Answer(200, "The links.", IndexBody, [examples.INDEX], KEPT), KEPT_ALREADY),
    )
    def get(self, request: Request) -> Response:
        """Links, absolute as the caller reached us."""
        parameters.read(request, ())
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
