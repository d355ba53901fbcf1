"""Jobs are done: once, again after a failure, and by another worker where one was killed."""

from __future__ import annotations

import asyncio
import html
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection, transaction
from procrastinate.jobs import Job as QueuedJob
from procrastinate.periodic import PeriodicDeferrer
from structlog.testing import capture_logs

from config import env
from partners import jobs
from partners.jobs import worker
from partners.jobs.models import Job
from partners.jobs.registry import ATTEMPTS, OF_INTAKE
from partners.models import AuditEvent
from tests.callers import as_web_server
from tests.jobs import toys
from tests.jobs.conftest import Work
from tests.people.visitors import signed_in, staff
from tests.stats.web_role import rows
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
LOST = "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'"
SAY = "SELECT pg_notify('procrastinate_queue_v1#intake', %(word)s)"
DUE = "UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'"


def sql(statement: str) -> None:
    """Run a statement as the owner."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


def notes() -> list[str]:
    """What was done."""
    return sorted(AuditEvent.objects.filter(action="toy.note").values_list("subject", flat=True))


def states() -> list[tuple[str, int]]:
    """The states and failed attempts of the jobs, the oldest first."""
    return list(Job.objects.order_by("id").values_list("status", "attempts"))


def test_a_job_is_there_if_what_it_belongs_to_is(work: Work) -> None:
    with pytest.raises(KeyError), transaction.atomic():
        jobs.defer("intake.note", batch="lost")
        raise KeyError
    with as_web_server(), transaction.atomic():
        jobs.defer("intake.note", batch="kept")
    assert work("intake")
    assert (notes(), states()) == (["kept"], [("succeeded", 1)])


def test_two_workers_do_each_job_once() -> None:
    names = [f"b{number:02}" for number in range(12)]
    for name in names:
        jobs.defer("intake.note", batch=name)
    at_once([lambda: asyncio.run(worker.work(["intake"], once=True))] * 2)
    assert notes() == names


def test_of_jobs_that_wait_with_one_queueing_lock_there_is_one() -> None:
    with transaction.atomic(), as_web_server():
        first = jobs.defer("intake.note", queueing_lock="a", batch="a")
        assert first is not None
        assert jobs.defer("intake.note", queueing_lock="a", batch="a") is None
        assert jobs.defer("intake.note", queueing_lock="b", batch="b") is not None
        assert jobs.defer("toys.ring") is not None and jobs.defer("toys.ring") is None
    assert Job.objects.count() == 3


def test_a_job_can_wait_for_a_moment(work: Work) -> None:
    jobs.defer("intake.note", after=timedelta(hours=1), batch="later")
    work("intake")
    assert states() == [("todo", 0)]
    sql(DUE)
    work("intake")
    assert notes() == ["later"]


@pytest.mark.parametrize("subject", ["", "a b", "x" * 65, "Ærø", '{"gender": "F"}'])
def test_a_job_is_about_ids_and_says_nothing_else(subject: str) -> None:
    with pytest.raises(ValueError, match="ids alone"):
        jobs.defer("intake.note", batch=subject)
    with pytest.raises(ValueError, match="says nothing but that"):
        jobs.defer("toys.ring", order="1")
    assert not Job.objects.exists()


def test_a_failed_job_is_begun_again_and_at_last_has_failed(work: Work) -> None:
    jobs.defer("intake.fail", batch="a")
    with capture_logs() as lines:
        for attempt in range(1, ATTEMPTS + 1):
            assert work("intake")
            assert states() == [("todo" if attempt < ATTEMPTS else "failed", attempt)]
            assert (Job.objects.get().scheduled_at is not None) == (attempt < ATTEMPTS)
            sql(DUE)
    assert notes() == ["a"] * ATTEMPTS
    assert [(each["event"], each["task"], each["error"], each["attempt"]) for each in lines] == [
        ("job not done", "intake.fail", "ValueError", attempt) for attempt in range(1, ATTEMPTS + 1)
    ]
    assert toys.SECRET not in repr(lines)
    job = Job.objects.get()
    assert job.error == "ValueError" and re.fullmatch(r"jobs/toys\.py:\d+", job.where)
    assert toys.SECRET not in repr(
        rows("SELECT j::text FROM procrastinate_jobs j UNION ALL SELECT e::text FROM procrastinate_events e")
    )
    page = html.unescape(
        signed_in(staff("manager", "partner_manager")).get(f"/admin/jobs/job/{job.pk}/change/").content.decode()
    )
    assert f"ValueError {job.where}" in page and toys.SECRET not in page
    assert f"journalctl -u henvis-worker@intake), in the lines “job not done” with job {job.pk}." in page
    assert AuditEvent.objects.filter(action="toy.let_go").count() == 1


def test_a_job_whose_workers_ended_before_it_has_failed_without_an_error() -> None:
    job = jobs.defer("intake.note", batch="a")
    for _ in range(ATTEMPTS):
        sql(f"UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL WHERE id = {job}")
        sql(f"SELECT henvis_resume_jobs('{{intake}}', {ATTEMPTS})")
    assert states() == [("failed", ATTEMPTS)]
    page = html.unescape(
        signed_in(staff("manager", "partner_manager")).get(f"/admin/jobs/job/{job}/change/").content.decode()
    )
    assert "the service henvis-worker@intake ended before it was finished" in page
    assert f"“{worker.RESUMED}”" in page and "error below" not in page


def test_each_time_it_waits_four_times_as_long() -> None:
    job = QueuedJob(id=1, queue="intake", lock=None, queueing_lock=None, task_name="intake.fail")
    decisions = [
        worker.Backoff().get_retry_decision(exception=ValueError(), job=job.evolve(attempts=attempts))
        for attempts in range(ATTEMPTS)
    ]
    moments = [each.retry_at for each in decisions if each and each.retry_at]
    assert (len(moments), decisions[-1]) == (ATTEMPTS - 1, None)
    assert [round((later - sooner).total_seconds()) for sooner, later in pairwise(moments)] == [
        12,
        48,
        192,
    ]


def beside(queue: str) -> subprocess.Popen[bytes]:
    """A worker of a queue in a process of its own, with the web server's role for those of intake."""
    given = connection.settings_dict
    where = f"postgresql://{given['USER']}:{given['PASSWORD']}@/{given['NAME']}?host={quote(given['HOST'], safe='')}"
    port = f"&port={given['PORT']}" if given["PORT"] else ""
    url = f"{where}{port}"
    environment = {**os.environ, "DATABASE_URL": env.acting_as_web(url) if queue in OF_INTAKE else url}
    return subprocess.Popen([sys.executable, "-m", "tests.jobs.process", queue], env=environment)


def test_a_worker_that_is_killed_loses_nothing_and_doubles_nothing(work: Work) -> None:
    """The other one cannot know at once: the first has not been silent for long."""
    jobs.defer("intake.in_steps", lock="a", batch="a")
    jobs.defer("intake.note", lock="b", batch="b")
    killed = beside("intake")
    try:
        toys.wait_for(lambda: toys.has("toy.first"))
    finally:
        killed.kill()
        killed.wait()
    assert work("intake")
    assert (states(), notes()) == ([("doing", 0), ("succeeded", 1)], ["b"])
    sql(LOST)
    AuditEvent.objects.create(action="toy.leave", subject="a")
    with capture_logs() as lines:
        assert work("intake")
    assert [each["event"] for each in lines] == [worker.RESUMED]
    assert states() == [("succeeded", 2), ("succeeded", 1)]
    for step in ("toy.first", "toy.second"):
        assert AuditEvent.objects.filter(action=step).count() == 1


def test_a_worker_that_is_asked_to_end_leaves_what_takes_long_to_the_next(work: Work) -> None:
    """Without waiting for it to be silent."""
    jobs.defer("intake.in_steps", batch="a")
    asked = beside("intake")
    try:
        toys.wait_for(lambda: toys.has("toy.first"))
        asked.send_signal(signal.SIGTERM)
        assert asked.wait(timeout=60) == 0
    finally:
        asked.kill()
        asked.wait()
    AuditEvent.objects.create(action="toy.leave", subject="a")
    assert work("intake")
    assert states() == [("succeeded", 2)]


def test_a_running_job_learns_that_it_is_cancelled() -> None:
    job_id = jobs.defer("intake.until_cancelled", batch="a")
    running = beside("intake")
    try:
        toys.wait_for(lambda: notes() == ["a"])
        sql(f"SELECT henvis_cancel_job({job_id})")
        toys.wait_for(lambda: states() == [("aborted", 1)])
    finally:
        running.kill()
        running.wait()


def test_whatever_is_said_on_its_channel_a_worker_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    async def talk() -> None:
        app = worker.app_of("intake")
        async with app.open_async():
            working = asyncio.create_task(worker.work(["intake"], once=False))
            await until(app, "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query ^@ 'LISTEN'")
            for word in ("no json", "{}", "[]", "null", '{"type": "abort_job_requested"}', "x" * 7999):
                await app.connector.execute_query_async(SAY, word=word)
            await app.configure_task("intake.note", queue="intake").defer_async(batch="a")
            await until(app, "SELECT 1 FROM procrastinate_jobs WHERE status = 'succeeded'", working)
            assert not working.done()
            working.cancel()
            await asyncio.wait([working])

    asyncio.run(talk())
    assert notes() == ["a"]
    assert [each for each in caplog.records if each.levelname in {"WARNING", "ERROR"}] == []


async def until(app: Any, query: str, working: asyncio.Task[bool] | None = None) -> None:
    """Return when a statement has a row, or a worker has ended."""
    while not (working and working.done()) and not await app.connector.execute_query_all_async(query):
        await asyncio.sleep(0.01)


def test_two_workers_defer_a_periodic_task_once() -> None:
    apps = [worker.app_of("upkeep") for _ in range(2)]

    async def due(app: Any) -> None:
        deferrer = PeriodicDeferrer(registry=app.periodic_registry)
        async with app.open_async():
            await deferrer.defer_jobs(list(deferrer.get_previous_tasks(at=1_800_000_030.0)))

    asyncio.run(due(apps[0]))
    assert list(Job.objects.values_list("task_name", "status")) == [("toys.ring", "todo")]
    sql("UPDATE procrastinate_jobs SET status = 'succeeded'")
    asyncio.run(due(apps[1]))
    assert Job.objects.count() == 1


def test_what_is_due_again_and_again_leaves_its_latest_failure_until_it_succeeds(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(worker, "ATTEMPTS", 1)
        ring_with(lambda: toys.fail("ring"))
        for _ in range(2):
            with capture_logs():
                work("upkeep")
            assert [status for status, _ in states()] == ["failed"]
    ring_with(toys.ring)
    work("upkeep")
    assert states() == []
    rung = notes()
    assert {*rung} == {"ring"} and len(rung) in (3, 4)  # once more where a minute ends meanwhile


def ring_with(function: Callable[[], object]) -> None:
    """Give the task of the owner's another function."""
    jobs.task("toys.ring", queue=jobs.UPKEEP, every=jobs.EVERY_MINUTE)(function)


def test_a_job_that_would_wait_beside_its_like_ends_and_leaves_the_work_to_it(work: Work) -> None:
    """Which was asked for while it ran: it fails, or its worker ends."""

    def ask_and_fail(batch: str) -> None:
        if jobs.defer("intake.ask", queueing_lock="a", after=timedelta(hours=1), batch=batch):
            toys.fail(batch)

    jobs.task("intake.ask", queue=jobs.INTAKE)(ask_and_fail)
    first = jobs.defer("intake.ask", queueing_lock="a", batch="a")
    with capture_logs():
        assert work("intake")
    assert states() == [("aborted", 1), ("todo", 0)]
    sql(f"UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL WHERE id = {first}")
    sql("SELECT henvis_resume_jobs('{intake}', 5)")
    assert states() == [("aborted", 2), ("todo", 0)]
