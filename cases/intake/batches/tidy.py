"""Forgetting what deliveries leave behind: rows a day after they came, results after thirty, and mappings that nobody uses.

The list of attempts stays.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from cases.intake.batches.jobs import GAVE_UP
from cases.intake.batches.stopping import AT_WORK
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
