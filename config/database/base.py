"""The database of Django's settings."""

from __future__ import annotations

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL. Before the first statement of a request, a connection that the server has ended is replaced by a new one.

    Nothing of the request was done by then, so that is safe; and a restart of the database passes unnoticed.
    """

    def is_usable(self) -> bool:
        """Whether the connection lives. The server tells an idle one nothing but its end, so silence is life: no round trip."""
        if self.connection is None or self.connection.closed:
            return False
        heard = select.poll()
        heard.register(self.connection.fileno(), select.POLLIN)
        return not heard.poll(0) or bool(super().is_usable())
