"""Notices and services as everybody reads them, in every language and withdrawn."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from notices import status, texts, work
from notices.languages import LANGUAGES
from notices.models import Notice
from partners.kinds import Mode
from tests.callers import Caller, as_web_server, make_caller
from tests.notices import world
from tests.people.visitors import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice() -> Notice:
    """A notice in Danish, English and Arabic."""
    made = world.create()
    world.make_public(made, "da", "en", "ar")
    return made


def get(path: str) -> Any:
    """An answer for everybody, with the rights of the web server."""
    with as_web_server():
        return Client().get(path)


def test_the_list_has_each_notice_for_the_readers_of_a_language(notice: Notice) -> None:
    page = text(get("/da/varsler/"))
    assert f'<a href="/da/varsler/{notice.pk}/da/" lang="da" dir="ltr">{world.DANISH["title"]}</a>' in page
    for tag in ("en", "ar"):
        assert f'<a href="?language={tag}" hreflang="{tag}"><bdi lang="{tag}">{LANGUAGES[tag].own}</bdi>' in page
    assert "(arabisk)" in page and "?language=th" not in page
    assert "står den på engelsk, ellers på dansk" in page
    arabic = text(get("/da/varsler/?language=ar"))
    assert f'<a href="/da/varsler/{notice.pk}/ar/" lang="ar" dir="rtl">{world.ARABIC["title"]}</a>' in arabic
    assert "notices.atom?language=ar" in arabic and 'href="/en/notices/?language=ar"' in arabic
    assert get("/da/varsler/?language=xx").status_code == 404


def test_the_list_marks_what_stands_in_for_a_missing_text(notice: Notice) -> None:
    page = text(get("/en/notices/?language=th"))
    assert f'<p lang="th">{LANGUAGES["th"].missing} ↓ อังกฤษ</p>' in page
    assert f'href="/en/notices/{notice.pk}/th/" lang="en"' in page
    assert LANGUAGES["en"].missing not in text(get("/en/notices/"))


@pytest.mark.parametrize(
    ("address", "title", "link"),
    [
        ("/da/", "Krise: Epidemi", '<a href="/da/varsler/">Læs, hvad myndighederne oplyser</a>'),
        ("/en/", "Crisis: Epidemic", '<a href="/en/notices/">Read what the authorities say</a>'),
    ],
)
def test_the_front_page_tells_of_a_crisis_that_lasts_and_leads_to_its_notices(
    address: str, title: str, link: str
) -> None:
    assert title not in text(get(address))
    crisis = world.declare()
    # Its title is one person's words until somebody else has published a notice of it.
    assert title not in text(get(address))
    world.make_public(world.create(crisis), "da", "ar")
    page = text(get(address))
    where = link.partition('"')[2].partition('"')[0]
    ways = [(tag, LANGUAGES[tag].own) for tag in ("da", "ar")]
    ways_shown = [
        f'<a href="{where}?language={tag}" hreflang="{tag}"><bdi lang="{tag}">{own}</bdi></a>' for tag, own in ways
    ]
    assert f"{link}: {' · '.join(ways_shown)}" in page
    with as_web_server():
        texts.end_crisis(by=world.writer(), crisis=crisis, ended_on=crisis.started_on)
    assert title not in text(get(address))


def test_a_crisis_costs_the_front_page_no_statement_more() -> None:
    def sent() -> int:
        with CaptureQueriesContext(connection) as statements:
            Client().get("/da/")
        return len(statements)

    before = sent()
    world.make_public(world.create(), "da", "en")
    assert sent() == before


def test_what_holds_no_longer_is_no_language_of_a_crisis() -> None:
    now = timezone.now()
    world.make_public(world.create(valid_from=now - timedelta(days=2), valid_to=now - timedelta(days=1)), "da")
    gone = world.create()
    world.make_public(gone, "da")
    world.withdraw(gone)
    world.write(world.create())
    assert "There are no notices yet." in text(get("/en/"))


def test_a_crisis_that_is_to_come_is_not_told_and_one_of_two_has_its_own_languages() -> None:
    world.declare(code="next", title_en="Flood", started_on=timezone.localdate() + timedelta(days=1))
    world.make_public(world.create(world.declare()), "da")
    other = world.declare(code="other", title_en="Heat")
    page = text(get("/en/"))
    assert "Flood" not in page and "Heat" not in page
    world.make_public(world.create(other), "da", "en")
    assert text(get("/en/")).count('<section class="alert alert-warning"') == 2
    assert '<bdi lang="en">English</bdi>' in text(get("/en/")).partition("Crisis: Heat")[2]


def test_a_text_is_marked_with_its_language_and_direction(notice: Notice) -> None:
    page = text(get(f"/en/notices/{notice.pk}/ar/"))
    assert f'<article class="notice" lang="ar" dir="rtl"><h1>{world.ARABIC["title"]}</h1>' in page
    assert LANGUAGES["ar"].missing not in page


def test_a_text_message_opens_with_all_that_it_says(notice: Notice) -> None:
    written = world.write(notice, "en", sms="100% free & safe? Call 70 20 25 50")
    world.review(written)
    world.publish(written)
    assert 'href="sms:?body=100%25%20free%20%26%20safe%3F%20Call%2070%2020%2025%2050"' in text(
        get(f"/en/notices/{notice.pk}/en/")
    )


def test_what_stands_in_says_so_in_the_language_that_was_asked_for(notice: Notice) -> None:
    page = text(get(f"/en/notices/{notice.pk}/th/"))
    assert f'<span lang="th" dir="ltr">{LANGUAGES["th"].missing} ↓ อังกฤษ</span>' in page
    assert f'<article class="notice" lang="en" dir="ltr"><h1>{world.ENGLISH["title"]}</h1>' in page
    assert '<div class="marks" lang="th" dir="ltr">' in page


def test_beside_a_text_stand_numbers_days_and_names_for_a_reader_of_any_language(notice: Notice) -> None:
    held = {"valid_from": datetime(2026, 3, 11, 12, tzinfo=UTC), "valid_to": datetime(2026, 12, 27, tzinfo=UTC)}
    regional = world.create(notice.crisis, regions=["DK01"], **held)
    world.make_public(regional, "da", "en", "ar")
    for tag, days, label, region in (
        ("ar", "11 مارس 2026 – 27 ديسمبر 2026", "", "Region Hovedstaden"),
        ("th", "11 มีนาคม ค.ศ. 2026 – 27 ธันวาคม ค.ศ. 2026", "", "Region Hovedstaden"),
        ("ti", "መጋቢት 11, 2026 – ታሕሳስ 27, 2026", "", "Region Hovedstaden"),
        ("en", "11 March 2026 – 27 December 2026", "Valid: ", "Capital Region of Denmark"),
    ):
        page = text(get(f"/en/notices/{regional.pk}/{tag}/"))
        beside = re.sub(
            r"<[^>]*>", "", page.partition('<div class="marks"')[2].partition("</div>")[0].partition(">")[2]
        )
        assert f"{label}{days}" in beside and region in beside
        assert ("Valid" in beside, "Call" in beside) == (bool(label), bool(label))
        assert f'<bdi lang="{"en" if label else "da"}">{region}</bdi>' in page


def test_a_bare_address_leads_to_the_language_of_the_frame(notice: Notice) -> None:
    assert get(f"/da/varsler/{notice.pk}/")["Location"] == f"/da/varsler/{notice.pk}/da/"


def test_a_withdrawn_notice_is_gone_and_leads_to_the_one_that_holds(notice: Notice) -> None:
    new = world.create()
    world.make_public(new)
    newest = world.create()
    world.make_public(newest)
    world.withdraw(notice, new)
    answer = get(f"/da/varsler/{notice.pk}/ar/")
    assert (answer.status_code, answer["Cache-Control"]) == (410, "no-store")
    page = answer.content.decode()
    # The reader's own language says that it is over, and what the one is called that holds.
    assert f'<span lang="ar" dir="rtl">{LANGUAGES["ar"].over}</span>' in page
    assert f'href="/da/varsler/{new.pk}/ar/" lang="da" dir="ltr">{world.DANISH["title"]}</a>' in page
    assert world.ARABIC["title"] not in page
    world.withdraw(new, newest)
    assert f'href="/da/varsler/{newest.pk}/ar/"' in get(f"/da/varsler/{notice.pk}/ar/").content.decode()


@pytest.mark.parametrize("path", ["9999/da/", "1/xx/", f"{10**30}/da/"])
def test_what_is_not_published_is_not_there(path: str) -> None:
    world.write(world.create())
    assert get(f"/da/varsler/{path}").status_code == 404


def test_past_its_time_a_notice_says_so() -> None:
    now = timezone.now()
    past = world.create(valid_from=now - timedelta(days=2), valid_to=now - timedelta(days=1))
    world.make_public(past)
    assert "The notice is past its time" in text(get(f"/en/notices/{past.pk}/da/"))
    assert world.DANISH["title"] not in text(get("/en/notices/"))


def test_the_sheet_is_offered_once_it_is_made(notice: Notice) -> None:
    place = f"/api/v1/notices/{notice.pk}/ar/pdf"
    assert place not in text(get(f"/en/notices/{notice.pk}/ar/"))
    work.make_what_waits()
    assert place in text(get(f"/en/notices/{notice.pk}/ar/"))


def test_markup_in_a_text_is_shown_as_it_is() -> None:
    notice = world.create()
    written = world.write(notice, title="<b>x</b>", text="<script>1</script> https://example.org/")
    world.review(written)
    world.publish(written)
    page = get(f"/da/varsler/{notice.pk}/da/").content.decode()
    assert "<script>1" not in page
    assert "&lt;script&gt;1" in page and "https://example.org/" in page
    assert 'href="https://example.org' not in page


def test_services_are_listed_without_the_address_that_nobody_may_see(ngo: Caller, other_ngo: Caller) -> None:
    ngo.put("/api/v1/services/SHELTER/DK01", {"state_code": "LIMITED"})
    other_ngo.put("/api/v1/services/DROP_IN/DK02", {"state_code": "OPEN", "address": "Algade 1"})
    make_caller("NGO", mode=Mode.TEST, name="Only a test").put("/api/v1/services/DROP_IN/DK02", {"state_code": "OPEN"})
    page = text(get("/en/services/"))
    assert ngo.partner.name in page
    assert "Address: not shown, call the hotline" in page
    assert "Algade 1" in page
    assert "Only a test" not in page


def test_in_front_of_the_services_is_what_is_open_then_by_region_and_kind(ngo: Caller) -> None:
    said = [
        "DROP_IN/DK01 CLOSED",
        "SHELTER/DK02 OPEN",
        "DROP_IN/DK02 OPEN",
        "SHELTER/DK01 LIMITED",
        "SHELTER/DK01 OPEN",
    ]
    for place, state in map(str.split, said):
        ngo.put(f"/api/v1/services/{place}", {"state_code": state})
    ngo.put("/api/v1/services/HOTLINE/DK01", {"state_code": "OPEN", "until": "2020-01-01"})
    shown = [f"{each.region} {each.place} {each.state}" for each in status.public()]
    assert shown == [
        "DK01 SHELTER OPEN",
        "DK02 DROP_IN OPEN",
        "DK02 SHELTER OPEN",
        "DK01 DROP_IN CLOSED",
        "DK01 HOTLINE ",
    ]
    cards = re.findall(r'<h2 class="h5">([^<]*)</h2>', text(get("/en/services/")))
    assert [each.rpartition(": ")[0] for each in cards[:2]] == ["Shelter", "Drop-in centre"]
