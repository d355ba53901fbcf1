"""What changed in a release since an earlier vintage, table by table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request

from api.http import parameters
from api.http.answers import ANSWERS, tag_of
from api.http.conditions import unchanged
from api.http.refusals import no_release, refusal
from api.statistics.audiences import OpenView, purpose_of, purpose_said, reader
from api.statistics.formats.formats import dumps, heading
from cases.dimensions import DATASETS
from cases.statistics.counting.cube import SEPARATOR
from cases.statistics.errors import QueryRefused
from cases.statistics.models import EXACT
from cases.statistics.reading import catalogue
from cases.statistics.reading.audiences import up_to
from cases.statistics.reading.measures import Status, count, legend
from cases.statistics.reading.terms import Terms
from cases.statistics.revisions.changes import Pair, Table, pair
from partners.text import Text

ASKED = ("from", "dataset", "by")


class ReleaseChanges(OpenView):
    """What changed in a release."""

    def get(self, request: Request, release_id: str) -> HttpResponse:
        """The changes since the vintage before; of an exact release, for a purpose and logged, since any earlier one."""
        asked = parameters.read(request, ASKED)
        release = catalogue.find(release_id, up_to(self.audience))
        if release is None:
            raise no_release(release_id)
        purpose = purpose_of(request) if release.audience == EXACT else purpose_said(request)
        try:
            found = pair(release, asked)
            exact = found.exact(by=reader(request), purpose=purpose) if purpose and release.audience == EXACT else None
        except QueryRefused as refused:
            raise refusal(refused) from None
        self.audience = release.audience
        headers = {"ETag": tag_of(found.key)}
        if unchanged(request, headers["ETag"]):
            return HttpResponse(status=304, headers=headers)
        content = ANSWERS.get(found.key, lambda: dumps(body(found, found.stored() if exact is None else exact)))
        headers["Content-Disposition"] = f'inline; filename="{release.id}_changes.json"'
        return HttpResponse(content, content_type="application/json", headers=headers)


def body(found: Pair, tables: Iterable[Table]) -> dict[str, Any]:
    """The changes. A cell that is not listed is as `unlisted` says."""
    release, notes = found.release, found.release.told.change_notes
    threshold = release.terms.threshold if isinstance(release.terms, Terms) else None
    told = {status: text for status, text in legend(threshold).items() if status in {Status.NORMAL, Status.HIDDEN}}
    return {
        "release": release.id,
        "from": found.since.id,
        "audience": release.audience,
        "change_notes": notes._asdict() if notes else None,
        "status": {status: text._asdict() for status, text in told.items()},
        "unlisted": found.unlisted,
        "tables": [table_body(table) for table in tables],
    }


def table_body(table: Table) -> dict[str, Any]:
    """One table. A code for each axis; the total has none."""
    dataset = DATASETS[table.dataset]
    axes = [dataset.axes[name] for name in table.axes.split(",") if name]
    rows = zip(table.codes, table.before, table.after, table.change, strict=True)
    return {
        "dataset": table.dataset,
        "axes": [axis.id for axis in axes],
        "title": Text(heading(dataset, axes, "da"), heading(dataset, axes, "en"))._asdict(),
        "rows": [row_body(*row) for row in rows],
    }


def row_body(codes: str, before: int | None, after: int | None, change: int | None) -> dict[str, Any]:
    """One cell in both vintages, null where it is hidden."""
    return {
        "codes": codes.split(SEPARATOR) if codes else [],
        "before": before,
        "after": after,
        "change": change,
        "status": count(change)[1],
    }
