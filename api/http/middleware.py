"""Request id, access log and headers of every answer.

The log line carries the route's template, never the path, the query string, a body or an address: those hold references and
tokens. The trace id of a W3C `traceparent` is taken over where it is well-formed; any other id would be the caller's free text.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import cast
from uuid import uuid4

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.utils.cache import patch_vary_headers
from django.utils.csp import build_policy

from api.http.files import part_of
from api.http.problems import MEDIA_TYPE, ProblemError, has_host, respond
from api.http.public import share
from partners.people.gate import PEOPLE

log = structlog.get_logger("henvis.access")
TRACEPARENT = re.compile(r"^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$")
API_POLICY = "default-src 'none'; frame-ancestors 'none'"
# The pages are of files of ours, Django's and the libraries': no inline script or style is needed.
PAGE_POLICY = build_policy(cast("dict[str, list[str]]", settings.SECURE_CSP))
PRIVATE = ("/api/", "/oauth/", "/account/", "/send/")
# Django's own layers set these on what they see; an answer that is given before them needs them as well.
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "X-Frame-Options": settings.X_FRAME_OPTIONS,
}
PROBES = ("/livez", "/readyz")
MACHINES = ("/api", "/oauth", "/openapi.json")
# What the proxy in front takes in a line of a request.
LONGEST_ADDRESS = 8_000
READING = frozenset({"GET", "HEAD"})
# Releases of others had an `e`, as in `2017.e1`, which programs read as the number 20170. Where their ids stand in an address.
OLD_ID = re.compile(r"(?<=[/=]2)(\d{3}(?:-2\d{3})?)\.e(?=[1-9]\d{0,5}(?:[/?&]|$))", re.ASCII)
WITH_IDS = ("/api/v1/statistics/", "/api/v1/releases/", "/da/", "/en/")


class RequestMiddleware:
    """The outermost layer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request, then dress and log the answer."""
        start = time.perf_counter()
        request.request_id = str(uuid4())  # type: ignore[attr-defined]
        response = self.answer(request)
        dress(request, response)
        write_line(request, response, time.perf_counter() - start)
        return response

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        """The answer. What cannot be served is refused before anything is stored, and Django's own 405 gets a body."""
        if (code := refusal(request)) is not None:
            return respond(request, ProblemError(code))
        if (address := new_address(request)) is not None:
            # As what it leads to, a page of any site may read it.
            headers = {"Access-Control-Allow-Origin": "*"}
            return HttpResponsePermanentRedirect(address, preserve_request=True, headers=headers)
        response = self.get_response(request)
        if response.status_code == 405 and response.headers.get("Content-Type") != MEDIA_TYPE:
            return respond(request, ProblemError("method_not_allowed", headers={"Allow": response.headers["Allow"]}))
        return part_of(request, response)


def refusal(request: HttpRequest) -> str | None:
    """The code of the problem with a request that no view should see, if there is one.

    An address that is too long.
    A Host that we do not serve (probes reach the process by its address and may name any); a secret that came without TLS; a NUL in
    what a page of people would ask the database for; a body that nobody took out of its transfer coding
    (`config.wsgi` takes it out of chunks), of more than any form or referral needs, or packed.
    """
    meta = request.META
    length = meta.get("CONTENT_LENGTH") or ""
    if request.path not in PROBES:
        if len(meta.get("PATH_INFO", "")) + len(meta.get("QUERY_STRING", "")) > LONGEST_ADDRESS:
            return "uri_too_long"
        if not has_host(request):
            return "bad_request"
    if is_exposed(request):
        return "tls_required"
    if request.path.startswith(PEOPLE) and has_nul(request):
        return "bad_request"
    if "HTTP_TRANSFER_ENCODING" in meta:
        return "bad_request"
    most = settings.HENVIS_UPLOADS.get(request.path, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    if length and not (length.isascii() and length.isdecimal() and len(length) < 11 and int(length) <= most):
        return "payload_too_large"
    is_encoded = meta.get("HTTP_CONTENT_ENCODING", "identity").strip().lower() not in {"", "identity"}
    return "unsupported_media_type" if is_encoded else None


def new_address(request: HttpRequest) -> str | None:
    """The address with the ids that releases have now, where who reads names one by its old id."""
    if request.method not in READING or not request.path.startswith(WITH_IDS):
        return None
    if ".e" not in request.path and ".e" not in request.META.get("QUERY_STRING", ""):
        return None
    address = request.get_full_path()
    new = OLD_ID.sub(r"\1.x", address)
    return new if new != address else None


def has_nul(request: HttpRequest) -> bool:
    """Whether there is a NUL in the address or a cookie, where it can stand as `"\\000"`."""
    cookies = any("\0" in value for value in request.COOKIES.values())
    return cookies or "\0" in request.path or "%00" in request.META.get("QUERY_STRING", "")


def is_exposed(request: HttpRequest) -> bool:
    """Whether a request came without TLS that must not be sent on: a redirect would have its secret sent in the clear again."""
    if not settings.SECURE_SSL_REDIRECT or request.is_secure() or request.path in PROBES:
        return False
    headers = {"HTTP_AUTHORIZATION", "HTTP_TRANSFER_ENCODING"} & request.META.keys()
    body = request.META.get("CONTENT_LENGTH") not in {None, "", "0"}
    return bool(headers or body or request.method not in READING or request.path.startswith(MACHINES))


def dress(request: HttpRequest, response: HttpResponseBase) -> None:
    """The headers that every answer carries; a view may have set its own first."""
    response["X-Request-Id"] = request.request_id  # type: ignore[attr-defined]
    if mode := getattr(request, "henvis_mode", ""):
        response["Henvis-Mode"] = mode.lower()
    policy = API_POLICY if request.path.startswith((*MACHINES, *PROBES)) else PAGE_POLICY
    response.headers.setdefault("Content-Security-Policy", policy)
    for name, value in SAFE.items():
        response.headers.setdefault(name, value)
    share(request, response)
    if response.status_code == 304:
        response.headers.pop("Content-Type", None)
    elif isinstance(response, HttpResponse):
        response.headers.setdefault("Content-Length", str(len(response.content)))
    if response.status_code >= 400 and "no-store" not in response.headers.get("Cache-Control", ""):
        response["Cache-Control"] = "no-store"
    if request.path.startswith(PRIVATE):
        response.headers.setdefault("Cache-Control", "no-store")
        patch_vary_headers(response, ("Accept", "Accept-Language", "Authorization"))


def write_line(request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
    """One line of the access log."""
    match = request.resolver_match
    trace = TRACEPARENT.match(request.META.get("HTTP_TRACEPARENT", ""))
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
