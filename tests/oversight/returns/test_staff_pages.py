"""The staff pages on returned referrals: who reaches them, what they ask, and what they never tell."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission, User
from django.utils import timezone
from django.utils.formats import date_format

from oversight.returns.models import Return, ReturnEnd
from oversight.returns.words import CLOSED, NO_OTHER
from partners.models import AuditEvent, Partner
from partners.staff.naming import day_of
from tests.callers import Browser, Caller, referral
from tests.cases.linking.world import split_case
from tests.oversight.returns.world import case_manager, current, send_back, state_of
from tests.people.visitors import signed_in, staff, strict, text

pytestmark = pytest.mark.django_db
RETURNS = "/admin/returns/return/"


@pytest.fixture
def manager(db: None) -> Browser:
    """A case manager's browser."""
    return signed_in(case_manager())


def form(**changes: str) -> dict[str, str]:
    """What the page that returns a referral sends."""
    due = timezone.localdate() + timedelta(days=7)
    return {"reason_code": "WRONG_MONTH", "field": "referred_in", "due": due.isoformat(), **changes}


def test_a_referral_is_looked_up_by_its_reference_or_its_token_and_returned(
    ngo: Caller, manager: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, stored = ngo.referral()
    short = stored["reference"][:8]
    for name in (stored["reference"], short, f"{short}…", stored["case_token"].lower()):
        found = manager.post(f"{RETURNS}find/", {"name": name})
        strict(found)
        assert f"{RETURNS}ask/{current(path).pk}/" in text(found)
        assert stored["case_token"] not in text(found)
        assert f'<a href="/admin/cases/case/{current(path).case_id}/change/">See the person</a>' in text(found)
    assert AuditEvent.objects.filter(action="case.view", subject=str(current(path).case_id)).count() == 4
    monkeypatch.setattr("oversight.returns.forms.MOST_FOUND", 0)
    assert "Write the whole reference" in text(manager.post(f"{RETURNS}find/", {"name": short}))
    assert AuditEvent.objects.filter(action="case.view").count() == 4
    asked = f"{RETURNS}ask/{current(path).pk}/"
    assert "must never be able to tell" in text(manager.get(asked))
    assert stored["reference"] in text(manager.get(asked))
    person = f"/admin/cases/case/{current(path).case_id}/change/"
    assert f'<a href="{person}">Cancel</a>' in text(manager.get(asked))
    assert date_format(current(path).referred_in, "YEAR_MONTH_FORMAT") in text(manager.get(asked))
    assert manager.post(asked, form())["Location"] == person
    inquiry = Return.objects.get()
    assert (inquiry.version, inquiry.reason_code, inquiry.field) == (1, "WRONG_MONTH", "referred_in")
    assert inquiry.asked_by.username == "casey"
    assert AuditEvent.objects.get(action="return.ask").subject == str(inquiry.pk)
    assert "The referral is returned." in text(manager.get(RETURNS))


def test_the_page_of_a_person_tells_of_what_was_returned(ngo: Caller, manager: Browser) -> None:
    path, stored = ngo.referral()
    case = f"/admin/cases/case/{current(path).case_id}/change/"
    before = text(manager.get(case))
    assert f"<code>{stored['reference']}</code>" in before
    assert '/change/">Returned ' not in before and "Ask the partner" in before
    send_back(path)
    inquiry = Return.objects.get()
    assert f'<a href="{case}">See the person</a>' in text(manager.get(f"{RETURNS}{inquiry.pk}/change/"))
    shown = text(manager.get(case))
    assert f'<a href="{RETURNS}{inquiry.pk}/change/">Returned {day_of(inquiry.asked_at)}: ' in shown
    assert "Ask the partner" in shown
    assert str(inquiry.pk) not in text(manager.get(RETURNS, {"partner__id__exact": str(uuid4())}))
    assert str(inquiry.pk) in text(manager.get(RETURNS, {"partner__id__exact": str(ngo.partner.pk)}))


@pytest.mark.parametrize("name", ["nobody", "3f2b8c1e-9d47-4a6b-8e15-7c0d2f9a6b34", ""])
def test_what_names_no_referral_finds_none_and_is_not_repeated(manager: Browser, name: str) -> None:
    page = text(manager.post(f"{RETURNS}find/", {"name": name}))
    assert ("No referral has this reference" in page) == bool(name)
    assert not name or f">{name}<" not in page.replace(f'value="{name}"', "")


def test_a_token_with_a_wrong_check_symbol_finds_nothing(ngo: Caller, manager: Browser) -> None:
    _, stored = ngo.referral()
    token = stored["case_token"]
    wrong = token[:-1] + ("0" if token[-1] != "0" else "1")
    page = text(manager.post(f"{RETURNS}find/", {"name": wrong}))
    assert "There is a typing error in the case token" in page
    assert "/returns/return/ask/" not in page


def test_the_same_is_not_asked_twice_of_the_same_version(ngo: Caller, manager: Browser) -> None:
    path, _ = ngo.referral()
    inquiry = send_back(path)
    asked = f"{RETURNS}ask/{current(path).pk}/"
    assert "was asked about this already" in text(manager.post(asked, form(reason_code="UNLIKELY")))
    assert manager.post(asked, form()).status_code == 302
    manager.sure(f"{RETURNS}{inquiry.pk}/take-back/")
    assert state_of(inquiry) == "TAKEN_BACK"
    assert manager.post(asked, form(reason_code="UNLIKELY")).status_code == 302
    assert Return.objects.open().count() == 2


def test_what_changed_since_it_was_shown_is_not_returned(ngo: Caller, manager: Browser) -> None:
    path, _ = ngo.referral()
    asked = f"{RETURNS}ask/{current(path).pk}/"
    ngo.put(path, referral(gender="M"), If_Match='"1"')
    assert "has changed since it was shown" in text(manager.post(asked, form()))
    ngo.post(f"{path}/withdrawal", {"reason_code": "ENTERED_IN_ERROR"}, If_Match='"2"')
    asked = f"{RETURNS}ask/{current(path).pk}/"
    assert "has changed since it was shown" in text(manager.post(asked, form()))
    assert not Return.objects.exists()


def test_a_closed_partner_is_asked_nothing_and_waited_for_no_more(ngo: Caller, manager: Browser) -> None:
    path, _ = ngo.referral()
    send_back(path, days=-1)
    overdue = "An answer to a returned referral is overdue"
    assert overdue in text(manager.get("/admin/"))
    late = f"{RETURNS}?state=OVERDUE"
    assert "1 returned referral" in text(manager.get(late))
    Partner.objects.filter(pk=ngo.partner.pk).update(active=False)
    assert overdue not in text(manager.get("/admin/"))
    assert "0 returned referrals" in text(manager.get(late))
    assert CLOSED.en in text(manager.post(f"{RETURNS}ask/{current(path).pk}/", form()))
    assert Return.objects.count() == 1


@pytest.mark.parametrize("reason", ["SENT_TWICE", "CONTRADICTS_OWN"])
def test_no_reason_tells_a_partner_that_another_knows_the_person(
    ngo: Caller, other_ngo: Caller, manager: Browser, reason: str
) -> None:
    """A partner of one referral who is told that it was sent twice would know that somebody else sent the other."""
    path, stored = ngo.referral()
    other_ngo.referral(case_token=stored["case_token"])
    asked = f"{RETURNS}ask/{current(path).pk}/"
    assert NO_OTHER.en in text(manager.post(asked, form(reason_code=reason)))
    second, _ = ngo.referral()
    ngo.post(f"{second}/withdrawal", {"reason_code": "ENTERED_IN_ERROR"}, If_Match='"1"')
    assert NO_OTHER.en in text(manager.post(asked, form(reason_code=reason)))
    ngo.referral()
    assert manager.post(asked, form(reason_code=reason)).status_code == 302


@pytest.mark.parametrize(
    "wrong", [{"due": "2020-01-01"}, {"due": "2999-01-01"}, {"reason_code": ""}, {"field": "name"}]
)
def test_what_is_not_offered_is_refused(ngo: Caller, manager: Browser, wrong: dict[str, str]) -> None:
    path, _ = ngo.referral()
    assert manager.post(f"{RETURNS}ask/{current(path).pk}/", form(**wrong)).status_code == 200
    assert not Return.objects.exists()


def test_taking_back_asks_first_and_an_answer_that_came_stays(ngo: Caller, manager: Browser) -> None:
    path, _ = ngo.referral()
    inquiry = send_back(path)
    back = f"{RETURNS}{inquiry.pk}/take-back/"
    assert "Take the question back" in text(manager.post(back))
    assert not ReturnEnd.objects.exists()
    ngo.put(f"/api/v1/returns/{inquiry.pk}/answer", {"answer_code": "RIGHT_AS_IT_IS"})
    assert "There is an answer already" in text(manager.sure(back))
    assert state_of(inquiry) == "ANSWERED"
    assert "It is right as it is" in text(manager.get(f"{RETURNS}{inquiry.pk}/change/"))
    assert back not in text(manager.get(f"{RETURNS}{inquiry.pk}/change/"))


def test_the_list_is_filtered_by_how_a_return_stands(ngo: Caller, manager: Browser) -> None:
    paths = [ngo.referral()[0] for _ in range(5)]
    late, corrected, withdrawn, answered, back = (send_back(path) for path in paths)
    ngo.put(paths[1], referral(gender="M"), If_Match='"1"')
    ngo.post(f"{paths[2]}/withdrawal", {"reason_code": "ENTERED_IN_ERROR"}, If_Match='"1"')
    ngo.put(f"/api/v1/returns/{answered.pk}/answer", {"answer_code": "NOTHING_MORE_KNOWN"})
    manager.sure(f"{RETURNS}{back.pk}/take-back/")
    shown = {"OPEN": late, "CORRECTED": corrected, "WITHDRAWN": withdrawn, "ANSWERED": answered, "TAKEN_BACK": back}
    for state, inquiry in shown.items():
        assert state_of(inquiry) == state
        page = text(manager.get(RETURNS, {"state": state}))
        assert [each for each in shown.values() if f"{each.pk}/change/" in page] == [inquiry]
    assert f"{late.pk}/change/" not in text(manager.get(RETURNS, {"state": "OVERDUE"}))


def test_what_is_overdue_waits_for_staff(ngo: Caller, manager: Browser) -> None:
    path, _ = ngo.referral()
    late = send_back(path, days=-1)
    assert f"{late.pk}/change/" in text(manager.get(RETURNS, {"state": "OVERDUE"}))
    front = text(manager.get("/admin/"))
    assert "An answer to a returned referral is overdue" in front
    assert f"{late.pk}/change/" in front
    assert "returned referral" not in text(signed_in(staff("other", "statistician")).get("/admin/"))
    ngo.put(path, referral(gender="M"), If_Match='"1"')
    assert "An answer to a returned referral is overdue" not in text(manager.get("/admin/"))


def test_who_may_not_return_finds_no_page_and_no_link(ngo: Caller) -> None:
    path, _ = ngo.referral()
    inquiry = send_back(path)
    pages = ["find/", f"ask/{current(path).pk}/", f"{inquiry.pk}/take-back/", f"{inquiry.pk}/change/"]
    for role in ("statistician", "approver", "data_protection", "partner_manager", "auditor"):
        browser = signed_in(staff(f"one-{role}", role))
        assert {browser.sure(RETURNS + page, form()).status_code for page in pages} == {403}, role
    assert not ReturnEnd.objects.exists()


def test_the_page_of_a_person_leads_to_the_question(ngo: Caller, manager: Browser) -> None:
    path, _ = ngo.referral()
    person = f"/admin/cases/case/{current(path).case_id}/change/"
    assert f"{RETURNS}ask/{current(path).pk}/" in text(manager.get(person))
    viewer = User.objects.get(pk=staff("viewer").pk)
    viewer.user_permissions.set(Permission.objects.filter(codename="view_conflicts"))
    assert "returns/return/ask" not in text(signed_in(viewer).get(person))


def test_whoever_sees_no_persons_is_led_to_the_list(ngo: Caller) -> None:
    path, stored = ngo.referral()
    asker = User.objects.get(pk=staff("asker").pk)
    asker.user_permissions.set(Permission.objects.filter(codename="ask_return"))
    browser, asked = signed_in(asker), f"{RETURNS}ask/{current(path).pk}/"
    assert f'<a href="{RETURNS}">Cancel</a>' in text(browser.get(asked))
    assert browser.post(asked, form())["Location"] == RETURNS
    found = browser.post(f"{RETURNS}find/", {"name": stored["reference"]})
    for answer in (found, browser.get(f"{RETURNS}{Return.objects.get().pk}/change/")):
        assert "See the person" not in text(answer)


def test_of_a_record_that_was_moved_one_comes_back_to_its_person(ngo: Caller, manager: Browser) -> None:
    path, stored = ngo.referral()
    ngo.referral(case_token=stored["case_token"])
    case = current(path).case
    assert "Ask the partner" not in text(manager.get(f"/admin/cases/case/{case.pk}/split/"))  # a form would be left
    _, new = split_case(case, current(path))
    looks = AuditEvent.objects.filter(action="case.view", subject=str(new.pk))
    assert looks.count() == 0
    assert manager.get(f"{RETURNS}ask/{current(path).pk}/").status_code == 200 and looks.count() == 1
    assert (
        manager.post(f"{RETURNS}ask/{current(path).pk}/", form())["Location"] == f"/admin/cases/case/{new.pk}/change/"
    )
