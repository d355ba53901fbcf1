"""Telling a writer that a code is going to be retired: `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and where to read of it.

What was sent is accepted all the same. A record that keeps a code which is retired already is answered with a sunset in the past.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.http import HttpRequest
from django.utils.http import http_date

from cases.fields import Field
from cases.intake.validity import retirement_of
from cases.months import COPENHAGEN

CHANGES = "/api/v1/codelists/changes"


def headers(request: HttpRequest, fields: Iterable[Field], record: object) -> dict[str, str]:
    """The headers of the answer to a write. Of several codes the first announcement and the first end are told; of none nothing."""
    retirement = retirement_of(fields, record)
    if retirement is None:
        return {}
    return {
        "Deprecation": f"@{begins(retirement.announced)}",
        "Sunset": http_date(begins(retirement.last + timedelta(days=1))),
        "Link": f'<{request.build_absolute_uri(CHANGES)}>; rel="deprecation"; type="application/json"',
    }


def begins(day: date) -> int:
    """The second, since 1970 in UTC, in which a day begins in Copenhagen."""
    return int(datetime.combine(day, time(), COPENHAGEN).timestamp())
