"""A partner in test mode empties what it sent, as often as it likes."""

from __future__ import annotations

from collections import Counter

from django.db import connection, transaction

from cases.errors import NotInTestMode
from core.refusals import raised_as
from partners import locks
from partners.credentials import Principal
from partners.kinds import Mode

EMPTY = "SELECT key, value::integer FROM jsonb_each_text(henvis_empty_rehearsal(%s, %s, %s))"
# So many versions take a few seconds, far less than a statement may.
MOST = 10_000
VERSIONS = ("referral_versions", "assessment_versions", "count_versions", "acknowledgements", "service_statuses")


def empty(*, by: Principal) -> dict[str, int]:
    """Delete the caller's records for good, and return how many rows of each kind went. Raises `NotInTestMode`.

    The database's function asks for the mode itself, and touches no row that is live. What a broken connection left goes next time.
    """
    if by.mode != Mode.TEST:
        raise NotInTestMode
    total: Counter[str] = Counter()
    while True:
        counts = empty_some(by)
        total.update(counts)
        if all(counts[name] < MOST for name in VERSIONS):
            return dict(total)


def empty_some(by: Principal) -> dict[str, int]:
    """Delete at most `MOST` versions of each kind in a transaction of its own, and return how many rows of each kind went."""
    with raised_as(NotInTestMode), transaction.atomic():
        locks.serialise(by.partner_id)
        with connection.cursor() as cursor:
            cursor.execute(EMPTY, [by.partner_id, by.client_pk, MOST])
            return dict(cursor.fetchall())
