"""The program on the server that publishes what is scheduled, to the second.

It sleeps until the moment of the open schedule, by the database's clock. The database wakes it when a schedule is made, approved or
taken back. Whatever was due while it was away it publishes when it comes back. Each time that nothing is due it leaves a sign of
life: staff read of its silence before the moment comes.
"""

from __future__ import annotations

from dataclasses import dataclass

import structlog
from django.db import Error as DatabaseFailure
from django.db import connection

from core.failures import where_it_broke
from partners.jobs.signs import give_publisher_sign

log = structlog.get_logger("henvis.publisher")
# What its log says, for machines that watch it.
PUBLISHED, PUBLISHED_LATE, NOT_PUBLISHED = "release published", "release published late", "release not published"
STOPPED = "publisher stopped"  # by an error of the database while nothing was due
# After so long it looks anyway: a clock may be set, and a machine may sleep.
LONGEST_WAIT = 60.0
LATE_AFTER = 1.0
LISTEN = "LISTEN henvis_schedule"
OPEN = """
SELECT id, release_id, extract(epoch FROM due_at - clock_timestamp())::float8 FROM henvis_open_schedule()
ORDER BY due_at, id LIMIT 1
"""
PUBLISH = "SELECT henvis_publish_due(%s)"


@dataclass(frozen=True, slots=True)
class WaitingSchedule:
    """The open schedule. `seconds`: until its moment; below zero once that has passed."""

    id: int
    release: str
    seconds: float


def work(*, once: bool) -> None:
    """Publish what is due. With `once` it ends when nothing is, else it waits. Several may run: the database lets one publish.

    Raises an error of the database where that is away or fails, once it has said so in the log: whoever runs it starts it again.
    """
    schedule = None
    try:
        listen()
        while True:
            schedule = next_schedule()
            if schedule is not None and schedule.seconds <= 0:
                publish(schedule)
                continue
            give_publisher_sign()
            if once:
                return
            wait(min(LONGEST_WAIT, schedule.seconds) if schedule else LONGEST_WAIT)
    except DatabaseFailure as error:
        is_due = schedule is not None and schedule.seconds <= 0
        log.error(NOT_PUBLISHED if is_due else STOPPED, release=schedule and schedule.release, **where_it_broke(error))
        raise


def listen() -> None:
    """Ask to be woken. It comes before the first look, so that no schedule falls between the two."""
    with connection.cursor() as cursor:
        cursor.execute(LISTEN)


def next_schedule() -> WaitingSchedule | None:
    """The open schedule, if there is one."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN)
        row = cursor.fetchone()
    return WaitingSchedule(*row) if row else None


def wait(seconds: float) -> None:
    """Sleep for so long, or until the database says that a schedule has changed."""
    with connection.wrap_database_errors:
        for _ in connection.connection.notifies(timeout=seconds, stop_after=1):
            return


def publish(schedule: WaitingSchedule) -> None:
    """Publish what is due, or end its schedule with the reason. The log says which, by a code and without a figure."""
    with connection.cursor() as cursor:
        cursor.execute(PUBLISH, [schedule.id])
        ((code,),) = cursor.fetchall()
    about = {"release": schedule.release, "schedule": schedule.id, "late": round(-schedule.seconds, 3)}
    if code:
        log.error(NOT_PUBLISHED, **about, code=code)
    elif -schedule.seconds > LATE_AFTER:
        log.warning(PUBLISHED_LATE, **about)
    else:
        log.info(PUBLISHED, **about)
