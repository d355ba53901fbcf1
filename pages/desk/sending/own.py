"""What every page of a delivery needs: the delivery, which is of the visitor's partner, and that its rows were read."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.utils import timezone

from cases.errors import NotFound
from cases.intake.batches import receive, timing
from cases.intake.models import Batch
from core.text import number_in
from pages.desk import reads
from pages.desk.frame import Visit
from partners import audit


def batch_of(visit: Visit, batch_id: UUID) -> Batch:
    """A delivery of the partner in the mode of the address. Raises `Http404`."""
    try:
        return receive.get(by=visit.by, batch_id=batch_id)
    except NotFound:
        raise Http404 from None


def has_results(batch: Batch) -> bool:
    """Whether the results of its rows are there: it has ended, and they are not forgotten."""
    return not timing.is_at_work(batch) and timezone.now() <= timing.kept_until(batch)


def note_rows(visit: Visit, page: str, rows: int) -> None:
    """Write down, in the caller's transaction, that the person was shown so many rows. Of none nothing was shown."""
    if rows:
        reads.write_down(visit, page, rows)


def note(visit: Visit, batch: Batch, action: str, **detail: object) -> None:
    """The audit row of an act on a delivery: who, which delivery, and nothing of its rows."""
    audit.record(by=visit.actor, action=action, subject=str(batch.pk), partner=str(visit.partner.pk), **detail)


def index_after(visit: Visit) -> int:
    """After which row a page of rows begins, as its address says it; -1 for the first page."""
    index = number_in(visit.request.GET.get("after", ""))
    return -1 if index is None else index
