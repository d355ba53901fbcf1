"""Locks: each partner has one writer at a time, and an erasure waits for all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

# An erasure holds this alone: it waits for the writers under way, and the next ones see what it left.
WRITING = "pg_advisory_xact_lock_shared(hashtextextended('henvis.erase', 0))"
# The subquery with the row lock is never merged into the outer one, so the clock is read after the locks are held: the times of
# one partner's versions rise with their numbers, whoever waited for whom. Triggers write this moment, whatever a statement says.
LOCK = (
    f"SELECT henvis_take_moment() FROM (SELECT {WRITING} FROM partners_partner WHERE id = %s FOR NO KEY UPDATE) AS held"
)


def serialise(partner_id: UUID) -> datetime:
    """Hold the partner's row until the transaction ends; return the database's time, read once the lock is held.

    FOR NO KEY UPDATE, so that inserts that refer to the partner by foreign key are not held up.
    """
    with connection.cursor() as cursor:
        ask_for_turn(cursor, partner_id)
        return moment_of_turn(cursor)


def ask_for_turn(cursor: CursorWrapper, partner_id: UUID) -> None:
    """Send the statement of `serialise`. In a transaction of few trips, others can be sent behind it before its answer is read."""
    cursor.execute(LOCK, [partner_id])


def moment_of_turn(cursor: CursorWrapper) -> datetime:
    """The database's time, read once the lock is held."""
    row = cursor.fetchone()
    if row is None:
        raise LookupError("no such partner")
    at: datetime = row[0]
    return at


@contextmanager
def few_trips() -> Iterator[Callable[[], None]]:
    """A transaction whose statements are sent without waiting for each other (libpq's pipeline mode).

    One partner's writes follow one another, so each of them waits for every trip to the database that those before it make. It
    yields what waits for the answers of all that was sent. Call it before an answer is read, and compute before anything more is
    sent: only then the database takes the transaction for idle, and idle_in_transaction_session_timeout ends that of a program
    that hangs. An error of a statement whose answer nobody reads is raised by a later one or at the end of the block; whatever was
    sent after it has done nothing. No statement in the block says how many rows it changed, so the ORM's `save` of a stored row
    and `update` belong elsewhere.
    """
    is_outermost = not connection.in_atomic_block
    with connection.wrap_database_errors, transaction.atomic(), connection.connection.pipeline() as pipeline:
        yield pipeline.sync
        # COMMIT is sent with the last statements, and Django finds nothing left to commit. A savepoint is ended by a statement of
        # Django's after the pipeline, so that it is not sent behind an error.
        if is_outermost and not connection.needs_rollback:
            connection.connection.commit()


def hold_off_erasures() -> None:
    """Hold off erasures until the transaction ends, for a writer that locks no partner."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {WRITING}")
