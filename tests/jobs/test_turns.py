"""Whose job is begun next: no queue waits for another, and nobody with many jobs keeps those of others waiting."""

from __future__ import annotations

import asyncio
from contextlib import closing

import pytest
from django.db import connection, transaction
from structlog.testing import capture_logs

from partners import jobs
from partners.jobs import worker
from partners.jobs.models import Job
from partners.jobs.registry import ATTEMPTS, OF_INTAKE
from partners.models import AuditEvent
from tests.jobs import toys
from tests.jobs.conftest import Work
from tests.jobs.test_working import DUE, LOST, beside, notes, sql, states
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


CUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


def ask(lock: str, *names: str, task: str = "intake.note", queue: str = jobs.INTAKE) -> None:
    """Add jobs with one lock."""
    for name in names:
        jobs.defer(task, queue=queue, lock=lock, batch=name)


def in_turn() -> list[str]:
    """What was done, in this order."""
    return list(AuditEvent.objects.filter(action="toy.note").order_by("at").values_list("subject", flat=True))


def test_the_next_in_line_is_of_another_partner(work: Work) -> None:
    ask("a", "a1", "a2", "a3")
    ask("b", "b1", "b2")
    ask("c", "c1")
    assert work("intake")
    assert in_turn() == ["a1", "b1", "c1", "a2", "b2", "a3"]


def test_a_worker_of_several_queues_works_them_in_their_order(work: Work) -> None:
    for queue in (jobs.REHEARSAL, jobs.LARGE, jobs.INTAKE):
        ask(queue, queue, queue=queue)
    assert work(*OF_INTAKE)
    assert in_turn() == list(OF_INTAKE)


def leave() -> None:
    """Let whoever holds go on."""
    AuditEvent.objects.create(action="toy.leave", subject="a")


def test_two_workers_run_one_job_of_a_partner_at_a_time_and_those_of_others_beside_it(work: Work) -> None:
    ask("a", "a1", "a2", task="intake.hold")
    ask("b", "b1")
    first = beside(jobs.INTAKE)
    try:
        toys.wait_for(lambda: notes() == ["a1"])
        assert work("intake")
        assert notes() == ["a1", "b1"]
        leave()
        toys.wait_for(lambda: notes() == ["a1", "a2", "b1"])
    finally:
        first.kill()
        first.wait()


@pytest.mark.parametrize("busy", [jobs.REHEARSAL, jobs.LARGE])
def test_what_stands_in_the_middle_of_another_queue_keeps_nobody_waiting(work: Work, busy: str) -> None:
    ask("a", "a1", task="intake.hold", queue=busy)
    ask("b", "b1")
    running = beside(busy)
    try:
        toys.wait_for(lambda: notes() == ["a1"])
        assert work("intake")
        assert notes() == ["a1", "b1"]
        assert states() == [("doing", 0), ("succeeded", 1)]
    finally:
        running.kill()
        running.wait()


def test_whoever_dies_at_a_job_holds_up_its_partner_until_it_is_missed_and_not_for_ever(work: Work) -> None:
    ask("a", "a1", "a2", task="intake.hold", queue=jobs.REHEARSAL)
    killed = beside(jobs.REHEARSAL)
    try:
        toys.wait_for(lambda: notes() == ["a1"])
    finally:
        killed.kill()
        killed.wait()
    leave()
    assert work(jobs.REHEARSAL)
    assert (states(), notes()) == ([("doing", 0), ("todo", 0)], ["a1"])
    sql(LOST)
    with capture_logs():
        assert work(jobs.REHEARSAL)
    assert (states(), notes()) == ([("succeeded", 2), ("succeeded", 1)], ["a1", "a1", "a2"])


def test_a_job_that_fails_again_and_again_holds_up_none_of_its_partner(work: Work) -> None:
    """Neither while it waits for its next attempt, nor once it has failed."""

    def fail_first(batch: str) -> None:
        (toys.fail if batch == "a1" else toys.note)(batch)

    jobs.task("intake.some", queue=jobs.INTAKE)(fail_first)
    ask("a", "a1", "a2", task="intake.some")
    with capture_logs():
        assert work("intake")
        assert states() == [("todo", 1), ("succeeded", 1)]
        for _ in range(1, ATTEMPTS):
            sql(DUE)
            assert work("intake")
        ask("a", "a3", task="intake.some")
        assert work("intake")
    assert states() == [("failed", ATTEMPTS), ("succeeded", 1), ("succeeded", 1)]


def test_many_workers_do_each_job_once_and_no_two_of_a_partner_at_once() -> None:
    for number in range(4):
        for lock in "abc":
            ask(lock, f"{lock}{number}")
    at_once([lambda: asyncio.run(worker.work([jobs.INTAKE], once=True))] * 3)
    # One that ended may have left what a partner's running job kept it from.
    asyncio.run(worker.work([jobs.INTAKE], once=True))
    assert notes() == sorted(f"{lock}{number}" for number in range(4) for lock in "abc")
    assert {status for status, _ in states()} == {"succeeded"}


def test_what_a_worker_was_at_that_loses_its_connections_is_done_again_and_its_partner_not_held_up(work: Work) -> None:
    ask("a", "a1", "a2", task="intake.hold", queue=jobs.LARGE)
    lost = beside(jobs.LARGE)
    try:
        toys.wait_for(lambda: notes() == ["a1"])
        sql(CUT)
        leave()
        toys.wait_for(lambda: lost.poll() is not None or states()[0] != ("doing", 0))
    finally:
        lost.kill()
        lost.wait()
    sql(LOST)
    sql(DUE)
    with capture_logs():
        assert work(jobs.LARGE)
    assert {status for status, _ in states()} == {"succeeded"}
    assert set(notes()) == {"a1", "a2"}


def test_the_owner_s_worker_waits_for_none_of_deliveries() -> None:
    jobs.defer("toys.ring")
    other = connection.copy()
    with closing(other), other.cursor() as cursor:
        other.set_autocommit(False)
        cursor.execute("SELECT FROM henvis_begin_job('{intake}', NULL)")
        with transaction.atomic(), connection.cursor() as owner:
            owner.execute("SET LOCAL lock_timeout = '1s'")
            owner.execute("SELECT id FROM henvis_begin_job('{upkeep}', NULL)")
            assert len(owner.fetchall()) == 1
        other.rollback()


def test_a_job_of_another_right_is_put_into_no_queue_of_intake() -> None:
    with pytest.raises(ValueError, match="is of intake"):
        jobs.defer("intake.note", queue=jobs.UPKEEP, batch="a")
    with pytest.raises(ValueError, match="says nothing but that"):
        jobs.defer("toys.ring", queue=jobs.INTAKE)
    assert not Job.objects.exists()
