"""What is for everybody: views without a token, and answers that every cache may keep for a while."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from api.http.bodies import Body
from api.http.conditions import is_unchanged
from api.http.renderers import JSONRenderer, render_json

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
