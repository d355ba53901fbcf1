"""Publication at a set time, function by function; the program that publishes and the pages are in tests/stats.

Of `henvis_open_schedule`, `henvis_schedule`, `henvis_release_of_schedule`, `henvis_take_back` and `henvis_publish_due`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.utils import timezone

from partners.models import AuditEvent
from stats.models import (
    AUTHORITY,
    PUBLIC,
    PreReleaseAccess,
    Publication,
    PublishedTable,
    ScheduledPublication,
    ScheduleEnd,
)
from tests.sql.calls import holds, refusal, rows, value, web_value
from tests.sql.test_publish import with_right
from tests.stats.drafts import built
from tests.stats.published import staff
from tests.stats.web_role import refused

pytestmark = pytest.mark.django_db
SOON, PAST = timedelta(hours=1), timedelta(hours=-1)


@pytest.fixture
def builder(db: None) -> User:
    """Who had it built, and may approve what others built."""
    return with_right("builder")


@pytest.fixture
def first(db: None) -> User:
    """Who sets the time."""
    return with_right("first")


@pytest.fixture
def second(db: None) -> User:
    """Who approves it too."""
    return with_right("second")


def moment(after: timedelta) -> datetime:
    """A moment from now."""
    return timezone.now() + after


def planned(user: User, release: str = "2023.p1", after: timedelta = SOON) -> int:
    """A schedule that a person makes, as the web server does."""
    made: int = web_value("SELECT henvis_schedule(%s, %s, %s, '', '')", release, moment(after), user.pk)
    return made


def take_back(schedule: int, user: User) -> None:
    """Take back as the web server does."""
    web_value("SELECT henvis_take_back(%s, %s)", schedule, user.pk)


def due(approver: User, release: str = "2023.p1") -> int:
    """A schedule whose moment has come, as somebody approved it."""
    return ScheduledPublication.objects.create(release_id=release, due_at=moment(PAST), user=approver).pk


def test_henvis_schedule_is_the_approval_with_its_event(builder: User, first: User) -> None:
    built(PUBLIC, "2023", user=builder)
    schedule = planned(first)
    plan = ScheduledPublication.objects.get()
    assert (plan.pk, plan.release_id, plan.user) == (schedule, "2023.p1", first)
    event = AuditEvent.objects.get(action="release.schedule")
    assert (event.user_id, event.subject, event.detail["schedule"]) == (first.pk, "2023.p1", schedule)
    assert datetime.fromisoformat(event.detail["due_at"]) == plan.due_at
    assert not Publication.objects.exists()


def test_henvis_schedule_asks_all_that_publishing_does(builder: User, first: User) -> None:
    built(PUBLIC, "2023", user=builder)
    built(PUBLIC, "2022", user=builder, passed=False)
    built(PUBLIC, "2021", user=builder, against=["2020.p1"])
    built(PUBLIC, "2020", user=None)
    for release, user, after, code in (
        ("2023.p1", staff("nobody"), SOON, "APPROVER_RIGHT_MISSING"),
        ("2023.p1", builder, SOON, "APPROVED_BY_BUILDER"),
        ("2020.p1", first, SOON, "APPROVED_BY_BUILDER"),
        ("2022.p1", first, SOON, "PROOF_NOT_PASSED"),
        ("2021.p1", first, SOON, "PROOF_STALE"),
        ("2023.p1", first, PAST, "SCHEDULE_PAST"),
        ("2019.p1", first, SOON, "NO_PROTECTED_RELEASE"),
    ):
        with refusal(code, release if code.startswith("PROOF") else ""):
            planned(user, release, after)
    assert not ScheduledPublication.objects.exists()


def test_one_schedule_waits_and_what_waits_is_not_published_now(builder: User, first: User) -> None:
    built(PUBLIC, "2022", user=builder)
    built(PUBLIC, "2023", user=builder)
    schedule = planned(first)
    assert rows("SELECT id FROM henvis_open_schedule()") == [(schedule,)]
    with refusal("ANOTHER_SCHEDULED", "2023.p1"):
        planned(first, "2022.p1")
    with refusal("RELEASE_SCHEDULED", "2023.p1"):
        web_value("SELECT henvis_publish('2023.p1', %s, '', '')", first.pk)
    take_back(schedule, first)
    web_value("SELECT henvis_publish('2023.p1', %s, '', '')", first.pk)


@pytest.mark.parametrize(("audience", "period"), [(AUTHORITY, "2023"), (AUTHORITY, "2023-Q4"), (PUBLIC, "2019-2023")])
def test_no_other_draft_tells_the_figures_of_what_waits(builder: User, first: User, audience: str, period: str) -> None:
    built(PUBLIC, "2023", user=builder)
    other = built(audience, period, user=builder).pk
    schedule = planned(first)
    with refusal("RELEASE_SCHEDULED", "2023.p1"):
        web_value("SELECT henvis_publish(%s, %s, '', '')", other, first.pk)
    assert not Publication.objects.exists()
    take_back(schedule, first)
    web_value("SELECT henvis_publish(%s, %s, '', '')", other, first.pk)


def test_what_waits_for_authorities_is_told_to_nobody_else(builder: User, first: User) -> None:
    built(PUBLIC, "2023", user=builder)
    waiting = built(AUTHORITY, "2023-Q4", user=builder).pk
    planned(first, waiting)
    with refusal("RELEASE_SCHEDULED", waiting):
        web_value("SELECT henvis_publish('2023.p1', %s, '', '')", first.pk)


def test_nothing_stale_is_scheduled(builder: User, first: User) -> None:
    built(PUBLIC, "2023", user=builder)
    rows("SELECT henvis_publish_due(%s)", due(first))
    Publication.objects.create(release=built(PUBLIC, "2022", user=builder), user=first)
    built(PUBLIC, "2021", user=builder)
    with refusal("PROOF_STALE", "2021.p1"):
        planned(first, "2021.p1")


def test_henvis_take_back_is_every_approver_s(builder: User, first: User, second: User) -> None:
    built(PUBLIC, "2023", user=builder)
    schedule = planned(first)
    with refusal("APPROVER_RIGHT_MISSING"):
        take_back(schedule, staff("nobody"))
    take_back(schedule, second)
    end = ScheduleEnd.objects.get()
    assert (end.outcome, end.user, end.code) == ("TAKEN_BACK", second, "")
    assert AuditEvent.objects.get(action="release.schedule_take_back").subject == "2023.p1"
    with refusal("NO_OPEN_SCHEDULE"):
        take_back(schedule, second)
    with refusal("NO_OPEN_SCHEDULE"):
        rows("SELECT henvis_release_of_schedule(%s)", schedule)
    assert value("SELECT henvis_publish_due(%s)", schedule) is None
    assert not Publication.objects.exists()


def test_who_ordered_a_release_takes_its_schedule_back(builder: User, first: User) -> None:
    orderer = staff("orderer")
    built(PUBLIC, "2023", user=orderer)
    schedule = planned(first)
    assert value("SELECT henvis_release_of_schedule(%s)", schedule) == "2023.p1"
    with refusal("APPROVER_RIGHT_MISSING"):
        take_back(schedule, orderer)  # who may order no more
    orderer.user_permissions.add(Permission.objects.get(codename="add_buildorder"))
    take_back(schedule, orderer)
    assert ScheduleEnd.objects.get().user == orderer


def test_henvis_publish_due_publishes_in_the_name_of_the_approver(builder: User, first: User) -> None:
    built(PUBLIC, "2023", user=builder)
    schedule = due(first)
    assert value("SELECT henvis_publish_due(%s)", schedule) is None
    assert holds("henvis.publish")
    assert (Publication.objects.get().user, PublishedTable.objects.count()) == (first, 1)
    assert ScheduleEnd.objects.get().outcome == "PUBLISHED"
    event = AuditEvent.objects.get(action="release.publish")
    assert (event.user_id, event.detail["built_by"], event.detail["schedule"]) == (first.pk, builder.pk, schedule)
    assert value("SELECT henvis_publish_due(%s)", schedule) is None
    assert (Publication.objects.count(), ScheduleEnd.objects.count()) == (1, 1)
    refused("SELECT henvis_publish_due(1)")


def test_nothing_is_published_before_its_moment(builder: User, first: User) -> None:
    built(PUBLIC, "2023", user=builder)
    schedule = planned(first)
    with refusal("SCHEDULE_NOT_DUE"):
        rows("SELECT henvis_publish_due(%s)", schedule)
    assert not Publication.objects.exists()
    assert not ScheduleEnd.objects.exists()


def refused_at_its_moment(schedule: int, code: str) -> None:
    """It is not published, nothing of it is there, and the schedule says why."""
    assert value("SELECT henvis_publish_due(%s)", schedule) == code
    end = ScheduleEnd.objects.get()
    assert (end.outcome, end.code) == ("FAILED", code)
    event = AuditEvent.objects.get(action="release.schedule_fail")
    assert (event.user_id, event.subject, event.detail) == (None, "2023.p1", {"schedule": schedule, "code": code})
    assert not PublishedTable.objects.exists()
    assert not PreReleaseAccess.objects.exists()
    assert not Publication.objects.filter(release="2023.p1").exists()
    assert value("SELECT henvis_publish_due(%s)", schedule) == code
    assert ScheduleEnd.objects.count() == 1


def test_who_had_it_built_is_not_who_approves(builder: User) -> None:
    built(PUBLIC, "2023", user=builder)
    refused_at_its_moment(due(builder), "APPROVED_BY_BUILDER")


@pytest.mark.parametrize("active", [True, False])
def test_an_approver_whose_right_is_gone_counts_no_more(builder: User, first: User, active: bool) -> None:
    built(PUBLIC, "2023", user=builder)
    schedule = due(first)
    if active:
        first.user_permissions.clear()
    else:
        User.objects.filter(pk=first.pk).update(is_active=False)
    refused_at_its_moment(schedule, "SCHEDULE_NOT_APPROVED")


def test_a_proof_that_is_stale_at_the_moment_publishes_nothing(builder: User, first: User) -> None:
    built(PUBLIC, "2023", user=builder)
    schedule = due(first)
    Publication.objects.create(release=built(PUBLIC, "2022", user=builder), user=first)
    refused_at_its_moment(schedule, "PROOF_STALE")


@pytest.mark.django_db(transaction=True)
def test_at_another_isolation_nothing_is_published(builder: User, first: User) -> None:
    built(PUBLIC, "2023", user=builder)
    schedule = due(first)
    with refusal("APPROVAL_ISOLATION"), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT henvis_publish_due(%s)", [schedule])
