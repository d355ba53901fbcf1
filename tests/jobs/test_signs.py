"""A service of the server that ended is seen: above the list of jobs, and on the first page of who manages its jobs."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from django.conf import settings
from procrastinate.worker import Worker
from structlog.testing import capture_logs

from partners import jobs
from tests.callers import Browser
from tests.jobs.conftest import Work
from tests.jobs.test_working import sql
from tests.people.visitors import signed_in, staff
from tests.stats.web_role import rows

pytestmark = pytest.mark.django_db
LIST = "/admin/jobs/job/"
SIGNS = "SELECT henvis_role = 'henvis_web', last_heartbeat > now() - interval '1 minute' FROM procrastinate_workers ORDER BY 1"


def sign(role: str, *, minutes: int, queues: str = "", ended: bool = False) -> None:
    """A worker of a role and of some queues gave its last sign of life so many minutes ago, perhaps as it was stopped."""
    sql(
        "INSERT INTO procrastinate_workers (last_heartbeat, henvis_role, henvis_queues, henvis_ended) "
        f"VALUES (now() - interval '{minutes} minutes', {role}, '{{{queues}}}', {ended})"
    )


def items(browser: Browser) -> list[str]:
    """The items on the first page that tell of silence."""
    return re.findall(r'id="waiting-(silent_\w+)"', browser.get("/admin/").content.decode())


def test_the_list_says_when_each_service_gave_its_last_sign_of_life() -> None:
    reader = signed_in(staff("reader", "auditor"))
    assert "Upkeep: no sign of life yet. Intake: no sign of life yet." in reader.get(LIST).content.decode()
    sign("current_user", minutes=1)
    sign("'henvis_web'", minutes=70)
    sign("'henvis_web'", minutes=60)
    page = reader.get(LIST).content.decode()
    assert re.search(r"<p>Upkeep: last sign of life \d+ \w+ \d+, \d+:\d+\. Intake: no sign of life since \d+ \w+", page)
    assert f" Henvis {settings.HENVIS_VERSION}.</p>" in page
    page = reader.get(LIST, headers={"Accept-Language": "da"}).content.decode()
    assert re.search(r"<p>Drift: sidste livstegn \d+\. .+ kl\. .+\. Modtagelse: intet livstegn siden \d+\. ", page)


def test_a_silent_service_waits_for_who_manages_its_jobs() -> None:
    statistician = signed_in(staff("statistician", "statistician"))
    manager = signed_in(staff("manager", "partner_manager"))
    assert (items(statistician), items(manager)) == ([], [])
    sign("current_user", minutes=4)
    sign("'henvis_web'", minutes=4)
    assert (items(statistician), items(manager)) == ([], [])
    sql("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '6 minutes'")
    assert (items(statistician), items(manager)) == (["silent_upkeep"], ["silent_intake"])
    page = statistician.get("/admin/").content.decode()
    assert "upkeep service (henvis-upkeep) is not running" in page and "last sign of life" in page
    sign("current_user", minutes=0)
    assert (items(statistician), items(manager)) == ([], ["silent_intake"])


def test_one_worker_of_intake_that_died_is_told_by_its_queue_and_one_that_was_stopped_is_not() -> None:
    manager = signed_in(staff("manager", "partner_manager"))
    sign("'henvis_web'", minutes=0, queues="intake")
    sign("'henvis_web'", minutes=20, queues="large", ended=True)
    sign("'henvis_web'", minutes=4, queues="rehearsal")
    assert items(manager) == [] and "is not worked" not in manager.get(LIST).content.decode()
    sign("'henvis_web'", minutes=10, queues="large")
    sql(
        "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '7 minutes' WHERE 'rehearsal' = ANY (henvis_queues)"
    )
    assert items(manager) == ["silent_intake"]
    page = manager.get("/admin/").content.decode()
    assert "One or more of the server&#x27;s intake services" in page
    assert "henvis-worker@large" in page and "henvis-worker@rehearsal" in page and "henvis-worker@intake" not in page
    assert "The queue “large deliveries” is not worked" in manager.get(LIST).content.decode()
    danish = manager.get(LIST, headers={"Accept-Language": "da"}).content.decode()
    assert "Køen »testtilstand« udføres ikke" in danish
    # Another takes a queue over, or is begun anew and stopped in order: then nothing is silent that should not be.
    sign("'henvis_web'", minutes=0, queues="large,rehearsal")
    assert items(manager) == []
    sign("'henvis_web'", minutes=0, queues="large", ended=True)
    assert items(manager) == []
    # All together are told as the service, once.
    sql("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '9 minutes'")
    assert items(manager) == ["silent_intake"] and "henvis-worker@…" in manager.get("/admin/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_worker_writes_its_queues_and_that_it_was_stopped_and_another_keeps_the_row_of_one_that_died(
    work: Work,
) -> None:
    assert work(jobs.INTAKE) and work(jobs.LARGE, jobs.REHEARSAL)
    state = "SELECT henvis_queues, henvis_ended FROM procrastinate_workers ORDER BY id"
    assert rows(state) == [(["intake"], True), (["large", "rehearsal"], True)]
    sql(
        "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour', henvis_ended = 'large' <> ALL (henvis_queues)"
    )
    assert work(jobs.INTAKE)
    assert rows(state) == [(["large", "rehearsal"], False), (["intake"], True)]
    assert work(jobs.LARGE)
    assert rows(state) == [(["large", "rehearsal"], False), (["intake"], True), (["large"], True)]
    assert work(jobs.LARGE, jobs.REHEARSAL)
    assert rows(state)[-1] == (["large", "rehearsal"], True) and len(rows(state)) == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("broken", "queue", "en", "da"),
    [
        ("_persist_job_status", jobs.INTAKE, "intake", "modtagelse"),
        ("_fetch_and_process_jobs", jobs.INTAKE, "intake", "modtagelse"),
        ("_update_heartbeat", jobs.UPKEEP, "upkeep", "drift"),
    ],
)
def test_a_worker_that_gives_up_is_told_apart_from_one_that_was_stopped(
    work: Work, broken: str, queue: str, en: str, da: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever fails: to say how a job ended, to begin one, or to give a sign of life."""

    async def fail(*_: object, **__: object) -> None:
        raise ValueError

    jobs.defer("intake.note", batch="a")
    with monkeypatch.context() as patch, capture_logs():
        patch.setattr(Worker, broken, fail)
        with suppress(ValueError):
            work(queue)
    assert rows("SELECT henvis_ended, henvis_gave_up FROM procrastinate_workers") == [(False, True)]
    manager = signed_in(staff("manager", "partner_manager"))
    role, service = (
        ("statistician", "henvis-upkeep") if queue == jobs.UPKEEP else ("partner_manager", "henvis-worker@intake")
    )
    operator = signed_in(staff("operator", role))
    first = operator.get("/admin/").content.decode()
    assert f"{service}: <strong>gave up after an error on " in first, "at once, not after minutes of silence"
    sql("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
    assert "gave up after an error on " in operator.get("/admin/").content.decode()
    page = manager.get(LIST).content.decode()
    assert f"The queue “{en}” is not worked: its service gave up after an error on " in page
    danish = manager.get(LIST, headers={"Accept-Language": "da"}).content.decode()
    assert f"Køen »{da}« udføres ikke: dens tjeneste gav op efter en fejl " in danish
    assert work(queue)
    assert items(operator) == []
    assert "gave up" not in manager.get(LIST).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_ended_leaves_its_last_sign_until_the_next_of_its_role(work: Work) -> None:
    assert work(jobs.INTAKE) and work(jobs.UPKEEP)
    assert rows(SIGNS) == [(False, True), (True, True)]
    sql("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
    assert work(jobs.UPKEEP)
    assert rows(SIGNS) == [(False, True), (True, False)]
    assert work(jobs.INTAKE)
    assert rows(SIGNS) == [(False, True), (True, True)]
