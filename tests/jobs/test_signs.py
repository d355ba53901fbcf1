"""A service of the server that ended is seen: above the list of jobs, and on the first page of who manages its jobs."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from partners import jobs
from tests.callers import Browser
from tests.cases.statistics.web_role import rows
from tests.jobs.conftest import Work
from tests.jobs.test_working import sql
from tests.people.visitors import signed_in, staff

pytestmark = pytest.mark.django_db
LIST = "/admin/jobs/job/"
SIGNS = "SELECT henvis_role = 'henvis_web', last_heartbeat > now() - interval '1 minute' FROM procrastinate_workers ORDER BY 1"


def sign(role: str, *, minutes: int) -> None:
    """A worker of a role gave its last sign of life so many minutes ago."""
    sql(
        "INSERT INTO procrastinate_workers (last_heartbeat, henvis_role) "
        f"VALUES (now() - interval '{minutes} minutes', {role})"
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
    assert "upkeep service (henvis-upkeep) gives no sign of life" in page and "last sign of life" in page
    sign("current_user", minutes=0)
    assert (items(statistician), items(manager)) == ([], ["silent_intake"])


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_ended_leaves_its_last_sign_until_the_next_of_its_role(work: Work) -> None:
    assert work(jobs.INTAKE) and work(jobs.UPKEEP)
    assert rows(SIGNS) == [(False, True), (True, True)]
    sql("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
    assert work(jobs.UPKEEP)
    assert rows(SIGNS) == [(False, True), (True, False)]
    assert work(jobs.INTAKE)
    assert rows(SIGNS) == [(False, True), (True, True)]
