"""How a release is cited: in words in both languages, as BibTeX and as CSL-JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Self

from django.conf import settings
from django.http import HttpResponse
from msgspec import UNSET, Meta, UnsetType, convert, field
from rest_framework.request import Request

from api.http import parameters
from api.http.bodies import Body, LabelBody, Uri, about, one_of, schema
from api.http.negotiation import FormNegotiation, language_of, render_json
from api.openapi.parts import JSON, NEW_ID, Parameter, endpoint
from api.statistics import examples
from api.statistics.answers import UNCHANGED_IN_A_LANGUAGE, answer_content, no_release
from api.statistics.audiences import OpenView
from api.statistics.formats.form import Format, answer_in_forms, renderers
from api.statistics.parameters import RELEASE_IN_PATH
from api.statistics.vocabulary import ReleaseId
from stats.reading import catalogue
from stats.reading.datasets import audiences_up_to
from stats.revisions.citation import Citation, operator


class CslNameBody(Body):
    """Who publishes."""

    literal: str


class CslDateBody(Body):
    """A day, a month or a year."""

    parts: list[list[Annotated[int, schema(format_="int32")]]] = field(name="date-parts")


class CslItemBody(Body, kw_only=True):
    """A release in CSL-JSON."""

    id: str
    type: Annotated[str, schema(const="dataset")]
    title: str
    author: list[CslNameBody]
    publisher: str
    issued: Annotated[CslDateBody, about("Not there where no day is known.")] | UnsetType = UNSET
    version: str
    url: Uri = field(name="URL")
    language: str
    note: str
    status: Annotated[str, schema(const="withdrawn")] | UnsetType = UNSET


CslItems = Annotated[list[CslItemBody], Meta(min_length=1, max_length=1, description="CSL-JSON.")]


class CitationBody(Body):
    """A release in every form in which it is cited."""

    release: ReleaseId
    withdrawn: bool
    text: LabelBody
    bibtex: Annotated[str, about("BibTeX, in the language of the answer.")]
    csl: CslItems

    @classmethod
    def of(cls, citation: Citation, language: str) -> Self:
        """A citation as it is answered. `bibtex` and `csl` are in the language of the answer."""
        return cls(
            release=citation.release.id,
            withdrawn=citation.release.withdrawal is not None,
            text=LabelBody(citation.words("da"), citation.words("en")),
            bibtex=citation.bibtex(language),
            csl=csl(citation, language),
        )


def csl(citation: Citation, language: str) -> list[CslItemBody]:
    return convert(citation.csl(language), list[CslItemBody])


@dataclass(frozen=True, slots=True)
class CitationFormat(Format):
    """A form of a citation. `render` takes the citation and the language."""

    render: Callable[[Citation, str], bytes]


BIBTEX, CSL = "application/x-bibtex", "application/vnd.citationstyles.csl+json"
FORMS: dict[str, CitationFormat] = {
    form.id: form
    for form in (
        CitationFormat(
            "json",
            JSON,
            JSON,
            "json",
            CitationBody,
            "Citation",
            lambda *arguments: render_json(CitationBody.of(*arguments)),
        ),
        CitationFormat(
            "bibtex", BIBTEX, f"{BIBTEX}; charset=utf-8", "bib", str, "Bibtex", lambda c, lang: c.bibtex(lang).encode()
        ),
        CitationFormat("csl", CSL, CSL, "json", CslItems, "CslItems", lambda *arguments: render_json(csl(*arguments))),
    )
}
FORM = Parameter(
    "format",
    "The form, for people; it goes before Accept.",
    Annotated[str, one_of(FORMS)],
    key="citation.format",
)


class ReleaseCitation(OpenView):
    """How a release is cited."""

    renderer_classes = renderers(FORMS.values())
    content_negotiation_class = FormNegotiation

    @endpoint(
        "readCitation",
        "Cite a release",
        "In words in Danish and English, as BibTeX and as CSL-JSON. It says so where the release is withdrawn or has errata.",
        answer_in_forms(
            "The citation: all of its forms, or one (`format`).",
            FORMS.values(),
            lambda form: form.render(examples.citation(), "en"),
        ),
        UNCHANGED_IN_A_LANGUAGE,
        NEW_ID,
        parameters=[RELEASE_IN_PATH, FORM],
        problems=("not_found", "latest_of_many", "release_withdrawn"),
    )
    def get(self, request: Request, release_id: str) -> HttpResponse:
        """The citation, in the form and the language that were asked for."""
        texts = parameters.read(request, (FORM.name,))
        if texts.get(FORM.name, "json") not in FORMS:
            raise parameters.value_problem(FORM.name, FORMS)
        release = catalogue.find(release_id, audiences_up_to(self.audience))
        if release is None:
            raise no_release(release_id)
        self.audience = release.audience
        form, language = FORMS[request.accepted_renderer.format], language_of(request)
        url = request.build_absolute_uri(f"/api/v1/releases/{release.id}")
        citation = Citation(release, operator(settings.HENVIS_OPERATOR), url)
        key = ("citation", release.key, url, *citation.operator, form.id, language)
        file = f"{release.id}_citation.{form.extension}"
        return answer_content(request, key, lambda: form.render(citation, language), file, form.content_type, language)
