"""Adding a job, in the transaction of whoever asks: where that is taken back, there is no job."""

from __future__ import annotations

import json
import re
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta

from django.db import IntegrityError, connection, transaction

from partners.jobs.registry import OF_INTAKE, TASKS, UPKEEP, JobTask

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
