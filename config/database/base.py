"""The database of Django's settings."""

from __future__ import annotations

import select
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

# How long a new connection may leave us without an answer until it has said how long a statement may take; and how much longer than
# that we wait, so that the server's own word comes first where it has one.
AT_FIRST, GRACE = 10.0, 2.0
HOW_LONG = "SELECT setting::int FROM pg_settings WHERE name = 'statement_timeout'"


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL. Before the first statement of a request, a connection that the server has ended is replaced by a new one.

    Nothing of the request was done by then, so that is safe; and a restart of the database passes unnoticed. A frozen server ends
    nothing, and its kernel takes what is sent: we wait for no statement of it longer than it should take.
    """

    def get_new_connection(self, conn_params: dict[str, Any]) -> psycopg.Connection[Any]:
        """A connection, whose every answer is waited for as long as a new one's."""
        connection: psycopg.Connection[Any] = super().get_new_connection(conn_params)
        wait_within(connection, AT_FIRST)
        return connection

    def init_connection_state(self) -> None:
        """Prepare it, and wait from now on for as long as a statement may take: for ever where it may take for ever."""
        super().init_connection_state()
        row = self.connection.execute(HOW_LONG).fetchone()
        wait_within(self.connection, row[0] / 1000 + GRACE if row and row[0] else None)

    def be_patient(self) -> None:
        """Wait for as long as the server does. A job that sets longer limits for its statements says so here."""
        if self.connection is not None:
            wait_within(self.connection, None)

    def is_usable(self) -> bool:
        """Whether the connection lives, and no transaction failed on it.

        The server tells an idle one nothing but its end, so silence is life: no round trip.
        """
        connection = self.connection
        if connection is None or connection.closed or connection.info.transaction_status == TransactionStatus.INERROR:
            return False
        poll = select.poll()
        poll.register(connection.fileno(), select.POLLIN)
        return not poll.poll(0) or bool(super().is_usable())


def wait_within(connection: psycopg.Connection[Any], seconds: float | None) -> None:
    """Have a connection raise `OperationalError`, and be closed, where an answer takes longer than this.

    Who waits for a notification says how long, and hears nothing most of the time: that is no silence of the server's.
    """

    def wait(gen: Any, *args: Any, **kwargs: Any) -> Any:
        if "timeout" in kwargs:
            return psycopg.Connection.wait(connection, gen, *args, **kwargs)
        try:
            return psycopg.Connection.wait(connection, gen, *args, **{"timeout": seconds, **kwargs})
        except psycopg.errors._WaitTimeout:
            connection.pgconn.finish()
            raise

    connection.wait = wait  # type: ignore[method-assign]
