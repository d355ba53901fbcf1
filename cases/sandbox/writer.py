"""The one writer of the sandbox: COPY into the three tables, a block at a time, in one transaction.

It goes past `cases.intake.submit` and `cases.intake.assess`, which take a lock, a rule check and four statements a record: a
million persons would take hours. What the database itself demands still holds for every row (code lists, months, versions, foreign
keys, the append-only triggers); that the records keep the cross-field rules is shown by tests that check every generated one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.db import connection

from cases.sandbox.rows import ASSESSMENT_COLUMNS, CASE_COLUMNS, REFERRAL_COLUMNS, Rows

CHUNK = 2_000
TABLES = {
    "cases_case": CASE_COLUMNS,
    "cases_referral": REFERRAL_COLUMNS,
    "cases_assessment": ASSESSMENT_COLUMNS,
}


def write(blocks: Iterator[Rows], done: Callable[[Rows], None]) -> None:
    """Write every block; `done` is told each one. The caller holds the transaction.

    While the server takes one block in, the next one is told: two processors are kept busy, and two blocks in memory.
    """
    connection.ensure_connection()
    with ThreadPoolExecutor(max_workers=1) as executor:
        pending: tuple[Future[None], Rows] | None = None
        for rows in blocks:
            settle(pending, done)
            pending = executor.submit(copy, connection.connection, rows), rows
        settle(pending, done)


def settle(pending: tuple[Future[None], Rows] | None, done: Callable[[Rows], None]) -> None:
    """Wait for the block that is being written."""
    if pending is not None:
        pending[0].result()
        done(pending[1])


def copy(raw: Any, rows: Rows) -> None:
    """One block into the three tables, cases first. `raw` is the driver's connection, inside Django's transaction."""
    with raw.cursor() as cursor:
        for (table, columns), lines in zip(TABLES.items(), (rows.cases, rows.referrals, rows.assessments), strict=True):
            with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as stream:
                for begin in range(0, len(lines), CHUNK):
                    stream.write("".join(lines[begin : begin + CHUNK]))
