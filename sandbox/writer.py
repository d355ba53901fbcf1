"""Writing a sandbox: COPY into the three tables of records, block by block, and of count reports, in one transaction.

It does not use `cases.intake.submit` and `cases.intake.assess`: with a lock, a check of rules and four statements for each record,
a million persons would take hours. The database still checks every row (code lists, months, versions, foreign keys, append-only
triggers). Tests check every generated record against the cross-field rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.db import connection

from sandbox.counts import reports
from sandbox.rows import ASSESSMENT_COLUMNS, CASE_COLUMNS, REFERRAL_COLUMNS, Rows

CHUNK = 2_000
TABLES = {
    "cases_case": CASE_COLUMNS,
    "cases_referral": REFERRAL_COLUMNS,
    "cases_assessment": ASSESSMENT_COLUMNS,
}


def write(blocks: Iterator[Rows], tell: Callable[[Rows], None]) -> None:
    """Write every block, and call `tell` after each. The caller holds the transaction.

    While the server stores one block, the next one is generated: two processors are busy, and two blocks are in memory.
    """
    connection.ensure_connection()
    with ThreadPoolExecutor(max_workers=1) as executor:
        pending: tuple[Future[None], Rows] | None = None
        for rows in blocks:
            settle(pending, tell)
            pending = executor.submit(copy, connection.connection, rows), rows
        settle(pending, tell)


def settle(pending: tuple[Future[None], Rows] | None, tell: Callable[[Rows], None]) -> None:
    """Wait until the pending block is written."""
    if pending is not None:
        pending[0].result()
        tell(pending[1])


def copy(raw: Any, rows: Rows) -> None:
    """Copy one block into the three tables, cases first. `raw` is the driver's connection, inside Django's transaction."""
    for (table, columns), lines in zip(TABLES.items(), (rows.cases, rows.referrals, rows.assessments), strict=True):
        copy_lines(raw, table, columns, lines)


def copy_lines(raw: Any, table: str, columns: Sequence[str], lines: Sequence[str]) -> None:
    with raw.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as stream:
        for begin in range(0, len(lines), CHUNK):
            stream.write("".join(lines[begin : begin + CHUNK]))


def write_reports(lines: Sequence[str]) -> None:
    """Write the versions of count reports. The caller holds the transaction."""
    connection.ensure_connection()
    copy_lines(connection.connection, reports.TABLE, reports.COLUMNS, lines)
