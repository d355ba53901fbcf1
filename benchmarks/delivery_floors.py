"""What the same rows cost the database alone: our statements fed with rows that are ready, and binary COPY to a bare table."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import batched
from uuid import UUID, uuid4

import psutil
from django.db import connection, transaction

from benchmarks.delivery_rows import Row
from benchmarks.serving import tree_cpu
from benchmarks.setting import Setting
from cases.intake.batches import staging, statements, storing, work
from cases.intake.batches.rows import RowReader, SentRow
from cases.intake.batches.staging import WaitingRow
from cases.intake.checks.content import content_digest
from cases.intake.models import Batch, BatchStage, BatchState, Handling
from cases.intake.readers.formats import NDJSON
from tests.callers import Caller

BARE = "bench_bare_referral"
PIECE = 1 << 18


@dataclass(frozen=True)
class Floor:
    """Seconds of the clock, and of the database's CPU."""

    seconds: float
    database_cpu: float


def measure(setting: Setting, act: Callable[[], object]) -> Floor:
    postmaster = psutil.Process(setting.postmaster)
    cpu, began = tree_cpu(postmaster), time.perf_counter()
    act()
    return Floor(time.perf_counter() - began, tree_cpu(postmaster) - cpu)


def same_sql(setting: Setting, caller: Caller, rows: Iterable[Row]) -> Floor:
    """Our statements from the first staged row to the last stored one. The lines are made before, and Python only hands them on."""
    batch = new_batch(caller)
    pieces = ["".join(lines) for lines in batched(staged_lines(batch, rows), staging.CHUNK)]
    number = sum(piece.count("\n") for piece in pieces)
    Batch.objects.filter(pk=batch.pk).update(total=number, done=number)
    batch.refresh_from_db()

    def act() -> None:
        for piece in pieces:
            with transaction.atomic():
                staging.copy("intake_stagedrow", statements.STAGED, [piece])
        storing.mark_repeats(batch)
        work.store_whole(batch)

    floor = measure(setting, act)
    if batch.created != batch.total:
        raise SystemExit("the statements did not store every row")
    return floor


def new_batch(caller: Caller) -> Batch:
    """A batch whose rows are checked."""
    return Batch.objects.create(
        partner=caller.partner,
        client=caller.client,
        fingerprint=uuid4().hex,
        dry_run=False,
        handling=str(Handling.STRICT),
        format=NDJSON,
        state=str(BatchState.RUNNING),
        stage=str(BatchStage.STORING),
    )


def staged_lines(batch: Batch, rows: Iterable[Row]) -> Iterable[str]:
    """Rows as the engine stages them."""
    reader = RowReader()
    for index, row in enumerate(rows):
        row_checked = reader.check(SentRow(index, index + 1, members=row))
        content = content_digest(UUID(row_checked.reference), row_checked.values)
        yield staging.staged_line(batch.pk, WaitingRow(row_checked, content=content))


def binary_copy(setting: Setting, caller: Caller) -> Floor:
    """The partner's stored rows into a table without an index or a constraint, as bytes that are ready."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {BARE} (LIKE cases_referral)")
        query = (
            f"COPY (SELECT * FROM cases_referral WHERE partner_id = '{caller.partner.pk}') TO STDOUT (FORMAT binary)"
        )
        with cursor.copy(query) as source:
            content = b"".join(source)

        def act() -> None:
            with cursor.copy(f"COPY {BARE} FROM STDIN (FORMAT binary)") as target:
                for start in range(0, len(content), PIECE):
                    target.write(content[start : start + PIECE])

        try:
            return measure(setting, act)
        finally:
            cursor.execute(f"DROP TABLE {BARE}")
