"""Writing the audit. Every function that changes a credential or reads an exact figure writes its row itself; what reads records
for a client does so through `api.records.reads`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

from django.contrib.auth.models import User
from django.db import connection

from partners.models import Client


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a client of a partner, a user, or neither (a command on the server)."""

    client_id: int | None = None
    user_id: int | None = None

    @classmethod
    def of(cls, who: Client | User | None) -> Actor:
        """The actor behind a client, a user, or a command (None)."""
        if isinstance(who, Client):
            return cls(client_id=who.pk)
        return cls(user_id=who.pk if who is not None else None)


COMMAND = Actor()


# Written out, since every query of exact figures writes a row: the ORM would compile it anew each time.
INSERT = """
INSERT INTO partners_auditevent (id, client_id, user_id, action, subject, detail) VALUES (%s, %s, %s, %s, %s, %s)
"""


def record(*, by: Actor, action: str, subject: str, **detail: object) -> None:
    """Write one audit row in the caller's transaction. `detail` holds codes and settings, never payload."""
    row = [uuid4(), by.client_id, by.user_id, action, subject, json.dumps(detail)]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, row)


READ = "INSERT INTO partners_recordread (client_id, operation, rows, user_id) VALUES (%s, %s, %s, %s)"


def read(*, client_id: int, operation: str, rows: int, user_id: int | None = None) -> None:
    """Write down, in the caller's transaction, that a client has read records: how many, and never which.

    `user_id`: the person who read them on a page.
    """
    with connection.cursor() as cursor:
        cursor.execute(READ, [client_id, operation, rows, user_id])


@contextmanager
def one_transaction() -> Iterator[None]:
    """A transaction of the driver's own, for what is read and its row.

    Not Django's: under that a cursor cannot outlive the transaction, which the files of many rows need.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.transaction():
        yield
