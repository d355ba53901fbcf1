"""Statistics and releases. Nothing here reads a record: a table is stored cells, in the form that was asked for.

Until disclosure control has landed there is one audience, `exact`: its figures need the scope `statistics:exact` and the header
`Henvis-Purpose`, and every query is logged before a figure leaves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api import parameters
from api.answers import ANSWERS
from api.authentication import principal
from api.conditions import header_problem, unchanged
from api.formats import FORMATS, Format
from api.language import language_of
from api.problems import Finding, ProblemError
from api.renderers import JSONRenderer, Negotiation
from cases.codelists.types import Text
from cases.errors import NotFound
from cases.statistics import catalogue, exact, query
from cases.statistics.catalogue import Listed
from cases.statistics.dimensions import DATASETS, Axis, Dataset
from cases.statistics.errors import QueryRefused
from cases.statistics.exact import Purpose
from cases.statistics.measures import STATUSES, UNITS
from cases.statistics.models import EXACT, Release
from partners.audit import Actor
from partners.kinds import Mode, Scope

PURPOSE_HEADER = "Henvis-Purpose"
PURPOSE_EXPECTED = Text(
    "Hvad de nøjagtige tal skal bruges til; det bliver logget.", "What the exact figures are for; it is logged."
)


class FormNegotiation(Negotiation):
    """By the parameter `format`, for people; else by Accept."""

    def select_renderer(
        self, request: Request, renderers: Iterable[Any], format_suffix: str | None = None
    ) -> tuple[Any, str]:
        """The renderer. A `format` that is none, or stands twice, is refused where the parameters are read."""
        asked = request.query_params.get("format")
        listed = list(renderers)
        if asked is None:
            return super().select_renderer(request, listed, format_suffix)
        chosen = next((renderer for renderer in listed if renderer.format == asked), listed[0])
        return chosen, chosen.media_type


def renderer(form: Format) -> type[JSONRenderer]:
    """What negotiation knows a form by. Figures are rendered by the form itself, and problems by `api.problems`."""
    return type(f"{form.extension}Renderer", (JSONRenderer,), {"media_type": form.media_type, "format": form.id})


def purpose_of(request: Request) -> Purpose:
    """The purpose in the header. Raises `ProblemError` 400."""
    said = request.META.get("HTTP_HENVIS_PURPOSE", "")
    if said not in set(Purpose):
        raise header_problem(PURPOSE_HEADER, "purpose_expected", PURPOSE_EXPECTED, tuple(Purpose))
    return Purpose(said)


def reader(request: Request) -> Actor:
    """Who reads exact figures. A partner in test mode never does: its keys lie with developers. Raises `ProblemError` 403."""
    who = principal(request)
    if who.mode == Mode.TEST:
        raise ProblemError("forbidden")
    return Actor(client_id=who.client_pk)


def may_read_exact(request: Request) -> bool:
    """Whether the token may read exact figures."""
    who = principal(request)
    return Scope.STATISTICS_EXACT in who.scopes and who.mode == Mode.LIVE


class StatisticsIndex(APIView):
    """What can be asked for."""

    def get(self, request: Request) -> Response:
        """Datasets, dimensions, measures, purposes, and the releases."""
        parameters.read(request, ())
        releases = [listed_body(release, digests=may_read_exact(request)) for release in catalogue.every()]
        return Response({**grammar(), "releases": releases})


class StatisticsTable(APIView):
    """Figures of a dataset."""

    scopes = {"GET": Scope.STATISTICS_EXACT}
    renderer_classes = tuple(renderer(form) for form in FORMATS.values())
    content_negotiation_class = FormNegotiation

    def get(self, request: Request, dataset_id: str) -> HttpResponse:
        """A table, from the latest release or a named one."""
        dataset = DATASETS.get(dataset_id)
        if dataset is None:
            raise NotFound
        opened = open_query(request, dataset)
        form, language = FORMATS[request.accepted_renderer.format], language_of(request)
        key = (*opened.key, form.id, language)
        tag = f'"{hashlib.sha256(repr(key).encode()).hexdigest()[:32]}"'
        headers = {"ETag": tag, "Content-Language": language}
        if unchanged(request, tag):
            return HttpResponse(status=304, headers=headers)
        try:
            content = ANSWERS.get(key, lambda: rendered(form, opened, language))
        except QueryRefused as refused:
            raise refusal(refused) from None
        name = f"{dataset.id}_{opened.shown[-1].release.id}.{form.extension}"
        headers["Content-Disposition"] = f'inline; filename="{name}"'
        return HttpResponse(content, content_type=form.content_type, headers=headers)


def rendered(form: Format, opened: exact.Opened, language: str) -> bytes:
    """The figures in a form. Raises `QueryRefused` where it would be too large, whatever is in it."""
    figures = opened.figures()
    if sum(len(column.values) for column in figures.columns) > form.most:
        raise query.refused(
            "format", "answer_too_large", [other.id for other in FORMATS.values() if other.most > form.most]
        )
    return form.render(figures, language)


def open_query(request: Request, dataset: Dataset) -> exact.Opened:
    """The query of a request, logged. Raises `ProblemError`."""
    by, purpose = reader(request), purpose_of(request)
    asked = parameters.read(request, (*query.names(dataset), "format"))
    if asked.get("format", "csv") not in FORMATS:
        raise parameters.wrong("format", FORMATS)
    try:
        parsed = query.parse(dataset, {name: value for name, value in asked.items() if name != "format"})
        return exact.open_query(by=by, purpose=purpose, query=parsed)
    except QueryRefused as refused:
        raise refusal(refused) from None


def refusal(refused: QueryRefused) -> ProblemError:
    """A refused query in HTTP's words."""
    return ProblemError(
        "invalid_parameter",
        [Finding(("parameter", v.field), v.code, v.detail, v.allowed) for v in refused.violations],
    )


class ReleaseList(APIView):
    """The releases."""

    def get(self, request: Request) -> Response:
        """Every release, without figures."""
        parameters.read(request, ())
        digests = may_read_exact(request)
        return Response({"items": [listed_body(release, digests=digests) for release in catalogue.every()]})


class ReleaseDetail(APIView):
    """One release."""

    def get(self, request: Request, release_id: str) -> Response:
        """Its settings; and for who may read exact figures and says why, how many records and cells it has."""
        parameters.read(request, ())
        release = next((release for release in catalogue.every() if release.id == release_id), None)
        if release is None:
            raise NotFound
        body = listed_body(release, digests=may_read_exact(request))
        if PURPOSE_HEADER in request.headers and may_read_exact(request):
            stored = Release.objects.get(pk=release.id)
            body |= exact.open_totals(by=reader(request), purpose=purpose_of(request), release=stored)
        return Response(body)


def listed_body(release: Listed, *, digests: bool) -> dict[str, Any]:
    """A release without figures. Its digest is for those who may read the cells: of a small release it could be guessed from."""
    body = {
        "id": release.id,
        "period": release.period.id,
        "vintage": release.vintage,
        "audience": EXACT,
        "as_of": release.as_of.isoformat(),
        "built_at": release.built_at.isoformat(),
        **release.options.as_json(),
        "codelists": release.codelists,
        "notes": list(release.notes),
    }
    return {**body, "digest": release.digest} if digests else body


@cache
def grammar() -> dict[str, Any]:
    """What a query may say, from the dictionary."""
    return {
        "datasets": [dataset_body(dataset) for dataset in DATASETS.values()],
        "measures": [{"id": m, "label": u.label._asdict(), "unit": u.unit._asdict()} for m, u in UNITS.items()],
        "statuses": [{"id": status, "label": text._asdict()} for status, text in STATUSES.items()],
        "formats": [{"id": form.id, "media_type": form.media_type} for form in FORMATS.values()],
        "purposes": list(Purpose),
    }


def dataset_body(dataset: Dataset) -> dict[str, Any]:
    """A dataset with its dimensions and their axes."""
    dimensions = [
        {
            "id": dimension.name,
            "label": dimension.label._asdict(),
            "codelist": dimension.codelist.id,
            "axes": [axis_body(axis) for axis in dimension.axes],
        }
        for dimension in dataset.dimensions
    ]
    return {
        "id": dataset.id,
        "label": dataset.label._asdict(),
        "about": dataset.about._asdict(),
        "dimensions": dimensions,
    }


def axis_body(axis: Axis) -> dict[str, Any]:
    """An axis and its codes; their labels are in the code list."""
    return {
        "id": axis.id,
        "label": axis.label._asdict(),
        "level": axis.level.id if axis.level else None,
        "codes": [code.code for code in axis.codes],
    }
