"""What the web server's role may do with jobs, so that whoever takes it over gains nothing from the owner's worker."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from procrastinate.exceptions import ConnectorException
from structlog.testing import capture_logs

from partners import jobs
from partners.jobs import worker
from partners.jobs.models import Job
from partners.jobs.queue import DEFER
from tests.callers import as_web_server
from tests.jobs.conftest import Work
from tests.jobs.test_working import notes, sql, states
from tests.stats.web_role import as_web, refused, rows

pytestmark = pytest.mark.django_db
BELL = ("upkeep", "toys.ring", 0, "toys.ring", "toys.ring", "{}", None)


def ask(*values: str | float | None) -> None:
    """Add a job as the web server's role, by SQL of one's own."""
    with transaction.atomic(), as_web_server(), connection.cursor() as cursor:
        cursor.execute(DEFER, list(values))
        cursor.fetchall()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (0, "builtin"),
        (1, "intake.note"),
        (2, 11),
        (3, None),
        (3, "releases.build"),
        (4, None),
        (4, "another"),
        (5, '{"batch": "a"}'),
        (6, 3_000_000_000.0),
    ],
)
def test_it_asks_for_a_task_of_the_owner_s_and_for_nothing_of_it(column: int, value: str | float | None) -> None:
    """Which task, and no more: no argument, no moment to wait for, no lock of another, no second one that waits."""
    ask(*BELL)
    Job.objects.all()._raw_delete("default")
    with pytest.raises(DatabaseError, match="row-level security"):
        ask(*BELL[:column], value, *BELL[column + 1 :])


@pytest.mark.parametrize(
    "values",
    [
        ("intake", "toys.ring", 0, None, None, "{}", None),
        ("rehearsal", "toys.ring", 0, None, None, "{}", None),
        ("large", "intake.note", 0, "releases.build", None, "{}", None),
        ("elsewhere", "intake.note", 0, None, None, "{}", None),
        ("intake", "intake.note", 0, "releases.build", None, "{}", None),
        ("intake", "intake.note", 0, None, "releases.build", "{}", None),
        ("intake", "intake.note", 0, None, None, '{"batch": "' + "x" * 400 + '"}', None),
    ],
)
def test_a_job_of_intake_holds_up_nothing_of_the_owner_s_and_carries_no_payload(
    values: tuple[str | float | None, ...],
) -> None:
    with pytest.raises(DatabaseError, match="row-level security"):
        ask(*values)


def test_it_begins_and_ends_no_job_of_the_owner_s() -> None:
    jobs.defer("toys.ring")
    job = Job.objects.get()
    own = as_web("SELECT worker_id FROM procrastinate_register_worker_v1()")[0][0]
    for queues in ("'{upkeep}'", "'{intake,upkeep}'", "NULL"):
        assert as_web(f"SELECT id FROM henvis_begin_job({queues}, {own})") == []
        assert as_web(f"SELECT id FROM procrastinate_fetch_job_v2({queues}, {own})") == [(None,)]
    assert as_web(f"SELECT id FROM procrastinate_jobs WHERE id = {job.pk}") == [(job.pk,)]
    for change in ("status = 'doing'", "queue_name = 'intake'", "priority = 5", "attempts = 4"):
        assert as_web(f"UPDATE procrastinate_jobs SET {change} WHERE id = {job.pk} RETURNING id") == []
    with pytest.raises(DatabaseError, match="not found"):
        as_web(f"SELECT procrastinate_finish_job_v1({job.pk}, 'succeeded', false)")
    assert as_web("SELECT henvis_resume_jobs('{upkeep}', 0)") == [(0,)]
    assert states() == [("todo", 0)]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM procrastinate_jobs",
        "UPDATE procrastinate_jobs SET args = '{}'",
        "UPDATE procrastinate_jobs SET task_name = 'toys.ring'",
        "SELECT FROM procrastinate_periodic_defers",
        "INSERT INTO procrastinate_periodic_defers (task_name, defer_timestamp) VALUES ('toys.ring', 99999999999)",
        "DELETE FROM procrastinate_events",
        "UPDATE procrastinate_events SET at = now()",
        "INSERT INTO procrastinate_workers (henvis_role) VALUES ('henvis')",
        "SELECT procrastinate_defer_periodic_job_v2('upkeep', 'a', 'a', 'toys.ring', 0, '', 1, '{}')",
        "SELECT procrastinate_cancel_job_v1(1, true, true)",
        "TRUNCATE procrastinate_jobs CASCADE",
        "ALTER TABLE procrastinate_jobs DISABLE ROW LEVEL SECURITY",
        "DROP POLICY henvis_asked ON procrastinate_jobs",
    ],
)
def test_no_way_round(statement: str) -> None:
    refused(statement)


def test_it_moves_no_job_of_intake_to_the_owner_s_queue() -> None:
    jobs.defer("intake.note", queue=jobs.REHEARSAL, batch="a")
    for change in ("queue_name = 'upkeep'", "lock = 'releases.build'"):
        with pytest.raises(DatabaseError, match="row-level security"):
            as_web(f"UPDATE procrastinate_jobs SET {change} RETURNING id")


def test_it_ends_no_worker_of_the_owner_s() -> None:
    """A job whose worker is gone is begun again; a living one's must not be."""
    (owner,) = rows("SELECT worker_id FROM procrastinate_register_worker_v1()")[0]
    sql("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
    as_web(f"SELECT procrastinate_unregister_worker_v1({owner})")
    assert as_web("SELECT worker_id FROM procrastinate_prune_stalled_workers_v1(1)") == []
    as_web(f"SELECT procrastinate_update_heartbeat_v1({owner})")
    assert rows("SELECT id, last_heartbeat < now() - interval '1 minute' FROM procrastinate_workers") == [(owner, True)]


@pytest.mark.django_db(transaction=True)
def test_the_owner_s_worker_does_nothing_of_intake_even_where_a_job_says_so(work: Work) -> None:
    """Nor a task of the library's, which deletes jobs."""
    with connection.cursor() as cursor:
        for name in ("intake.note", "builtin:procrastinate.builtin_tasks.remove_old_jobs"):
            cursor.execute(DEFER, ["upkeep", name, 0, None, None, '{"batch": "a"}', None])
    with capture_logs():
        work("upkeep")
    assert notes() in (["ring"], ["ring"] * 2)  # where a minute ends meanwhile
    assert states() == [("failed", 1)] * 2


@pytest.mark.parametrize("queues", [["intake"], ["large"], ["rehearsal"], ["rehearsal", "upkeep"]])
def test_the_owner_works_nothing_of_intake_and_the_web_server_s_role_that_alone(queues: list[str]) -> None:
    with pytest.raises(CommandError, match="worked with the role henvis_web"):
        call_command("work", "--once", queues=queues)


@pytest.mark.django_db(transaction=True)
def test_who_works_the_owner_s_queue_with_the_web_server_s_role_is_refused(work: Work) -> None:
    with as_web_server(), pytest.raises(CommandError, match="connects as henvis_web"):
        call_command("work", "--once", queues=["upkeep"])


@pytest.mark.parametrize(
    ("name", "queue"),
    [
        ("notes.read", "intake"),
        ("intake.read", "upkeep"),
        ("a.b", "large"),
        ("intake.read", "large"),
        ("A b", "upkeep"),
    ],
)
def test_the_name_of_a_task_tells_its_queue(name: str, queue: str) -> None:
    with pytest.raises(ValueError, match="no task of the queue"):
        jobs.task(name, queue=queue)


def test_nothing_of_intake_is_due_by_itself() -> None:
    with pytest.raises(ValueError, match="of the queue upkeep"):
        jobs.task("intake.read", queue="intake", every=jobs.EVERY_MINUTE)


@pytest.mark.django_db(transaction=True)
def test_the_command_ends_with_an_error_where_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    async def lose(*_: object, **__: object) -> bool:
        raise ConnectorException

    monkeypatch.setattr(worker, "work", lose)
    with capture_logs() as lines, pytest.raises(SystemExit):
        call_command("work", "--once", queues=["upkeep"])
    assert [each["event"] for each in lines] == [worker.STOPPED]


def test_outside_of_a_job_nothing_is_cancelled() -> None:
    assert not jobs.is_cancelled()
