"""Statistics. Nothing here reads a record: a table is stored cells, in the form that was asked for.

Without a token one reads what is public; scopes open what is made for authorities, and exact figures. Those need the header
`Henvis-Purpose`, and every query is logged before a figure leaves.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Protocol

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from api.http import file_names, parameters
from api.http.answers import ANSWERS, tag_of
from api.http.conditions import unchanged
from api.http.language import language_of
from api.http.refusals import refusal
from api.http.renderers import FormNegotiation, JSONRenderer
from api.statistics.audiences import OpenView, audience_of, purpose_of, purpose_said, reader
from api.statistics.formats.formats import FORMATS, Format
from api.statistics.releases import listed_body, tagged
from cases.dimensions import DATASETS, Axis, Dataset
from cases.errors import NotFound
from cases.statistics.errors import QueryRefused
from cases.statistics.models import EXACT, PUBLIC
from cases.statistics.reading import audiences, history, query
from cases.statistics.reading import exact_door as exact
from cases.statistics.reading import published as protected
from cases.statistics.reading.catalogue import Shown
from cases.statistics.reading.exact_door import Purpose
from cases.statistics.reading.measures import STATUSES, UNITS
from cases.statistics.reading.query import Query
from cases.statistics.reading.table import Figures

# What a table's parameters are beside the query's own.
HOW = ("audience", "format")


class Opened(Protocol):
    """A query that may be answered: `key` is what the answer is a function of."""

    @property
    def key(self) -> tuple[str, ...]: ...
    @property
    def query(self) -> Query: ...
    @property
    def shown(self) -> Sequence[Shown]: ...
    def figures(self) -> Figures: ...


def renderer(form: Format) -> type[JSONRenderer]:
    """What negotiation knows a form by. Figures are rendered by the form itself, and problems by `api.http.problems`."""
    return type(f"{form.extension}Renderer", (JSONRenderer,), {"media_type": form.media_type, "format": form.id})


class StatisticsIndex(OpenView):
    """What can be asked for."""

    def get(self, request: Request) -> Response:
        """Datasets, dimensions, measures, audiences, purposes, and the releases that the caller may read."""
        parameters.read(request, ())
        releases = history.every(*audiences.up_to(self.audience))
        return tagged(request, "statistics", releases, lambda: {**grammar(), "releases": [*map(listed_body, releases)]})


class StatisticsTable(OpenView):
    """Figures of a dataset."""

    renderer_classes = tuple(renderer(form) for form in FORMATS.values())
    content_negotiation_class = FormNegotiation

    def get(self, request: Request, dataset_id: str) -> HttpResponse:
        """A table, from the latest release or a named one."""
        dataset = DATASETS.get(dataset_id)
        if dataset is None:
            raise NotFound
        asked = parameters.read(request, (*query.names(dataset), *HOW))
        if asked.get("format", "csv") not in FORMATS:
            raise parameters.wrong("format", FORMATS)
        self.audience = audience_of(request, asked.get("audience"))
        try:
            parsed = query.parse(dataset, {name: value for name, value in asked.items() if name not in HOW})
            return self.answer(request, opened(request, self.audience, parsed))
        except QueryRefused as refused:
            raise refusal(refused) from None

    def answer(self, request: Request, found: Opened) -> HttpResponse:
        """The figures in the form and the language that were asked for. Raises `QueryRefused` where there are too many."""
        form, language = FORMATS[request.accepted_renderer.format], language_of(request)
        base = request.build_absolute_uri("/").rstrip("/")
        key = (*found.key, form.id, language, base)
        headers = {"ETag": tag_of(key), "Content-Language": language}
        if unchanged(request, headers["ETag"]):
            return HttpResponse(status=304, headers=headers)
        content = ANSWERS.get(key, lambda: rendered(form, found.figures(), language, base))
        name = file_names.of_table(found.query, found.shown, language, form.extension)
        headers["Content-Disposition"] = f'inline; filename="{name}"'
        return HttpResponse(content, content_type=form.content_type, headers=headers)


def opened(request: Request, audience: str, asked: Query) -> Opened:
    """The query, to be answered to an audience; one for exact figures is logged here. Raises `QueryRefused` and `ProblemError`.

    What is published elsewhere is everybody's, whoever names it: it stands in no series of exact figures.
    """
    if audience == EXACT and history.is_elsewhere(asked.release):
        audience = PUBLIC
    if audience == EXACT:
        return exact.open_query(by=reader(request), purpose=purpose_of(request), query=asked)
    purpose_said(request)
    return protected.open_query(audience, asked)


def rendered(form: Format, figures: Figures, language: str, base: str) -> bytes:
    """The figures in a form. Raises `QueryRefused` where it would be too large, whatever is in it."""
    if sum(len(column.values) for column in figures.columns) > form.most:
        raise query.refused(
            "format", "answer_too_large", [other.id for other in FORMATS.values() if other.most > form.most]
        )
    return form.render(figures, language, base)


@cache
def grammar() -> dict[str, Any]:
    """What a query may say, from the dictionary."""
    return {
        "datasets": [dataset_body(dataset) for dataset in DATASETS.values()],
        "measures": [{"id": m, "label": u.label._asdict(), "unit": u.unit._asdict()} for m, u in UNITS.items()],
        "statuses": [{"id": status, "label": text._asdict()} for status, text in STATUSES.items()],
        "formats": [{"id": form.id, "media_type": form.media_type} for form in FORMATS.values()],
        "audiences": [{"id": audience, "label": audiences.TEXTS[audience]._asdict()} for audience in audiences.LADDER],
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
