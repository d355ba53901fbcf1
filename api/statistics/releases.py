"""Releases: what each of them is, and the proof of the public ones. No figures, but the totals of an exact one for a purpose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from api.http import parameters
from api.http.answers import ANSWERS, tag_of
from api.http.conditions import unchanged
from api.http.problems import ProblemError
from api.http.refusals import no_release, refusal
from api.statistics.audiences import OpenView, purpose_said, reader
from api.statistics.elsewhere import collected_body, figures_body, kind
from api.statistics.formats.formats import heading
from cases.dimensions import DATASETS, PERSONS
from cases.statistics.errors import QueryRefused
from cases.statistics.models import AUTHORITY, EXACT, PUBLIC
from cases.statistics.reading import exact_door as exact
from cases.statistics.reading import history
from cases.statistics.reading import published as protected
from cases.statistics.reading.audiences import up_to
from cases.statistics.reading.catalogue import Listed, offer_id
from cases.statistics.reading.elsewhere import Collected
from cases.statistics.reading.query import AS_OF, parse_moment
from cases.statistics.reading.terms import Terms
from partners.text import Text


class ReleaseList(OpenView):
    """The releases."""

    def get(self, request: Request) -> Response:
        """Every release that the caller may read, without figures; with `asOf` the vintages that were current at a moment."""
        asked = parameters.read(request, (AS_OF,))
        try:
            moment = parse_moment(asked)
        except QueryRefused as refused:
            raise refusal(refused) from None
        every = history.every(*up_to(self.audience))
        releases = current(every, moment) if moment else every
        return tagged(request, "releases", releases, lambda: {"items": [listed_body(release) for release in releases]})


class ReleaseDetail(OpenView):
    """One release."""

    def get(self, request: Request, release_id: str) -> Response:
        """What it is; and of an exact one, for who may read it and says why, how many records and cells it has."""
        parameters.read(request, ())
        release = history.find(release_id, up_to(self.audience))
        if release is None:
            raise no_release(release_id)
        purpose, more = purpose_said(request), {}
        if isinstance(release.terms, Collected):
            more = figures_body(release.terms)
        if purpose is not None and release.audience == EXACT:
            more = exact.open_totals(by=reader(request), purpose=purpose, release_id=release.id)
        return tagged(request, "totals" if more else "release", [release], lambda: listed_body(release) | more)


class ReleaseCertificate(OpenView):
    """The proof of a public release."""

    def get(self, request: Request, release_id: str) -> HttpResponse:
        """Numbers that agree with everything published, two different ones for each cell that is hidden: made of nothing secret."""
        parameters.read(request, ())
        release = history.find(release_id, (PUBLIC,))
        if release is None:
            raise no_release(release_id)
        if isinstance(release.terms, Collected):
            raise ProblemError("no_certificate")
        self.audience, key = PUBLIC, ("certificate", release.key)
        headers = {"ETag": tag_of(key)}
        if unchanged(request, headers["ETag"]):
            return HttpResponse(status=304, headers=headers)
        content = ANSWERS.get(key, lambda: protected.certificate(release))
        headers["Content-Disposition"] = f'inline; filename="{release.id}_certificate.json"'
        return HttpResponse(content, content_type="application/json", headers=headers)


def tagged(request: Request, name: str, releases: Iterable[Listed], make: Callable[[], dict[str, Any]]) -> Response:
    """What is said of some releases, or 304. Its tag is a function of which they are, of no figure."""
    tag = tag_of((name, *(release.key for release in releases)))
    if unchanged(request, tag):
        return Response(None, 304, headers={"ETag": tag})
    return Response(make(), headers={"ETag": tag})


def current(releases: Iterable[Listed], moment: datetime) -> list[Listed]:
    """Of each period and audience the vintage that was current at a moment. The releases come with the latest vintage first."""
    found: dict[tuple[str, str], Listed] = {}
    for release in releases:
        if release.stood(moment):
            found.setdefault((release.period.id, release.audience), release)
    return list(found.values())


def listed_body(release: Listed) -> dict[str, Any]:
    """A release without figures. A digest of its cells is not told: of a small release it could be guessed from."""
    return {
        "id": release.id,
        "kind": kind(release),
        "period": release.period.id,
        "vintage": release.vintage,
        "audience": release.audience,
        "as_of": release.as_of.isoformat() if release.as_of else None,
        "built_at": release.built_at.isoformat() if release.built_at else None,
        **special_body(release),
        "codelists": release.codelists,
        "notes": list(release.notes),
        "change_notes": release.told.change_notes._asdict() if release.told.change_notes else None,
        "errata": [{"at": each.at.isoformat(), "text": each.text._asdict()} for each in release.told.errata],
    }


def special_body(release: Listed) -> dict[str, Any]:
    """What only releases of its kind and audience have."""
    match release.terms:
        case Terms():
            return terms_body(release, release.terms)
        case Collected():
            return collected_body(release, release.terms) | tables_body(release, {PERSONS.id: release.terms.tables})
        case _:
            return release.terms.as_json()


def terms_body(release: Listed, terms: Terms) -> dict[str, Any]:
    """How a protected release was made, when it was published, and whether it was withdrawn."""
    gone, noise = release.withdrawn, {"deviation": terms.deviation, "variance": terms.variance}
    withdrawn = gone and {"at": gone.at.isoformat(), "reason": gone.reason, "replacement": gone.replacement}
    return {
        "published_at": release.published_at.isoformat() if release.published_at else None,
        "threshold": terms.threshold,
        **(noise if release.audience == AUTHORITY else {}),
        **tables_body(release, terms.tables),
        "commitment": release.commitment,
        "withdrawn": withdrawn,
    }


def tables_body(release: Listed, tables: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    """Its tables, by the ids of each dataset's."""
    return {"tables": [table_body(release, dataset, table) for dataset, ids in tables.items() for table in ids]}


def table_body(release: Listed, dataset: str, table: str) -> dict[str, Any]:
    """A table in words, and whether it answers: one that would show too little does not."""
    axes = [DATASETS[dataset].axes[name] for name in table.split(",") if name]
    title = Text(heading(DATASETS[dataset], axes, "da"), heading(DATASETS[dataset], axes, "en"))
    return {
        "dataset": dataset,
        "axes": [axis.id for axis in axes],
        "title": title._asdict(),
        "offered": offer_id(dataset, table) in release.offered,
    }
