"""The database of Django's settings."""

from __future__ import annotations

import select

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL. Before the first statement of a request, a connection that the server has ended is replaced by a new one.

    Nothing of the request was done by then, so that is safe; and a restart of the database passes unnoticed.
    """

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
