"""A partner in test mode empties what it sent, as often as it likes."""

from __future__ import annotations

from django.db import connection, transaction

from cases.errors import NotInTestMode
from partners import locks
from partners.credentials import Principal
from partners.kinds import Mode
from partners.refusals import raised_as

EMPTY = "SELECT key, value::integer FROM jsonb_each_text(henvis_empty_rehearsal(%s, %s))"


def empty(*, by: Principal) -> dict[str, int]:
    """Delete the caller's records for good, and return how many rows of each kind went. Raises `NotInTestMode`.

    The database's function asks for the mode itself, and touches no row that is live.
    """
    if by.mode != Mode.TEST:
        raise NotInTestMode
    with raised_as(NotInTestMode), transaction.atomic():
        locks.serialise(by.partner_id)
        with connection.cursor() as cursor:
            cursor.execute(EMPTY, [by.partner_id, by.client_pk])
            return dict(cursor.fetchall())
