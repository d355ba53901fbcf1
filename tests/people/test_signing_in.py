"""Signing in: a password and a second factor, guesses that end, and nothing that tells who has an account."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.utils import timezone

from partners.models import AuditEvent
from partners.people.adapters import cipher
from partners.people.models import CacheEntry
from tests.callers import Browser
from tests.people.conftest import Clock
from tests.people.visitors import code, password, signed_in, staff, text, with_app
from tests.threads import at_once

pytestmark = pytest.mark.django_db
FACTOR = "/account/login/factor/"


def second(browser: Browser, given: str) -> Any:
    """The second step of signing in."""
    return browser.post(FACTOR, {"code": given})


def test_a_password_leads_to_the_second_factor_and_that_to_the_admin() -> None:
    user = staff("ida", "statistician")
    secret = with_app(user)
    browser = Browser()
    assert browser.get("/admin/").headers["Location"] == "/account/login/?next=%2Fadmin%2F"
    assert password(browser, "ida").headers["Location"] == FACTOR
    assert browser.get("/admin/").status_code == 302
    assert browser.get("/account/").status_code == 302
    before = browser.session.session_key
    assert second(browser, code(secret)).headers["Location"] == "/account/"
    assert browser.session.session_key != before
    assert browser.get("/admin/").status_code == 200
    assert browser.get("/account/").status_code == 200
    event = AuditEvent.objects.get(action="person.sign_in")
    assert (event.user_id, event.subject, event.detail) == (user.pk, str(user.pk), {})


def test_a_page_that_was_asked_for_follows_and_none_of_another_site() -> None:
    secret = with_app(staff("ida"))
    for wanted, got in (("/admin/", "/admin/"), ("https://elsewhere.example/", "/account/")):
        Authenticator.objects.update(last_used_at=None)
        CacheEntry.objects.all().delete()
        browser = Browser()
        address = f"/account/login/?next={wanted}"
        browser.post(address, {"login": "ida", "password": "a-long-enough-password", "next": wanted})
        assert second(browser, code(secret)).headers["Location"] == got


def test_a_code_works_once(clock: Clock) -> None:
    secret = with_app(staff("ida"))
    first, again = Browser(), Browser()
    for browser in (first, again):
        password(browser, "ida")
    assert second(first, code(secret)).status_code == 302
    refused = second(again, code(secret))
    assert refused.status_code == 200
    assert "We could not confirm the code" in refused.content.decode()
    assert again.get("/admin/").status_code == 302
    clock.next_code()
    assert second(again, code(secret, -1)).status_code == 200  # the one before
    assert second(again, code(secret)).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_two_who_show_a_code_at_once_one_gets_in() -> None:
    secret = with_app(staff("ida"))
    browsers = [Browser() for _ in range(4)]
    for browser in browsers:
        password(browser, "ida")
    shown = code(secret)
    answers = at_once([lambda b=browser: second(b, shown).status_code for browser in browsers])  # type: ignore[misc]
    assert sorted(answers) == [200, 200, 200, 302]


def test_nothing_tells_whether_there_is_an_account() -> None:
    staff("ida")
    staff("off", is_active=False)
    pages = {
        re.sub(r'(csrfmiddlewaretoken" value=|name="login" value=)"[^"]*"', "", page.content.decode())
        for page in (
            password(Browser(), "ida", "wrong"),
            password(Browser(), "nobody", "wrong"),
            password(Browser(), "off", "wrong"),
            password(Browser(), "off"),
        )
    }
    assert len(pages) == 1
    assert "is not correct" in pages.pop()


def test_guesses_of_a_password_end_even_if_the_last_one_is_right() -> None:
    staff("ida")
    staff("eva")
    for _ in range(5):
        assert "is not correct" in password(Browser(), "ida", "wrong").content.decode()
    assert "Too many attempts" in password(Browser(), "ida").content.decode()
    assert "Too many attempts" in password(Browser(), "IDA").content.decode()
    assert password(Browser(), "eva").status_code == 302
    assert CacheEntry.objects.exists()
    assert not [
        key for key in CacheEntry.objects.values_list("key", flat=True) if not re.fullmatch("[0-9a-f]{64}", key)
    ]


def test_guesses_of_a_code_end_even_if_the_last_one_is_right() -> None:
    secret = with_app(staff("ida"))
    browser = Browser()
    password(browser, "ida")
    wrong = code(secret, 5)
    for _ in range(5):
        assert "could not confirm the code" in second(browser, wrong).content.decode()
    assert "Too many attempts" in second(browser, code(secret)).content.decode()
    other = Browser()
    password(other, "ida")
    assert "Too many attempts" in second(other, code(secret)).content.decode()


def test_guesses_from_one_address_end_whosever_account_they_try() -> None:
    staff("ida")
    for number in range(10):
        password(Browser(), f"nobody{number}", "wrong")
    assert "Too many attempts" in password(Browser(), "ida").content.decode()


@pytest.mark.django_db(transaction=True)
def test_guesses_at_once_are_counted_each() -> None:
    user = staff("ida")
    answers = at_once([lambda: password(Browser(), "ida", "wrong").content.decode() for _ in range(8)])
    assert sum("Too many attempts" not in answer for answer in answers) <= 5
    assert user.is_active


def test_a_limit_is_lifted_by_time_alone() -> None:
    staff("ida")
    for _ in range(5):
        password(Browser(), "ida", "wrong")
    assert "Too many" in password(Browser(), "ida").content.decode()
    CacheEntry.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert password(Browser(), "ida").status_code == 302


def test_whoever_has_no_factor_is_led_to_set_one_up_before_anything_else() -> None:
    user = staff("ida", "auditor")
    browser = Browser()
    assert password(browser, "ida").headers["Location"] == "/account/"
    for path in (
        "/account/",
        "/admin/",
        "/account/password/",
        "/account/factors/codes/",
        "/account/factors/app/remove/",
    ):
        assert browser.get(path).headers["Location"] == "/account/setup/", path
    assert browser.get("/account/setup/").status_code == 200
    page = browser.get("/account/factors/app/").content.decode()
    found = re.search(r"<code>([A-Z2-7]{32})</code>", page)
    assert found
    assert "data:image/svg+xml;base64," in page
    assert browser.post("/account/factors/app/", {"code": "000000"}).status_code == 200
    before = browser.session.session_key
    answer = browser.post("/account/factors/app/", {"code": code(found[1])})
    assert answer.headers["Location"] == "/account/factors/codes/"
    assert browser.session.session_key != before
    codes = re.findall(r"<code>(\d{8})</code>", browser.get("/account/factors/codes/").content.decode())
    assert len(set(codes)) == 10
    assert not re.search(r"<code>\d{8}", browser.get("/account/factors/codes/").content.decode())
    assert browser.get("/admin/").status_code == 200
    assert AuditEvent.objects.get(action="factor.add").detail == {"kind": "totp"}
    other = Browser()
    password(other, "ida")
    assert second(other, code(found[1])).status_code == 200  # shown already, when it was set up
    assert second(other, codes[0]).status_code == 302
    third = Browser()
    password(third, "ida")
    assert second(third, codes[0]).status_code == 200
    assert second(third, codes[1]).status_code == 302
    assert user.is_active


@pytest.mark.django_db(transaction=True)
def test_of_two_windows_that_set_an_app_up_at_once_one_does() -> None:
    user = staff("ida")
    browser = Browser()
    browser.with_password_alone = True
    browser.force_login(user)
    found = re.search(r"<code>([A-Z2-7]{32})</code>", browser.get("/account/factors/app/").content.decode())
    assert found
    given = {"code": code(found[1])}

    def window() -> int:
        other = Browser()
        other.cookies = browser.cookies
        return int(other.post("/account/factors/app/", given).status_code)

    answers = at_once([window, window, window])
    assert 302 in answers
    assert set(answers) <= {302, 400}  # whose session got a new key meanwhile is told that it ended
    assert Authenticator.objects.filter(user=user, type="totp").count() == 1


def test_an_account_that_is_switched_off_has_no_page_of_its_own() -> None:
    assert Browser().get("/account/inactive/").headers["Location"] == "/account/login/"


def test_secrets_of_factors_are_unreadable_in_the_database() -> None:
    user = staff("ida")
    secret = with_app(user)
    stored = Authenticator.objects.get(user=user).data["secret"]
    assert secret not in stored
    assert cipher().decrypt(stored.encode()).decode() == secret


def test_after_a_change_of_the_pepper_no_code_fits(settings: Any) -> None:
    secret = with_app(staff("ida"))
    settings.HENVIS_PEPPER = "another-pepper-than-that-of-the-tests"
    browser = Browser()
    password(browser, "ida")
    assert second(browser, code(secret)).status_code == 200
    assert second(browser, code("")).status_code == 200


def test_a_session_that_never_showed_the_factor_shows_it_and_cannot_add_one() -> None:
    user = staff("ida")
    browser = Browser()
    browser.with_password_alone = True
    browser.force_login(user)
    secret = with_app(user)  # in another window
    for path in ("/account/", "/admin/", "/account/factors/app/", "/account/factors/passkey/", "/account/setup/"):
        assert browser.get(path).headers["Location"] == "/account/confirm/", path
    assert "No, back" not in text(browser.post("/account/confirm/", {"code": code(secret, 7)}))
    assert browser.post("/account/confirm/", {"code": code(secret)}).status_code == 302
    assert browser.get("/admin/").status_code == 200


def test_who_is_asked_for_a_factor_again_may_leave_things_as_they_are() -> None:
    user = staff("ida")
    with_app(user)
    page = text(signed_in(user).get("/account/confirm/"))
    assert re.search(r'<a href="/account/">\s*No, back', page)


def test_before_factors_change_one_is_asked_for_again(clock: Clock) -> None:
    user = staff("ida")
    secret = with_app(user)
    browser = signed_in(user)
    for path in ("/account/factors/passkey/", "/account/factors/app/remove/", "/account/factors/codes/new/"):
        assert browser.get(path).headers["Location"].startswith("/account/confirm/"), path
    wanted = "/account/factors/codes/new/"
    answer = browser.post(f"/account/confirm/?next={wanted}", {"code": code(secret), "next": wanted})
    assert answer.headers["Location"] == wanted
    assert browser.post(wanted).headers["Location"] == "/account/factors/codes/"
    assert AuditEvent.objects.get(action="factor.renew").user_id == user.pk


def test_the_last_factor_stays() -> None:
    user = staff("ida")
    secret = with_app(user)
    browser = signed_in(user)
    browser.post("/account/confirm/", {"code": code(secret)})
    page = browser.post("/account/factors/app/remove/")
    assert "cannot be removed" in page.content.decode()
    assert Authenticator.objects.filter(user=user).count() == 1


@pytest.mark.parametrize(
    "path",
    ["signup/", "password/reset/", "password/set/", "email/", "confirm-email/", "login/code/", "2fa/", "3rdparty/"],
)
def test_nobody_registers_and_nothing_is_sent(path: str) -> None:
    browser = signed_in(staff("ida"))
    assert browser.get(f"/account/{path}").status_code == 404
    assert browser.post(f"/account/{path}").status_code in {403, 404}
    assert mail.outbox == []


def test_a_member_of_staff_without_a_role_sees_an_empty_admin() -> None:
    browser = signed_in(staff("ida"))
    assert browser.get("/admin/").status_code == 200
    assert browser.get("/admin/partners/partner/").status_code == 403


def test_signing_out_ends_the_session() -> None:
    browser = signed_in(staff("ida"))
    assert browser.get("/account/logout/").status_code == 200
    assert browser.post("/account/logout/").headers["Location"] == "/account/login/"
    assert browser.get("/account/").status_code == 302
