"""Statistics. Nothing here reads a record: a table is stored cells, in the form that was asked for.

Without a token one reads what is public; scopes open what is made for authorities, and exact figures. Those need the header
`Henvis-Purpose`, and every query is logged before a figure leaves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from django.conf import settings
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from api.http import files, parameters
from api.http.negotiation import DEFAULT, LANGUAGES, FormNegotiation, language_of
from api.openapi.headers import SHARED
from api.openapi.parts import NEW_ID, SHARED_ALREADY, Answer, endpoint
from api.statistics import examples
from api.statistics.answers import UNCHANGED_IN_A_LANGUAGE, answer_body, answer_content, refusal
from api.statistics.audiences import OpenView, audience_of, optional_purpose, reader, required_purpose
from api.statistics.bodies.index import StatisticsIndexBody, index
from api.statistics.formats.form import TableFormat, answer_in_forms, renderers
from api.statistics.parameters import DATASET_IN_PATH, FORMATS, PURPOSE, QUERY
from cases.errors import NotFound
from stats.errors import QueryRefused
from stats.models import AUTHORITY, EXACT, PUBLIC
from stats.reading import catalogue, datasets, exact_figures, external, published_figures, query, release_choice
from stats.reading.datasets import READABLE
from stats.reading.entries import PeriodReleases
from stats.reading.query import Query
from stats.reading.table import Figures

# What a table's parameters are beside the query's own.
HOW = ("audience", "format", "lang")
TABLE = (
    "Cells of an immutable release, never a count of records. `by` names the axes; a parameter with a dimension's name keeps "
    "one of its codes; together they are a table, which the release must offer. Without a period: every year that is "
    "released.\n\n"
    "Years without a release of our own are answered from what is published elsewhere, from 2007 (`2012.x1`): only published "
    "figures, each with a status where it is preliminary, computed or contradicted, and `O` where there is none. They are in no "
    "series of exact figures.\n\n"
    "Without a token the figures are the public ones: exact, but small ones are hidden, and others from which they could be "
    "computed. Both have the status `Q`; `least` and `most` tell what they may be. Later releases may "
    "narrow it. The scope `statistics:authority` adds tables whose figures are changed at random by a few; what is "
    "published goes before them. The scope `statistics:exact` reads exact figures, not for publication: each query needs a "
    "purpose and is logged. `audience` asks for less than the token opens.\n\n"
    "Sums of what services report have an axis `quantity` without a total, since numbers of two units are never added. How many "
    "reports were due, came, and know a number stands beside them: where some are missing, figures are at least this much.\n\n"
    "Public figures are fetched in parts too, as is every public file: `Range: bytes=0-999` with `If-Range`, the ETag (RFC 9110). "
    "The answer is 206; 416 where there are no such bytes, and 200 with the whole where the ETag is another one."
)


class AuthorisedQuery(Protocol):
    """A query that may be answered: `key` is what the answer is a function of."""

    @property
    def key(self) -> tuple[str, ...]: ...
    @property
    def query(self) -> Query: ...
    @property
    def periods(self) -> Sequence[PeriodReleases]: ...
    def figures(self) -> Figures: ...


class StatisticsIndex(OpenView):
    """What can be asked for."""

    page = "statistics"

    @endpoint(
        "listDatasets",
        "What can be asked for",
        (
            "Datasets with their dimensions, axes and codes; measures, formats, audiences and purposes; and the releases that "
            "answer who names none. No figures."
        ),
        Answer(200, "The grammar of a query.", StatisticsIndexBody, [examples.INDEX], SHARED),
        SHARED_ALREADY,
    )
    def get(self, request: Request) -> Response:
        """Datasets, dimensions, measures, audiences, purposes, and those releases that the caller may read which are in force."""
        releases = release_choice.current(catalogue.every(*datasets.audiences_up_to(self.audience)))
        return answer_body(request, "statistics", releases, lambda: index(releases))


class StatisticsTable(OpenView):
    """Figures of a dataset."""

    page = "table"

    renderer_classes = renderers(FORMATS.values())
    content_negotiation_class = FormNegotiation

    @endpoint(
        "readTable",
        "Read a table",
        TABLE,
        answer_in_forms("The table, in the form that `format` names.", FORMATS.values(), examples.table),
        UNCHANGED_IN_A_LANGUAGE,
        NEW_ID,
        parameters=[DATASET_IN_PATH, PURPOSE, *QUERY],
        problems=("insufficient_scope", "invalid_header", "forbidden", "not_found", "release_withdrawn"),
    )
    def get(self, request: Request, dataset_id: str) -> HttpResponse:
        """A table, from the latest release or a named one."""
        dataset = READABLE.get(dataset_id)
        if dataset is None:
            raise NotFound
        texts = parameters.read(request, (*query.names(dataset), *HOW), lists=("by",))
        if texts.get("format", "csv") not in FORMATS:
            raise parameters.value_problem("format", FORMATS)
        if texts.get("lang", DEFAULT) not in LANGUAGES:
            raise parameters.value_problem("lang", LANGUAGES)
        self.audience = audience_of(request, self.audience, texts.get("audience"))
        try:
            parsed_query = query.parse(dataset, {name: value for name, value in texts.items() if name not in HOW})
            language = texts.get("lang") or language_of(request)
            return answer(request, authorise(request, self.audience, parsed_query), language)
        except QueryRefused as error:
            raise refusal(error) from None


def authorise(request: Request, audience: str, texts: Query) -> AuthorisedQuery:
    """The query, to be answered to an audience; one for exact figures is logged here. Raises `QueryRefused` and `ProblemError`.

    What is published elsewhere is everybody's, whoever names it: it stands in no series of exact figures. Sums have none.
    """
    if audience == EXACT and external.is_external(texts.release):
        audience = PUBLIC
    if audience == EXACT and texts.dataset.quantities:
        audience = AUTHORITY
    if audience == EXACT:
        return exact_figures.open_query(by=reader(request), purpose=required_purpose(request), query=texts)
    optional_purpose(request)
    return published_figures.open_query(audience, texts)


def answer(request: Request, texts: AuthorisedQuery, language: str) -> HttpResponse:
    """The figures in the form and the language that were asked for. Raises `QueryRefused` where there are too many."""
    form = FORMATS[request.accepted_renderer.format]
    base = f"{request.scheme}://{request.get_host()}"
    key = (*texts.key, form.id, language, base, settings.HENVIS_OPERATOR, repr(settings.HENVIS_SITE))
    file = files.table_name(texts.query, texts.periods, language, form.extension)
    return answer_content(
        request, key, lambda: content(form, texts.figures(), language, base), file, form.content_type, language
    )


def content(form: TableFormat, figures: Figures, language: str, base: str) -> bytes:
    """The figures in a form. Raises `QueryRefused` where it would be too large, whatever is in it."""
    if sum(len(column.values) for column in figures.columns) > form.most:
        raise query.refusal(
            "format", "answer_too_large", [other.id for other in FORMATS.values() if other.most > form.most]
        )
    return form.render(figures, language, base)
