"""Working on a batch alone, and stopping where it was cancelled, given up, or its partner was closed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection
from django.db.models import Exists
from django.utils import timezone

from cases.errors import DomainError
from cases.intake.models import Batch, BatchState
from partners.models import Partner, Secret


class BatchBusy(DomainError):
    """Somebody else works on the batch now, or for the partner."""


@contextmanager
def hold(whose: UUID) -> Iterator[None]:
    """Work alone, on a batch or for a partner, across transactions. Raises `BatchBusy`. Whoever dies lets go."""
    number = int.from_bytes(whose.bytes[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
        if cursor.fetchone() != (True,):
            raise BatchBusy
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [number])


AT_WORK = (BatchState.QUEUED, BatchState.RUNNING)


class BatchCancelled(DomainError):
    """The batch was cancelled while it was worked on, or given up after a day."""


def demand_open(batch: Batch) -> None:
    """Cancel a batch whose sender may no longer send. Raises `BatchCancelled`.

    The partner was closed since it came, by staff or by a succession; or every secret of the client was revoked, as a leaked one
    is. The worker stores with the owner's rights, whom no trigger stops.
    """
    secrets = Secret.objects.filter(client=batch.client_id)
    is_revoked = Exists(secrets) & ~Exists(secrets.filter(revoked_at=None))
    if Partner.objects.filter(~is_revoked, pk=batch.partner_id, active=True).exists():
        return
    of_batch = Batch.objects.filter(pk=batch.pk, state__in=AT_WORK)
    of_batch.update(state=BatchState.CANCELLED, waits=False, finished_at=timezone.now())
    raise BatchCancelled
