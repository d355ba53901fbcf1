"""How far a delivery is, and until when what it left behind is there."""

from __future__ import annotations

from datetime import datetime
from math import ceil

from django.utils import timezone

from cases.intake.batches import tidy
from cases.intake.batches.stopping import AT_WORK
from cases.intake.models import Batch, BatchStage


def is_at_work(batch: Batch) -> bool:
    """Whether it is waited for."""
    return batch.state in AT_WORK


def commit_until(batch: Batch) -> datetime | None:
    """Until when its rows wait for a commit; None where none do."""
    return batch.finished_at + tidy.WAITS if batch.waits and batch.finished_at else None


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


def oldest_waiting() -> datetime:
    """When a delivery ended of which rows wait for just so long as they may."""
    return timezone.now() - tidy.WAITS


def is_waiting(batch: Batch) -> bool:
    """Whether its rows can still be committed."""
    return bool(batch.waits and batch.finished_at and batch.finished_at > oldest_waiting())
