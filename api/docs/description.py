"""openapi.json as it is served: of the address that it was asked at, without blanks, and packed for who takes that."""

from __future__ import annotations

import gzip
import json
import re
from functools import cache, lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from drf_spectacular.utils import extend_schema

from api.docs.views import base_of
from api.http.public import CROSS_ORIGIN, tag_of
from api.http.request_headers import is_unchanged
from api.openapi.describe import Generator
from api.openapi.headers import SHARED
from api.openapi.parts import IF_NONE_MATCH, SHARED_ALREADY, Answer, Responses
from api.openapi.schemas import BASE
from api.service import bodies
from api.statistics.audiences import KEPT

GZIP = re.compile(r"(?:^|,)\s*gzip\s*(?:;\s*q=([01](?:\.\d{0,3})?)\s*)?(?=,|$)", re.ASCII | re.IGNORECASE)


@cache
def document() -> str:
    """The description, without blanks, of the example address."""
    generator: Any = Generator()
    return json.dumps(generator.get_schema(public=True), ensure_ascii=False, separators=(",", ":"))


# A Host may name any port, so that only the last addresses are kept.
@lru_cache(maxsize=8)
def bytes_at(base: str, *, as_gzip: bool) -> tuple[bytes, str]:
    """The description of the service at an address (no slash at its end), and the ETag of these bytes."""
    plain = document().replace(BASE, base).encode()
    content = gzip.compress(plain, mtime=0) if as_gzip else plain
    return content, tag_of(content)


def takes_gzip(request: HttpRequest) -> bool:
    """Whether Accept-Encoding names gzip, and not to refuse it (RFC 9110 §12.5.3)."""
    entry = GZIP.search(request.headers.get("Accept-Encoding", ""))
    return entry is not None and float(entry[1] or 1) > 0


@extend_schema(
    operation_id="readDescription",
    tags=["Service"],
    summary="This description",
    description="OpenAPI 3.1, with the address at which it was asked for. Public; the pages at `/docs/` are made of it.",
    parameters=[IF_NONE_MATCH],
    responses=Responses(
        Answer(200, "The description.", bodies.DescriptionBody, [bodies.DESCRIPTION], SHARED), SHARED_ALREADY
    ),
)
def openapi(request: HttpRequest) -> HttpResponse:
    """The description of the API. It is public, and read by pages of any site."""
    as_gzip = takes_gzip(request)
    content, tag = bytes_at(base_of(request), as_gzip=as_gzip)
    headers = {"ETag": tag, "Cache-Control": KEPT, "Vary": "Accept-Encoding", **CROSS_ORIGIN}
    if is_unchanged(request, tag):
        return HttpResponseNotModified(headers=headers)
    encoding = {"Content-Encoding": "gzip"} if as_gzip else {}
    return HttpResponse(content, content_type="application/json", headers={**headers, **encoding})
