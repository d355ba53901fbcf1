"""How far a delivery is, until when what it leaves behind is there, and forgetting it.

Rows go a day after they came, results after thirty, and mappings that nobody uses. The list of attempts stays.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from cases.intake.batches.holding import AT_WORK
from cases.intake.batches.jobs import GAVE_UP
from cases.intake.models import Batch, BatchStage, BatchState, ErrorFile, RowResult
from cases.intake.understanding import mappings

WAITS = timedelta(hours=24)
KEPT = timedelta(days=30)
# Of a batch that nobody works on any more, and of one that was stored, nothing may wait.
FORGET_STAGED = """
DELETE FROM intake_stagedrow s WHERE NOT EXISTS (
    SELECT FROM intake_batch b WHERE b.id = s.batch_id AND (b.waits OR b.state IN ('queued', 'running'))
)
"""


def forget() -> dict[str, int]:
    """Forget it all. Returns how many rows of each kind."""
    now = timezone.now()
    old_ones = Batch.objects.filter(state__in=AT_WORK, created_at__lt=now - WAITS)
    # What was committed in time is stored after it.
    unfinished_batches = old_ones.exclude(began_at__gte=now - WAITS, dry_run=False, confirmed_by=None)
    with transaction.atomic():
        unfinished_batches.filter(stored=True, stage=BatchStage.REPORTING).update(
            state=BatchState.DONE, finished_at=now, mapping={}
        )
        unfinished_batches.update(state=BatchState.FAILED, problem=GAVE_UP, finished_at=now, mapping={})
        Batch.objects.filter(waits=True, created_at__lt=now - WAITS).update(waits=False)
        with connection.cursor() as cursor:
            cursor.execute(FORGET_STAGED)
            staged_rows = cursor.rowcount
        old = Batch.objects.filter(finished_at__lt=now - KEPT)
        results, _ = RowResult.objects.filter(batch_id__in=old.values("pk")).delete()
        files, _ = ErrorFile.objects.filter(batch_id__in=old.values("pk")).delete()
    unused_mappings = mappings.forget()
    return {
        "staged rows": staged_rows,
        "results of rows": results,
        "files of errors": files,
        "own columns and words": unused_mappings,
    }


# What somebody means to store. What a machine alone tries out is not.
IS_MEANT = Q(dry_run=False) | Q(user__isnull=False) | Q(confirmed_by__isnull=False)


def is_at_work(batch: Batch) -> bool:
    """Whether it is waited for."""
    return batch.state in AT_WORK


def commit_until(batch: Batch) -> datetime | None:
    """Until when its rows wait for a commit; None where none do. It counts from when they came, so that no act lengthens it."""
    return batch.created_at + WAITS if batch.waits else None


def kept_until(batch: Batch) -> datetime:
    """Until when its results are kept: from when it has ended, or would if it did now."""
    return (batch.finished_at or timezone.now()) + KEPT


def eta_of(batch: Batch, now: datetime) -> int | None:
    """Seconds until the present stage is probably done; None where nothing tells: all of a batch at once is stored by one step."""
    rows_done = batch.applied if batch.stage == BatchStage.STORING else batch.done
    if not rows_done or not batch.total or batch.began_at is None:
        return None
    seconds = (now - batch.began_at).total_seconds()
    return ceil(max(0, batch.total - rows_done) * seconds / rows_done)


def waiting_for_people(rows: QuerySet[Batch], now: datetime | None = None) -> QuerySet[Batch]:
    """Those of some deliveries of which rows wait, now or at a moment, for one of the partner's people to store or cancel them.

    What a machine tries out waits for nobody, nor does a file with nothing new.
    """
    since = (now or timezone.now()) - WAITS
    return rows.filter(IS_MEANT, waits=True, created_at__gt=since).exclude(unchanged=F("total"))


def is_waiting(batch: Batch) -> bool:
    """Whether its rows can still be committed."""
    return batch.waits and batch.created_at > timezone.now() - WAITS
