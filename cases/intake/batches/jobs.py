"""The job of a batch: it goes on from where the batch is, however often it was ended."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from cases.intake.batches.holding import AT_WORK, BatchCancelled, hold
from cases.intake.batches.work import refuse, work
from cases.intake.findings import FileRefused, Finding
from cases.intake.models import Batch, BatchStage, BatchState
from cases.intake.readers import spool
from partners import jobs
from partners.kinds import Mode

WORK_BATCH, GAVE_UP = "intake.work_batch", "batch_given_up"
NEEDS_FILE = frozenset({BatchStage.GUARDING, BatchStage.CHECKING})


def hand_over(batch: Batch, *, is_large: bool) -> None:
    """Leave a batch to a job, in the transaction of whoever asks. Of a partner's jobs one runs at a time."""
    name = str(batch.pk)
    queue = queue_of(Mode(batch.partner.mode), is_large=is_large)
    jobs.defer(WORK_BATCH, queue=queue, lock=str(batch.partner_id), queueing_lock=name, batch_id=name)


def queue_of(mode: Mode, *, is_large: bool) -> str:
    """Where a batch waits: what is delivered not behind what is tried out, and what is small not behind what is large."""
    if mode == Mode.TEST:
        return jobs.REHEARSAL
    return jobs.LARGE if is_large else jobs.INTAKE


def is_with_job(batch: Batch) -> bool:
    """Whether a job of a batch waits or runs, so that whoever asks for it again is told how it stands."""
    return jobs.is_open(WORK_BATCH, queueing_lock=str(batch.pk))


def work_batch(batch_id: str) -> None:
    """Work on a batch until it ends. What is wrong with its file the batch says. Raises `BatchBusy`: then it is tried again."""
    batch = Batch.objects.select_related("partner").get(pk=UUID(batch_id))
    path = spool.place_of(batch.pk)
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
