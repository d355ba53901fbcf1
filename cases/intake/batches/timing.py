"""How far a delivery is, and until when what it left behind is there."""

from __future__ import annotations

from datetime import datetime
from math import ceil

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from cases.intake.batches import tidy
from cases.intake.batches.stopping import AT_WORK
from cases.intake.models import Batch, BatchStage

# What somebody means to store. What a machine alone tries out is not.
IS_MEANT = Q(dry_run=False) | Q(user__isnull=False) | Q(confirmed_by__isnull=False)


def is_at_work(batch: Batch) -> bool:
    """Whether it is waited for."""
    return batch.state in AT_WORK


def commit_until(batch: Batch) -> datetime | None:
    """Until when its rows wait for a commit; None where none do. It counts from when they came, so that no act lengthens it."""
    return batch.created_at + tidy.WAITS if batch.waits else None


def kept_until(batch: Batch) -> datetime:
    """Until when its results are kept: from when it has ended, or would if it did now."""
    return (batch.finished_at or timezone.now()) + tidy.KEPT


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
    since = (now or timezone.now()) - tidy.WAITS
    return rows.filter(IS_MEANT, waits=True, created_at__gt=since).exclude(unchanged=F("total"))


def is_waiting(batch: Batch) -> bool:
    """Whether its rows can still be committed."""
    return batch.waits and batch.created_at > timezone.now() - tidy.WAITS
