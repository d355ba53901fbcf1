"""Request id, access log and headers of every answer.

The log line carries the route's template, never the path, the query string, a body or an address: those hold references and
tokens. The trace id of a W3C `traceparent` is taken over where it is well-formed; any other id would be the caller's free text.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from uuid import uuid4

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

from api.problems import MEDIA_TYPE, ProblemError, has_host, respond
from partners.people.gate import PEOPLE

log = structlog.get_logger("henvis.access")
TRACEPARENT = re.compile(r"^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$")
API_POLICY = "default-src 'none'; frame-ancestors 'none'"
# The pages of people are of files of ours, Django's and the sign-in library's: no inline script or style is needed.
ADMIN_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
PRIVATE = ("/api/", "/oauth/", "/account/")
# Django's own layers set these on what they see; an answer that is given before them needs them as well.
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "X-Frame-Options": settings.X_FRAME_OPTIONS,
}
MOST_BYTES = 1024 * 1024
PROBES = ("/livez", "/readyz")


class RequestMiddleware:
    """The outermost layer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request, then dress and log the answer."""
        started = time.perf_counter()
        request.request_id = str(uuid4())  # type: ignore[attr-defined]
        response = self.answer(request)
        dress(request, response)
        write_line(request, response, time.perf_counter() - started)
        return response

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        """The answer. What cannot be served is refused before anything is stored, and Django's own 405 gets a body."""
        if (code := refusal(request)) is not None:
            return respond(request, ProblemError(code))
        response = self.get_response(request)
        if response.status_code == 405 and response.headers.get("Content-Type") != MEDIA_TYPE:
            return respond(request, ProblemError("method_not_allowed", headers={"Allow": response.headers["Allow"]}))
        return response


def refusal(request: HttpRequest) -> str | None:
    """The code of the problem with a request that no view should see, if there is one.

    A Host that we do not serve (probes reach the process by its address and may name any); a NUL in an address of a page of
    people, which would go to the database; a body of unknown length, which would be read as none, of more than any form or referral
    needs, or packed.
    """
    meta = request.META
    length = meta.get("CONTENT_LENGTH") or ""
    if request.path not in PROBES and not has_host(request):
        return "bad_request"
    if request.path.startswith(PEOPLE) and ("\0" in request.path or "%00" in meta.get("QUERY_STRING", "")):
        return "bad_request"
    if "HTTP_TRANSFER_ENCODING" in meta and not length:
        return "length_required"
    if length and not (length.isascii() and length.isdecimal() and len(length) < 8 and int(length) <= MOST_BYTES):
        return "payload_too_large"
    packed = meta.get("HTTP_CONTENT_ENCODING", "identity").strip().lower() not in {"", "identity"}
    return "unsupported_media_type" if packed else None


def dress(request: HttpRequest, response: HttpResponseBase) -> None:
    """The headers that every answer carries; a view may have set its own first."""
    response["X-Request-Id"] = request.request_id  # type: ignore[attr-defined]
    policy = ADMIN_POLICY if request.path.startswith(PEOPLE) else API_POLICY
    response.headers.setdefault("Content-Security-Policy", policy)
    for name, value in SAFE.items():
        response.headers.setdefault(name, value)
    if response.status_code == 304:
        response.headers.pop("Content-Type", None)
    elif isinstance(response, HttpResponse):
        response.headers.setdefault("Content-Length", str(len(response.content)))
    if request.path.startswith(PRIVATE):
        response.headers.setdefault("Cache-Control", "no-store")
        patch_vary_headers(response, ("Accept", "Accept-Language", "Authorization"))


def write_line(request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
    """One line of the access log."""
    match = request.resolver_match
    trace = TRACEPARENT.match(request.headers.get("traceparent", ""))
    log.info(
        "request",
        method=request.method if request.method in METHODS else "other",
        route=match.route if match else None,
        status=response.status_code,
        ms=round(seconds * 1000, 1),
        request_id=request.request_id,  # type: ignore[attr-defined]
        trace_id=trace[1] if trace else None,
    )


METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
