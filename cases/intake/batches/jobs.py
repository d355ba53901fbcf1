"""The job of a batch: it goes on from where the batch is, however often it was ended."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from cases.intake import spool
from cases.intake.batches.holding import hold
from cases.intake.batches.work import AT_WORK, BatchCancelled, refuse, work
from cases.intake.findings import FileRefused, Finding
from cases.intake.models import Batch, BatchStage, BatchState
from partners import jobs
from partners.kinds import Mode

WORK_BATCH, GAVE_UP = "intake.work_batch", "batch_given_up"
# What partners try out waits behind what is delivered.
PRIORITIES = {Mode.LIVE: 10, Mode.TEST: 0}
NEEDS_FILE = frozenset({BatchStage.GUARDING, BatchStage.CHECKING})


def hand_over(batch: Batch) -> None:
    """Leave a batch to a job, in the transaction of whoever asks."""
    name, priority = str(batch.pk), PRIORITIES[Mode(batch.partner.mode)]
    jobs.defer(WORK_BATCH, lock=name, queueing_lock=name, priority=priority, batch_id=name)


def work_batch(batch_id: str) -> None:
    """Work on a batch until it ends. What is wrong with its file the batch says. Raises `BatchBusy`: then it is tried again."""
    batch = Batch.objects.select_related("partner").get(pk=UUID(batch_id))
    path = spool.place_of(batch.pk)
    spool.sweep()
    with hold(batch.pk):
        batch.refresh_from_db()
        take_up(batch)
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


def take_up(batch: Batch) -> None:
    """Begin again with a batch that was given up: staff have asked for it."""
    given_up = Batch.objects.filter(pk=batch.pk, state=BatchState.FAILED, problem=GAVE_UP)
    if given_up.update(state=BatchState.QUEUED, problem="", finished_at=None):
        batch.refresh_from_db()


def give_up(batch_id: str) -> None:
    """Say of a batch that it will not be done: staff have cancelled its job, or the last attempt failed. A worker at it stops."""
    at_work = Batch.objects.filter(pk=UUID(batch_id), state__in=AT_WORK)
    at_work.update(state=BatchState.FAILED, problem=GAVE_UP, finished_at=timezone.now())
