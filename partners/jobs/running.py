"""A job while its function runs, in a thread of the worker."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from contextvars import ContextVar

import structlog
from django.db import Error, connection, connections

from core.failures import where_it_broke
from partners.jobs.registry import ATTEMPTS, JobTask, let_go

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
