"""The staff pages of the calendar and of publication at a set time, with the web server's rights."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.utils import timezone

from cases.months import COPENHAGEN
from partners.models import AuditEvent
from stats.models import (
    PUBLIC,
    AnnouncedDate,
    Publication,
    ScheduledPublication,
    ScheduleEnd,
)
from stats.publishing import publisher
from tests.callers import Browser
from tests.stats.drafts import built, look_at
from tests.stats.published import staff
from tests.stats.test_admin import RELEASES, said, signed_in

pytestmark = pytest.mark.django_db
RIGHTS = ("view_release", "approve_release")
DATES = "/admin/statistics/announceddate/"
SUMMER = {"due_at": "2101-06-14T12:00"}
EXACT = "14 June 2101 at 12:00 (Danish summer time, UTC+02:00)"
ENGLISH: Any = {"headers": {"Accept-Language": "en"}}


@pytest.fixture
def first(db: None) -> Browser:
    """An approver."""
    return signed_in("first", *RIGHTS)[1]


@pytest.fixture
def second(db: None) -> Browser:
    """Another one."""
    return signed_in("second", *RIGHTS)[1]


@pytest.fixture
def draft(db: None) -> str:
    """A draft that a statistician had built."""
    return built(PUBLIC, "2023", user=staff("builder")).pk


def page(browser: Browser, path: str = f"{RELEASES}2023.p1/change/") -> str:
    """A page in English."""
    return said(browser.get(path, follow=True, **ENGLISH))


def act(browser: Browser, act: str, form: dict[str, Any]) -> str:
    """The page that follows an act on the draft, by somebody who has looked at it."""
    browser.get(f"{RELEASES}2023.p1/preview/")
    return said(browser.sure(f"{RELEASES}2023.p1/{act}/", form, follow=True, **ENGLISH))


def plan(browser: Browser, due_at: str = SUMMER["due_at"]) -> str:
    """Choose a moment and say yes to it. Returns the page that follows."""
    question = act(browser, "schedule", {"due_at": due_at})
    assert not ScheduledPublication.objects.exists()
    exact = question.partition('name="exact" value="')[2].partition('"')[0]
    return act(browser, "schedule", {"due_at": due_at, "exact": exact, "off_calendar": "on"})


@pytest.mark.usefixtures("draft")
def test_an_approver_sets_a_time_and_reads_it_exactly(first: Browser, second: Browser) -> None:
    question = act(first, "schedule", SUMMER)
    assert "Publish vintage 1 of 2023 for the public at a set time?" in question
    assert EXACT in question and "The calendar says nothing" in question and "Built by" in question
    exact = question.partition('name="exact" value="')[2].partition('"')[0]
    assert "This field is required." in act(
        first, "schedule", {**SUMMER, "exact": exact}
    )  # outside the calendar is a tick
    assert not ScheduledPublication.objects.exists()
    after = plan(first)
    assert f"Vintage 1 of 2023 for the public is scheduled to be published on {EXACT}. Approved by first." in after
    assert ScheduledPublication.objects.get().due_at == datetime(2101, 6, 14, 10, tzinfo=UTC)
    assert "/2023.p1/publish/" not in after and "/2023.p1/refuse/" not in after and "/2023.p1/take_back/" in after
    question = page(second, f"{RELEASES}2023.p1/take_back/")
    assert EXACT in question and re.search(r"<td>first, \d+ \w+ \d{4}, \d\d:\d\d</td>", question)
    assert "is scheduled to be published" in page(second, RELEASES)
    assert not Publication.objects.exists()


@pytest.mark.usefixtures("draft")
def test_a_yes_is_to_one_moment(first: Browser, second: Browser) -> None:
    act(first, "schedule", {**SUMMER, "exact": "2101-06-14T13:00:00+02:00", "off_calendar": "on"})
    assert not ScheduledPublication.objects.exists()
    plan(first)
    act(second, "take_back", {"exact": ScheduledPublication.objects.get().pk + 1})
    assert not ScheduleEnd.objects.exists()


@pytest.mark.usefixtures("draft")
@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2101-03-27T02:30", "couldn’t be interpreted"),  # the clocks skip it
        ("2101-10-30T02:30", "couldn’t be interpreted"),  # the clocks show it twice
        ("2020-01-01T12:00", "That time has passed."),
        ("tomorrow", "Enter a valid date/time."),
        ("", "This field is required."),
    ],
)
def test_a_moment_that_is_none_is_refused_in_words(first: Browser, moment: str, words: str) -> None:
    local = datetime.fromisoformat(moment).replace(tzinfo=COPENHAGEN) if moment.startswith("2101") else None
    assert local is None or local.utcoffset() != local.replace(fold=1).utcoffset()
    assert words.replace("’", "&#x27;") in act(first, "schedule", {"due_at": moment}).replace("’", "&#x27;")
    assert not ScheduledPublication.objects.exists()


@pytest.mark.usefixtures("draft")
def test_every_approver_takes_it_back(first: Browser, second: Browser) -> None:
    plan(first)
    assert EXACT in page(second, f"{RELEASES}2023.p1/take_back/")
    after = act(second, "take_back", {"exact": ScheduledPublication.objects.get().pk})
    assert "The plan is cancelled." in after and "/2023.p1/schedule/" in after
    assert ScheduleEnd.objects.get().user.username == "second"  # type: ignore[union-attr]


@pytest.mark.usefixtures("draft")
def test_only_who_approves_sets_a_time_and_never_who_had_it_built(first: Browser) -> None:
    _, statistician = signed_in("statistician", "view_release", "add_buildorder")
    for name in ("schedule", "take_back"):
        assert statistician.get(f"{RELEASES}2023.p1/{name}/").status_code == 403
        assert statistician.sure(f"{RELEASES}2023.p1/{name}/", SUMMER).status_code == 403
    builder = Browser()
    user = User.objects.get(username="builder")
    user.user_permissions.set(Permission.objects.filter(codename__in=RIGHTS))
    builder.force_login(user)
    plan(builder)
    assert not ScheduledPublication.objects.exists()
    plan(first)
    assert "is scheduled to be published" in page(statistician) and "/take_back/" not in page(statistician)


@pytest.mark.usefixtures("draft")
def test_who_ordered_the_release_stops_its_plan(first: Browser) -> None:
    builder, user = Browser(), User.objects.get(username="builder")
    user.user_permissions.set(Permission.objects.filter(codename__in=("view_release", "add_buildorder")))
    builder.force_login(user)
    plan(first)
    assert "/2023.p1/take_back/" in page(builder)
    after = act(builder, "take_back", {"exact": ScheduledPublication.objects.get().pk})
    assert "The plan is cancelled." in after and ScheduleEnd.objects.get().user == user


@pytest.mark.usefixtures("draft")
def test_staff_read_first_that_and_why_it_was_not_published(first: Browser, second: Browser) -> None:
    row = ScheduledPublication.objects.create(
        release_id="2023.p1", due_at=timezone.now() - timedelta(minutes=1), user=User.objects.get(username="first")
    )
    for path in (RELEASES, f"{RELEASES}2023.p1/change/"):
        assert "The time has passed, and nothing is published" in page(first, path)
    assert AuditEvent.objects.count() == 0
    User.objects.get(username="first").user_permissions.clear()
    publisher.publish(publisher.WaitingSchedule(row.pk, "2023.p1", -60.0))
    for path in (RELEASES, f"{RELEASES}2023.p1/change/"):
        text = page(second, path)
        assert "Vintage 1 of 2023 for the public was not published" in text
        assert "not approved by somebody who was still an approver" in text
    assert "/2023.p1/schedule/" in page(look_at(second, "2023.p1"))


@pytest.mark.usefixtures("draft")
def test_who_publishes_another_now_reads_that_it_makes_the_planned_one_stale(first: Browser) -> None:
    built(PUBLIC, "2022", user=staff("builder"))
    plan(first)
    question = page(look_at(first, "2022.p1"), f"{RELEASES}2022.p1/publish/")
    assert "Vintage 1 of 2023 for the public" in question and "becomes stale if this one is published first" in question
    assert "The calendar says nothing of the release." in question
    assert "/2022.p1/schedule/" not in page(first, f"{RELEASES}2022.p1/change/")
    said(first.sure(f"{RELEASES}2022.p1/publish/", {"off_calendar": "on"}, follow=True))
    assert "The proof of vintage 1 of 2023 for the public is stale" in page(first, RELEASES)


@pytest.mark.usefixtures("draft")
def test_who_would_tell_the_planned_figures_now_is_refused(first: Browser) -> None:
    built(PUBLIC, "2019-2023", user=staff("builder"))
    publish = f"{RELEASES}2019-2023.p1/publish/"
    assert publish in page(look_at(first, "2019-2023.p1"), f"{RELEASES}2019-2023.p1/change/")
    plan(first)
    assert publish not in page(first, f"{RELEASES}2019-2023.p1/change/")
    answer = said(first.sure(publish, {"off_calendar": "on"}, follow=True, **ENGLISH))
    assert "The publication of 2023.p1 is scheduled, and nothing of its months is published before" in answer
    assert not Publication.objects.exists()


@pytest.mark.usefixtures("draft")
def test_the_page_of_a_published_release_lists_who_could_see_it_before(first: Browser, second: Browser) -> None:
    look_at(look_at(first, "2023.p1"), "2023.p1").post(f"{RELEASES}2023.p1/publish/", {"off_calendar": "on"})
    text = page(first)
    assert "first: looked at a draft 2 times; second: looked at no draft" in text


def announce(browser: Browser, **form: str) -> str:
    """Send the form of a notice and say yes."""
    return said(browser.sure(f"{DATES}add/", form, follow=True, **ENGLISH))


@pytest.fixture
def statistician(db: None) -> Browser:
    """Who announces dates."""
    return signed_in("statistician", "view_announceddate", "add_announceddate")[1]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"period": "2024", "status": "ANNOUNCED"}, "Give a month, or a date and time."),
        ({"period": "2024", "month": "March", "status": "ANNOUNCED"}, "Write a month as 2027-03."),
        ({"period": "2024", "month": "2101-13", "status": "ANNOUNCED"}, "Write a month as 2027-03."),
        ({"period": "2024-Q1", "month": "2101-03", "status": "ANNOUNCED"}, "Write a period as 2023 or 2019-2023."),
        ({"month": "2101-03", "status": "ANNOUNCED"}, "Give either a period, or a title in both languages."),
        ({"period": "2024", "month": "2101-03", "status": "CONFIRMED"}, "A confirmed date has a time of day."),
        ({"period": "2024", "month": "2020-03", "status": "ANNOUNCED"}, "The date has passed."),
        ({"period": "2025", "month": "2101-03", "status": "ANNOUNCED"}, "A date for 2025 is announced already"),
        ({"period": "2024", "month": "2101-03", "status": "CANCELLED"}, "Select a valid choice."),
        (
            {"title_da": "A\x01B", "title_en": "AB", "month": "2101-03", "status": "ANNOUNCED"},
            "Write each text on one line.",
        ),
        (
            {"title_da": "A\u202eB", "title_en": "AB", "month": "2101-03", "status": "ANNOUNCED"},
            "Invisible characters",
        ),
        (
            {"title_da": "3 mænd og 47 kvinder", "title_en": "A", "month": "2101-03", "status": "ANNOUNCED"},
            "No figures are published here.",
        ),
        ({"period": "2024", "month": "2101-03", "status": "ANNOUNCED", "entry": "x"}, "Enter a valid UUID."),
    ],
)
def test_what_cannot_be_announced_is_said_in_words(statistician: Browser, form: dict[str, str], words: str) -> None:
    announce(statistician, period="2025", month="2101-03", status="ANNOUNCED")
    assert words in announce(statistician, **form)
    assert AnnouncedDate.objects.count() == 1


def test_a_date_moves_with_a_reason_alone(statistician: Browser) -> None:
    announce(statistician, period="2024", month="2101-03", status="ANNOUNCED")
    entry = str(AnnouncedDate.objects.get().entry)
    answer = announce(statistician, entry=entry, month="2101-04", status="POSTPONED")
    assert "Say in both languages why the date is postponed or cancelled." in answer
    answer = announce(statistician, entry=entry, moment="2101-04-14T12:00", status="CONFIRMED")
    assert "A date that changes is postponed." in answer
    later = {"entry": entry, "month": "2101-04", "status": "POSTPONED"}
    for text, words in (("47 kvinder", "No figures are published here."), ("A\u200bB", "Invisible characters")):
        assert words in announce(statistician, **later, reason_da=text, reason_en="Late.")
    assert AnnouncedDate.objects.count() == 1


@pytest.mark.usefixtures("draft")
def test_who_sets_a_time_reads_whether_everybody_was_told_it(first: Browser, statistician: Browser) -> None:
    announce(statistician, period="2023", moment="2101-06-14T11:00", status="CONFIRMED")
    assert "The calendar has 14 June 2101 at 11:00" in act(first, "schedule", SUMMER)
    assert "announce the new date first" not in act(first, "schedule", {"due_at": "2101-06-14T11:00"})


@pytest.mark.usefixtures("draft")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "14 January 2101 at 12:00 (Danish standard time, UTC+01:00)"),
        ("da", "14. januar 2101 kl. 12.00 (dansk normaltid, UTC+01:00)"),
    ],
)
def test_the_zone_of_a_moment_stands_in_words(first: Browser, language: str, words: str) -> None:
    look_at(first, "2023.p1")
    form, headers = {"due_at": "2101-01-14T12:00"}, {"Accept-Language": language}
    assert words in said(first.post(f"{RELEASES}2023.p1/schedule/", form, headers=headers))


def test_who_may_only_see_announces_nothing(first: Browser) -> None:
    _, reader = signed_in("reader", "view_announceddate")
    assert reader.get(DATES).status_code == 200
    assert reader.get(f"{DATES}add/").status_code == 403
    assert first.get(DATES).status_code == 403
