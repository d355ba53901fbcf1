"""Answers that are files: lines of CSV, what a table is called as a file, and byte ranges.

CSV is that of RFC 4180: UTF-8 without a byte order mark, commas, CR LF. A name says what a table is of, so that two tables do not
take each other's place. Programs that read a table by its address fetch it in parts (RFC 9110 §14): an answer is a file where it
has a name. It has parts where its tag is strong and its bytes are not packed: so parts of one tag fit together. nginx packs whole
answers alone, and then takes `Accept-Ranges` away and marks the tag weak.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from api.http.problems import ProblemError, respond
from api.http.public import CROSS_ORIGIN, is_for_everybody
from core import formats
from stats.reading.entries import PeriodReleases
from stats.reading.measures import Measure
from stats.reading.query import Query


def harmless(value: object) -> object:
    """The value, and of a text what no spreadsheet would compute with."""
    return formats.harmless(value) if isinstance(value, str) else value


def csv_lines(rows: Iterable[Iterable[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([harmless(value) for value in row] for row in rows)
    return out.getvalue().encode()


# What any file system and any reader of RFC 6266 takes without quoting.
OTHERS = re.compile(r"[^A-Za-z0-9._-]+")
LONGEST_NAME = 180
TOTAL, WITHOUT_TOTALS = "total", "no-totals"


def table_name(query: Query, answering: Sequence[PeriodReleases], language: str, extension: str) -> str:
    """Dataset, axes, filters, measures, periods, releases and language of a table, as in `persons_gender_2023_2023.p1_en.csv`."""
    axes = "-".join(axis.id for axis in query.by if axis.has_total) or TOTAL
    filters = [f"{axis.id}-{code}" for axis, code in query.filters]
    measures = [] if query.measures == (Measure.COUNT,) else ["-".join(query.measures)]
    totals = [] if query.totals else [WITHOUT_TOTALS]
    releases = span([each.release.id for each in answering])
    return join_parts(
        [query.dataset.id, axes, *filters, *measures, *totals, *spans(query, answering), releases, language], extension
    )


def spans(query: Query, answering: Sequence[PeriodReleases]) -> list[str]:
    """The periods of a table: of each range that was asked for the first and the last that there is."""
    periods = [each.release.period for each in answering]
    groups = query.periods.groups(periods) if query.periods else [periods]
    return [span([period.id for period in group]) for group in groups]


def span(names: Sequence[str]) -> str:
    """The first and the last of some names, or the only one."""
    return names[0] if len(names) == 1 else f"{names[0]}-{names[-1]}"


def join_parts(parts: Iterable[str], extension: str) -> str:
    """A file's name of its parts: ASCII without blanks and signs. A longer one than file systems allow ends with its digest."""
    whole = OTHERS.sub("-", "_".join(parts))
    if len(whole) > LONGEST_NAME:
        whole = f"{whole[:LONGEST_NAME]}_{hashlib.sha256(whole.encode()).hexdigest()[:8]}"
    return f"{whole}.{extension}"


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
