"""What the centre asks stands where the referral is corrected, and is answered by what is corrected."""

from __future__ import annotations

import html

import pytest

from core.text import short
from oversight.returns.models import ReturnEnd
from pages.desk import frame
from partners.people.models import Membership
from partners.roles import MemberRole
from tests.callers import Browser, Caller
from tests.oversight.returns.world import send_back, settle, state_of
from tests.pages.desk.conftest import at
from tests.pages.desk.records.forms import form_at
from tests.people.visitors import strict, text

pytestmark = pytest.mark.django_db
PAGE = "/send/returned/"
RULE = {
    "da": "Et spørgsmål om et felt er besvaret, når feltet er rettet.",
    "en": "A question about a field is answered once the field is corrected.",
}


@pytest.fixture
def worker(ngo: Caller) -> Browser:
    """A caseworker's browser."""
    return at(ngo.partner, MemberRole.CASEWORKER, "mette")


def page_of_record(browser: Browser) -> str:
    """The address of the one referral that is returned."""
    page = html.unescape(browser.get(PAGE).content.decode())
    address: str = page.partition('<a href="/send/record/')[2].partition('"')[0]
    return f"/send/record/{address}"


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_form_and_the_page_of_a_referral_say_what_is_asked(ngo: Caller, worker: Browser, language: str) -> None:
    inquiry = send_back(ngo.referral()[0], field="gender")
    worker.post("/account/language/", {"language": language, "next": PAGE})
    place = page_of_record(worker)
    for address in (place, f"{place}correct/"):
        answer = worker.get(address)
        strict(answer)
        page = text(answer)
        assert RULE[language] in page
        assert f"{PAGE}{inquiry.pk}/" in page
    assert '<a href="#field-gender">' in page
    assert RULE[language] not in text(worker.get("/send/one/"))


def test_a_correction_answers_its_question_and_the_other_one_is_said_to_wait(ngo: Caller, worker: Browser) -> None:
    path = ngo.referral()[0]
    first, second = send_back(path, field="gender"), send_back(path, field="region", reason_code="TOO_GENERAL")
    place = page_of_record(worker)
    form = form_at(worker, f"{place}correct/")
    assert worker.post(f"{place}correct/", {**form, "gender": ["M"]}).status_code == 302
    page = text(worker.get(place))
    assert "The centre still waits for an answer about: Region" in page
    assert [state_of(each) for each in (first, second)] == ["CORRECTED", "OPEN"]
    form = form_at(worker, f"{place}correct/")
    worker.post(f"{place}correct/", {**form, "region": ["DK05"]})
    assert "still waits" not in text(worker.get(place))


def test_an_answer_stands_on_the_list_until_the_centre_has_settled_it(ngo: Caller, worker: Browser) -> None:
    inquiry = send_back(ngo.referral()[0])
    worker.sure(f"{PAGE}{inquiry.pk}/", {"answer_code": "RIGHT_AS_IT_IS"})
    answer = worker.get(PAGE)
    strict(answer)
    assert "The centre has not looked at these answers yet." in text(answer)
    assert f"<code>{short(inquiry.reference)}…</code>" in text(answer)
    settle(inquiry)
    assert str(inquiry.reference) not in text(worker.get(PAGE))


def test_who_loses_the_role_between_the_page_and_the_answer_is_told_so(
    ngo: Caller, worker: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    inquiry, as_it_was = send_back(ngo.referral()[0]), Membership.objects.get()
    Membership.objects.update(role=str(MemberRole.READER))
    monkeypatch.setattr(frame, "membership_of", lambda _: as_it_was)
    answer = worker.sure(f"{PAGE}{inquiry.pk}/", {"answer_code": "RIGHT_AS_IT_IS"})
    assert (answer.status_code, "Ask one of them to answer." in answer.content.decode()) == (403, True)
    assert not ReturnEnd.objects.exists()
