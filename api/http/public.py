"""What is for everybody: views without a token, answers that every cache may keep, and what pages of other sites may read.

Those may read every answer that is for everybody, and none that shows who asked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from rest_framework.request import Request
from rest_framework.views import APIView

from api.http.bodies import Body
from api.http.negotiation import JSONRenderer, render_json
from api.http.request_headers import is_unchanged

# What may be withdrawn is to be seen soon; what changes with a release of the program, later.
SOON, HOUR = "public, max-age=60", "public, max-age=3600"


class PublicView(APIView):
    """A view that asks nobody who they are."""

    authentication_classes = ()
    permission_classes = ()


def tag_of(content: bytes) -> str:
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def public_answer(
    request: Request,
    content: Body | bytes,
    media_type: str = JSONRenderer.media_type,
    *,
    cache: str = SOON,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """A body, or bytes of a media type, with their tag; or 304."""
    whole = content if isinstance(content, bytes) else render_json(content)
    tag = tag_of(whole)
    headers_sent = {"ETag": tag, "Cache-Control": cache, **(headers or {})}
    if is_unchanged(request, tag):
        return HttpResponse(status=304, headers=headers_sent)
    return HttpResponse(whole, content_type=media_type, headers=headers_sent)


CROSS_ORIGIN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Accept-Ranges, Content-Disposition, Content-Language, Content-Length, Content-Range, ETag, Henvis-Data, Retry-After, "
        "X-Request-Id"
    ),
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match, If-Range, Range",
    "Access-Control-Max-Age": "86400",
}


def share(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let pages of other sites read an answer that is for everybody. A browser gives them none that was asked with a cookie."""
    if not is_for_everybody(request, response):
        return
    headers = {**CROSS_ORIGIN, **PREFLIGHT} if request.method == "OPTIONS" else CROSS_ORIGIN
    for name, value in headers.items():
        response.headers.setdefault(name, value)


def is_for_everybody(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether every cache may keep an answer, or no address of its kind asks who somebody is; never one that sets a cookie."""
    if response.cookies:
        return False
    view = getattr(getattr(request.resolver_match, "func", None), "cls", None)
    is_open = view is not None and tuple(view.authentication_classes) == ()
    return is_open or response.headers.get("Cache-Control", "").startswith("public")
