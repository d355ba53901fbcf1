"""The program that publishes on time gives signs of life: its silence is told before the moment comes, to who operates."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from partners.staff.naming import moment_of
from stats.models import PUBLIC, ScheduledPublication
from stats.publishing import publisher
from tests.callers import Browser
from tests.jobs.test_signs import items, sign
from tests.jobs.test_working import sql
from tests.people.visitors import signed_in, staff
from tests.stats.drafts import built
from tests.stats.web_role import rows

pytestmark = pytest.mark.django_db
SIGNS = "SELECT henvis_queues FROM procrastinate_workers"


@pytest.fixture
def plan(db: None) -> ScheduledPublication:
    """A publication that is planned for tomorrow."""
    release, by = built(PUBLIC, "2023", user=staff("builder")), staff("planner")
    return ScheduledPublication.objects.create(release=release, due_at=timezone.now() + timedelta(days=1), user=by)


def item(browser: Browser, language: str) -> str:
    """What the first page says of the publisher."""
    page = browser.get("/admin/", headers={"Accept-Language": language}).content.decode()
    told = page.partition('id="waiting-silent_publisher"')[2].partition("</div>")[0]
    return html.unescape(re.sub(r"<[^>]+>", "", told))


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_publisher_that_is_silent_while_a_plan_waits_is_told_before_the_moment(
    plan: ScheduledPublication, language: str
) -> None:
    operator = signed_in(staff("operator", "statistician"))
    told = item(operator, language)
    danish = "Tjenesten, der udgiver til tiden (henvis-publisher), giver ikke livstegn, og en udgivelse er planlagt"
    english = "The service that publishes on time (henvis-publisher) gives no sign of life, and a release is scheduled"
    assert (danish if language == "da" else english) in told and "2023" in told
    if language == "en":
        assert f"scheduled for {moment_of(plan.due_at)}" in told
    for role in ("approver", "partner_manager", "auditor"):
        assert items(signed_in(staff(role, role))) == []
    publisher.work(once=True)
    assert items(operator) == []
    sql("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '6 minutes'")
    assert items(operator) == ["silent_publisher"]


def test_where_nothing_is_planned_no_silence_of_the_publisher_is_told() -> None:
    sign("current_user", minutes=6, queues="publisher")
    operator = signed_in(staff("operator", "statistician"))
    assert items(operator) == []
    assert "Publication on time: no sign of life since" in operator.get("/admin/jobs/job/").content.decode()


def test_a_publisher_leaves_one_row_and_hides_no_other_silence(plan: ScheduledPublication) -> None:
    sign("current_user", minutes=6, queues="upkeep")
    for _ in range(3):
        publisher.work(once=True)
    assert sorted(rows(SIGNS)) == [(["publisher"],), (["upkeep"],)]
    # The web server's role, which reads strangers' files, gives no sign in its name.
    sql("DELETE FROM procrastinate_workers WHERE henvis_queues = '{publisher}'")
    sign("'henvis_web'", minutes=0, queues="publisher")
    assert "silent_publisher" in items(signed_in(staff("operator-too", "statistician")))
    publisher.work(once=True)
    assert items(signed_in(staff("operator", "statistician"))) == ["silent_upkeep"]
