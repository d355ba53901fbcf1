"""A job while its function runs, in a thread of the worker."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar

import structlog
from django.db import connection, connections

from partners.failures import where_it_broke
from partners.jobs.registry import ATTEMPTS, JobTask, let_go

log = structlog.get_logger("henvis.worker")
NOT_DONE = "job not done"
IS_CANCELLED = "SELECT abort_requested FROM procrastinate_jobs WHERE id = %s"
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
    """Do a job, with connections of its own. Raises what its function raises, once the log says where it did."""
    token = RUNNING.set(job_id)
    try:
        task.function()(**subject)
    except JobCancelled:
        raise
    except Exception as error:
        log.error(NOT_DONE, task=task.name, job=job_id, attempt=attempt, **where_it_broke(error))
        if attempt >= ATTEMPTS:
            let_go(task.name, subject)
        raise
    finally:
        RUNNING.reset(token)
        connections.close_all()
