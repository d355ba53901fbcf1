"""Working on a batch alone, or for a partner while it waits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection

from cases.errors import DomainError


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
