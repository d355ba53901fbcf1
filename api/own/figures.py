"""A partner's own figures: its referrals counted as they stand now. The one count of records that this service answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from api.http import files, parameters
from api.http.authentication import principal
from api.http.bodies import reference
from api.http.negotiation import CsvOnly, FormNegotiation, JSONRenderer, language_of
from api.openapi.headers import CONTENT_DISPOSITION, CONTENT_LANGUAGE
from api.openapi.parts import Answer, Parameter, endpoint
from api.own import bodies
from api.records import filters
from api.records.reads import Read, RecordView
from api.statistics.answers import refusal
from cases.intake.own import without_restricted
from cases.months import first_day
from cases.versions import Status
from partners.kinds import Scope
from stats.errors import QueryRefused
from stats.own import axes, summary
from stats.own.summary import MonthBounds, Summary
from stats.reading import query
from stats.reading.query import EXCLUDE, INCLUDE

FORMS = ("json", "csv")
ZEROS = (INCLUDE, EXCLUDE)
STANDING = tuple(str(status) for status in Status if status != Status.WITHDRAWN)
OWN = ("by", "period", "year", "zeros", "format")
CSV_TYPE = "text/csv; charset=utf-8; header=present"
SUMMARY = (
    "Your current referrals that are not withdrawn, counted exactly at this moment: your own figures, not for publication. "
    "`by` names up to three axes: any field, a roll-up of one, or the month, quarter or year of referral. Filters and "
    "periods narrow what is counted. Zero is zero: every combination of codes is there, and an axis of time runs from the first "
    "month asked for (or found) to the last one asked for (or the present one). `total` counts each referral once. The rows add "
    "up to it, unless an axis is a set: a referral counts under each of its codes (`services_needed`), so rows may add up to "
    "more, and `note` says so, as it does of years of which persons were erased by the rule of retention. A row with codes of "
    "two sets counts the referrals that have both. `[]` is a set known to be empty, `_N` one that was not asked about. CSV has "
    "the total as its last column where an axis is a set."
)
AXES = {
    "type": "array",
    "items": reference("schemas", "OwnAxis"),
    "minItems": 1,
    "maxItems": axes.MOST,
    "uniqueItems": True,
}
PARAMETERS = (
    Parameter(
        "by",
        f"Up to {axes.MOST} axes, with commas between; at most one of each field, and {axes.MOST_SETS} sets. Without it, the "
        "total alone.",
        AXES,
        key="own.by",
        example=["gender"],
        style="form",
        explode=False,
    ),
    Parameter("period", "Only months of this period.", reference("schemas", "Period"), key="own.period"),
    Parameter(
        "year",
        "Only months of this year; instead of `period`.",
        {"type": "string", "pattern": r"^2[01]\d{2}$"},
        key="own.year",
    ),
    Parameter(
        "zeros",
        "`include`: a row for every combination of codes, and no gap on an axis of time. `exclude`: only what there is.",
        {"type": "string", "enum": list(ZEROS), "default": INCLUDE},
        key="own.zeros",
    ),
    Parameter(
        "format",
        "The form, for people; it goes before Accept.",
        {"type": "string", "enum": list(FORMS)},
        key="own.format",
    ),
    Parameter(
        "status",
        "First reports or corrections only.",
        {"type": "string", "enum": list(STANDING)},
        key="own.status",
    ),
    *(each for each in filters.PARAMETERS if each.name != "status"),
)


class OwnFigures(RecordView):
    """Own referrals by up to three axes."""

    scopes = {"GET": Scope.REFERRALS_READ}
    renderer_classes = (JSONRenderer, CsvOnly)
    content_negotiation_class = FormNegotiation

    @endpoint(
        "summariseReferrals",
        "Count your own referrals",
        SUMMARY,
        Answer(
            200,
            "The table, as JSON or CSV.",
            bodies.OwnFiguresBody,
            [bodies.OWN_FIGURES],
            [CONTENT_LANGUAGE, CONTENT_DISPOSITION],
            also={CsvOnly.media_type: (str, bodies.OWN_FIGURES_CSV)},
        ),
        parameters=[*PARAMETERS],
    )
    def read(self, request: Request) -> Read:
        """The table, as JSON or CSV."""
        texts = parameters.read(request, (*OWN, *filters.NAMES))
        for name, choices in (("format", FORMS), ("zeros", ZEROS), ("status", STANDING)):
            if texts.get(name, choices[0]) not in choices:
                raise parameters.value_problem(name, choices)
        try:
            summary = count(request, texts)
        except QueryRefused as error:
            raise refusal(error) from None
        language = language_of(request)
        if request.accepted_renderer.format == CsvOnly.format:
            return csv_answer(summary, language, file_name(texts, language)), summary.total
        return Response(body_of(summary, language), headers={"Content-Language": language}), summary.total


def count(request: Request, texts: Mapping[str, str]) -> Summary:
    """The table that is asked for. Raises `QueryRefused` and `ProblemError`."""
    by = axes.parse(texts["by"]) if "by" in texts else ()
    period = query.parse_period(texts)
    conditions = {name: value for name, value in texts.items() if name in filters.NAMES}
    rows = filters.apply(without_restricted(summary.current_referrals(principal(request).partner_id)), conditions)
    if period:
        rows = rows.filter(referred_in__range=(period.first, period.last))
    firsts = [period.first] if period else []
    lasts = [period.last] if period else []
    between = bounds(conditions, firsts, lasts)
    return summary.count(rows, by, between, zeros=texts.get("zeros", INCLUDE) == INCLUDE)


def bounds(conditions: Mapping[str, str], firsts: list[date], lasts: list[date]) -> MonthBounds:
    """The months within which all bounds lie: those of the filters, and those of the period."""
    first, last = (first_day(conditions.get(name, "")) for name in ("referred_from", "referred_to"))
    firsts = [*firsts, first] if first else firsts
    lasts = [*lasts, last] if last else lasts
    return max(firsts, default=None), min(lasts, default=None)


def heads(summary: Summary) -> list[str]:
    """The columns: code and label of each axis, then the number."""
    return [*(name for side in summary.sides for name in (side.id, f"{side.id}_label")), bodies.COUNT]


def cells(summary: Summary, language: str) -> Iterator[list[object]]:
    """The rows in the order of the columns."""
    for codes, number in summary.rows:
        yield [*(part for code in codes for part in (code.code, code.label(language))), number]


def body_of(summary: Summary, language: str) -> bodies.OwnFiguresBody:
    """The table with its total."""
    names = heads(summary)
    return bodies.OwnFiguresBody(
        by=[bodies.OwnSideBody(side.id, side.label(language)) for side in summary.sides],
        total=summary.total,
        rows=[dict(zip(names, row, strict=True)) for row in cells(summary, language)],
        note=summary.note(language),
    )


def file_name(texts: Mapping[str, str], language: str) -> str:
    """What the table is kept as: all that was asked for is in its name."""
    conditions = [f"{name}-{texts[name]}" for name in ("period", "year", "zeros", *filters.NAMES) if name in texts]
    axes = texts.get("by", files.TOTAL).replace(",", "-")
    return files.join_parts(["own-figures", axes, *conditions, language], "csv")


def csv_answer(summary: Summary, language: str, name: str) -> HttpResponse:
    """The rows as CSV, in the form in which statistics are. The total is a column where it is not the sum of the rows."""
    head, end = ([bodies.TOTAL], [summary.total]) if summary.sets else ([], [])
    content = files.csv_lines([[*heads(summary), *head], *([*row, *end] for row in cells(summary, language))])
    headers = {"Content-Language": language, "Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=CSV_TYPE, headers=headers)
