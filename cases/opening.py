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
FIND = "SELECT id FROM cases_case WHERE token = %s AND test = %s"


def case_for(token: str | None, *, by: Principal, at: datetime) -> Case:
    """The case of a canonical token, or a new one. A token that nobody issued opens a case marked `token_unknown`.

    The caller cannot tell the three apart: handing a token on is the linking, whoever issued it.
    """
    if token is None:
        return open_new(by=by, at=at)
    return find(token, by=by) or open_with(token, by=by, at=at, unknown=True) or found(token, by=by)


def find(token: str, *, by: Principal) -> Case | None:
    """The case of a token in the caller's world (live or test)."""
    with connection.cursor() as cursor:
        cursor.execute(FIND, [token, by.mode == Mode.TEST])
        row = cursor.fetchone()
    return Case(id=row[0], token=token) if row else None


def found(token: str, *, by: Principal) -> Case:
    """The case that another transaction opened with this token while we tried."""
    case = find(token, by=by)
    if case is None:
        raise LookupError("a case vanished")
    return case


def open_new(*, by: Principal, at: datetime) -> Case:
    """A case of the caller's with a token of its own."""
    return open_in(test=by.mode == Mode.TEST, partner_id=by.partner_id, at=at)


def open_in(*, test: bool, partner_id: UUID, at: datetime) -> Case:
    """A case in the live or the test world with a token of its own; a collision in 50 random bits draws again."""
    while True:
        if case := insert(tokens.mint(), test=test, partner_id=partner_id, at=at, unknown=False):
            return case


def open_with(token: str, *, by: Principal, at: datetime, unknown: bool) -> Case | None:
    """Open a case with this token, or None where one has it already."""
    return insert(token, test=by.mode == Mode.TEST, partner_id=by.partner_id, at=at, unknown=unknown)


def insert(token: str, *, test: bool, partner_id: UUID, at: datetime, unknown: bool) -> Case | None:
    """Store a case, or nothing where its token is taken in its world."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN, [uuid4(), token, test, unknown, at, partner_id])
        row = cursor.fetchone()
    return Case(id=row[0], token=token) if row else None
