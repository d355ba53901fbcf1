"""A partner's own figures: its referrals counted as they stand now. The one count of records that this service answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from api.http import csv_lines, file_names, parameters
from api.http.authentication import principal
from api.http.language import language_of
from api.http.refusals import refusal
from api.http.renderers import CsvKnown, FormNegotiation, JSONRenderer
from api.records import filters
from api.records.reads import Read, RecordView
from cases.models import Status
from cases.own import sides, summary
from cases.own.summary import Asked, Summary
from cases.statistics.errors import QueryRefused
from cases.statistics.reading import query
from cases.statistics.reading.query import EXCLUDE, INCLUDE
from partners.kinds import Scope

FORMS = ("json", "csv")
ZEROS = (INCLUDE, EXCLUDE)
STANDING = tuple(str(status) for status in Status if status != Status.WITHDRAWN)
OWN = ("by", "period", "year", "zeros", "format")
CSV_TYPE = "text/csv; charset=utf-8; header=present"
COUNT = "count"


class OwnFigures(RecordView):
    """Own referrals by up to three axes."""

    scopes = {"GET": Scope.REFERRALS_READ}
    renderer_classes = (JSONRenderer, CsvKnown)
    content_negotiation_class = FormNegotiation

    def read(self, request: Request) -> Read:
        """The table, as JSON or CSV."""
        asked = parameters.read(request, (*OWN, *filters.NAMES))
        for name, allowed in (("format", FORMS), ("zeros", ZEROS), ("status", STANDING)):
            if asked.get(name, allowed[0]) not in allowed:
                raise parameters.wrong(name, allowed)
        try:
            counted = count(request, asked)
        except QueryRefused as refused:
            raise refusal(refused) from None
        language = language_of(request)
        if request.accepted_renderer.format == CsvKnown.format:
            return as_csv(counted, language, file_name(asked, language)), counted.total
        return Response(as_json(counted, language), headers={"Content-Language": language}), counted.total


def count(request: Request, asked: Mapping[str, str]) -> Summary:
    """The table that is asked for. Raises `QueryRefused` and `ProblemError`."""
    by = sides.parse(asked["by"]) if "by" in asked else ()
    period = query.parse_period(asked)
    chosen = {name: value for name, value in asked.items() if name in filters.NAMES}
    rows = filters.apply(summary.standing(principal(request).partner_id), chosen)
    if period:
        rows = rows.filter(referred_in__range=(period.first, period.last))
    firsts = [period.first] if period else []
    lasts = [period.last] if period else []
    between = bounds(chosen, firsts, lasts)
    return summary.count(rows, by, between, zeros=asked.get("zeros", INCLUDE) == INCLUDE)


def bounds(chosen: Mapping[str, str], firsts: list[date], lasts: list[date]) -> Asked:
    """The months within which all bounds lie: those of the filters, and those of the period."""
    if "referred_from" in chosen:
        firsts = [*firsts, month(chosen["referred_from"])]
    if "referred_to" in chosen:
        lasts = [*lasts, month(chosen["referred_to"])]
    return max(firsts, default=None), min(lasts, default=None)


def month(text: str) -> date:
    """A month that the filters have found well-formed, as its first day."""
    return date.fromisoformat(f"{text}-01")


def heads(counted: Summary) -> list[str]:
    """The columns: code and label of each axis, then the number."""
    return [*(name for side in counted.sides for name in (side.id, f"{side.id}_label")), COUNT]


def cells(counted: Summary, language: str) -> Iterator[list[object]]:
    """The rows in the order of the columns."""
    for codes, number in counted.rows:
        yield [*(part for code in codes for part in (code.code, code.label(language))), number]


def as_json(counted: Summary, language: str) -> dict[str, Any]:
    """The table with its total, which is the sum of its rows."""
    names = heads(counted)
    return {
        "by": [{"id": side.id, "label": side.label(language)} for side in counted.sides],
        "total": counted.total,
        "rows": [dict(zip(names, row, strict=True)) for row in cells(counted, language)],
    }


def file_name(asked: Mapping[str, str], language: str) -> str:
    """What the table is kept as: all that was asked for is in its name."""
    chosen = [f"{name}-{asked[name]}" for name in ("period", "year", "zeros", *filters.NAMES) if name in asked]
    axes = asked.get("by", file_names.TOTAL).replace(",", "-")
    return file_names.joined(["own-figures", axes, *chosen, language], "csv")


def as_csv(counted: Summary, language: str, name: str) -> HttpResponse:
    """The rows as CSV, in the form in which statistics are."""
    content = csv_lines.lines([heads(counted), *cells(counted, language)])
    headers = {"Content-Language": language, "Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=CSV_TYPE, headers=headers)
