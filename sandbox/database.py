"""The database of a sandbox: when it is refused, backdating, and COPY into the tables of records and of count reports.

Invented records cannot be deleted again, so they must never be stored among real ones. In a database of invented records alone,
rows may give their own time of recording.

Writing does not use `cases.intake.submit` and `cases.intake.assess`: with a lock, a check of rules and four statements for each
record, a million persons would take hours. The database still checks every row (code lists, months, versions, foreign keys,
append-only triggers). Tests check every generated record against the cross-field rules. All of it is one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.utils import timezone

from cases.models import Assessment, Case, InventedData, Referral
from cases.months import COPENHAGEN
from partners.models import AuditEvent
from sandbox.counts import reports
from sandbox.organisations import real_partners
from sandbox.rows import ASSESSMENT_COLUMNS, CASE_COLUMNS, REFERRAL_COLUMNS, Rows
from stats import published
from stats.models import Release

SET_HISTORY = "SELECT set_config('henvis.history', %s, true)"
# The database refuses it where there are records.
DECLARE_INVENTED = "INSERT INTO cases_inventeddata (id) SELECT 1 WHERE NOT EXISTS (SELECT FROM cases_inventeddata)"


def can_be_backdated() -> bool:
    """Whether all records of this database are invented, or there are none."""
    return InventedData.objects.exists() or not any(
        model._default_manager.exists() for model in (Case, Referral, Assessment, Release)
    )


@contextmanager
def backdating() -> Iterator[None]:
    """Allow rows to give their own time of recording within this block. Needs a transaction and the owner's rights.

    It declares for ever that the records of this database are invented.
    """
    with connection.cursor() as cursor:
        cursor.execute(DECLARE_INVENTED)
        cursor.execute(SET_HISTORY, ["on"])
        yield
        cursor.execute(SET_HISTORY, ["off"])


# The action of the audit row of a loaded sandbox; the subject of the row is the seed.
LOAD_ACTION = "sandbox.load"
EARLIEST_YEAR = 2000
LARGEST = 20_000_000
# A year ends half a year later: by then its persons are decided, reported and corrected.
SETTLED_IN_MONTH = 7


class SandboxRefused(Exception):
    """The sandbox is not loaded. The message says why, and what to do."""


def check_database(*, seed: int, force: bool) -> None:
    """Raise `SandboxRefused` where the database has real partners or any records. `force` allows both."""
    if AuditEvent.objects.filter(action=LOAD_ACTION, subject=str(seed)).exists():
        raise SandboxRefused(f"The sandbox with seed {seed} is already loaded; its case tokens would be repeated.")
    if not can_be_backdated():
        raise SandboxRefused(
            "There are records that no sandbox invented. Records can be backdated only in a database of invented records: "
            "use an empty one."
        )
    if force:
        return
    if number := real_partners().count():
        raise SandboxRefused(
            f"{number} partner(s) of this database were not made by a sandbox, so this may be a real one. Invented records would "
            "stay in its statistics for ever. Use an empty database, or --force if this one is certainly not real."
        )
    if Case.objects.exists() or Referral.objects.exists() or Assessment.objects.exists():
        raise SandboxRefused(
            "There are records already. Use an empty database, or --force to add to them with another --seed."
        )


def check_size(persons: int | None, years: tuple[int, ...]) -> None:
    """Raise `SandboxRefused` for a size or for years that a sandbox cannot have."""
    if not years:
        raise SandboxRefused("The first year comes after the last.")
    if persons is None and not set(years) <= set(published.YEARS):
        first, last = published.YEARS[0], published.YEARS[-1]
        raise SandboxRefused(
            f"Figures of single years are published for {first}–{last}. For other years give --persons."
        )
    if persons is not None and not 1 <= persons <= LARGEST:
        raise SandboxRefused(f"A sandbox has between 1 and {LARGEST:,} persons.")
    if years[0] < EARLIEST_YEAR or years[-1] > latest_year():
        raise SandboxRefused(
            f"A sandbox has years from {EARLIEST_YEAR} to {latest_year()}: the last one must have ended half a year ago."
        )


def latest_year() -> int:
    """The last year that ended at least half a year ago, in Copenhagen."""
    today = timezone.now().astimezone(COPENHAGEN).date()
    return today.year - (1 if today.month >= SETTLED_IN_MONTH else 2)


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
