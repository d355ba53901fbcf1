"""A correction answers what it changes, and staff say what becomes of an answer."""

from __future__ import annotations

import pytest

from oversight.returns import inquiries
from oversight.returns.inquiries import ReturnRefused
from oversight.returns.models import Return, ReturnReview
from partners.models import AuditEvent
from partners.staff.naming import moment_of
from tests.callers import Browser, Caller, as_web_server, referral
from tests.oversight.returns.world import answer, case_manager, current, send_back, settle, state_of
from tests.people.visitors import signed_in, strict, text

pytestmark = pytest.mark.django_db
RETURNS = "/admin/returns/return/"


@pytest.fixture
def manager(db: None) -> Browser:
    """A case manager's browser."""
    return signed_in(case_manager())


@pytest.fixture
def path(ngo: Caller) -> str:
    """A referral that its partner sent."""
    return ngo.referral()[0]


def correct(ngo: Caller, path: str, **changes: str) -> None:
    """Correct the current version."""
    version = current(path).version
    assert ngo.put(path, referral(**changes), If_Match=f'"{version}"').status_code == 200


def test_of_two_questions_each_waits_for_its_own_field(ngo: Caller, path: str) -> None:
    gender = send_back(path, field="gender")
    region, whole = (
        send_back(path, field="region", reason_code="TOO_GENERAL"),
        send_back(path, reason_code="WRONG_MONTH"),
    )
    correct(ngo, path, gender="M")
    assert [state_of(each) for each in (gender, region, whole)] == ["CORRECTED", "OPEN", "CORRECTED"]
    assert answer(ngo, region).status_code == 200
    assert [state_of(each) for each in (gender, region)] == ["CORRECTED", "ANSWERED"]


def test_a_question_waits_again_where_the_field_says_again_what_was_asked_about(ngo: Caller, path: str) -> None:
    inquiry = send_back(path, field="gender")
    correct(ngo, path, gender="M")
    correct(ngo, path)
    assert state_of(inquiry) == "OPEN"
    correct(ngo, path, gender="M")
    settle(inquiry)
    correct(ngo, path)
    assert state_of(inquiry) == "CORRECTED"


def test_a_withdrawal_answers_all_and_sent_again_as_it_was_none(ngo: Caller, path: str) -> None:
    inquiry = send_back(path, field="gender")
    ngo.post(f"{path}/withdrawal", {"reason_code": "ENTERED_IN_ERROR"}, If_Match='"1"')
    assert state_of(inquiry) == "WITHDRAWN"
    correct(ngo, path)
    assert state_of(inquiry) == "OPEN"


def test_the_same_question_is_not_asked_again_while_it_waits(ngo: Caller, path: str) -> None:
    send_back(path, field="gender")
    correct(ngo, path, region="DK05")
    with pytest.raises(ReturnRefused, match="was asked about this already"):
        send_back(path, field="gender")


@pytest.mark.parametrize("how", ["reason", "correction"])
def test_one_press_asks_again_of_what_stands_now(ngo: Caller, manager: Browser, path: str, how: str) -> None:
    first = send_back(path, field="gender")
    if how == "reason":
        answer(ngo, first)
    else:
        correct(ngo, path, gender="M")
    page = manager.get(f"{RETURNS}{first.pk}/change/")
    strict(page)
    version = current(path).version
    assert f'name="version" value="{version}"' in text(page)
    again = f"{RETURNS}{first.pk}/ask-again/"
    assert manager.post(again, {"sure": "1", "version": str(version)})["Location"] == RETURNS
    second = Return.objects.exclude(pk=first.pk).get()
    assert (second.version, second.reason_code, second.field) == (version, "UNLIKELY", "gender")
    assert state_of(second) == "OPEN"
    assert ReturnReview.objects.get().code == "ASKED_AGAIN"
    assert {"return.ask_again", "return.ask"} <= set(AuditEvent.objects.values_list("action", flat=True))
    assert "asked again" in text(manager.get(RETURNS))
    assert "asked again, already" in text(manager.sure(again, {"version": str(version)}))
    assert Return.objects.count() == 2


def test_what_changed_since_the_page_was_shown_is_not_asked_again(ngo: Caller, manager: Browser, path: str) -> None:
    inquiry = send_back(path, field="gender")
    correct(ngo, path, gender="M")
    page = manager.sure(f"{RETURNS}{inquiry.pk}/ask-again/", {"version": "1"})
    assert "has changed since it was shown" in text(page)
    assert not ReturnReview.objects.exists()


def test_the_page_shows_what_was_corrected_and_one_press_settles_it(ngo: Caller, manager: Browser, path: str) -> None:
    inquiry = send_back(path, field="gender")
    correct(ngo, path, gender="M")
    front = text(manager.get("/admin/"))
    assert "An answer to a returned referral has come" in front
    assert f"{inquiry.pk}/change/" in text(manager.get(RETURNS, {"state": "UNREVIEWED"}))
    page = manager.get(f"{RETURNS}{inquiry.pk}/change/")
    strict(page)
    assert "<td>Female</td><td>Male</td>" in text(page)
    assert f'<th scope="row">Answered</th><td>{moment_of(current(path).recorded_at)}</td>' in text(page)
    assert AuditEvent.objects.filter(action="case.view", subject=str(current(path).case_id)).exists()
    settled = f"{RETURNS}{inquiry.pk}/settle/"
    assert "Settle the question" in text(manager.get(settled))
    assert not ReturnReview.objects.exists()
    assert manager.post(settled, {"sure": "1"})["Location"] == RETURNS
    assert "Corrected (settled by the centre)" in text(manager.get(RETURNS))
    assert "An answer to a returned referral has come" not in text(manager.get("/admin/"))
    shown = text(manager.get(f"{RETURNS}{inquiry.pk}/change/"))
    assert "Settled by the centre" in shown
    assert settled not in shown
    assert AuditEvent.objects.get(action="return.settle").subject == str(inquiry.pk)


def test_only_an_answer_is_settled_and_once(ngo: Caller, manager: Browser, path: str) -> None:
    inquiry = send_back(path)
    settled = f"{RETURNS}{inquiry.pk}/settle/"
    assert "There is no answer to settle" in text(manager.sure(settled))
    answer(ngo, inquiry)
    assert manager.sure(settled).status_code == 302
    assert "A colleague has settled the answer" in text(manager.sure(settled))
    user = case_manager()
    back = send_back(ngo.referral()[0])
    with as_web_server():
        inquiries.take_back(by=user, inquiry=back)
    assert "There is no answer to settle" in text(manager.sure(f"{RETURNS}{back.pk}/settle/"))
    assert ReturnReview.objects.count() == 1


def test_a_partner_is_told_nothing_of_the_review(ngo: Caller, path: str) -> None:
    inquiry = send_back(path, field="gender")
    answer(ngo, inquiry)
    before = ngo.get(f"{path}/progress").content
    settle(inquiry)
    assert ngo.get(f"{path}/progress").content == before
