"""Dates of the calendar on the staff's pages: they are announced and changed, listed by whether they hold, and reminded of."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from partners.models import AuditEvent
from partners.staff.waiting import WaitingRows, items_for
from stats.models import PUBLIC, AnnouncedDate, ScheduledPublication
from stats.staff import schedule_acts
from tests.callers import Browser
from tests.people.visitors import signed_in as visit
from tests.people.visitors import staff as staff_of_role
from tests.people.visitors import words
from tests.stats.drafts import built, look_at
from tests.stats.published import publish, staff
from tests.stats.test_admin import RELEASES, said, signed_in
from tests.stats.test_scheduling import DATES, ENGLISH, RIGHTS, SUMMER, announce, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def statistician(db: None) -> Browser:
    """Who announces dates."""
    return signed_in("statistician", "view_announceddate", "add_announceddate")[1]


def test_a_date_is_announced_confirmed_postponed_and_cancelled(statistician: Browser) -> None:
    asked = said(
        statistician.post(f"{DATES}add/", {"period": "2024", "month": "2101-03", "status": "ANNOUNCED"}, **ENGLISH)
    )
    assert "The date is announced at once." in asked and not AnnouncedDate.objects.exists()
    announce(statistician, period="2024", month="2101-03", status="ANNOUNCED")
    notice = AnnouncedDate.objects.get()
    assert (notice.period, notice.user.username, notice.sequence) == ("2024", "statistician", 0)
    assert AuditEvent.objects.get(action="announceddate.add").subject == f"{notice.entry} ANNOUNCED"
    entry = {"entry": str(notice.entry)}
    change = page(statistician, f"{DATES}{notice.pk}/change/")
    assert f"{DATES}add/?entry={notice.entry}" in change
    assert re.search(r"<h1>Persons identified as victims of human trafficking, 2024</h1>", change)
    form = page(statistician, f"{DATES}add/?entry={notice.entry}")
    assert 'name="period"' not in form and 'value="POSTPONED"' in form and 'value="ANNOUNCED"' not in form
    announce(statistician, **entry, moment="2101-03-14T12:00", status="CONFIRMED")
    announce(statistician, **entry, moment="2101-06-14T12:00", status="POSTPONED", reason_da="Sent.", reason_en="Late.")
    announce(statistician, **entry, status="CANCELLED", reason_da="Ikke i år.", reason_en="Not this year.")
    rows = AnnouncedDate.objects.order_by("sequence").values_list("status", "moment", "period")
    noon = datetime(2101, 3, 14, 11, tzinfo=UTC), datetime(2101, 6, 14, 10, tzinfo=UTC)
    assert [*rows] == [
        ("ANNOUNCED", None, "2024"),
        ("CONFIRMED", noon[0], "2024"),
        ("POSTPONED", noon[1], "2024"),
        ("CANCELLED", noon[1], "2024"),
    ]
    assert "2101" not in listed(statistician) and "14 June 2101 at 12:00 Danish time" in listed(
        statistician, "cancelled"
    )
    superseded = listed(statistician, "superseded")
    assert "March 2101" in superseded and "confirmed date (superseded)" in superseded and "cancelled" not in superseded
    assert listed(statistician, "all").count("<tr>") == 5
    last = AnnouncedDate.objects.latest("sequence")
    assert "14 June 2101 at 12:00 (Danish summer time, UTC+02:00)" in page(statistician, f"{DATES}{last.pk}/change/")


def listed(browser: Browser, state: str = "") -> str:
    """The table of the notices of a state; unasked of those that hold."""
    return page(browser, f"{DATES}?state={state}" if state else DATES).partition('id="result_list"')[2]


def test_the_list_of_dates_has_those_that_hold_and_leads_to_what_everybody_reads(statistician: Browser) -> None:
    announce(statistician, period="2023", month="2101-03", status="ANNOUNCED")
    announce(statistician, period="2024", month="2101-04", status="ANNOUNCED")
    publish(PUBLIC, "2023", {"": {"": 70}})
    assert "2024" in listed(statistician) and "2023" not in listed(statistician)
    assert re.search(r'<th class="field-title[^>]*><a href="[^"]+">[^<]+, 2023</a>', listed(statistician, "published"))
    whole = page(statistician, DATES)
    assert 'href="/en/calendar/"' in whole and "Announce a date" in whole
    assert "Add date" not in whole and 'type="month"' in page(statistician, f"{DATES}add/")


def test_the_next_date_stands_first_in_the_list(statistician: Browser) -> None:
    for period, month in (("2022", "2101-05"), ("2023", "2101-03"), ("2024", "2101-04")):
        announce(statistician, period=period, month=month, status="ANNOUNCED")
    assert re.findall(r">[^<]+, (202\d)</a>", listed(statistician)) == ["2023", "2024", "2022"]


def test_the_first_page_says_what_is_published_next_and_how_far_it_is() -> None:
    planner, noon = staff("planner"), timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    who = staff_of_role("one", "statistician")

    def told(language: str = "en") -> str:
        """What the first page says of it."""
        page = words(visit(who).get("/admin/", headers={"Accept-Language": language}))
        return page.partition({"en": "Next release: ", "da": "Næste udgivelse: "}[language])[2]

    assert told() == ""
    moment = noon + timedelta(days=111)
    AnnouncedDate.objects.create(period="2024", month=moment.date().replace(day=1), moment=moment, user=planner)
    AnnouncedDate.objects.create(period="2025", month=date(2101, 3, 1), user=planner)
    assert re.match(r".+, 2024, \d+ \w+ \d{4} at 12:00 Danish time, in 111 days; no draft yet", told())
    assert re.match(r".+, 2024, \d+\. \w+ \d{4} kl\. 12\.00, om 111 dage; intet udkast endnu", told("da"))
    assert dates_that_wait(who) is None
    draft = built(PUBLIC, "2024", user=staff("builder"))
    assert "in 111 days; the draft is built, nothing is scheduled" in told()
    ScheduledPublication.objects.create(release=draft, due_at=moment, user=planner)
    assert "in 111 days; the release is scheduled" in told()
    assert "Next release" not in words(visit(staff_of_role("other", "auditor")).get("/admin/"))


@pytest.mark.parametrize(("days", "waits"), [(41, True), (43, False)])
def test_who_orders_is_warned_six_weeks_before_a_date(days: int, waits: bool) -> None:
    moment = timezone.now() + timedelta(days=days)
    AnnouncedDate.objects.create(
        period="2024", month=moment.date().replace(day=1), moment=moment, user=staff("planner")
    )
    assert bool(dates_that_wait(staff_of_role("one", "statistician"))) is waits


@pytest.fixture
def approver(db: None) -> Browser:
    """Who has looked at a draft of 2023, and sets its time."""
    built(PUBLIC, "2023", user=staff("builder"))
    return look_at(signed_in("approver", *RIGHTS)[1], "2023.p1")


def form_of_time(browser: Browser) -> tuple[str, list[str]]:
    """The page that asks for the moment of the draft, and what stands in its field."""
    asked = page(browser, f"{RELEASES}2023.p1/schedule/")
    field = re.search(r'<input [^>]*name="due_at"[^>]*>', asked)
    assert field
    return asked, re.findall(r'value="([^"]*)"', field[0])


@pytest.mark.parametrize(
    ("form", "typed", "words"),
    [
        (
            {"moment": "2101-01-14T11:00", "status": "CONFIRMED"},
            ["2101-01-14T11:00"],
            "14 January 2101 at 11:00 Danish time",
        ),
        ({"month": "2101-01", "status": "ANNOUNCED"}, [], "January 2101"),
    ],
)
def test_who_sets_a_time_begins_with_what_everybody_was_told(
    approver: Browser, statistician: Browser, form: dict[str, str], typed: list[str], words: str
) -> None:
    asked, empty = form_of_time(approver)
    assert "Announced: " not in asked and empty == []
    announce(statistician, period="2023", **form)
    asked, begins = form_of_time(approver)
    assert f"Announced: {words}" in asked and begins == typed


def test_who_goes_back_from_the_question_keeps_the_time_that_was_typed(
    approver: Browser, statistician: Browser
) -> None:
    announce(statistician, period="2023", moment="2101-01-14T11:00", status="CONFIRMED")
    edited = said(approver.post(f"{RELEASES}2023.p1/schedule/", {**SUMMER, "edit": "yes"}, **ENGLISH))
    assert f'value="{SUMMER["due_at"]}"' in edited and "2101-01-14T11:00" not in edited


def test_a_date_that_has_passed_is_no_time_to_begin_with(
    approver: Browser, statistician: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    announce(statistician, period="2023", moment="2101-01-14T11:00", status="CONFIRMED")
    monkeypatch.setattr(schedule_acts, "timezone", SimpleNamespace(now=lambda: datetime(2101, 1, 15, tzinfo=UTC)))
    asked, begins = form_of_time(approver)
    assert "Announced: " in asked and begins == []


def dates_that_wait(user: User) -> WaitingRows | None:
    """What the first page of a user says of announced dates."""
    return next((each.rows for each in items_for(user) if each.name == "dates"), None)


def test_who_orders_and_who_approves_is_reminded_of_a_date_that_is_near_or_has_passed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    soon, planner = timezone.now() + timedelta(days=3), staff("planner")
    month = soon.date().replace(day=1)
    for period in ("2021", "2022", "2023"):
        AnnouncedDate.objects.create(period=period, month=month, moment=soon, user=planner)
    AnnouncedDate.objects.create(period="2024", month=date(2101, 3, 1), user=planner)
    plan = built(PUBLIC, "2022", user=staff("builder"))
    ScheduledPublication.objects.create(release=plan, due_at=soon, user=planner)
    publish(PUBLIC, "2021", {"": {"": 70}})
    who = {role: staff_of_role(f"one-{role}", role) for role in ("statistician", "approver", "auditor")}
    assert dates_that_wait(who.pop("auditor")) is None
    for user in who.values():
        rows = dates_that_wait(user)
        assert rows and rows.number == 1
        assert str(rows.entries[0].name).endswith(", 2023") and not rows.entries[0].is_late
        assert str(rows.entries[0].note).endswith(": nothing is scheduled")
    monkeypatch.setattr(timezone, "now", lambda: soon + timedelta(days=1))
    late = dates_that_wait(who["statistician"])
    assert late and [(str(each.name)[-4:], each.is_late) for each in late.entries] == [("2022", True), ("2023", True)]
    monkeypatch.setattr(timezone, "now", lambda: datetime(2101, 3, 18, tzinfo=UTC))
    late = dates_that_wait(who["statistician"])
    assert late and str(late.entries[-1].note) == "March 2101: nothing is scheduled"
