"""*Returned to you* on the desk."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from cases.errors import NotFound
from cases.models import Referral
from oversight.returns import inquiries
from oversight.returns.models import Return, ReturnEnd
from pages.desk.frame import Visit, visit_of
from pages.desk.records import returns
from pages.desk.records.history import person_in_words
from pages.desk.records.returns import progress_rows
from partners.audit import COMMAND
from partners.models import AuditEvent, RecordRead
from partners.organisations.names import add_twin
from partners.roles import MemberRole, Right
from stats.models import PUBLIC
from tests.callers import Browser, Caller, referral
from tests.oversight.returns.world import current, send_back, state_of
from tests.oversight.rights.world import Person, erase_person
from tests.pages.desk.conftest import at
from tests.people.visitors import strict, text
from tests.stats.published import publish

pytestmark = pytest.mark.django_db
PAGE = "/send/returned/"
RIGHT = {"answer_code": "RIGHT_AS_IT_IS"}


@pytest.fixture
def path(ngo: Caller) -> str:
    """A referral that its partner sent."""
    return ngo.referral(referred_in="2025-03")[0]


@pytest.fixture
def worker(ngo: Caller) -> Browser:
    """A caseworker's browser."""
    return at(ngo.partner, MemberRole.CASEWORKER, "mette")


def test_the_home_says_that_something_waits_and_leads_there(path: str, ngo: Caller, worker: Browser) -> None:
    assert "returned to you" not in text(worker.get("/send/"))
    send_back(path)
    home = text(worker.get("/send/"))
    assert f'<a href="{PAGE}">1 referral is returned to you</a>' in home
    send_back(ngo.referral()[0])
    assert "2 referrals are returned to you" in text(worker.get("/send/"))


def test_each_page_has_the_short_name_and_the_person_as_other_lists_have(path: str, worker: Browser) -> None:
    inquiry = send_back(path)
    place, reference = f"{PAGE}{inquiry.pk}/", path.rpartition("/")[2]
    person = person_in_words(current(path), "en")
    pages = [text(worker.get(PAGE)), text(worker.get(place))]
    worker.sure(place, RIGHT)
    pages.append(text(worker.get(PAGE)))
    assert "<h2>Answered</h2>" in pages[2]
    for page in pages:
        assert f"<code>{reference[:8]}…</code>" in page and reference not in page
        assert f">{person}</" in page


@pytest.mark.parametrize(
    ("language", "words", "month"),
    [("da", "Måneden ser forkert ud", "marts 2025"), ("en", "The month looks wrong", "March 2025")],
)
def test_the_list_says_what_is_asked_and_is_written_down(
    path: str, worker: Browser, language: str, words: str, month: str
) -> None:
    send_back(path, reason_code="WRONG_MONTH", field="referred_in", days=-1)
    worker.post("/account/language/", {"language": language, "next": PAGE})
    answer = worker.get(PAGE)
    strict(answer)
    page = text(answer)
    assert words in page
    assert month in page and "2025-03" not in page
    assert ("fristen er gået" if language == "da" else "the day has passed") in page
    read = RecordRead.objects.get(operation="desk/returned")
    assert (read.rows, read.client.is_desk, read.user.username) == (1, True, "mette")  # type: ignore[union-attr]


def test_an_answer_is_chosen_asked_about_and_stored_once(path: str, worker: Browser) -> None:
    inquiry = send_back(path)
    place = f"{PAGE}{inquiry.pk}/"
    assert place in text(worker.get(PAGE))
    strict(worker.get(place))
    assert "Choose an answer." in text(worker.post(place))
    asked = text(worker.post(place, RIGHT))
    assert "Send this answer?" in asked and f"<strong>Reference {str(inquiry.reference)[:8]}…</strong>" in asked
    assert not ReturnEnd.objects.exists()
    for _ in range(2):
        assert worker.sure(place, RIGHT)["Location"] == PAGE
    end = ReturnEnd.objects.get()
    assert end.client is not None
    assert end.user is not None
    assert (end.client.is_desk, end.user.username, state_of(inquiry)) == (True, "mette", "ANSWERED")
    assert AuditEvent.objects.get(action="return.answer").user == end.user
    page = text(worker.get(PAGE))
    assert "The answer is sent to the centre." in page
    assert "Nothing is returned." in page
    assert "for 7 days after the answer" in page
    assert worker.sure(place, {"answer_code": "NOTHING_MORE_KNOWN"}).status_code == 409
    assert worker.get(place).status_code == 409


def test_what_was_corrected_meanwhile_needs_no_answer(path: str, ngo: Caller, worker: Browser) -> None:
    inquiry = send_back(path)
    ngo.put(path, referral(gender="M"), If_Match='"1"')
    assert worker.sure(f"{PAGE}{inquiry.pk}/", RIGHT).status_code == 409
    assert state_of(inquiry) == "CORRECTED"


@pytest.mark.parametrize(("page", "status", "words"), [("", 200, "Nothing is returned."), ("answer", 409, "no answer")])
def test_who_is_erased_while_a_page_is_made_is_not_on_it(
    path: str, worker: Browser, monkeypatch: pytest.MonkeyPatch, page: str, status: int, words: str
) -> None:
    inquiry, referrals_of = send_back(path), returns.referrals_of

    def slowly(*about: Any) -> dict[UUID, Referral]:
        erase_person(Person(current(path).case.token))
        return referrals_of(*about)

    monkeypatch.setattr(returns, "referrals_of", slowly)
    answer = worker.get(f"{PAGE}{inquiry.pk}/" if page else PAGE)
    assert (answer.status_code, words in answer.content.decode()) == (status, True)
    assert worker.sure(f"{PAGE}{inquiry.pk}/", RIGHT).status_code == 404


def test_who_answers_later_than_somebody_else_is_told(
    path: str, worker: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    inquiry = send_back(path)

    def gone(**_: object) -> None:
        raise NotFound

    monkeypatch.setattr(inquiries, "answer", gone)
    answer = worker.sure(f"{PAGE}{inquiry.pk}/", RIGHT)
    assert (answer.status_code, "waits for no answer" in answer.content.decode()) == (409, True)


def test_a_reader_reads_and_another_partner_sees_nothing(path: str, ngo: Caller, other_ngo: Caller) -> None:
    inquiry = send_back(path)
    place, reader = f"{PAGE}{inquiry.pk}/", at(ngo.partner, MemberRole.READER)
    page = text(reader.get(PAGE))
    assert "do not go well together" in page
    assert place not in page
    assert reader.sure(place, RIGHT).status_code == 403
    stranger = at(other_ngo.partner, MemberRole.MANAGER)
    assert "Nothing is returned." in text(stranger.get(PAGE))
    assert stranger.get(place).status_code == 404
    assert stranger.sure(place, RIGHT).status_code == 404
    assert not ReturnEnd.objects.exists()


def test_live_and_test_are_apart(path: str, ngo: Caller, worker: Browser) -> None:
    add_twin(by=COMMAND, partner=ngo.partner)
    inquiry = send_back(path)
    assert "Nothing is returned." in text(worker.get("/send/test/returned/"))
    assert worker.get(f"/send/test/returned/{inquiry.pk}/").status_code == 404
    assert Return.objects.open().count() == 1


def test_a_record_s_page_has_its_progress_in_lines(path: str, worker: Browser) -> None:
    send_back(path)
    lines = [(label.en, str(words)) for label, words in progress_rows(visit(worker), current(path))]
    assert lines == [
        ("Counted", "Yes, among referrals"),
        ("Releases it is part of", "None yet"),
        ("Returned", "The whole referral: The values do not go well together: Waiting for an answer"),
    ]


def test_a_release_of_its_records_stands_in_words(path: str, worker: Browser) -> None:
    publish(PUBLIC, "2025", {"": {"": 70}}, vintage=1, as_of=timezone.now())
    lines = [str(words) for _, words in progress_rows(visit(worker), current(path))]
    assert lines[1] == "2025 (vintage 1)"


def visit(browser: Browser) -> Visit:
    """A visit to the home."""
    return visit_of(browser.get("/send/").wsgi_request, Right.READ)
