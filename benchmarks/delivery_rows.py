"""Invented rows of a delivery, and what they cost the database alone.

They break no rule, and no check asks anything of them, so that a strict file is stored at once. The floors are our statements fed
with rows that are ready, and binary COPY to a bare table.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import batched, cycle, islice
from random import Random
from uuid import UUID, uuid4

import psutil
from django.db import connection, transaction

from benchmarks.serving import tree_cpu
from benchmarks.setting import Setting
from cases import dictionary as d
from cases.codelists.types import NOT_ASKED
from cases.fields import CodedField, CodeSetField, Field
from cases.intake.batches import staging, statements, storing, work
from cases.intake.batches.rows import RowReader, SentRow
from cases.intake.batches.staging import WaitingRow
from cases.intake.checks.content import content_digest
from cases.intake.checks.rows import row_checks
from cases.intake.models import Batch, BatchStage, BatchState, Handling
from cases.intake.readers.formats import NDJSON
from cases.months import later, month_id, this_month
from tests.callers import Caller

Row = dict[str, object]
MONTHS = 96
MOST_OF_SET = 2
BODIES = 1_500
REFERRED_IN = d.REFERRED_IN.name
REQUIRED = frozenset({"reference", *(field.name for field in d.REFERRAL if field.required)})


def rows(number: int, seed: int = 1) -> Iterator[Row]:
    """So many rows, each with a reference of its own. Months and bodies are dealt in turn, so that every month has as many."""
    random = Random(seed)
    months = [month_id(later(this_month(), -back)) for back in range(MONTHS, 0, -1)]
    bodies = min(BODIES, number)
    hand = list(islice(accepted_bodies(random), bodies))
    for place, body in enumerate(islice(cycle(hand), number)):
        month = months[(place + place // bodies) % MONTHS]
        yield {"reference": reference(random), **body, REFERRED_IN: month}


def short(row: Row) -> Row:
    """The members that a row must have: so a file of a million rows is no larger than one may be."""
    return {name: values for name, values in row.items() if name in REQUIRED}


def reference(random: Random) -> str:
    """A UUID of version 4."""
    return str(UUID(int=random.getrandbits(128), version=4))


def accepted_bodies(random: Random) -> Iterator[Row]:
    """What rows may say in the first and the last of the months, and so in all of them."""
    reader = RowReader()
    ends = [month_id(later(this_month(), -back)) for back in (MONTHS, 1)]
    while True:
        body = {each.name: value(each, random) for each in d.REFERRAL if isinstance(each, CodedField | CodeSetField)}
        body = {name: values for name, values in body.items() if values is not None}
        if all(is_accepted(reader, {"reference": reference(random), **body, REFERRED_IN: month}) for month in ends):
            yield body


def value(field: Field, random: Random) -> object:
    """Something that a field may say; None where it is left out."""
    match field:
        case CodedField():
            code = random.choice(field.allowed)
            return None if code == NOT_ASKED and not field.required else code
        case CodeSetField():
            return random.sample(field.codelist.names, random.randrange(MOST_OF_SET + 1))
    return None


def is_accepted(reader: RowReader, row: Row) -> bool:
    """Whether a row keeps all rules, and no check asks about it."""
    result = reader.check(SentRow(0, 1, members=row))
    return not result.errors and not row_checks(result.values)


def ndjson(rows: Iterable[Mapping[str, object]]) -> Iterator[bytes]:
    return (json.dumps(row).encode() + b"\n" for row in rows)


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
