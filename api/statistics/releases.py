"""Releases: what each of them is, the proof of the public ones, and what changed since an earlier vintage, table by table.

No figures, but the totals of an exact one for a purpose, and what changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from api.http import parameters
from api.http.negotiation import render_json
from api.http.problems import ProblemError
from api.openapi.headers import CONTENT_DISPOSITION, DATA, SHARED
from api.openapi.parts import NEW_ID, SHARED_ALREADY, Answer, Parameter, endpoint
from api.statistics import examples
from api.statistics.answers import answer_body, answer_content, no_release, refusal
from api.statistics.audiences import OpenView, optional_purpose, reader, required_purpose
from api.statistics.bodies.certificate import CertificateBody
from api.statistics.bodies.changes import ChangesBody
from api.statistics.bodies.releases import CoverageBody, ReleaseBody, ReleasesBody
from api.statistics.parameters import BY, MOMENT, PURPOSE, RELEASE_IN_PATH
from api.statistics.vocabulary import DatasetId, ReleaseId
from cases.invented import WORDS
from oversight.reporting.notes import notes_of
from stats.errors import QueryRefused
from stats.models import EXACT, PUBLIC
from stats.reading import catalogue, exact_figures, published_figures
from stats.reading.datasets import audiences_up_to
from stats.reading.entries import EXTERNAL, CatalogueEntry
from stats.reading.query import AS_OF, parse_moment
from stats.revisions.changes import pair

LIST = (
    "Those that the caller may read, by period, the latest first: public ones, and with a scope those for authorities and "
    "exact ones. With `asOf`, of each period and audience the one that was current then. No figures."
)
READ = (
    "Its period, moment and code lists; in words what changed since the vintage before, and its errata; of a protected one "
    "its tables and parameters, and what replaces it where it was withdrawn. Of an exact one, for a purpose, also how many "
    "records and cells it has; that is logged."
)
PROOF = (
    "For each hidden cell two different numbers that agree with all that is published, so that nobody can compute it: made of "
    "public figures alone, and to be checked with whole numbers by anybody."
)


class ReleaseList(OpenView):
    """The releases."""

    page = "releases"

    @endpoint(
        "listReleases",
        "List the releases",
        LIST,
        Answer(200, "The releases.", ReleasesBody, [examples.RELEASES], SHARED),
        SHARED_ALREADY,
        parameters=[MOMENT],
    )
    def get(self, request: Request) -> Response:
        """Every release that the caller may read, without figures; with `asOf` the vintages that were current at a moment."""
        texts = parameters.read(request, (AS_OF,))
        try:
            moment = parse_moment(texts)
        except QueryRefused as error:
            raise refusal(error) from None
        every = catalogue.every(*audiences_up_to(self.audience))
        releases = vintages_at(every, moment) if moment else every
        return answer_body(request, "releases", releases, lambda: ReleasesBody([*map(ReleaseBody.of, releases)]))


class ReleaseDetail(OpenView):
    """One release."""

    page = "release"

    @endpoint(
        "readRelease",
        "Read a release",
        READ,
        Answer(200, "The release.", ReleaseBody, examples.EVERY_RELEASE, SHARED),
        SHARED_ALREADY,
        NEW_ID,
        parameters=[RELEASE_IN_PATH, PURPOSE],
        problems=("invalid_header", "not_found", "latest_of_many", "release_withdrawn"),
    )
    def get(self, request: Request, release_id: str) -> Response:
        """What it is; and of an exact one, for who may read it and says why, how many records and cells it has."""
        release = catalogue.find(release_id, audiences_up_to(self.audience))
        if release is None:
            raise no_release(release_id)
        body, purpose, name = ReleaseBody.of(release), optional_purpose(request), "release"
        if (note := notes_of([release.id]).get(release.id)) is not None:
            body.coverage = CoverageBody.of(note)
        if release.kind == EXTERNAL:
            name = "totals"
            body.add_figures(release.provenance)
        elif purpose is not None and release.audience == EXACT:
            name = "totals"
            body.add_totals(exact_figures.open_totals(by=reader(request), purpose=purpose, release_id=release.id))
        return answer_body(request, name, [release], lambda: body)


class ReleaseCertificate(OpenView):
    """The proof of a public release."""

    @endpoint(
        "readCertificate",
        "Read the proof of a public release",
        PROOF,
        Answer(200, "The certificate.", CertificateBody, [examples.CERTIFICATE], (*SHARED, DATA, CONTENT_DISPOSITION)),
        SHARED_ALREADY,
        NEW_ID,
        parameters=[RELEASE_IN_PATH],
        problems=("not_found", "latest_of_many", "no_certificate", "release_withdrawn"),
    )
    def get(self, request: Request, release_id: str) -> HttpResponse:
        """Numbers that agree with everything published, two different ones for each cell that is hidden: made of nothing secret."""
        release = catalogue.find(release_id, (PUBLIC,))
        if release is None:
            raise no_release(release_id)
        if release.kind == EXTERNAL:
            raise ProblemError("no_certificate")
        self.audience, key = PUBLIC, ("certificate", release.key)
        answer = answer_content(
            request, key, lambda: published_figures.certificate(release), f"{release.id}_certificate.json"
        )
        # Its bytes stay as they were published.
        if release.invented:
            answer[DATA.name] = WORDS.en
        return answer


def vintages_at(releases: Iterable[CatalogueEntry], moment: datetime) -> list[CatalogueEntry]:
    """Of each period and audience the vintage that was current at a moment. The releases come with the latest vintage first."""
    newest: dict[tuple[str, str], CatalogueEntry] = {}
    for release in releases:
        if release.is_in_force(moment):
            newest.setdefault((release.period.id, release.audience), release)
    return list(newest.values())


CHANGES = (
    "Table by table, the cells that changed, and those of which it is hidden whether they did. Of a public release a change is "
    "shown where both vintages show the cell; it was audited with the release. Of one for authorities it is the difference of "
    "two figures that were each changed at random, without tables that are published. Both are compared with the vintage "
    "before, an exact release with any earlier one: for a purpose, and logged. 404 with `first_vintage` where there is none."
)
SINCE = Parameter("from", "The earlier vintage; without it the one before. Of a protected release no other.", ReleaseId)
DATASET = Parameter("dataset", "The tables of one dataset.", DatasetId, key="changes.dataset")
ASKED = (SINCE.name, DATASET.name, BY.name)


class ReleaseChanges(OpenView):
    """What changed in a release."""

    @endpoint(
        "readChanges",
        "Read what changed since an earlier vintage",
        CHANGES,
        Answer(200, "The changes.", ChangesBody, [examples.CHANGES], (*SHARED, CONTENT_DISPOSITION)),
        SHARED_ALREADY,
        NEW_ID,
        parameters=[RELEASE_IN_PATH, SINCE, DATASET, BY, PURPOSE],
        problems=("invalid_header", "not_found", "first_vintage", "latest_of_many", "release_withdrawn"),
    )
    def get(self, request: Request, release_id: str) -> HttpResponse:
        """The changes since the vintage before; of an exact release, for a purpose and logged, since any earlier one."""
        texts = parameters.read(request, ASKED)
        release = catalogue.find_own(release_id, audiences_up_to(self.audience))
        if release is None:
            raise no_release(release_id)
        purpose = required_purpose(request) if release.audience == EXACT else optional_purpose(request)
        try:
            vintages = pair(release, texts)
            exact = None
            if purpose and release.audience == EXACT:
                exact = vintages.exact(by=reader(request), purpose=purpose)
        except QueryRefused as error:
            raise refusal(error) from None
        self.audience = release.audience

        def content() -> bytes:
            return render_json(ChangesBody.of(vintages, vintages.read_tables() if exact is None else exact))

        return answer_content(request, vintages.key, content, f"{release.id}_changes.json")
