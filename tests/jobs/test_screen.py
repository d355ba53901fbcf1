"""The staff page of jobs: what each role sees of them, and may do."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners import jobs
from partners.jobs.models import Job
from partners.jobs.registry import OF_INTAKE
from partners.models import AuditEvent
from tests.callers import Browser, make_caller
from tests.jobs.test_working import sql
from tests.people.visitors import signed_in, staff

pytestmark = pytest.mark.django_db
LIST = "/admin/jobs/job/"


@pytest.fixture
def manager() -> Browser:
    """Who manages the jobs of intake."""
    return signed_in(staff("manager", "partner_manager"))


def act(browser: Browser, name: str, *numbers: int | None, sure: bool = True) -> str:
    """Do something with jobs, or be asked; the page."""
    form = {"action": name, ACTION_CHECKBOX_NAME: [str(each) for each in numbers]}
    answer = browser.post(LIST, {**form, "sure": "1"} if sure else form, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def state(number: int | None) -> tuple[str, int, bool]:
    """The state of a job, its failed attempts, and whether it is to stop."""
    assert number is not None
    job = Job.objects.get(pk=number)
    return job.status, job.attempts, job.abort_requested


def end(number: int | None, status: str) -> None:
    """Let a job be in a state."""
    sql(f"UPDATE procrastinate_jobs SET status = '{status}', attempts = 5 WHERE id = {number}")


def test_the_list_says_what_and_how_far_and_about_what_by_its_short_id(manager: Browser) -> None:
    batch = str(uuid4())
    failed = jobs.defer("intake.note", batch=batch)
    jobs.defer("toys.ring")
    end(failed, "failed")
    page = manager.get(LIST).content.decode()
    for word in ("intake.note", batch[:8], "failed", "waits", "upkeep"):
        assert word in page
    assert batch not in page
    assert "mislykket" in manager.get(LIST, headers={"Accept-Language": "da"}).content.decode()
    filtered = manager.get(f"{LIST}?status=failed&queue=intake").content.decode()
    assert "intake.note" in filtered and "toys.ring" not in filtered


def test_the_way_from_the_first_page_leads_to_what_is_not_done(manager: Browser) -> None:
    way = f"{LIST}?status=open"
    assert f'href="{way}"' in manager.get("/admin/").content.decode()
    assert "<p>There are none.</p>" in manager.get(LIST).content.decode()
    end(jobs.defer("intake.note", batch="done"), "succeeded")
    assert "No job waits, runs or failed." in manager.get(way).content.decode()
    assert "Nothing matches what was chosen." in manager.get(f"{LIST}?status=failed").content.decode()
    for status in ("todo", "doing", "failed"):
        end(jobs.defer("intake.note", batch=f"job-{status}"), status)
    page = manager.get(way).content.decode()
    assert [page.partition("result_list")[2].count(f">{each}<") for each in ("waits", "running", "failed")] == [1, 1, 1]
    assert ">done<" not in page.partition('id="result_list"')[2] and "No job waits" not in page


def test_a_job_says_whose_it_is_to_who_may_see_partners_by_one_statement(manager: Browser) -> None:
    partner = make_caller("NGO", name="Havnehuset", agreed=True).partner
    failed = jobs.defer("intake.note", lock=str(partner.pk), batch="a")
    end(failed, "failed")
    link = f'<a href="/admin/partners/partner/{partner.pk}/change/">Havnehuset</a>'
    with CaptureQueriesContext(connection) as few:
        assert manager.get(LIST).content.decode().count(link) == 1
    for number in range(3):
        jobs.defer("intake.note", lock=str(partner.pk), batch=str(number))
    jobs.defer("intake.note", lock="no-partner", batch="b")
    with CaptureQueriesContext(connection) as many:
        assert manager.get(LIST).content.decode().count(link) == 4
    assert len(few) == len(many)
    assert link in manager.get(f"{LIST}{failed}/change/").content.decode()
    assert f"{failed}: intake.note a, Havnehuset" in manager.get("/admin/").content.decode()
    statistician = signed_in(staff("statistician", "statistician"))
    assert all(
        "Havnehuset" not in statistician.get(path).content.decode()
        for path in (LIST, f"{LIST}{failed}/change/", "/admin/")
    )


def test_a_failed_job_is_done_again_once_staff_have_said_so_twice(manager: Browser) -> None:
    job = jobs.defer("intake.note", batch="a")
    end(job, "failed")
    assert "The job is done again" in act(manager, "retry", job, sure=False)
    assert state(job) == ("failed", 5, False)
    assert f"Jobs that are done again: {job}." in act(manager, "retry", job)
    assert state(job) == ("todo", 0, False)
    assert list(AuditEvent.objects.filter(action="job.retry").values_list("subject", flat=True)) == [
        f"intake.note {job}"
    ]


def test_the_page_of_a_job_offers_what_its_state_allows_and_asks_first(manager: Browser) -> None:
    offered = {"failed": "retry", "cancelled": "retry", "todo": "cancel", "doing": "cancel", "succeeded": None}
    numbers = {status: jobs.defer("intake.note", batch=status) for status in offered}
    for status, number in numbers.items():
        if status != "todo":
            end(number, status)
    for status, name in offered.items():
        path = f"{LIST}{numbers[status]}/change/"
        page = manager.get(path).content.decode()
        assert re.findall(r'<button class="button" name="action" value="(\w+)"', page) == ([name] if name else []), (
            status
        )
        assert "What you can do" in page
        assert ("whether the service henvis-worker@intake is running" in page) == (status == "doing")  # it may be stuck
        assert '<div class="readonly">–</div>' in page and ">-<" not in page, "what is empty is one dash everywhere"
        auditor = signed_in(staff(f"auditor-{status}", "auditor"))
        assert '<form class="act"' not in auditor.get(path).content.decode()
    page = manager.get(f"{LIST}{numbers['failed']}/change/").content.decode()
    form = page.partition('<form class="act"')[2].partition("</form>")[0]
    assert f'action="{LIST}"' in form and "csrfmiddlewaretoken" in form
    assert f'name="{ACTION_CHECKBOX_NAME}" value="{numbers["failed"]}"' in form
    asked = manager.post(LIST, {"action": "retry", ACTION_CHECKBOX_NAME: [str(numbers["failed"])]}).content.decode()
    assert "The job is done again" in asked and "No, back" in asked
    assert state(numbers["failed"])[0] == "failed"


def test_what_waits_is_cancelled_and_what_runs_is_asked_to_stop(manager: Browser) -> None:
    waiting, running, done = (jobs.defer("intake.note", batch=name) for name in "abc")
    end(running, "doing")
    end(done, "succeeded")
    page = act(manager, "cancel", waiting, running, done)
    assert (state(waiting)[0], state(running)[::2], state(done)[0]) == ("cancelled", ("doing", True), "succeeded")
    assert f"Jobs whose state does not allow it: {done}." in page
    assert "is to stop" in page
    assert AuditEvent.objects.filter(action="job.cancel").count() == 2
    act(manager, "retry", waiting)
    assert state(waiting)[0] == "todo"
    assert AuditEvent.objects.filter(action="toy.let_go").count() == 2


def test_a_cancelled_job_whose_worker_ended_is_not_begun_again(manager: Browser) -> None:
    job = jobs.defer("intake.note", batch="a")
    end(job, "doing")
    act(manager, "cancel", job)
    sql("SELECT henvis_resume_jobs('{intake}', 9)")
    assert state(job) == ("aborted", 6, False)


def test_a_bell_that_is_rung_already_is_not_rung_twice(manager: Browser) -> None:
    statistician = signed_in(staff("statistician", "statistician"))
    failed = jobs.defer("toys.ring")
    end(failed, "failed")
    jobs.defer("toys.ring")
    assert f"state does not allow it: {failed}" in act(statistician, "retry", failed)
    assert state(failed)[0] == "failed"


@pytest.mark.parametrize("queue", OF_INTAKE)
def test_each_role_manages_the_queues_of_its_own_work(manager: Browser, queue: str) -> None:
    intake, upkeep = jobs.defer("intake.note", queue=queue, batch="a"), jobs.defer("toys.ring")
    act(manager, "cancel", intake, upkeep)
    assert (state(intake)[0], state(upkeep)[0]) == ("cancelled", "todo")
    act(signed_in(staff("statistician", "statistician")), "cancel", upkeep)
    assert state(upkeep)[0] == "cancelled"
    auditor = signed_in(staff("auditor", "auditor"))
    assert auditor.get(LIST).status_code == 200
    act(auditor, "retry", intake, upkeep)
    assert {state(intake)[0], state(upkeep)[0]} == {"cancelled"}


def test_a_name_that_no_task_has_is_shown_and_harmless(manager: Browser) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('old', '<b>gone</b>', '{}')"
        )
    page = manager.get(LIST).content.decode()
    assert "&lt;b&gt;gone&lt;/b&gt;" in page
    assert manager.get(f"{LIST}{Job.objects.get().pk}/change/").status_code == 200
