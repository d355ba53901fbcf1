"""Jobs: adding one in the transaction of whoever asks, one while its function runs, and forgetting those that ended.

Where that transaction is taken back, there is no job. Its function runs in a thread of the worker.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import nullcontext, suppress
from contextvars import ContextVar
from dataclasses import replace
from datetime import timedelta

import structlog
from django.db import Error, IntegrityError, connection, connections, transaction

from core.failures import where_it_broke
from partners.jobs.registry import ATTEMPTS, OF_INTAKE, TASKS, UPKEEP, JobTask, let_go

log = structlog.get_logger("henvis.worker")
NOT_DONE = "job not done"
IS_CANCELLED = "SELECT abort_requested FROM procrastinate_jobs WHERE id = %s"
BROKE = "UPDATE procrastinate_jobs SET henvis_error = %(error)s, henvis_where = %(where)s WHERE id = %(job)s AND status = 'doing'"
RUNNING: ContextVar[int | None] = ContextVar("running_job", default=None)


class JobCancelled(Exception):
    """What a function raises where it ends because staff cancelled its job."""


def is_cancelled() -> bool:
    """Whether staff have cancelled the job that runs here. A function that takes long asks between its steps. No job: False."""
    if (job_id := RUNNING.get()) is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute(IS_CANCELLED, [job_id])
        row = cursor.fetchone()
    return bool(row and row[0])


def run(task: JobTask, job_id: int, attempt: int, subject: Mapping[str, str]) -> None:
    """Do a job, with connections of its own. Raises what its function raises, once the log and the job say where it did."""
    token = RUNNING.set(job_id)
    try:
        task.function()(**subject)
    except JobCancelled:
        raise
    except Exception as error:
        where = where_it_broke(error)
        log.error(NOT_DONE, task=task.name, job=job_id, attempt=attempt, **where)
        write_down(job_id, where)
        if attempt >= ATTEMPTS:
            let_go(task.name, subject)
        raise
    finally:
        RUNNING.reset(token)
        connections.close_all()


def write_down(job_id: int, where: Mapping[str, str]) -> None:
    """Write on the job where it broke, by a new connection: the old one may be what broke. Where it cannot, the log has it."""
    connections.close_all()
    with suppress(Error), connection.cursor() as cursor:
        cursor.execute(BROKE, {**where, "job": job_id})


DEFER = """
SELECT unnest(procrastinate_defer_jobs_v1(ARRAY[ROW(%s::text, %s::text, %s::integer, %s::text, %s::text, %s::jsonb,
    now() + make_interval(secs => %s::float8))::procrastinate_job_to_defer_v1]))
"""
IS_OPEN = "SELECT EXISTS (SELECT FROM procrastinate_jobs WHERE queueing_lock = %s AND status IN ('todo', 'doing'))"
ONE_WAITS = "procrastinate_jobs_queueing_lock_idx_v1"
# What a job may be about: the id of a row. Never what was sent.
SUBJECT = re.compile(r"[0-9A-Za-z_-]{1,64}", re.ASCII)


def defer(
    name: str,
    *,
    lock: str | None = None,
    queueing_lock: str | None = None,
    after: timedelta | None = None,
    queue: str | None = None,
    **subject: str,
) -> int | None:
    """Have a task done: `jobs.defer("intake.read", batch_id=str(batch.pk))`. Returns the id of the job.

    `subject`: the arguments of its function, ids alone. `lock`: of the jobs of this task with the same one, one runs at a time, and
    those of others have their turn before the next. `queueing_lock`: of those with the same one waits at a time; where one does,
    this returns None and adds none. `after`: not before that. `queue`: another one of the same right than the task's.

    A task of `upkeep` takes none of these: its jobs are alike, and one runs and one waits. Raises `ValueError` for what may not
    be said, `KeyError` for a task that there is not.
    """
    task = TASKS[name]
    if not all(SUBJECT.fullmatch(each) for each in subject.values()):
        raise ValueError(f"a job of {name} may be about ids alone")
    if task.queue != UPKEEP:
        if queue not in {None, *OF_INTAKE}:
            raise ValueError(f"a job of {name} is of intake")
        task = replace(task, queue=queue or task.queue)
        return insert(task, lock and f"{name}:{lock}", queueing_lock and f"{name}:{queueing_lock}", after, subject)
    if subject or lock or queueing_lock or after or queue:
        raise ValueError(f"a job of {name} says nothing but that")
    return insert(task, name, name, None, {})


def is_open(name: str, *, queueing_lock: str) -> bool:
    """Whether a job of a task with this queueing lock waits or runs."""
    with connection.cursor() as cursor:
        cursor.execute(IS_OPEN, [f"{name}:{queueing_lock}"])
        ((is_there,),) = cursor.fetchall()
    return bool(is_there)


def insert(
    task: JobTask, lock: str | None, queueing_lock: str | None, after: timedelta | None, subject: dict[str, str]
) -> int | None:
    """Add the row. Returns its id; None where another with this queueing lock waits."""
    seconds = after.total_seconds() if after else None
    values: list[str | int | float | None] = [
        task.queue,
        task.name,
        task.priority,
        lock,
        queueing_lock,
        json.dumps(subject),
        seconds,
    ]
    try:
        with transaction.atomic() if queueing_lock else nullcontext(), connection.cursor() as cursor:
            cursor.execute(DEFER, values)
            ((job_id,),) = cursor.fetchall()
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) != ONE_WAITS:
            raise
        return None
    return int(job_id)


KEPT = timedelta(days=30)
FORGET = """
DELETE FROM procrastinate_jobs j WHERE status IN ('succeeded', 'failed', 'cancelled', 'aborted')
    AND NOT EXISTS (SELECT FROM procrastinate_events e WHERE e.job_id = j.id AND e.at > now() - make_interval(secs => %s))
"""


def forget_ended() -> int:
    """Delete the jobs that ended longer ago than they are kept, as the owner. Returns how many they were."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [KEPT.total_seconds()])
        return int(cursor.rowcount)
