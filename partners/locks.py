"""Locks: each partner has one writer at a time, and an erasure waits for all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
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
def few_trips() -> Iterator[None]:
    """A transaction whose statements are sent without waiting for each other: only reading an answer waits (libpq's pipeline mode).

    One partner's writes follow one another, so each of them waits for every trip to the database that those before it make. An
    error of a statement whose answer nobody reads is raised at the end of the block; whatever was sent after it has done nothing.
    """
    connection.ensure_connection()
    pipeline = connection.connection.pipeline()
    with ExitStack() as stack:
        stack.enter_context(connection.wrap_database_errors)
        # COMMIT is sent with the last statements. A savepoint is ended by a statement, which must not be sent behind an error.
        for context in (
            (transaction.atomic(), pipeline) if connection.in_atomic_block else (pipeline, transaction.atomic())
        ):
            stack.enter_context(context)
        yield


def hold_off_erasures() -> None:
    """Hold off erasures until the transaction ends, for a writer that locks no partner."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {WRITING}")
