"""Work in threads of its own connections, and waiting for the database to say that one of them waits."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier

from django.db import connection, connections

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


def with_connection_closed[T](work: Callable[[], T]) -> T:
    """Do the work and close this thread's connections, so that the test database can be dropped."""
    try:
        return work()
    finally:
        connections.close_all()


def at_once[T](works: Sequence[Callable[[], T]]) -> list[T]:
    """Run every function in a thread of its own, all of them starting together; their results in order."""
    barrier = Barrier(len(works))

    def start(work: Callable[[], T]) -> T:
        connection.ensure_connection()
        barrier.wait(timeout=30)
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        futures = [pool.submit(with_connection_closed, lambda work=work: start(work)) for work in works]
        return [future.result(timeout=60) for future in futures]


class Background:
    """A thread pool whose threads close their connections."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(4)

    def __enter__(self) -> Background:
        return self

    def __exit__(self, *_: object) -> None:
        self.pool.shutdown()

    def start[T](self, work: Callable[[], T]) -> Future[T]:
        """Begin the work."""
        return self.pool.submit(with_connection_closed, work)


def wait_until_blocked(count: int = 1) -> None:
    """Return when so many other connections to this database wait for a lock. The database is asked, never the clock."""
    for _ in range(2000):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_stat_clear_snapshot()"
            )  # or a transaction would see the same picture again and again
            cursor.execute(WAITING)
            if cursor.fetchone()[0] >= count:
                return
        time.sleep(0.005)
    raise AssertionError("nothing waits for a lock")
