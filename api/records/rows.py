"""Own referrals as one file, CSV or NDJSON, written while it is read from the database.

One statement gives the rows, how many they are and the latest of their moments, all of one snapshot. PostgreSQL keeps the result
behind a cursor that outlives the transaction (WITH HOLD): memory here does not grow, and a slow reader holds up no release, which
waits for transactions that are open.

The server that serves us ends a body properly even where the program that writes it fails, so no end of a body proves anything. The
number of rows is known before the first one is sent: `Henvis-Rows` says it, NDJSON ends with a line that says it again, and where
reading fails midway, a last line says so that is no row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain, islice
from typing import Any

import structlog
from django.db.models import Count, Max, QuerySet, Window
from django.http import StreamingHttpResponse

from api.http import files, parameters
from api.http.bodies import Body
from api.http.negotiation import render_json
from api.openapi.headers import COUNT, Header
from api.records.bodies import RestrictedReferralBody
from cases import dictionary as d
from cases.fields import TokenField
from cases.models import Referral
from core.failures import where_it_broke

CHUNK = 500
SEPARATOR = "|"
COLUMNS = (
    *("reference", "version", "status", d.CASE_TOKEN.name),
    *(field.name for field in d.REFERRAL if not isinstance(field, TokenField)),
    *(d.WITHDRAWAL_REASON.name, "schema_version", "recorded_at"),
)
ROWS, SINCE = "Henvis-Rows", "Henvis-Changed-Since"
INCOMPLETE = "INCOMPLETE"
# In the place of the status.
RESTRICTED = "RESTRICTED"
# What a file says of itself before its first row.
ROWS_HEADER = Header(
    ROWS, "How many rows the file has: with fewer it is not whole. On files only.", COUNT, 2, always=False
)
SINCE_HEADER = Header(
    SINCE,
    f"Send this as `{parameters.CHANGED_SINCE}` another time. Missing where there is nothing yet.",
    {"type": "string", "format": "date-time"},
    "2025-04-03T09:14:27.318204Z",
    always=False,
)
log = structlog.get_logger("henvis.stream")


@dataclass(frozen=True, slots=True)
class FileForm:
    """A form of the file: what stands before the rows, the rows of a chunk, and what stands after them."""

    content_type: str
    extension: str
    head: bytes
    chunk: Callable[[Iterable[Body]], bytes]
    end: Callable[[int, str | None], bytes]
    broken_end: bytes


class RestrictedRow(Body):
    """The line of a referral whose processing is restricted: `restricted` is no member of a referral."""

    restricted: RestrictedReferralBody


def csv_row(body: Body) -> list[object]:
    """A referral's cells. A set's codes stand in one cell; an empty cell is the empty set, known none."""
    if isinstance(body, RestrictedRow):
        return [body.restricted.reference, body.restricted.version, RESTRICTED, *("" for _ in COLUMNS[3:])]
    return [SEPARATOR.join(value) if isinstance(value := getattr(body, name), list) else value for name in COLUMNS]


def json_line(value: object) -> bytes:
    return render_json(value) + b"\n"


def end_line(rows: int, since: str | None) -> bytes:
    """The last line of a whole NDJSON file: `end` is no member of a referral."""
    return json_line({"end": {"rows": rows, parameters.CHANGED_SINCE: since}})


CSV = FileForm(
    "text/csv; charset=utf-8; header=present",
    "csv",
    files.csv_lines([COLUMNS]),
    lambda bodies: files.csv_lines(map(csv_row, bodies)),
    lambda rows, since: b"",
    files.csv_lines([[INCOMPLETE]]),
)
NDJSON = FileForm(
    "application/x-ndjson",
    "ndjson",
    b"",
    lambda bodies: b"".join(map(json_line, bodies)),
    end_line,
    json_line({INCOMPLETE.lower(): True}),
)
FORMS: dict[str, FileForm] = {form.extension: form for form in (CSV, NDJSON)}


def body_or_lock(body_of: Callable[[Referral], Body], row: Referral) -> Body:
    """A referral as it is told, or that its processing is restricted."""
    if row.is_restricted:
        return RestrictedRow(RestrictedReferralBody(str(row.reference), row.version))
    return body_of(row)


def answer(
    rows: QuerySet[Referral], form: FileForm, since: datetime | None, body_of: Callable[[Referral], Body]
) -> tuple[StreamingHttpResponse, int]:
    """The file and its number of rows. The first row is read here, so that a database that is away is a problem like any other."""
    numbered_rows = rows.annotate(rows_in_all=Window(Count("*")), latest=Window(Max("recorded_at")))
    records: Iterator[Any] = numbered_rows.order_by("recorded_at", "id").iterator(chunk_size=CHUNK)
    first = next(records, None)
    number = first.rows_in_all if first else 0
    latest = first.latest if first else since
    moment = parameters.moment_text(latest) if latest else None
    content = write(
        chain([first] if first else [], records), form, form.end(number, moment), partial(body_or_lock, body_of)
    )
    headers = {ROWS: str(number), "Content-Disposition": f'attachment; filename="referrals.{form.extension}"'}
    headers |= {SINCE: moment} if moment else {}
    return StreamingHttpResponse(content, content_type=form.content_type, headers=headers), number


def write[Row](rows: Iterator[Row], form: FileForm, end: bytes, body_of: Callable[[Row], Body]) -> Iterator[bytes]:
    """The file in pieces; closed before its end, it gives the cursor back.

    A failure is logged by class and place, and the file says that it is not whole.
    """
    yield form.head
    try:
        while chunk := list(islice(rows, CHUNK)):
            yield form.chunk(map(body_of, chunk))
    except Exception as error:
        log.error("unhandled", **where_it_broke(error))
        yield form.broken_end
        return
    yield end
