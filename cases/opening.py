"""Opening a case, and finding the one that a token names."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection

from cases import tokens
from cases.models import Case
from partners.credentials import Principal
from partners.kinds import Mode

OPEN = """
INSERT INTO cases_case (id, token, test, token_unknown, opened_at, opened_by_id) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (token, test) DO NOTHING RETURNING id
"""
# One statement for a token that is known and for one that nobody issued: neither their number nor their text tells which it was.
FIND_OR_OPEN = f"""
WITH opened AS ({OPEN})
SELECT id FROM opened UNION ALL SELECT id FROM cases_case WHERE token = %s AND test = %s
"""


def case_for(token: str | None, *, by: Principal, at: datetime) -> Case:
    """The case of a canonical token, or a new one. A token that nobody issued opens a case marked `token_unknown`.

    The caller cannot tell the three apart: handing a token on is the linking, whoever issued it.
    """
    return open_new(by=by, at=at) if token is None else find_or_open(token, by=by, at=at)


def find_or_open(token: str, *, by: Principal, at: datetime) -> Case:
    """The case of a token in the caller's world (live or test), opened where there is none.

    One that another transaction opens meanwhile is waited for and is there at the second look.
    """
    test, row = by.mode == Mode.TEST, None
    with connection.cursor() as cursor:
        while row is None:
            cursor.execute(FIND_OR_OPEN, [uuid4(), token, test, True, at, by.partner_id, token, test])
            row = cursor.fetchone()
    return Case(id=row[0], token=token)


def open_new(*, by: Principal, at: datetime) -> Case:
    """A case of the caller's with a token of its own."""
    return open_in(test=by.mode == Mode.TEST, partner_id=by.partner_id, at=at)


def open_in(*, test: bool, partner_id: UUID, at: datetime) -> Case:
    """A case in the live or the test world with a token of its own; a collision in 50 random bits draws again."""
    while True:
        if case := insert(tokens.mint(), test=test, partner_id=partner_id, at=at):
            return case


def insert(token: str, *, test: bool, partner_id: UUID, at: datetime) -> Case | None:
    """Store a case, or nothing where its token is taken in its world."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN, [uuid4(), token, test, False, at, partner_id])
        row = cursor.fetchone()
    return Case(id=row[0], token=token) if row else None
