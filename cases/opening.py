"""Opening a case, and finding the one that a token names."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, connection

from cases import tokens
from cases.models import Case
from partners.credentials import Principal
from partners.kinds import Mode

NEW = "INSERT INTO cases_case (id, token, test, token_unknown, opened_at, opened_by_id) VALUES (%s, %s, %s, %s, %s, %s)"
OPEN = f"{NEW} ON CONFLICT (token, test) DO NOTHING RETURNING id"
# The same statement for a known and an unknown token: neither the number nor the text of statements shows which it was.
FIND_OR_OPEN = f"""
WITH opened AS ({OPEN}), one AS (
    SELECT id FROM opened UNION ALL SELECT id FROM cases_case WHERE token = %s AND test = %s
)
SELECT one.id, {{}} FROM one
"""


def find_or_open(token: str, *, by: Principal, at: datetime, restriction: str) -> Case:
    """The case of a token among the caller's cases (live or test), opened where there is none.

    `restriction`: the condition, in SQL, that the person of the case `one.id` is restricted (`cases.linking.restriction`).

    A token that the centre did not issue opens a case marked `token_unknown`; the caller cannot tell. Quoting a token links the
    records, whoever issued it. Where another transaction is opening the same case, the statement waits for it, and the second one
    finds the case.
    """
    test, row = by.mode == Mode.TEST, None
    with connection.cursor() as cursor:
        while row is None:
            cursor.execute(
                FIND_OR_OPEN.format(restriction), [uuid4(), token, test, True, at, by.partner_id, token, test]
            )
            row = cursor.fetchone()
    case = Case(id=row[0], token=token)
    case.is_restricted = row[1]
    return case


def new_case(*, by: Principal, at: datetime) -> Case:
    """A case of the caller with a new token, which the statement that stores its first record opens.

    A token of 50 random bits can be taken. Then the transaction fails with an error that `is_token_taken` knows: begin again.
    """
    test = by.mode == Mode.TEST
    return Case(id=uuid4(), token=tokens.mint(), test=test, opened_at=at, opened_by_id=by.partner_id)


def row_of(case: Case) -> list[Any]:
    """The parameters of `NEW`."""
    return [case.id, case.token, case.test, case.token_unknown, case.opened_at, case.opened_by_id]


def is_token_taken(error: IntegrityError) -> bool:
    """Whether the error tells that the token of a new case was taken."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return diagnosis is not None and diagnosis.constraint_name == "case_token"


def open_in(*, test: bool, partner_id: UUID, at: datetime) -> Case:
    """A new live or test case with a new token. A token of 50 random bits that is taken is drawn again."""
    while True:
        if case := insert(tokens.mint(), test=test, partner_id=partner_id, at=at):
            return case


def insert(token: str, *, test: bool, partner_id: UUID, at: datetime) -> Case | None:
    """Store a case. Returns None where the token is taken."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN, [uuid4(), token, test, False, at, partner_id])
        row = cursor.fetchone()
    return Case(id=row[0], token=token) if row else None
