"""The worker: procrastinate's, with what we ask beside it. `manage.py work` runs it.

It knows the tasks of its queues and no others, so that nobody has the owner read a file of strangers by adding a job. It does one
job at a time. Where the database is away it ends, and whoever runs it starts it again; what it had begun is then put back.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

import structlog
from procrastinate import App, JobContext
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import AlreadyEnqueued, JobAborted
from procrastinate.jobs import Job as QueuedJob
from procrastinate.jobs import Status
from procrastinate.manager import JobManager
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from procrastinate.worker import Worker

from core.failures import where_it_broke
from partners.jobs.queue import JobCancelled, run
from partners.jobs.registry import ATTEMPTS, UPKEEP, JobTask, of_queues

log = structlog.get_logger("henvis.worker")
STOPPED, RESUMED = "worker stopped", "interrupted jobs are taken up again"
# Seconds: between two looks for interrupted jobs; how long a job that runs may go on once the worker is asked to end.
LOOK_EVERY, GRACE = 30.0, 5.0
FIRST_WAIT, LONGEST_WAIT = 4, 900
RESUME = "SELECT henvis_resume_jobs(%(queues)s::text[], %(most)s::integer) AS number"
PUT_BACK = "SELECT henvis_put_back(%(job)s::bigint, %(moment)s::timestamptz, %(most)s::integer)"
BEGIN = "SELECT * FROM henvis_begin_job(%(queues)s::text[], %(worker)s::bigint)"
REGISTER = "INSERT INTO procrastinate_workers (henvis_queues) VALUES (%(queues)s::text[]) RETURNING id"
END = """
UPDATE procrastinate_workers SET henvis_ended = NOT %(gave_up)s::boolean, henvis_gave_up = %(gave_up)s::boolean
WHERE id = %(worker)s
"""
LET_GO = "UPDATE procrastinate_jobs SET worker_id = NULL WHERE worker_id = %(worker)s AND status = 'doing'"
PRUNE = """
DELETE FROM procrastinate_workers WHERE henvis_role = current_user AND last_heartbeat < now() - make_interval(secs => %(silent)s)
AND (henvis_ended OR henvis_queues <@ %(queues)s::text[])
RETURNING id
"""
FORGET_FAILURES = "DELETE FROM procrastinate_jobs WHERE task_name = %(name)s AND status IN ('failed', 'aborted')"

BELL = json.dumps({"type": "job_inserted", "job_id": 0})


class BellConnector(PsycopgConnector):
    """Looks for jobs whenever anything is said on a queue's channel. What is said is never read.

    Whoever may sign in to the database can say anything there, and the library's worker ends at the first word that is no JSON.
    """

    async def listen_notify(self, on_notification: Callable[..., Awaitable[None]], channels: Iterable[str]) -> None:
        """Listen until it is cancelled."""

        async def wake(*, channel: str, payload: str) -> None:
            await on_notification(channel=channel, payload=BELL)

        await super().listen_notify(wake, channels)


class Backoff(BaseRetryStrategy):
    """After a failure a job waits four times as long as the last time, seconds at first; after the last attempt it has failed."""

    def get_retry_decision(self, *, exception: BaseException, job: QueuedJob) -> RetryDecision | None:
        """When to begin it again. None: never."""
        if job.attempts + 1 >= ATTEMPTS:
            return None
        return RetryDecision(retry_in={"seconds": min(FIRST_WAIT ** (job.attempts + 1), LONGEST_WAIT)})


class FairManager(JobManager):
    """It begins jobs in turn. Of a task that is due again and again it keeps the latest job that failed, until one succeeds, and no
    other ended ones.
    """

    bells: frozenset[str] = frozenset()
    queues: Sequence[str] = ()
    gave_up = False

    async def fetch_job(self, queues: Iterable[str] | None, worker_id: int) -> QueuedJob | None:
        """Begin the job whose turn it is. None: none can be begun now."""
        rows = await self.connector.execute_query_all_async(BEGIN, queues=list(queues or ()), worker=worker_id)
        return QueuedJob.from_row(rows[0]) if rows else None

    async def finish_job(self, job: QueuedJob, status: Status, delete_job: bool) -> None:
        if is_bell := job.task_name in self.bells:
            await self.connector.execute_query_async(FORGET_FAILURES, name=job.task_name)
        await super().finish_job(job, status, delete_job or (is_bell and status is Status.SUCCEEDED))

    async def register_worker(self) -> int:
        """Add the row of a worker, with its queues: staff read which one is silent. Returns its id."""
        row = await self.connector.execute_query_one_async(REGISTER, queues=list(self.queues))
        number: int = row["id"]
        return number

    async def unregister_worker(self, worker_id: int) -> None:
        """Let go of what an ending worker has begun. Its row stays: staff read when a service gave its last sign of life, and
        whether it was stopped in order or gave up.
        """
        await self.connector.execute_query_async(LET_GO, worker=worker_id)
        await self.connector.execute_query_async(END, worker=worker_id, gave_up=self.gave_up)

    async def prune_stalled_workers(self, seconds_since_heartbeat: float) -> list[int]:
        """Delete the rows of ended workers, as one begins: those of its own role that were stopped, or whose queues it does."""
        rows = await self.connector.execute_query_all_async(
            PRUNE, silent=seconds_since_heartbeat, queues=list(self.queues)
        )
        return [row["id"] for row in rows]

    async def retry_job(self, job: QueuedJob, retry_at: datetime | None = None, *_: Any, **__: Any) -> None:
        """Have a job wait for its next attempt. Where another with the same queueing lock waits, that one is it."""
        await self.connector.execute_query_async(PUT_BACK, job=job.id, moment=retry_at, most=ATTEMPTS)


class StrictWorker(Worker):
    """A worker that ends where it cannot say how a job ended, and leaves a job that goes on too long to the next worker."""

    has_lost_job = False

    async def _persist_job_status(self, *args: Any, **kwargs: Any) -> None:
        """Say how a job ended. Where that fails the job stays begun, and a worker that went on would seem to be doing it."""
        try:
            await super()._persist_job_status(*args, **kwargs)
        except Exception as error:
            self.has_lost_job = True
            self.give_up(error)

    async def _fetch_and_process_jobs(self) -> None:
        """Begin what waits. Where that fails, whoever runs the worker is told."""
        try:
            await super()._fetch_and_process_jobs()  # type: ignore[no-untyped-call]
        except Exception:
            self.manager.gave_up = True
            raise

    async def _monitor_side_tasks(self, side_tasks: list[asyncio.Task[Any]]) -> None:
        """Wait until a task beside the jobs fails, and stop. One that has nothing to do ends and fails nobody."""
        await super()._monitor_side_tasks(side_tasks)
        if any(each.done() and not each.cancelled() and each.exception() for each in side_tasks):
            self.manager.gave_up = True

    @property
    def manager(self) -> FairManager:
        """What writes down how the worker ends."""
        assert isinstance(self.app.job_manager, FairManager)
        return self.app.job_manager

    def give_up(self, error: BaseException) -> None:
        """End because of an error."""
        log.error(STOPPED, **where_it_broke(error.__cause__ or error))
        self.manager.gave_up = True
        self.stop()

    async def _abort_running_jobs(self) -> None:
        """End the program: a thread cannot be ended by itself. Without a worker the job is taken up again at once."""
        assert self.worker_id is not None
        try:
            await self.app.job_manager.unregister_worker(self.worker_id)
        finally:
            os._exit(0)


def app_of(*queues: str) -> App:
    """The tasks of these queues, as procrastinate has them, on connections of its own to the database of the settings."""
    app = App(connector=BellConnector(kwargs=connector_params(), min_size=1, max_size=3))
    app.tasks.clear()  # the library's own would let whoever adds a job delete others
    app.job_manager = FairManager(app.connector)
    app.job_manager.queues = queues
    app.job_manager.bells = frozenset(each.name for each in of_queues(*queues) if each.every)
    for each in of_queues(*queues):
        lock = each.name if each.queue == UPKEEP else None
        options: dict[str, Any] = {"queue": each.queue, "priority": each.priority, "lock": lock, "queueing_lock": lock}
        task = app.task(name=each.name, retry=Backoff(), pass_context=True, **options)(doing(each))
        if each.every:
            app.periodic(cron=each.every)(task)
    return app


def doing(task: JobTask) -> Callable[..., None]:
    """The function that procrastinate calls for a task. `timestamp`: of a task that was due by itself, when."""

    def do(context: JobContext, timestamp: int | None = None, **subject: str) -> None:
        assert context.job.id is not None
        try:
            run(task, context.job.id, context.job.attempts + 1, subject)
        except JobCancelled:
            raise JobAborted from None

    return do


async def work(queues: Iterable[str], *, once: bool) -> bool:
    """Do the jobs of these queues: with `once` until none waits, else for ever. Returns whether each could be said to have ended.

    Raises `ConnectorException` where the database is away.
    """
    app = app_of(*queues)
    worker = StrictWorker(
        app,
        queues=[*queues],
        wait=not once,
        listen_notify=not once,
        shutdown_graceful_timeout=None if once else GRACE,
    )
    async with app.open_async():
        await resume(app, queues)
        await ring_all(app)
        looking = asyncio.create_task(keep_resuming(app, queues, worker))
        try:
            await worker.run()
        finally:
            looking.cancel()
    return not worker.has_lost_job


async def resume(app: App, queues: Iterable[str]) -> None:
    """Put back what ended workers of these queues had begun."""
    row = await app.connector.execute_query_one_async(RESUME, queues=list(queues), most=ATTEMPTS)
    if row["number"]:
        log.warning(RESUMED, jobs=row["number"])


async def keep_resuming(app: App, queues: Iterable[str], worker: StrictWorker) -> None:
    """Do that again and again. Where it cannot, the worker gives up."""
    try:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            await resume(app, queues)
    except Exception as error:
        worker.give_up(error)


async def ring_all(app: App) -> None:
    """Have every task done once that is due by itself: something may be missing since the last worker ended."""
    for periodic in app.periodic_registry.periodic_tasks.values():
        try:
            await periodic.task.defer_async()
        except AlreadyEnqueued:
            continue
