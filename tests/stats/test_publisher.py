"""The program that publishes what is scheduled: to the second, once, after an absence, and with what it says in its log."""

from __future__ import annotations

import json
import re
import time
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone
from structlog.testing import capture_logs

from partners.audit import Actor
from stats.models import PUBLIC, Publication, ScheduledPublication, ScheduleEnd
from stats.publishing import publisher
from stats.staff import approval
from tests.callers import Browser, as_web_server, make_caller
from tests.stats.drafts import CELLS, built
from tests.stats.test_approval import with_right
from tests.threads import Background, at_once

pytestmark = pytest.mark.django_db(transaction=True)
LATE_ENOUGH = 1.0
NOT_LATE = 20.0  # on the busiest machine; who misses the moment looks again a minute later


@pytest.fixture
def approver(db: None) -> User:
    """Who approves."""
    return with_right("first")


def plan(approver: User, after: timedelta) -> datetime:
    """A publication of a new draft of 2023 that is planned and approved on the web server. Returns its moment."""
    built(PUBLIC, "2023", user=with_right("builder"), tables=[{**CELLS, "counts": [90417]}])
    due_at = timezone.now() + after
    with as_web_server():
        approval.schedule(by=Actor.of(approver), release_id="2023.p1", due_at=due_at)
    return due_at


def missed(approver: User) -> None:
    """One whose moment has passed while nobody was there to publish."""
    built(PUBLIC, "2023", user=with_right("builder"))
    ScheduledPublication.objects.create(
        release_id="2023.p1", due_at=timezone.now() - timedelta(minutes=2), user=approver
    )


class EndOfTestError(Exception):
    """What ends the program once it has published."""


def work_until_published(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, float]]:
    """Work as the program does, until it has published. Returns what it did: each look with what is left, and each wait."""
    acts: list[tuple[str, float]] = []
    next_schedule, wait, publish = publisher.next_schedule, publisher.wait, publisher.publish

    def look() -> publisher.WaitingSchedule | None:
        schedule = next_schedule()
        acts.append(("look", schedule.seconds if schedule else 0))
        return schedule

    def sleep(seconds: float) -> None:
        acts.append(("wait", seconds))
        wait(seconds)

    def publish_and_end(schedule: publisher.WaitingSchedule) -> None:
        publish(schedule)
        raise EndOfTestError

    for name, act in (("next_schedule", look), ("wait", sleep), ("publish", publish_and_end)):
        monkeypatch.setattr(publisher, name, act)
    with pytest.raises(EndOfTestError):
        publisher.work(once=False)
    return acts


def test_it_publishes_to_the_second_and_not_before(approver: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """It sleeps for exactly what is left, and publishes at its first look after: what is late is the machine, which may be busy."""
    due_at = plan(approver, timedelta(seconds=1))
    publisher.work(once=True)
    assert not Publication.objects.exists()
    with capture_logs() as lines:
        *before, (look, left) = work_until_published(monkeypatch)
    assert look == "look" and left <= 0
    looks, waits = before[::2], before[1::2]
    assert waits and [("wait", seconds) for _, seconds in looks] == waits
    assert all(0 < seconds <= 1 for _, seconds in waits)
    assert due_at <= Publication.objects.get().published_at < due_at + timedelta(seconds=NOT_LATE)
    (line,) = lines
    event = ("release published", "info") if line["late"] <= LATE_ENOUGH else ("release published late", "warning")
    assert (line["event"], line["log_level"], line["release"]) == (*event, "2023.p1")


def test_a_sleeping_program_wakes_when_a_schedule_is_made(approver: User) -> None:
    with Background() as background:
        publisher.listen()
        waiting = background.start(lambda: plan(approver, timedelta(seconds=30)))
        began = timezone.now()
        publisher.wait(20)
        assert timezone.now() - began < timedelta(seconds=10)
        waiting.result(timeout=30)
    found = publisher.next_schedule()
    assert found is not None and 0 < found.seconds < 30


def test_what_came_due_in_its_absence_is_published_late_and_said_aloud(approver: User) -> None:
    missed(approver)
    with capture_logs() as lines:
        call_command("release", "publish-due", "--once", stderr=StringIO())
    assert Publication.objects.get().release_id == "2023.p1"
    (line,) = lines
    assert (line["event"], line["log_level"], line["late"] > LATE_ENOUGH) == ("release published late", "warning", True)


def test_what_cannot_be_published_is_an_error_in_the_log_without_a_figure(approver: User) -> None:
    approver.user_permissions.clear()
    missed(approver)
    with capture_logs() as lines:
        publisher.work(once=True)
        publisher.work(once=True)
    (line,) = lines
    assert (line["event"], line["log_level"], line["code"]) == (
        "release not published",
        "error",
        "SCHEDULE_NOT_APPROVED",
    )
    assert not Publication.objects.exists()


def test_an_error_of_the_database_is_said_by_its_class_and_ends_the_program(
    approver: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    missed(approver)
    monkeypatch.setattr(publisher, "PUBLISH", "SELECT 1 / 0, %s::int")
    with capture_logs() as lines, pytest.raises(DatabaseError):
        publisher.work(once=True)
    assert [(each["log_level"], each["error"]) for each in lines] == [("error", "DataError")]
    assert [(each["event"], each["release"]) for each in lines] == [("release not published", "2023.p1")]
    assert "zero" not in json.dumps(lines)
    monkeypatch.undo()
    publisher.work(once=True)
    assert Publication.objects.exists()


@pytest.mark.parametrize("name", ["LISTEN", "OPEN"])
def test_every_error_of_the_database_is_said(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publisher, name, "SELECT 1 / 0")
    with capture_logs() as lines, pytest.raises(DatabaseError):
        publisher.work(once=True)
    assert [(each["event"], each["log_level"], each["error"]) for each in lines] == [
        ("publisher stopped", "error", "DataError")
    ]


def test_a_connection_that_breaks_while_it_sleeps_is_said() -> None:
    publisher.listen()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        ((pid,),) = cursor.fetchall()
    with Background() as background, capture_logs() as lines:
        background.start(lambda: end_when_asleep(pid))
        with pytest.raises(DatabaseError):
            publisher.work(once=False)
    connection.close()
    assert [(each["event"], each["log_level"]) for each in lines] == [("publisher stopped", "error")]


def end_when_asleep(pid: int) -> None:
    """End a connection of the database, once the program has looked, has given its sign of life and waits."""
    asleep = "SELECT count(*) FROM pg_stat_activity WHERE pid = %s AND state = 'idle' AND query LIKE '%%procrastinate_workers%%'"
    with connection.cursor() as cursor:
        deadline = time.monotonic() + 30
        while not number_of(cursor, asleep, pid) and time.monotonic() < deadline:
            time.sleep(0.05)
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])


def number_of(cursor: Any, statement: str, pid: int) -> int:
    """The number that a statement gives."""
    cursor.execute(statement, [pid])
    ((number,),) = cursor.fetchall()
    return int(number)


def test_of_two_programs_one_publishes(approver: User) -> None:
    missed(approver)
    with capture_logs() as lines:
        at_once([lambda: publisher.work(once=True)] * 3)
    assert (Publication.objects.count(), ScheduleEnd.objects.count()) == (1, 1)
    assert {each["log_level"] for each in lines} == {"warning"}


def embargoed(language: str) -> list[str]:
    """Where a release can be read, by everybody."""
    pages = {
        "da": ("", "udgivelser/", "udgivelser/2023.p1/", "udgivelser/2023.p1/bevis/", "statistik/persons/?by=gender")
    }
    pages["en"] = ("", "releases/", "releases/2023.p1/", "releases/2023.p1/proof/", "statistics/persons/?by=gender")
    feeds = {"da": ("udgivelser.atom", "kalender.ics"), "en": ("releases.atom", "calendar.ics")}
    return [f"/{language}/{path}" for path in (*pages[language], *feeds[language])]


MACHINES = [
    "/api/v1/releases",
    "/api/v1/releases/2023.p1",
    "/api/v1/releases/2023.p1/certificate",
    "/api/v1/releases/2023.p1/citation",
    "/api/v1/statistics/persons?by=gender&year=2023",
    "/api/v1/statistics",
    "/sitemap.xml",
]


def answers(browser: Any, headers: dict[str, str] | None = None) -> dict[str, tuple[int, bool]]:
    """By address the status, and whether the answer names the draft or its figure."""
    found = {}
    for path in (*embargoed("da"), *embargoed("en"), *MACHINES):
        answer = browser.get(path, headers=headers or {})
        found[path] = answer.status_code, bool(re.search(r"2023\.p1|90.?417", answer.content.decode()))
    return found


def test_until_its_moment_nothing_of_it_is_readable(approver: User) -> None:
    authority = make_caller("IMMIGRATION", scopes=["statistics:authority"])
    before = answers(Client()), answers(Browser(), {"Authorization": f"Bearer {authority.token}"})
    plan(approver, timedelta(seconds=30))
    during = answers(Client()), answers(Browser(), {"Authorization": f"Bearer {authority.token}"})
    for then, now in zip(before, during, strict=True):
        assert now == then
        # What cannot be found is named in the answer that says so.
        assert [path for path, (status, named) in now.items() if named and status == 200] == []
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE statistics_scheduledpublication DISABLE TRIGGER append_only")
        cursor.execute("UPDATE statistics_scheduledpublication SET due_at = now() - interval '1 second'")
        cursor.execute("ALTER TABLE statistics_scheduledpublication ENABLE TRIGGER append_only")
    publisher.work(once=True)
    after = answers(Client())
    assert after["/da/udgivelser/2023.p1/"] == (200, True)
    assert after["/api/v1/releases"] == (200, True)
    assert after["/sitemap.xml"] == (200, True)
