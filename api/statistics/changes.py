"""What changed in a release since an earlier vintage, table by table."""

from __future__ import annotations

from django.http import HttpResponse
from rest_framework.request import Request

from api.http import parameters
from api.http.renderers import render_json
from api.openapi.headers import CONTENT_DISPOSITION, SHARED
from api.openapi.parts import NEW_ID, SHARED_ALREADY, Answer, Parameter, endpoint
from api.statistics import examples
from api.statistics.answers import answer_content, no_release, refusal
from api.statistics.audiences import OpenView, optional_purpose, reader, required_purpose
from api.statistics.bodies.changes import ChangesBody
from api.statistics.parameters import BY, PURPOSE, RELEASE_IN_PATH
from api.statistics.vocabulary import DatasetId, ReleaseId
from stats.errors import QueryRefused
from stats.models import EXACT
from stats.reading import catalogue
from stats.reading.audiences import up_to
from stats.revisions.changes import pair

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
        release = catalogue.find_own(release_id, up_to(self.audience))
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
