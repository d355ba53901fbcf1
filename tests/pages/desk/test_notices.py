"""Notices and services on the desk: seen, handed on, open or closed, and what a crisis asks for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.months import month_id, this_month, today
from notices import texts
from notices.languages import LANGUAGES
from notices.models import Acknowledgement, Notice, ServiceStatus
from notices.reading import sms_link
from notices.work import make_what_waits
from partners.models import Partner
from partners.roles import MemberRole
from tests.callers import Browser, Caller, as_web_server
from tests.notices import world
from tests.pages.desk.conftest import at
from tests.people.visitors import text

pytestmark = pytest.mark.django_db
PAGE, SERVICES = "/send/notices/", "/send/services/"
SERVICE = {"place": "DROP_IN", "region": "DK01", "state": "OPEN", "until": "", "address": ""}


@pytest.fixture
def notice() -> Notice:
    """A notice that holds."""
    made = world.create(world.declare(forms=[]))
    world.make_public(made, "da", "en")
    return made


@pytest.fixture
def worker(ngo: Caller) -> Browser:
    """A caseworker's browser."""
    return at(ngo.partner, MemberRole.CASEWORKER, "mette")


def test_the_home_says_that_a_notice_is_not_seen_until_it_is(notice: Notice, worker: Browser) -> None:
    page = f"{PAGE}{notice.pk}/"
    assert f'<a href="{page}">1 notice is not seen: {world.ENGLISH["title"]}</a>' in text(worker.get("/send/"))
    assert world.ENGLISH["title"] in text(worker.get(page))
    assert "You have seen the notice" in text(worker.post(page, {"act": "seen"}, follow=True))
    assert Acknowledgement.objects.get().user is not None
    assert "is not seen" not in text(worker.get("/send/"))


def test_the_home_leads_to_the_list_where_several_wait_and_asks_nothing_of_who_cannot_say_it(
    notice: Notice, ngo: Caller, worker: Browser
) -> None:
    world.make_public(world.create(notice.crisis, subject_code="SUPPORT"))
    assert f'<a href="{PAGE}">2 notices are not seen: ' in text(worker.get("/send/"))
    world.withdraw(notice)
    assert "1 notice is not seen" in text(worker.get("/send/"))
    assert "not seen" not in text(at(ngo.partner, MemberRole.READER, "rune").get("/send/"))


def test_there_is_something_to_hand_on_in_each_language(notice: Notice, worker: Browser) -> None:
    world.make_public(notice, "ar")
    page = text(worker.get(f"{PAGE}{notice.pk}/"))
    own = f'<bdi lang="ar">{LANGUAGES["ar"].own}</bdi> (Arabic)'
    assert f'<a href="/en/notices/{notice.pk}/ar/" hreflang="ar">{own}</a>' in page
    assert f'href="{sms_link(world.ARABIC["sms"])}"' in page
    assert f"/api/v1/notices/{notice.pk}/ar/pdf" not in page
    make_what_waits()
    assert f'href="/api/v1/notices/{notice.pk}/ar/pdf"' in text(worker.get(f"{PAGE}{notice.pk}/"))


def test_a_text_that_stands_in_says_so(ngo: Caller, notice: Notice) -> None:
    only_danish = world.create(notice.crisis)
    world.make_public(only_danish)
    worker = at(ngo.partner, MemberRole.CASEWORKER, "mette")
    missing = LANGUAGES["en"].missing
    assert missing in text(worker.get(f"{PAGE}{only_danish.pk}/"))
    assert missing not in text(worker.get(f"{PAGE}{notice.pk}/"))


def test_handed_on_is_asked_about_before_it_is_stored(notice: Notice, worker: Browser) -> None:
    page, form = f"{PAGE}{notice.pk}/", {"month": month_id(this_month()), "channel": "PRINT"}
    assert "It cannot be taken back" in text(worker.post(page, form))
    assert not Acknowledgement.objects.exists()
    assert "You have handed the notice on" in text(worker.sure(page, form, follow=True))
    assert Acknowledgement.objects.filter(channel="PRINT").count() == 1
    assert "On paper or on a wall" in text(worker.get(PAGE))


@pytest.mark.parametrize("form", [{"month": "x", "channel": "PRINT"}, {"month": "2025-01", "channel": "PIGEON"}, {}])
def test_what_is_not_chosen_is_asked_for(notice: Notice, worker: Browser, form: dict[str, str]) -> None:
    assert "Choose a month and a way" in text(worker.post(f"{PAGE}{notice.pk}/", form))


def test_a_month_before_the_notice_is_refused(notice: Notice, worker: Browser) -> None:
    answer = worker.sure(f"{PAGE}{notice.pk}/", {"month": "2020-01", "channel": "PRINT"})
    assert (answer.status_code, Acknowledgement.objects.count()) == (409, 0)


def test_a_withdrawn_notice_takes_nothing(notice: Notice, worker: Browser) -> None:
    world.withdraw(notice)
    assert worker.post(f"{PAGE}{notice.pk}/", {"act": "seen"}).status_code == 409
    assert worker.get(f"{PAGE}9999/").status_code == 404


def test_a_reader_reads_and_says_nothing(notice: Notice, ngo: Caller) -> None:
    reader = at(ngo.partner, MemberRole.READER, "rune")
    page = f"{PAGE}{notice.pk}/"
    assert "We have seen the notice" not in text(reader.get(page))
    reader.post(page, {"act": "seen"})
    reader.post(SERVICES, SERVICE)
    assert not Acknowledgement.objects.exists()
    assert not ServiceStatus.objects.exists()


def test_a_crisis_asks_for_a_form_each_week(shelter: Partner) -> None:
    Partner.objects.filter(pk=shelter.pk).update(created_at=shelter.created_at - timedelta(days=60))
    browser = at(shelter, MemberRole.CASEWORKER, "mette")
    monday = today() - timedelta(days=today().weekday())
    crisis = world.declare(started_on=monday - timedelta(days=21))
    with as_web_server():
        texts.end_crisis(by=world.writer(), crisis=crisis, ended_on=monday - timedelta(days=8))
    page = text(browser.get(PAGE))
    assert page.count("The situation in a crisis, week") == page.count('<a href="/send/counts/SITUATION/20') == 2
    listed = text(browser.get("/send/counts/"))
    assert listed.count('<a href="/send/counts/SITUATION/20') == 2 and "<strong>Missing</strong>" in listed
    assert "2 forms of weeks in the crisis are missing" in text(browser.get("/send/"))
    assert "The situation in a crisis" not in text(browser.get("/send/test/notices/"))


def test_a_service_is_said_to_be_open_and_read_by_everybody(ngo: Caller, worker: Browser) -> None:
    assert "everybody can read it" in text(worker.post(SERVICES, SERVICE, follow=True))
    worker.post(SERVICES, {**SERVICE, "state": "CLOSED", "until": today().isoformat(), "address": "Algade 1"})
    page = text(worker.get(SERVICES))
    assert "Algade 1" in page
    assert "Closed" in page
    assert ServiceStatus.objects.filter(partner=ngo.partner).count() == 2


def test_what_was_said_last_of_a_service_stands_in_the_form_that_changes_it(worker: Browser) -> None:
    worker.post(SERVICES, {**SERVICE, "state": "LIMITED", "until": today().isoformat(), "address": "Algade 1"})
    assert 'value="Algade 1"' not in text(worker.get(SERVICES))
    page = text(worker.get(f"{SERVICES}?place=DROP_IN&region=DK01"))
    assert f'value="{today()}"' in page and 'value="Algade 1"' in page and '<option value="LIMITED" selected>' in page
    assert 'value="Algade 1"' not in text(worker.get(f"{SERVICES}?place=SHELTER&region=x"))


@pytest.mark.parametrize(
    "wrong", [{"place": "X"}, {"region": "DK09"}, {"state": ""}, {"until": "soon"}, {"address": "a" * 201}]
)
def test_what_is_wrong_is_said_and_nothing_is_stored(worker: Browser, wrong: dict[str, str]) -> None:
    assert "Choose the service" in text(worker.post(SERVICES, {**SERVICE, **wrong}))
    assert not ServiceStatus.objects.exists()
