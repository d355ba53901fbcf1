"""How far publishing has come: what anybody may read of releases is a function of it.

A published release, its tables and its certificate never change. What can be added afterwards are publications, withdrawals,
errata and signs "under review". Their tables lose no row and change none, so their sizes and latest moments are a version of
everything public.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection

State = tuple[int | datetime | None, ...]

STATE = """
SELECT p.n, p.last, w.n, w.last, e.n, e.last, s.n, t.n
FROM (SELECT count(*) AS n, max(published_at) AS last FROM statistics_publication) p,
     (SELECT count(*) AS n, max(withdrawn_at) AS last FROM statistics_withdrawal) w,
     (SELECT count(*) AS n, max(decided_at) AS last FROM statistics_erratumdecision WHERE approved) e,
     (SELECT count(*) AS n FROM statistics_reviewsign) s,
     (SELECT count(*) AS n FROM statistics_reviewsignend) t
"""


def state() -> State:
    """The state now. One statement. What is read after it is of this state or a later one."""
    with connection.cursor() as cursor:
        cursor.execute(STATE)
        row: State = cursor.fetchone() or ()
        return row
