"""An order that is not done says which job carries it out, and which attempt that is."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection

from partners import jobs
from stats.models import PUBLIC, BuildOrder
from tests.people.visitors import signed_in, words

pytestmark = pytest.mark.django_db
ORDERS = "/admin/statistics/buildorder/"


def test_an_order_that_is_not_done_says_which_job_it_waits_for_and_which_attempt(statistician: User) -> None:
    order = BuildOrder.objects.create(kind="PROPOSE", period="2023", audience=PUBLIC, user=statistician)
    page, browser = f"{ORDERS}{order.pk}/change/", signed_in(statistician)
    assert "(job" not in words(browser.get(page))
    number = jobs.defer("releases.build")
    assert f"(job {number}, attempt 1)" in words(browser.get(page))
    assert f"(job {number}, attempt 1)" in words(browser.get(ORDERS))


def test_an_order_that_is_built_names_the_job_that_runs_and_one_that_waits_the_next(statistician: User) -> None:
    rows = [
        BuildOrder.objects.create(kind="PROPOSE", period=period, audience=PUBLIC, user=statistician)
        for period in ("2023", "2022")
    ]
    BuildOrder.objects.filter(pk=rows[0].pk).update(state="RUNNING")
    numbers = []
    for status in ("doing", "todo"):
        numbers.append(jobs.defer("releases.build"))
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, numbers[-1]])
    browser = signed_in(statistician)
    for row, number in zip(rows, numbers, strict=True):
        assert f"(job {number}, attempt 1)" in words(browser.get(f"{ORDERS}{row.pk}/change/"))
