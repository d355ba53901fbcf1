"""The job of a batch: it goes on from where the batch is, however often it was ended."""

from __future__ import annotations

from uuid import UUID

from cases.intake import spool
from cases.intake.batches.work import AT_WORK, BatchCancelled, hold, refuse, work
from cases.intake.findings import FileRefused, Finding
from cases.intake.models import Batch, BatchStage

WORK_BATCH = "intake.work_batch"
NEEDS_FILE = frozenset({BatchStage.GUARDING, BatchStage.CHECKING})


def work_batch(batch_id: str) -> None:
    """Work on a batch until it ends. What is wrong with its file the batch says. Raises `BatchBusy`: then it is tried again."""
    batch = Batch.objects.select_related("partner").get(pk=UUID(batch_id))
    path = spool.place_of(batch.pk)
    spool.sweep()
    with hold(batch.pk):
        batch.refresh_from_db()
        if batch.state not in AT_WORK:
            spool.forget(path)
            return
        try:
            if batch.stage in NEEDS_FILE and not path.exists():
                refuse(batch, FileRefused("file_unreadable", [(Finding("file_gone"), None)]))
            else:
                work(batch, path)
        except (FileRefused, BatchCancelled):
            return
