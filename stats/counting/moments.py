"""The moment of a release, and why a build may have to wait for it.

A version carries the time at which its transaction wrote it, and is seen once that transaction has ended. While a transaction
that began before the as-of moment is open, it may still commit a version of before that moment, and the same release built
later would differ.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection

from stats.errors import StillOpen, refuse

LONGEST = timedelta(seconds=120)
PAUSE_SECONDS = 0.2
CLOCK = "SELECT clock_timestamp()"
FORGET = "SELECT pg_stat_clear_snapshot()"
# Another role's session does not show when its transaction began; it counts as open where it holds a transaction id, that is,
# where it has written.
OPEN = """
SELECT count(*) FROM pg_stat_activity AS session
WHERE session.datname = current_database() AND session.pid <> pg_backend_pid() AND (
    (session.backend_type = 'client backend' AND session.xact_start <= %s)
    OR (session.backend_type IS NULL AND EXISTS (
        SELECT FROM pg_locks AS held
        WHERE held.pid = session.pid AND held.locktype = 'transactionid' AND held.mode = 'ExclusiveLock'
    ))
)
"""
# Its session is gone, and when it began with it: only that it was earlier than its preparation. So each one counts as open.
PREPARED = "SELECT count(*) FROM pg_prepared_xacts WHERE database = current_database()"
# Without it no session shows when its transaction began, and none would be waited for.
TRACKED = "SELECT current_setting('track_activities')::boolean"


def moment(as_of: datetime | None) -> datetime:
    """The as-of moment: the database's clock, or a moment not after it. Raises `ReleaseRefused`."""
    with connection.cursor() as cursor:
        cursor.execute(CLOCK)
        now: datetime = cursor.fetchone()[0]
    if as_of is None:
        return now
    if as_of.utcoffset() is None:
        raise refuse("Tidspunktet har ingen tidszone.", "The as-of moment has no time zone.")
    if as_of > now:
        raise refuse("Tidspunktet ligger i fremtiden.", "The as-of moment lies in the future.")
    return as_of


def wait_for_writers(as_of: datetime, *, longest: timedelta, tell: Callable[[str], None]) -> None:
    """Return once no transaction that began before `as_of` is open in this database. Raises `StillOpen` after `longest`.

    Raises `ReleaseRefused` where the server does not show which transactions are open.
    """
    check_tracking()
    until = time.monotonic() + longest.total_seconds()
    last = 0
    while count := count_open(as_of):
        if time.monotonic() >= until:
            raise StillOpen(
                f"{count} transaction(s) that began before the as-of moment did not end within {longest.total_seconds():g} s. "
                "See pg_stat_activity and pg_prepared_xacts for who holds them; then build again, or with an earlier --as-of."
            )
        if count != last:
            tell(f"waiting for {count} transaction(s) that began before {as_of.isoformat()}")
            last = count
        time.sleep(PAUSE_SECONDS)


def check_tracking() -> None:
    """Raise `ReleaseRefused` where sessions do not show when their transactions began."""
    with connection.cursor() as cursor:
        cursor.execute(TRACKED)
        if not cursor.fetchone()[0]:
            raise refuse(
                "track_activities er slået fra: serveren viser ikke, hvilke transaktioner der er åbne. Slå det til.",
                "track_activities is off: the server does not show which transactions are open. Set it on.",
            )


def count_open(as_of: datetime) -> int:
    """How many transactions of others began, or may have begun, before a moment and have not ended."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET)
        cursor.execute(OPEN, [as_of])
        running: int = cursor.fetchone()[0]
        # In this order: one that is prepared meanwhile is in the first count or in the second.
        cursor.execute(PREPARED)
        number: int = cursor.fetchone()[0]
    return running + number
