"""Byte ranges (RFC 9110 §14) of files for everybody: programs that read a table by its address fetch it in parts.

An answer is a file where it has a name. It has parts where its tag is strong and its bytes are not packed: so parts of one tag
fit together. nginx packs whole answers alone, and then takes `Accept-Ranges` away and marks the tag weak.
"""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from api.http.problems import ProblemError, respond
from api.http.sharing import CROSS_ORIGIN, is_for_everybody

# One range. Several, another unit, and what is none are passed over, which the RFC leaves to the server: the whole is answered.
ONE_RANGE = re.compile(r"bytes=[ \t]*(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))[ \t]*", re.ASCII | re.IGNORECASE)


def part_of(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The part of an answer that was asked for, or 416 where it has none; the whole answer where it is not to be divided."""
    if not isinstance(response, HttpResponse) or not is_divisible(request, response):
        return response
    response["Accept-Ranges"] = "bytes"
    places = ONE_RANGE.fullmatch(request.META.get("HTTP_RANGE", "")) if request.method == "GET" else None
    if places is None or not is_same(request, response):
        return response
    content = response.content
    start, stop = span_of(places, len(content))
    if start > stop:
        return response
    if start >= len(content):
        headers = {**CROSS_ORIGIN, "Content-Range": f"bytes */{len(content)}"}
        return respond(request, ProblemError("range_not_satisfiable", headers=headers))
    response.content, response.status_code = content[start:stop], 206
    response["Content-Range"] = f"bytes {start}-{start + len(response.content) - 1}/{len(content)}"
    response["Content-Length"] = str(len(response.content))
    return response


def is_divisible(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether an answer is a file for everybody, whose parts fit together whenever they are fetched."""
    headers = response.headers
    is_file = response.status_code == 200 and "Content-Disposition" in headers and "Content-Encoding" not in headers
    return is_file and headers.get("ETag", "").startswith('"') and is_for_everybody(request, response)


def is_same(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the caller has parts of just this answer, or none. A weak tag, and a day, say that of no byte (RFC 9110 §13.1.5)."""
    tag: str = request.META.get("HTTP_IF_RANGE", response["ETag"])
    return tag.strip() == response["ETag"]


def span_of(places: re.Match[str], size: int) -> tuple[int, int]:
    """Where a range begins, and the byte behind its end, in content of a size. One that ends before it begins is none."""
    first, last, length = places.groups()
    if length is not None:
        return (max(size - int(length), 0), size) if int(length) else (size, size)
    return int(first), int(last) + 1 if last else max(size, int(first))
