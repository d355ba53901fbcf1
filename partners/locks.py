"""One writer a partner at a time."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection

# The subquery with the row lock is never merged into the outer one, so the clock is read after the lock is held: the times of
# one partner's versions rise with their numbers, whoever waited for whom.
LOCK = "SELECT clock_timestamp() FROM (SELECT FROM partners_partner WHERE id = %s FOR NO KEY UPDATE) AS held"


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
