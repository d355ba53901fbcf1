"""`henvis_begin_job`: whose turn it is. `henvis_put_back`, `henvis_resume_jobs`, `henvis_cancel_job` and `henvis_retry_job`: of
jobs that did not end well.
"""

from __future__ import annotations

import pytest

from partners import jobs
from partners.jobs.queue import DEFER
from tests.sql.calls import rows, value, web_value

pytestmark = pytest.mark.django_db
SET = "UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status, worker_id = %s WHERE id = %s"
STATE = "SELECT status::text, attempts, abort_requested FROM procrastinate_jobs WHERE id = %s"
RESUME = "SELECT henvis_resume_jobs(%s, 3)"
BEGIN = "SELECT (SELECT id FROM henvis_begin_job(%s, %s))"
PAST = """
INSERT INTO procrastinate_jobs (queue_name, task_name, lock, status, henvis_turn)
SELECT 'intake', 'intake.read', 'intake.' || n %% 3, 'succeeded', now() - make_interval(mins => n) FROM generate_series(1, %s) n
"""
READ = """
SELECT sum(seq_tup_read + idx_tup_fetch)::integer FROM pg_stat_xact_user_tables
WHERE relname IN ('procrastinate_jobs', 'procrastinate_events')
"""
DEAD, ALIVE = "1 minute", "1 second"


def job(
    status: str = "todo",
    *,
    queue: str = "intake",
    lock: str | None = None,
    queueing_lock: str | None = None,
    worker: int | None = None,
) -> int:
    """A job in a state, of a worker."""
    values = (queue, "intake.read", 0, lock, queueing_lock, "{}", None)
    number = jobs.defer("charts.paint") if queue == "upkeep" else value(DEFER, *values)
    assert number is not None
    rows(SET, status, worker, number)
    return number


def worker_silent_for(how_long: str) -> int:
    """A worker that has given no sign of life for so long."""
    number: int = value("SELECT worker_id FROM procrastinate_register_worker_v1()")
    rows("UPDATE procrastinate_workers SET last_heartbeat = now() - %s::text::interval WHERE id = %s", how_long, number)
    return number


def state(number: int) -> tuple[str, int, bool]:
    """The state of a job, how often it was begun in vain, and whether it is to end."""
    ((status, attempts, abort),) = rows(STATE, number)
    return status, attempts, abort


def test_what_silent_and_gone_workers_have_begun_is_put_back_and_nothing_else() -> None:
    silent, gone, at_work = (
        job("doing", worker=worker_silent_for(DEAD)),
        job("doing"),
        job("doing", worker=worker_silent_for(ALIVE)),
    )
    ended = job("succeeded")
    assert value(RESUME, ["intake"]) == 2
    assert [state(each)[0] for each in (silent, gone, at_work, ended)] == ["todo", "todo", "doing", "succeeded"]
    assert value(RESUME, ["intake"]) == 0


def test_what_ended_its_worker_again_and_again_fails() -> None:
    poison = job("doing")
    for attempt in (1, 2, 3):
        rows("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", poison)
        value(RESUME, ["intake"])
        assert state(poison) == ("todo" if attempt < 3 else "failed", attempt, False)


def test_each_role_puts_back_what_is_of_its_queues() -> None:
    own, owners = job("doing"), job("doing", queue="upkeep")
    assert web_value(RESUME, ["intake", "upkeep"]) == 1
    assert (state(own)[0], state(owners)[0]) == ("todo", "doing")
    web_value("SELECT henvis_put_back(%s, NULL, 9)", owners)
    assert state(owners) == ("doing", 0, False)
    assert value(RESUME, ["upkeep"]) == 1


def test_a_job_waits_for_the_moment_of_its_next_attempt() -> None:
    failed = job("doing")
    rows("SELECT henvis_put_back(%s, now() + interval '1 hour', 3)", failed)
    assert value("SELECT scheduled_at > now() FROM procrastinate_jobs WHERE id = %s", failed)


def test_beside_one_that_waits_with_its_queueing_lock_a_job_does_not_wait() -> None:
    begun, waiting = job("doing", queueing_lock="intake.a"), job(queueing_lock="intake.a")
    value(RESUME, ["intake"])
    assert (state(begun)[0], state(waiting)[0]) == ("aborted", "todo")
    assert web_value("SELECT henvis_retry_job(%s)", begun) is False
    assert state(begun)[0] == "aborted"


@pytest.mark.parametrize(
    ("before", "after"),
    [("todo", ("cancelled", 0, False)), ("doing", ("doing", 0, True)), ("failed", ("failed", 0, False))],
)
def test_what_waits_is_cancelled_and_what_runs_is_asked_to_end(before: str, after: tuple[str, int, bool]) -> None:
    number = job(before)
    assert web_value("SELECT henvis_cancel_job(%s)", number) is (before != "failed")
    assert state(number) == after


def test_what_was_cancelled_while_it_ran_is_not_begun_again() -> None:
    number = job("doing", queue="upkeep")
    web_value("SELECT henvis_cancel_job(%s)", number)
    value(RESUME, ["upkeep"])
    assert state(number) == ("aborted", 1, False)


@pytest.mark.parametrize("before", ["todo", "doing", "succeeded", "failed", "cancelled", "aborted"])
def test_what_did_not_end_well_can_be_begun_again(before: str) -> None:
    number = job(before)
    may = before in {"failed", "cancelled", "aborted"}
    assert web_value("SELECT henvis_retry_job(%s)", number) is may
    assert state(number)[0] == ("todo" if may else before)


def test_of_a_job_that_there_is_not_nothing_is_done() -> None:
    assert web_value("SELECT henvis_retry_job(0)") is False
    assert web_value("SELECT henvis_cancel_job(0)") is False


def begin(*queues: str) -> int | None:
    """The job that is begun, with the web server's role."""
    begun: int | None = web_value(BEGIN, list(queues), worker_silent_for(ALIVE))
    return begun


def test_jobs_are_begun_in_turn_and_of_one_lock_one_at_a_time() -> None:
    first, second, other = job(lock="intake.a"), job(lock="intake.a"), job(lock="intake.b")
    assert [begin("intake"), begin("intake"), begin("intake")] == [first, other, None]
    assert rows("SELECT worker_id IS NOT NULL, status::text FROM procrastinate_jobs WHERE id = %s", first) == [
        (True, "doing")
    ]
    rows(SET, "succeeded", None, first)
    rows(SET, "succeeded", None, other)
    third, new = job(lock="intake.b"), job(lock="intake.c")
    assert begin("intake") == new  # nothing of it was begun yet
    assert [begin("intake"), begin("intake")] == [second, third]


def test_a_job_without_a_lock_waits_for_none() -> None:
    job("doing")
    waiting = job()
    assert begin("intake") == waiting


def test_the_first_queue_goes_before_the_second_and_the_higher_priority_before_the_lower() -> None:
    large, low, high = job(queue="large"), job(), job()
    rows("UPDATE procrastinate_jobs SET priority = 1 WHERE id = %s", high)
    assert begin("rehearsal") is None
    assert [begin("intake", "large") for _ in range(3)] == [high, low, large]


def test_what_waits_for_its_moment_is_not_begun_and_holds_up_none() -> None:
    later, next_ = job(lock="intake.a"), job(lock="intake.a")
    rows("UPDATE procrastinate_jobs SET scheduled_at = now() + interval '1 hour' WHERE id = %s", later)
    assert [begin("intake"), begin("intake")] == [next_, None]
    rows(SET, "failed", None, next_)
    rows("UPDATE procrastinate_jobs SET scheduled_at = now() - interval '1 second' WHERE id = %s", later)
    assert begin("intake") == later


def rows_read(past: int) -> int:
    """How many rows it takes to begin a job beside so many that have ended, where the database goes by indexes."""
    rows(PAST, past)
    for number in range(3):
        job(lock=f"intake.{number}")
    rows("ANALYZE procrastinate_jobs")
    before: int = value(READ)
    assert begin("intake")
    read: int = value(READ) - before
    return read


def test_what_has_ended_is_not_read_when_a_job_is_begun() -> None:
    rows("SET LOCAL enable_seqscan = off")
    few = rows_read(9)
    assert rows_read(300) - few < 100
