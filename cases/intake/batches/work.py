"""The way of a batch: guard, check and stage, compare, store, report. Each step can be interrupted and taken up again.

A request does it at once for a small delivery, and a job for a large one. The functions are the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import batched
from pathlib import Path

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from msgspec import convert

from cases.errors import DomainError
from cases.intake.batches import reports, soft_checks, staging, storing
from cases.intake.batches.holding import AT_WORK, BatchCancelled, demand_open
from cases.intake.batches.rows import CheckedRow, RowReader
from cases.intake.batches.soft_checks import SoftChecks
from cases.intake.batches.staging import Chunk
from cases.intake.batches.stream import RowStream, collector_at_rest, read_ahead
from cases.intake.findings import FileRefused, Finding
from cases.intake.guard.check import MOST_TEXT, MOST_TEXT_AT_ONCE, TooMuchText
from cases.intake.models import Batch, BatchStage, BatchState, ErrorFile, Handling, RowResult
from cases.intake.readers import spool
from cases.intake.readers.formats import MEDIA_TYPES
from cases.intake.understanding.mapping import MappingContent
from partners import locks
from partners.kinds import Mode

# Storing one range of a lenient batch takes the partner's lock for about a second.
RANGE = 5_000
# All of a larger batch at once would hold up the partner's other writers for too long.
MOST_STRICT = 100_000


class TooMuchAtOnce(DomainError):
    """To look at the batch's file takes longer than its sender should wait."""


def work(batch: Batch, path: Path, *, at_once: bool = False) -> None:
    """Take a batch from where it is to its end. Raises `FileRefused` once the batch says so, and `BatchCancelled`.

    `at_once`: its sender waits. Raises `TooMuchAtOnce` then, and the batch is where it was.
    """
    try:
        move(batch, BatchStage(batch.stage), state=BatchState.RUNNING, began_at=batch.began_at or timezone.now())
        begin_again_if_lost(batch, path)
        for stage, step in (STEPS | {BatchStage.GUARDING: guard_at_once} if at_once else STEPS).items():
            if batch.stage == stage:
                step(batch, path)
        spool.forget(path)
    except FileRefused as refusal:
        refuse(batch, refusal)
        spool.forget(path)
        raise
    except BatchCancelled:
        clear(batch)
        spool.forget(path)
        raise


def move(batch: Batch, stage: BatchStage, **changes: object) -> None:
    """Bring a batch to a stage. Raises `BatchCancelled` where it was cancelled or given up meanwhile."""
    changes["stage"] = stage
    if stage != batch.stage:
        changes["began_at"] = timezone.now()
    rows = Batch.objects.filter(pk=batch.pk, state__in=AT_WORK).update(**changes)
    if not rows:
        raise BatchCancelled
    for name, value in changes.items():
        setattr(batch, name, value)


def begin_again_if_lost(batch: Batch, path: Path) -> None:
    """Begin again with the file where what waited is gone. Raises `FileRefused` where the file is gone too."""
    if batch.stage not in {BatchStage.COMPARING, BatchStage.STORING} or not storing.is_lost(batch):
        return
    if not path.exists():
        raise FileRefused("file_unreadable", [(Finding("file_gone"), None)])
    with transaction.atomic():
        RowResult.objects.filter(batch_id=batch.pk).delete()
        move(batch, BatchStage.GUARDING, done=0, applied=0)


def guard_at_once(batch: Batch, path: Path) -> None:
    """Look at every value while the sender waits. Raises `FileRefused` and `TooMuchAtOnce`."""
    try:
        guard(batch, path, MOST_TEXT_AT_ONCE)
    except TooMuchText:
        raise TooMuchAtOnce from None


def guard(batch: Batch, path: Path, most_text: int = MOST_TEXT) -> None:
    """Look at every value before anything of the file reaches the database. Raises `FileRefused`."""
    stream = stream_of(batch, path)
    stream.most_text = most_text
    total = stream.guard(lambda number: move(batch, BatchStage.GUARDING, done=number))
    if batch.handling == Handling.STRICT and total > MOST_STRICT:
        raise FileRefused("payload_too_large", [(Finding("too_many_rows_strict"), None)])
    move(
        batch,
        BatchStage.CHECKING,
        total=total,
        done=0,
        format=stream.format,
        sheet=stream.sheet,
        columns=stream.places,
        findings=[staging.stored_form(each) for each in stream.notices],
        mapping=stream.mapping.as_json(),
    )


def stream_of(batch: Batch, path: Path) -> RowStream:
    """The rows of a batch's file, with what its partner had told of its columns when it was taken in."""
    reader = RowReader(is_test=batch.partner.mode == Mode.TEST)
    return RowStream(path, MEDIA_TYPES[batch.format], reader, mapping=convert(batch.mapping, MappingContent))


def check(batch: Batch, path: Path) -> None:
    """Check and stage every row, chunk by chunk. Chunks that are staged already are only looked at again for the whole.

    A chunk holds off erasures, which could not find what is about to be written.
    """
    forget_if_incomplete(batch)
    stream, soft = stream_of(batch, path), SoftChecks(batch)
    chunks = ([stream.reader.read(row) for row in rows] for rows in batched(stream.rows(), staging.CHUNK))
    for chunk in read_ahead(chunks):
        with collector_at_rest():
            take(batch, stream, soft, chunk)
    storing.mark_repeats(batch)
    notices = [staging.stored_form(each) for each in stream.passed_over()]
    notes = {"questions": stream.questions(), "findings": [*batch.findings, *notices, *soft.findings()]}
    move(batch, BatchStage.COMPARING, total=batch.done, **notes)


def take(batch: Batch, stream: RowStream, soft: SoftChecks, rows: Sequence[CheckedRow]) -> None:
    """Check the rows of a chunk, and stage them where that was not done before."""
    with transaction.atomic():
        locks.hold_off_erasures()
        chunk = soft.take(rows, stream.reader.judge)
        if rows[0].index >= batch.done:
            place(chunk, stream)
            staging.stage(batch, chunk)
            move(batch, BatchStage.CHECKING, done=rows[-1].index + 1)


def place(chunk: Chunk, stream: RowStream) -> None:
    """Say of each finding on a row in which column it stands."""
    chunk.rejected = [stream.with_place(row) for row in chunk.rejected]
    for each in chunk.waiting:
        each.checks = [stream.in_column(finding) for finding in each.checks]


def forget_if_incomplete(batch: Batch) -> None:
    """Begin again where rows are gone that should wait: a crash of the database empties the table, which is in no log of its.

    Also where a release with chunks of another size goes on: what is done ends in the middle of one.
    """
    with connection.cursor() as cursor:
        cursor.execute(STAGED_OR_REJECTED, {"batch": batch.pk})
        ((number,),) = cursor.fetchall()
    is_amid_chunk = batch.done % staging.CHUNK and batch.done < (batch.total or 0)
    if number != batch.done or is_amid_chunk:
        with transaction.atomic():
            storing.forget_staged(batch.pk)
            RowResult.objects.filter(batch_id=batch.pk).delete()
            move(batch, BatchStage.CHECKING, done=0)


STAGED_OR_REJECTED = """
SELECT (SELECT count(*) FROM intake_stagedrow WHERE batch_id = %(batch)s)
    + (SELECT count(*) FROM intake_rowresult WHERE batch_id = %(batch)s)
"""


def compare(batch: Batch, path: Path) -> None:
    """Find out what each row would do, where it is not to be stored now."""
    if is_stored_at_once(batch):
        move(batch, BatchStage.STORING)
        return
    with transaction.atomic():
        storing.compare(batch, storing.RowRange(0, batch.total or 0))
        move(batch, BatchStage.REPORTING, **numbers(batch))


def is_stored_at_once(batch: Batch) -> bool:
    """Whether the rows are stored now: they are to be, nothing is asked, and no check of the whole file waits."""
    waits = batch.handling == Handling.STRICT and soft_checks.is_held(batch)
    return batch.is_to_be_stored and not (batch.questions or waits)


def store(batch: Batch, path: Path) -> None:
    """Store the rows: all of them or none, or range by range what can be stored. Each asks first whether the partner is open."""
    if batch.handling == Handling.STRICT:
        while batch.stage == BatchStage.STORING:
            demand_open(batch)
            store_whole(batch)
        return
    while batch.applied < (batch.total or 0):
        demand_open(batch)
        store_range(batch)
    with transaction.atomic():
        storing.forget_unheld(batch.pk)
        move(batch, BatchStage.REPORTING, **numbers(batch))


def store_whole(batch: Batch) -> None:
    """Store all rows or none, in one transaction with what the batch says of it."""
    with drawing_tokens(batch), transaction.atomic():
        is_stored = storing.store(batch, storing.RowRange(0, batch.total or 0), whole=True)
        if is_stored:
            storing.forget_staged(batch.pk)
        move(batch, BatchStage.REPORTING, stored=batch.stored or is_stored, **numbers(batch))


def store_range(batch: Batch) -> None:
    """Store a range of rows, in one transaction with what the batch says of it."""
    last = min(batch.applied + RANGE, batch.total or 0)
    with drawing_tokens(batch), transaction.atomic():
        storing.store(batch, storing.RowRange(batch.applied, last), whole=False)
        move(batch, BatchStage.STORING, applied=last, stored=True)


@contextmanager
def drawing_tokens(batch: Batch) -> Iterator[None]:
    """Draw new tokens where one was taken: the transaction is undone, and the step is done again by whoever called it."""
    before = batch.applied, batch.stage, batch.stored
    try:
        yield
    except IntegrityError as error:
        batch.applied, batch.stage, batch.stored = before
        storing.draw_tokens_again(batch, error)


def report(batch: Batch, path: Path) -> None:
    """Make the files that say what is wrong, and end."""
    reports.make(batch, stream_of(batch, path))
    is_in_doubt = bool(batch.rejected or batch.held or batch.questions) or soft_checks.is_held(batch)
    if batch.stored:
        needs_review = waits = bool(batch.held)
    else:
        needs_review, waits = is_in_doubt or not batch.dry_run, True
    state = BatchState.NEEDS_REVIEW if needs_review else BatchState.DONE
    move(batch, BatchStage.REPORTING, state=state, waits=waits, finished_at=timezone.now(), mapping={})


def numbers(batch: Batch) -> dict[str, int]:
    """How many rows have each outcome, as columns of the batch."""
    return {str(outcome): number for outcome, number in storing.counts(batch).items()}


def refuse(batch: Batch, refusal: FileRefused) -> None:
    """Keep that a file was refused, and nothing of it. Its key is free for another one."""
    clear(batch)
    Batch.objects.filter(pk=batch.pk).update(
        state=BatchState.FAILED,
        problem=refusal.code,
        findings=reports.of_refusal(refusal),
        finished_at=timezone.now(),
        key_digest=None,
        mapping={},
    )


def clear(batch: Batch) -> None:
    """Forget what waits of a batch; where nothing of it is stored, its results and its files too."""
    with transaction.atomic():
        storing.forget_staged(batch.pk)
        Batch.objects.filter(pk=batch.pk).update(waits=False, mapping={})
        if not Batch.objects.filter(pk=batch.pk, stored=True).exists():
            RowResult.objects.filter(batch_id=batch.pk).delete()
            ErrorFile.objects.filter(batch_id=batch.pk).delete()


STEPS = {
    BatchStage.GUARDING: guard,
    BatchStage.CHECKING: check,
    BatchStage.COMPARING: compare,
    BatchStage.STORING: store,
    BatchStage.REPORTING: report,
}
