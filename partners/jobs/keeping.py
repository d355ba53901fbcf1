"""How long ended jobs are kept."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection

KEPT = timedelta(days=30)
FORGET = """
DELETE FROM procrastinate_jobs j WHERE status IN ('succeeded', 'failed', 'cancelled', 'aborted')
    AND NOT EXISTS (SELECT FROM procrastinate_events e WHERE e.job_id = j.id AND e.at > now() - make_interval(secs => %s))
"""


def forget_ended() -> int:
    """Delete the jobs that ended longer ago than they are kept, as the owner. Returns how many they were."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [KEPT.total_seconds()])
        return int(cursor.rowcount)
