"""Locks: each partner has one writer at a time, and an erasure waits for all."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection

# An erasure holds this alone: it waits for the writers under way, and the next ones see what it left.
WRITING = "pg_advisory_xact_lock_shared(hashtextextended('henvis.erase', 0))"
# The subquery with the row lock is never merged into the outer one, so the clock is read after the locks are held: the times of
# one partner's versions rise with their numbers, whoever waited for whom. Triggers write this moment, whatever a statement says.
LOCK = (
    f"SELECT henvis_take_moment() FROM (SELECT {WRITING} FROM partners_partner WHERE id = %s FOR NO KEY UPDATE) AS held"
)


def serialise(partner_id: UUID) -> datetime:
    """Hold the partner's row until the transaction ends; return the database's time, read once the lock is held.

    FOR NO KEY UPDATE, so that inserts that refer to the partner by foreign key are not held up.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [partner_id])
        row = cursor.fetchone()
    if row is None:
        raise LookupError("no such partner")
    at: datetime = row[0]
    return at


def hold_off_erasures() -> None:
    """Hold off erasures until the transaction ends, for a writer that locks no partner."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {WRITING}")
