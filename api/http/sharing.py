"""What pages of other sites may read: every answer that is for everybody, and none that shows who asked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

CROSS_ORIGIN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Accept-Ranges, Content-Disposition, Content-Language, Content-Range, ETag, Henvis-Data, "
    "Retry-After, X-Request-Id",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match",
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
