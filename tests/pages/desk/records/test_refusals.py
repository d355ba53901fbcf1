"""Referrals that the service does not take: the page says why and what to do, and keeps what was typed."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

import pytest

from cases.errors import Erased, NotFound, RulesBroken, Stale, Violation
from cases.intake import submit
from cases.models import Referral
from core.text import Text
from pages.desk.records import form_page
from partners.models import Partner
from tests.callers import Browser
from tests.cases.windows.world import LAST_YEAR, TOMORROW, YESTERDAY, set_window
from tests.pages.desk.conftest import renew_agreement
from tests.pages.desk.records.forms import filled, form_at, form_of
from tests.people.visitors import text

pytestmark = pytest.mark.django_db
ONE = "/send/one/"
END = {"reason_code": ["DUPLICATE"]}
CONFIRM = "A manager of yours must confirm the agreement"


@pytest.fixture
def place(caseworker: Browser, shelter: Partner) -> str:
    """The address of a referral of last year, which is open still, that was entered, without its last part."""
    set_window(shelter, new_until=TOMORROW, corrections_until=TOMORROW)
    answer = caseworker.post(ONE, filled(form_at(caseworker, ONE), referred_in=f"{LAST_YEAR}-06"))
    return str(answer["Location"]).removesuffix("receipt/")


def close(shelter: Partner) -> None:
    """Close last year."""
    set_window(shelter, new_until=YESTERDAY, corrections_until=YESTERDAY)


def withdraw(browser: Browser, place: str) -> Any:
    """Withdraw a referral as its page stands."""
    return browser.post(f"{place}withdraw/", {**form_at(browser, f"{place}withdraw/"), **END})


def test_without_an_agreement_the_form_is_kept_and_says_what_to_do(
    caseworker: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = filled(form_at(caseworker, ONE))
    renew_agreement(monkeypatch)
    answer = caseworker.post(ONE, form)
    page = answer.content.decode()
    assert (answer.status_code, CONFIRM in page) == (409, True)
    assert {name: sorted(each) for name, each in form_of(page, ONE).items() if name in form} == {
        name: sorted(each) for name, each in form.items()
    }
    assert not Referral.objects.exists()


def test_without_an_agreement_nothing_is_corrected_or_sent_again(
    caseworker: Browser, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = {**form_at(caseworker, f"{place}correct/"), "gender": ["M"]}
    renew_agreement(monkeypatch)
    assert CONFIRM in caseworker.post(f"{place}correct/", form).content.decode()
    withdraw(caseworker, place)
    again = form_of(text(caseworker.get(place)), f"{place}again/")
    assert caseworker.sure(f"{place}again/", again)["Location"] == place
    assert CONFIRM in text(caseworker.get(place))
    assert [row.status for row in Referral.objects.order_by("version")] == ["reported", "withdrawn"]


def test_nothing_is_withdrawn_in_a_closed_year(caseworker: Browser, shelter: Partner, place: str) -> None:
    close(shelter)
    assert withdraw(caseworker, place)["Location"] == place
    page = text(caseworker.get(place))
    assert "The year is closed for corrections. The page The year says what you can do." in page
    assert Referral.objects.get().status == "reported"


def test_nothing_is_sent_again_in_a_closed_year(caseworker: Browser, shelter: Partner, place: str) -> None:
    withdraw(caseworker, place)
    again = form_of(text(caseworker.get(place)), f"{place}again/")
    close(shelter)
    assert caseworker.sure(f"{place}again/", again)["Location"] == place
    assert "The page The year says what you can do." in text(caseworker.get(place))
    assert Referral.objects.current().get().status == "withdrawn"


def test_what_is_erased_while_its_page_is_open_is_told(
    caseworker: Browser, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = {**form_at(caseworker, f"{place}withdraw/"), **END}

    monkeypatch.setattr(submit, "withdraw", raising(Erased()))
    answer = caseworker.post(f"{place}withdraw/", form)
    assert (answer.status_code, "must not be sent again" in answer.content.decode()) == (410, True)


def test_what_is_removed_while_its_page_is_open_is_told_with_a_way_on(
    caseworker: Browser, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ending = {**form_at(caseworker, f"{place}withdraw/"), **END}
    mending = {**form_at(caseworker, f"{place}correct/"), "gender": ["M"]}
    monkeypatch.setattr(submit, "withdraw", raising(NotFound()))
    monkeypatch.setattr(form_page, "store", raising(Stale(0)))
    monkeypatch.setattr(form_page, "steps", lambda *_: [])
    for address, form in ((f"{place}withdraw/", ending), (f"{place}correct/", mending)):
        answer = caseworker.post(address, form)
        page = answer.content.decode()
        assert (answer.status_code, "it was removed since you opened it" in page) == (404, True)
        assert 'href="/send/"' in page


def test_a_reason_that_can_no_longer_be_used_leads_to_the_others(
    caseworker: Browser, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = {**form_at(caseworker, f"{place}withdraw/"), **END}
    broken = Violation("reason_code", "code_retired", Text("Udgået.", "Retired."))
    monkeypatch.setattr(submit, "withdraw", raising(RulesBroken([broken])))
    assert caseworker.post(f"{place}withdraw/", form)["Location"] == f"{place}withdraw/"
    assert "The referral is not withdrawn" in text(caseworker.get(f"{place}withdraw/"))


def raising(error: Exception) -> Callable[..., None]:
    """What raises an error, whatever it is given."""

    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


def test_what_is_wrong_and_what_is_asked_is_said_in_labels_and_never_in_codes(caseworker: Browser) -> None:
    """Of an adult a field of minors, and of a Danish citizen another residence, as the rules say it with codes to programs."""
    form = filled(form_at(caseworker, ONE), age_band="Y25T34", unaccompanied_minor="YES")
    page = text(caseworker.post(ONE, form))
    assert "This field is for minors only: use Not a minor." in page and "(_Z)" not in page
    form = filled(form_at(caseworker, ONE), citizenship="DK", residence_basis="PERMIT_WORK")
    asked = html.unescape(text(caseworker.post(ONE, form)))
    assert "The residence of a Danish citizen is “Danish citizen”." in asked and "is DK_CITIZEN" not in asked
