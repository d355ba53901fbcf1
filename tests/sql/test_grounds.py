"""What speaks against publishing a release, and the draft to which an approver says no.

Of `henvis_grounds`, `henvis_is_reason`, `henvis_check_grounds`, `henvis_check_not_refused`, `henvis_refuse_draft`,
`henvis_check_unpublished` and `henvis_check_not_scheduled`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User

from partners.models import AuditEvent
from stats.models import (
    AUTHORITY,
    PUBLIC,
    SHORTEST_REASON,
    AnnouncedDate,
    DraftRefusal,
    Publication,
    Release,
)
from tests.sql.calls import refusal, rows, value, web_value
from tests.sql.test_publish import with_right
from tests.stats.drafts import built
from tests.stats.published import staff
from tests.stats.web_role import refused

pytestmark = pytest.mark.django_db
DA, EN = "Folketinget skal bruge dem nu.", "Parliament needs them now."
NO = "The total cannot be right."


@pytest.fixture
def approver(db: None) -> User:
    """Who approves."""
    return with_right("approver")


def draft(period: str = "2023", audience: str = PUBLIC, *, few: bool = False, **reasons: str) -> str:
    """A draft, with the reasons of its order, of which few reports came or enough."""
    rows("SET CONSTRAINTS ALL DEFERRED")
    release = built(audience, period, user=staff("builder"))
    switch_off("statistics_release", "build.statistics_proof")
    Release.objects.filter(pk=release.pk).update(**reasons)
    rows("UPDATE build.statistics_proof SET few_reports = %s WHERE release_id = %s", few, release.pk)
    return release.pk


def switch_off(*tables: str) -> None:
    """Let a test write what nothing else changes."""
    rows("SET CONSTRAINTS ALL IMMEDIATE")
    for table in tables:
        rows(f"ALTER TABLE {table} DISABLE TRIGGER append_only")


def grounds(release: str, at: datetime) -> list[str]:
    """What speaks against it at a moment, as the web server asks."""
    return list(web_value("SELECT henvis_grounds(%s, %s)", release, at))


def announce(period: str = "2023", **when: Any) -> None:
    """Announce the figures of a period."""
    AnnouncedDate.objects.create(period=period, user=staff("planner"), **when)


def test_henvis_grounds_asks_whether_the_period_has_ended_in_copenhagen() -> None:
    name = draft()
    last, first = datetime(2023, 12, 31, 22, 59, tzinfo=UTC), datetime(2023, 12, 31, 23, 0, tzinfo=UTC)
    assert (grounds(name, last), grounds(name, first)) == (["BEFORE_PERIOD_END"], [])
    assert grounds(draft("2023-Q4", AUTHORITY), last) == []
    assert grounds("1999.p1", last) == []


def test_henvis_grounds_asks_for_reports() -> None:
    name = draft(few=True)
    assert grounds(name, datetime(2024, 3, 1, tzinfo=UTC)) == ["FEW_REPORTS"]


def test_henvis_grounds_asks_the_calendar() -> None:
    name, day = draft(), datetime(2101, 3, 14, 11, tzinfo=UTC)
    announce(month=day.date().replace(day=1), moment=day)
    assert grounds(name, day) == grounds(name, day.replace(hour=22)) == []
    assert grounds(name, day.replace(hour=23)) == ["OTHER_DAY"]
    announce("2022", month=day.date().replace(day=1))
    other = draft("2022")
    assert grounds(other, day.replace(day=1)) == []
    assert grounds(other, day.replace(month=4)) == ["OTHER_DAY"]
    Publication.objects.create(release_id=other, user=staff("approver"))
    assert grounds(other, day.replace(month=4)) == []  # what was announced is published


@pytest.mark.parametrize(
    ("da", "en", "is_one"),
    [
        (DA, EN, True),
        ("x" * SHORTEST_REASON, "y" * SHORTEST_REASON, True),
        ("x" * (SHORTEST_REASON - 1), EN, False),
        (DA, "x", False),
        ("x" + " " * 30, EN, False),
        (DA, "." * 30, False),
        ("123456789 " * 3, EN, False),
        ("æøå ÆØÅ éüþ Ж" + "." * 10, EN, True),
        (None, EN, False),
    ],
)
def test_henvis_is_reason_wants_both_languages(da: str | None, en: str, is_one: bool) -> None:
    assert value("SELECT henvis_is_reason(%s, %s)", da, en) is is_one
    refused("SELECT henvis_is_reason('', '')")


def test_henvis_check_grounds_wants_the_reasons_of_both(approver: User) -> None:
    publish = "SELECT henvis_publish(%s, %s, %s, %s)"
    with refusal("ORDER_REASON_MISSING", "2023.p1"):
        web_value(publish, draft(few=True), approver.pk, DA, EN)
    name = draft("2022", few=True, reason_da=DA, reason_en=EN)
    for da, en in (("", ""), (DA, "x"), (None, None)):
        with refusal("APPROVAL_REASON_MISSING", name):
            web_value(publish, name, approver.pk, da, en)
    assert not Publication.objects.exists()
    web_value(publish, name, approver.pk, f" {DA} ", EN)
    row = Publication.objects.get()
    assert (row.grounds, row.reason_da, row.reason_en) == (["FEW_REPORTS"], DA, EN)
    assert AuditEvent.objects.get(action="release.publish").detail["grounds"] == ["FEW_REPORTS"]
    refused("SELECT henvis_check_grounds('2022.p1', now(), '', '')")


def test_without_a_ground_no_reason_is_kept(approver: User) -> None:
    web_value("SELECT henvis_publish(%s, %s, %s, %s)", draft(), approver.pk, DA, EN)
    row = Publication.objects.get()
    assert (row.grounds, row.reason_da, row.reason_en) == ([], "", "")


def test_henvis_refuse_draft_says_no_for_good(approver: User) -> None:
    name, refuse = draft(), "SELECT henvis_refuse_draft(%s, %s, %s)"
    for release, why, user, code in (
        (name, NO, staff("nobody"), "APPROVER_RIGHT_MISSING"),
        (name, "x", approver, "REFUSAL_REASON_MISSING"),
        (name, None, approver, "REFUSAL_REASON_MISSING"),
        ("1999.p1", NO, approver, "NO_PROTECTED_RELEASE"),
    ):
        with refusal(code):
            web_value(refuse, release, why, user.pk)
    web_value(refuse, name, NO, approver.pk)
    row = DraftRefusal.objects.get()
    assert (row.release_id, row.reason, row.user) == (name, NO, approver)
    assert AuditEvent.objects.get(action="release.refuse").subject == name
    for statement, parameters in (
        (refuse, (name, NO, approver.pk)),
        ("SELECT henvis_publish(%s, %s, '', '')", (name, approver.pk)),
        ("SELECT henvis_schedule(%s, now() + interval '1 day', %s, '', '')", (name, approver.pk)),
    ):
        with refusal("DRAFT_REFUSED", name):
            web_value(statement, *parameters)
    refused(f"SELECT henvis_check_not_refused('{name}')")


def test_a_draft_is_refused_while_another_of_its_months_is_scheduled(approver: User) -> None:
    name, planned = draft(), draft("2023", AUTHORITY)
    web_value("SELECT henvis_schedule(%s, now() + interval '1 day', %s, '', '')", planned, approver.pk)
    web_value("SELECT henvis_refuse_draft(%s, %s, %s)", name, NO, approver.pk)
    assert DraftRefusal.objects.get().release_id == name


def test_what_is_published_or_scheduled_is_not_refused(approver: User) -> None:
    name, refuse = draft(), "SELECT henvis_refuse_draft(%s, %s, %s)"
    schedule = web_value("SELECT henvis_schedule(%s, now() + interval '1 day', %s, '', '')", name, approver.pk)
    with refusal("RELEASE_SCHEDULED", name):
        web_value(refuse, name, NO, approver.pk)
    web_value("SELECT henvis_take_back(%s, %s)", schedule, approver.pk)
    web_value("SELECT henvis_publish(%s, %s, '', '')", name, approver.pk)
    with refusal("ALREADY_PUBLISHED", name):
        web_value(refuse, name, NO, approver.pk)
    for function in ("check_unpublished", "check_not_scheduled"):
        refused(f"SELECT henvis_{function}('{name}')")
