"""Batches that are stopped while they are worked on: cancelled by their sender, given up, or of a partner that was closed."""

from __future__ import annotations

from django.utils import timezone

from cases.errors import DomainError
from cases.intake.models import Batch, BatchState
from partners.models import Partner

AT_WORK = (BatchState.QUEUED, BatchState.RUNNING)


class BatchCancelled(DomainError):
    """The batch was cancelled while it was worked on, or given up after a day."""


def demand_open(batch: Batch) -> None:
    """Cancel a batch whose partner was closed since it came, by staff or by a succession. Raises `BatchCancelled`.

    Whoever sent it may no longer send, and the worker stores with the owner's rights, whom no trigger stops.
    """
    if Partner.objects.filter(pk=batch.partner_id, active=True).exists():
        return
    of_batch = Batch.objects.filter(pk=batch.pk, state__in=AT_WORK)
    of_batch.update(state=BatchState.CANCELLED, waits=False, finished_at=timezone.now())
    raise BatchCancelled
