"""The release calendar as everybody reads it: the page, the events, the feed, the front page, and what caches may keep."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import feedgenerator, timezone
from icalendar import Calendar, Component

from stats.models import PUBLIC, AnnouncedDate, PreReleaseAccess, Publication, ScheduledPublication
from stats.reading import catalogue, dates
from tests.callers import as_web_server
from tests.stats.drafts import built
from tests.stats.published import publish, staff, withdraw

pytestmark = pytest.mark.django_db
MARCH, NOON = date(2101, 3, 1), datetime(2101, 3, 14, 11, tzinfo=UTC)
IN_SUMMER = datetime(2101, 6, 14, 10, tzinfo=UTC)
WHY = {"reason_da": "Sene tal mangler.", "reason_en": "Late figures are missing."}
ATOM = "{http://www.w3.org/2005/Atom}"
PAGES = ["/da/kalender/", "/en/calendar/", "/da/kalender.ics", "/en/calendar.ics", "/da/kalender.atom", "/da/"]


def announce(**columns: Any) -> UUID:
    """A notice of a new entry, or of one that is named."""
    row = {"period": "2024", "month": MARCH, "user": staff("statistician"), "entry": uuid4(), **columns}
    return AnnouncedDate.objects.create(**row).entry


def get(path: str, **headers: str) -> Any:
    """An answer to everybody, with the rights of the web server."""
    with as_web_server():
        return Client().get(path, headers=headers)


def read(path: str) -> str:
    """What everybody reads."""
    answer = get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def events(language: str = "en") -> dict[str, Any]:
    """The events by their summary, as a program of calendars reads them."""
    path = "/da/kalender.ics" if language == "da" else "/en/calendar.ics"
    return {str(each["SUMMARY"]): each for each in Calendar.from_ical(get(path).content).walk("VEVENT")}


def age(path: str) -> int:
    """For how many seconds a cache may keep an answer."""
    return int(get(path)["Cache-Control"].removeprefix("public, max-age="))


def test_what_comes_next_is_first_and_what_was_said_before_stays() -> None:
    later = announce(period="2025", month=date(2101, 5, 1))
    entry = announce(moment=NOON, status="CONFIRMED")
    announce(entry=entry, moment=IN_SUMMER, status="POSTPONED", **WHY)
    danish, english = read("/da/kalender/"), read("/en/calendar/")
    assert danish.index("maj 2101") < danish.index("14. juni 2101 kl. 12.00")
    assert english.index("May 2101") < english.index("14 June 2101 at 12:00 Danish time")
    assert "14. marts 2101 kl. 12.00" in danish and "Sene tal mangler." in danish
    assert "Late figures are missing." in english and "Late figures" not in danish
    announce(entry=later, status="CANCELLED", **WHY)
    assert read("/en/calendar/").index("June 2101") < read("/en/calendar/").index("Cancelled")


def test_a_release_fulfils_what_was_announced_of_its_period() -> None:
    announce(moment=NOON, status="CONFIRMED")
    assert "Næste: <a" in read("/da/") and "2024: 14. marts 2101 kl. 12.00" in read("/da/")
    publish(PUBLIC, "2024", {"": {"": 100}})
    page = read("/en/calendar/")
    assert 'href="/en/releases/2024.p1/"' in page and "No date has been announced." in page
    assert "Næste" not in read("/da/")
    (event,) = events().values()
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 1)
    assert str(event["URL"]) == "http://testserver/en/releases/2024.p1/"


def test_what_is_withdrawn_says_why_in_every_form_of_the_calendar() -> None:
    announce(moment=NOON, status="CONFIRMED")
    withdraw(publish(PUBLIC, "2024", {"": {"": 100}}), None, "Talt to gange.\nCounted twice.")
    for path in ("/en/calendar/", "/en/calendar.ics", "/en/calendar.atom"):
        assert "Withdrawn: Counted twice." in read(path).replace("\r\n ", "")
    assert "Trukket tilbage: Talt to gange." in read("/da/kalender/")


def test_a_date_that_has_passed_is_said_to_be_overdue(monkeypatch: pytest.MonkeyPatch) -> None:
    announce()
    announce(period="2025", month=date(2101, 9, 1))
    assert "The date has passed" not in read("/en/calendar/")
    at(monkeypatch, datetime(2101, 3, 31, 22, 0, 1, tzinfo=UTC))  # one second into April in Copenhagen
    assert "The date has passed" in read("/en/calendar/")
    assert "2025: September 2101" in read("/en/")


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """The clock of the web server shows this."""
    monkeypatch.setattr(timezone, "now", lambda: moment)


def test_programs_of_calendars_read_every_entry_with_a_uid_that_stays() -> None:
    entry = announce()
    (tentative,) = events().values()
    assert tentative["STATUS"] == "TENTATIVE"
    assert (tentative.start, tentative.end) == (MARCH, date(2101, 4, 1))
    announce(entry=entry, moment=NOON, status="CONFIRMED")
    (confirmed,) = events("da").values()
    assert (confirmed["STATUS"], confirmed["SEQUENCE"], confirmed.start) == ("CONFIRMED", 1, NOON)
    announce(entry=entry, moment=IN_SUMMER, status="POSTPONED", **WHY)
    announce(entry=entry, status="CANCELLED", month=MARCH, **WHY)
    (summary, off), *_ = events("da").items()
    assert (off["STATUS"], off["SEQUENCE"], off.start) == ("CANCELLED", 3, IN_SUMMER)
    assert {each["UID"] for each in (tentative, confirmed, off)} == {str(entry)}
    assert "2024" in summary and "Sene tal mangler." in str(off["DESCRIPTION"])


def test_the_file_of_events_is_as_the_standard_has_it() -> None:
    announce(period="", title_da="Årsrapport, æøå; 2026 " * 4, title_en="Annual report")
    answer = get("/da/kalender.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 and b"\n" not in line for line in answer.content.split(b"\r\n"))
    calendar = Calendar.from_ical(answer.content)
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
    assert not calendar.errors
    for each in calendar.walk("VEVENT"):
        assert not each.errors and {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(each)
        assert "Årsrapport, æøå; 2026" in str(each["SUMMARY"])


def latest_of(feed: Any) -> datetime | None:
    """When an entry of a feed changed last, as Django reckons it."""
    return max((each["updateddate"] for each in feed.items), default=None)


@pytest.mark.parametrize("number", [0, 2])
@pytest.mark.parametrize("path", ["/da/kalender.ics", "/en/calendar.atom"])
def test_a_file_has_the_same_bytes_and_tag_a_minute_later_while_nothing_changed(
    path: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(number):
        announce(period=str(2024 + n), moment=NOON, status="CONFIRMED")
    one, later = get(path), datetime.now(UTC) + timedelta(minutes=1)
    at(monkeypatch, later)
    # The clocks of the libraries that write the files.
    monkeypatch.setattr(feedgenerator.SyndicationFeed, "latest_post_date", lambda feed: latest_of(feed) or later)
    monkeypatch.setattr(Component, "_utc_now", staticmethod(lambda: later))
    other = get(path)
    assert (other.content, other["ETag"]) == (one.content, one["ETag"])


def test_a_reader_of_feeds_hears_of_what_changed_last_first() -> None:
    first, second = announce(), announce(period="2025")
    announce(entry=first, moment=NOON, status="CONFIRMED")
    feed = ElementTree.fromstring(read("/en/calendar.atom"))
    entries = {each.findtext(f"{ATOM}id"): each for each in feed.iter(f"{ATOM}entry")}
    assert set(entries) == {f"urn:uuid:{first}", f"urn:uuid:{second}"}
    assert "confirmed date, 14 March 2101 at 12:00" in str(entries[f"urn:uuid:{first}"].findtext(f"{ATOM}title"))


@pytest.mark.parametrize("path", PAGES)
def test_no_cache_keeps_an_answer_past_a_known_moment(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    announce(moment=NOON, status="CONFIRMED")
    assert age(path) == 60
    for before, seconds in ((60, 60), (59.5, 59), (1, 1), (0.5, 1), (0, 5), (-599, 5), (-601, 60)):
        at(monkeypatch, NOON - timedelta(seconds=before))
        assert age(path) == seconds


@pytest.mark.parametrize("path", PAGES)
def test_a_moment_that_only_staff_know_is_told_by_nothing(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    release = built(PUBLIC, "2024", user=staff("builder"))
    due_at = timezone.now() + timedelta(minutes=5)
    ScheduledPublication.objects.create(release=release, due_at=due_at, user=staff("approver"))
    for before in (30, 0.5, 0, -30):
        at(monkeypatch, due_at - timedelta(seconds=before))
        assert age(path) == 60
    assert "2024.p1" not in read(path)


@pytest.mark.parametrize("path", PAGES)
def test_a_tag_stays_until_something_is_announced(path: str) -> None:
    entry, tag = announce(), get(path)["ETag"]
    assert get(path, if_none_match=tag).status_code == 304
    announce(entry=entry, moment=NOON, status="CONFIRMED")
    assert get(path, if_none_match=tag).status_code == 200


@pytest.mark.parametrize("path", [*PAGES, "/en/releases/2023.p1/"])
def test_a_page_takes_three_statements_at_most(path: str, django_assert_max_num_queries: Any) -> None:
    """And one more where nobody has read it yet, for the figures."""
    publish(PUBLIC, "2023", {"": {"": 100}})
    announce()
    catalogue.PUBLISHED.read()
    for most in (4, 3):
        with django_assert_max_num_queries(most):
            assert Client().get(path).status_code == 200


def test_the_sitemap_and_the_menu_lead_to_the_calendar() -> None:
    assert "http://testserver/da/kalender/" in read("/sitemap.xml")
    assert '<a href="/da/kalender/" aria-current="page">Kalender</a>' in read("/da/kalender/")
    assert 'href="/en/calendar/" lang="en"' in read("/da/kalender/")


def test_a_calendar_without_dates_says_so() -> None:
    assert "Der er ikke meldt nogen dato ud." in read("/da/kalender/")
    assert events() == {}
    with as_web_server():
        assert dates.read().next(timezone.now()) is None


def test_a_release_names_by_role_and_number_who_could_see_it_before() -> None:
    draft = built(PUBLIC, "2022", user=staff("builder"))
    release = publish(PUBLIC, "2023", {"": {"": 100}})
    assert "Who could see" not in read("/en/releases/2023.p1/")
    for number, roles in enumerate(("approver", "approver", "approver,statistician", "superuser", "a group")):
        PreReleaseAccess.objects.create(
            release=draft, user=staff(f"person-{number}"), roles=roles, may_see=True, looks=number % 2
        )
    Publication.objects.create(release=draft, user=staff("approver"))
    page = read("/en/releases/2022.p1/")
    for line in (
        "Approver: 2 persons, of whom 1 looked at it.",
        "Approver and Statistician: 1 person, who did not look at it.",
        "Superuser: 1 person, who looked at it.",
        "Other staff: 1 person, who did not look at it.",
    ):
        assert line in page
    assert "Godkender: 2 personer, hvoraf 1 så udkastet." in read("/da/udgivelser/2022.p1/")
    assert "person-" not in page and release.pk == "2023.p1"
