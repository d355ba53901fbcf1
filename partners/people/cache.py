"""The cache behind the limits on guesses and the memory of used codes: one table for all processes.

Django's own database cache reads before it writes, counts its rows at every write, throws out arbitrary ones when full (among them
the limits) and unpickles what it finds. Here each operation is one statement, an entry stays until it expires, and a value is JSON.
"""

from __future__ import annotations

import hashlib
import json
import time
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection

UPSERT = """
INSERT INTO people_cacheentry AS held (key, value, expires_at)
VALUES (%s, %s, coalesce(clock_timestamp() + %s::float8 * interval '1 second', 'infinity'))
ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at {where}
RETURNING true
"""
SET = UPSERT.format(where="")
ADD = UPSERT.format(where="WHERE held.expires_at <= clock_timestamp()")
GET = "SELECT value::text FROM people_cacheentry WHERE key = %s AND expires_at > clock_timestamp()"
DELETE = "DELETE FROM people_cacheentry WHERE key = %s RETURNING expires_at > clock_timestamp()"
TIDY = "DELETE FROM people_cacheentry WHERE expires_at <= clock_timestamp()"


class Cache(BaseCache):
    """What the sign-in library asks of a cache: add, get, set, delete."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Store the value if nothing live is there; whether it was stored. Of callers at once one is told true."""
        return self._write(ADD, key, value, timeout, version)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """The live value, or the default."""
        row = run(GET, [self._digest_of(key, version)])
        return json.loads(row[0]) if row else default

    def set(self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._write(SET, key, value, timeout, version)

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget the value; whether a live one was there."""
        row = run(DELETE, [self._digest_of(key, version)])
        return bool(row and row[0])

    def clear(self) -> None:
        """Forget what has expired. What is live are limits, which nobody lifts for all at once."""
        with connection.cursor() as cursor:
            cursor.execute(TIDY)

    def _digest_of(self, key: str, version: int | None) -> str:
        return hashlib.sha256(self.make_key(key, version).encode()).hexdigest()

    def _write(self, sql: str, key: str, value: Any, timeout: Any, version: int | None) -> bool:
        end = self.get_backend_timeout(timeout)
        seconds_left = None if end is None else end - time.time()
        return run(sql, [self._digest_of(key, version), json.dumps(value), seconds_left]) is not None


def run(sql: str, parameters: list[Any]) -> tuple[Any, ...] | None:
    """The first row of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row
