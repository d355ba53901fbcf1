"""Where to go from the API's own address: every address that can be read, and where it is described."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.codelists.views import tagged
from api.http import parameters
from api.openapi.operations import OPERATIONS, OUTSIDE

DOCUMENTATION = {"documentation": "/docs/", "description": "/openapi.json", "problems": "/problems/"}
POSTED = ("/oauth/token", "/oauth/revoke")


class Index(APIView):
    """The index."""

    authentication_classes = ()
    permission_classes = ()

    def get(self, request: Request) -> Response:
        """Links, absolute as the caller reached us."""
        parameters.read(request, ())
        return tagged(request, body_at(request.build_absolute_uri("/").rstrip("/")))


@cache
def rows() -> tuple[tuple[str, str, str], ...]:
    """Id, path and summary of what can be read, and of the two addresses that give and end tokens."""
    described = {**OUTSIDE, **OPERATIONS}.items()
    return tuple((row.id, path, row.summary) for (method, path), row in described if method == "GET" or path in POSTED)


def body_at(base: str) -> dict[str, Any]:
    """The index of the service at an address. A link whose `href` has braces is a template (RFC 6570)."""
    links = [{"id": id_, "href": base + path, "title": title} for id_, path, title in rows()]
    return {
        "service": "Henvis",
        "version": settings.HENVIS_VERSION,
        **{name: base + path for name, path in DOCUMENTATION.items()},
        "links": links,
    }
