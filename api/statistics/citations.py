"""How a release is cited: in words in both languages, as BibTeX and as CSL-JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from rest_framework.request import Request

from api.http import parameters
from api.http.answers import ANSWERS, tag_of
from api.http.conditions import unchanged
from api.http.language import language_of
from api.http.refusals import no_release
from api.http.renderers import FormNegotiation, JSONRenderer
from api.statistics.audiences import OpenView
from api.statistics.formats.formats import dumps
from cases.statistics.reading import history
from cases.statistics.reading.audiences import up_to
from cases.statistics.revisions.citation import Citation, operator


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the answer. `content_type` is what is sent, `media_type` what Accept asks for."""

    id: str
    media_type: str
    content_type: str
    extension: str
    render: Callable[[Citation, str], bytes]


def whole(citation: Citation, language: str) -> dict[str, Any]:
    """All of them. `bibtex` and `csl` are in the language of the answer."""
    return {
        "release": citation.release.id,
        "withdrawn": citation.release.withdrawn is not None,
        "text": {"da": citation.words("da"), "en": citation.words("en")},
        "bibtex": citation.bibtex(language),
        "csl": citation.csl(language),
    }


BIBTEX, CSL = "application/x-bibtex", "application/vnd.citationstyles.csl+json"
FORMS: dict[str, Form] = {
    form.id: form
    for form in (
        Form("json", "application/json", "application/json", "json", lambda c, language: dumps(whole(c, language))),
        Form("bibtex", BIBTEX, f"{BIBTEX}; charset=utf-8", "bib", lambda c, language: c.bibtex(language).encode()),
        Form("csl", CSL, CSL, "json", lambda c, language: dumps(c.csl(language))),
    )
}


def renderer(form: Form) -> type[JSONRenderer]:
    """What negotiation knows a form by."""
    return type(f"{form.id}Renderer", (JSONRenderer,), {"media_type": form.media_type, "format": form.id})


class ReleaseCitation(OpenView):
    """How a release is cited."""

    renderer_classes = tuple(renderer(form) for form in FORMS.values())
    content_negotiation_class = FormNegotiation

    def get(self, request: Request, release_id: str) -> HttpResponse:
        """The citation, in the form and the language that were asked for."""
        asked = parameters.read(request, ("format",))
        if asked.get("format", "json") not in FORMS:
            raise parameters.wrong("format", FORMS)
        release = history.find(release_id, up_to(self.audience))
        if release is None:
            raise no_release(release_id)
        self.audience = release.audience
        form, language = FORMS[request.accepted_renderer.format], language_of(request)
        url = request.build_absolute_uri(f"/api/v1/releases/{release.id}")
        citation = Citation(release, operator(settings.HENVIS_OPERATOR), url)
        key = ("citation", release.key, url, *citation.operator, form.id, language)
        headers = {"ETag": tag_of(key), "Content-Language": language}
        if unchanged(request, headers["ETag"]):
            return HttpResponse(status=304, headers=headers)
        headers["Content-Disposition"] = f'inline; filename="{release.id}_citation.{form.extension}"'
        content = ANSWERS.get(key, lambda: form.render(citation, language))
        return HttpResponse(content, content_type=form.content_type, headers=headers)
