"""The feedback on the desk: for the own people, with a receipt; and what they are told of looks of the centre."""

from __future__ import annotations

import html

import pytest

from cases.months import today
from oversight.quality.looks import note_look
from oversight.quality.models import FeedbackRead
from partners.models import Partner
from partners.roles import MemberRole
from tests.callers import Browser, Caller
from tests.pages.desk.conftest import at
from tests.people.visitors import signed_in, staff, strict, text

pytestmark = pytest.mark.django_db
YEAR = today().year
PAGE = f"/send/feedback/{YEAR}/"


@pytest.mark.parametrize(("language", "words"), [("da", "Kort fortalt"), ("en", "In short")])
def test_every_role_reads_the_feedback_in_its_language_and_leaves_a_receipt(
    manager: Browser, caseworker: Browser, reader: Browser, language: str, words: str
) -> None:
    for browser in (manager, caseworker, reader):
        browser.post("/account/language/", {"language": language, "next": "/send/"})
        for _ in range(2):
            answer = browser.get(PAGE)
            strict(answer)
            assert words in text(answer)
            assert "no-store" in answer["Cache-Control"]
    assert FeedbackRead.objects.count() == 3


def test_the_menu_leads_there_and_the_home_says_what_a_manager_has_not_read(
    manager: Browser, caseworker: Browser, shelter: Partner
) -> None:
    Partner.objects.filter(pk=shelter.pk).update(reporting_since=f"{YEAR - 1}-01-01")
    assert 'href="/send/feedback/"' in text(caseworker.get("/send/"))
    assert PAGE in text(caseworker.get("/send/feedback/"))
    waiting = f'href="/send/feedback/{YEAR - 1}/"'
    assert waiting in text(manager.get("/send/"))
    assert waiting not in text(caseworker.get("/send/"))
    manager.get(f"/send/feedback/{YEAR - 1}/")
    assert waiting not in text(manager.get("/send/"))


def test_the_file_says_the_same_and_is_a_reading_too(reader: Browser) -> None:
    answer = reader.get(f"{PAGE}csv/")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert f"Night Shelter,{YEAR},0" in answer.content.decode()
    assert FeedbackRead.objects.get().year == YEAR


@pytest.mark.parametrize("year", [0, 1999, YEAR + 1, 99999])
def test_there_are_years_that_there_is_no_feedback_of(manager: Browser, year: int) -> None:
    assert manager.get(f"/send/feedback/{year}/").status_code == 404
    assert not FeedbackRead.objects.exists()


def test_test_mode_has_no_feedback_and_says_so(manager: Browser) -> None:
    assert "for real referrals only" in text(manager.get("/send/test/feedback/"))
    assert manager.get(f"/send/test/feedback/{YEAR}/").status_code == 404
    assert not FeedbackRead.objects.exists()


def test_nobody_else_reads_it_and_nobody_posts(ngo: Caller, manager: Browser) -> None:
    other = at(ngo.partner, MemberRole.MANAGER)
    assert "Night Shelter" not in text(other.get(PAGE))
    assert signed_in(staff("boss", is_superuser=True)).get(PAGE).status_code == 403
    assert Browser().get(PAGE).status_code == 302
    for path in (PAGE, f"{PAGE}csv/", "/send/feedback/", "/send/looks/"):
        assert manager.post(path).status_code == 405


def test_managers_are_told_when_and_why_the_centre_has_looked_and_not_who(
    manager: Browser, reader: Browser, shelter: Partner
) -> None:
    assert "has not looked" in text(manager.get("/send/looks/"))
    user = staff("karen-of-the-centre")
    for _ in range(2):
        note_look(user=user, partner=shelter, page="FEEDBACK", reason_code="QUALITY_TALK")
    answer = manager.get("/send/looks/")
    strict(answer)
    page = html.unescape(text(answer))
    assert "Preparing a talk about the quality of data" in page
    assert '<td data-name="Times">2</td>' in page
    assert user.username not in page
    assert reader.get("/send/looks/").status_code == 403
    assert "/send/looks/" not in text(reader.get("/send/"))
