"""Passkeys on the configured host, with an authenticator in software: set up, sign in, second factor, and what is off."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.db import transaction

from partners.models import AuditEvent
from tests.callers import Browser
from tests.people.authenticator import SoftPasskey
from tests.people.passkeys import ADD, FACTOR, HOST, LOGIN, ORIGIN, Visitor, added, asked, at_host, offered, send
from tests.people.visitors import code, password, signed_in, staff, with_app
from tests.threads import Background, wait_until_blocked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("host")]


def test_a_passkey_is_set_up_and_lets_in_without_a_password() -> None:
    user = staff("ida")
    browser = at_host(user)
    options = offered(browser.get(ADD))["publicKey"]
    assert options["rp"] == {"id": HOST, "name": HOST}
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["authenticatorSelection"]["residentKey"] == "required"
    key = added(user, browser)
    assert browser.get("/admin/").status_code == 200
    assert AuditEvent.objects.get(action="factor.add").detail == {"kind": "webauthn"}
    other = Visitor()
    answer = send(other, LOGIN, key.get(asked(other)))
    assert answer.headers["Location"] == "/account/"
    assert other.get("/admin/").status_code == 200
    assert "Phone" in other.get("/account/").content.decode()


def test_a_passkey_is_the_second_factor_too() -> None:
    key = added(staff("ida"))
    browser = Visitor()
    assert password(browser, "ida").headers["Location"] == FACTOR
    answer = send(browser, FACTOR, key.get(offered(browser.get(FACTOR))))
    assert answer.headers["Location"] == "/account/"
    assert browser.get("/admin/").status_code == 200


def test_a_signature_works_once() -> None:
    key = added(staff("ida"))
    browser, other = Visitor(), Visitor()
    signed = key.get(asked(browser))
    asked(other)
    assert send(other, LOGIN, signed).headers["Location"] == "/account/login/"
    assert send(browser, LOGIN, signed).headers["Location"] == "/account/"
    browser.post("/account/logout/")
    assert send(browser, LOGIN, signed).headers["Location"] == "/account/login/"
    assert "could not confirm the code" in browser.get("/account/login/").content.decode()


def test_what_is_off_is_refused() -> None:
    user, other = staff("ida"), staff("eva")
    key, hers = added(user), added(other)
    for change in (
        {"verified": False},
        {"origin": "https://elsewhere.example"},
        {"origin": f"http://{HOST}"},
        {"user": hers.user},
        {"key": hers.key},
        {"identity": hers.identity},
    ):
        browser = Visitor()
        wrong = SoftPasskey(**{**key.__dict__, **change})
        assert send(browser, LOGIN, wrong.get(asked(browser))).headers["Location"] == "/account/login/", change
        assert browser.get("/admin/").status_code == 302


@pytest.mark.parametrize("change", [{"verified": False}, {"origin": "https://elsewhere.example"}])
def test_a_passkey_that_asks_for_nothing_or_is_for_another_site_is_not_added(change: dict[str, Any]) -> None:
    user = staff("ida")
    browser = at_host(user)
    key = SoftPasskey(**{"origin": ORIGIN, **change})
    page = send(browser, ADD, key.create(offered(browser.get(ADD))), passwordless="on")
    assert page.status_code == 200
    assert not Authenticator.objects.exists()
    assert browser.get("/admin/").status_code == 302


def test_someone_switched_off_does_not_get_in_with_a_passkey() -> None:
    user = staff("ida")
    key = added(user)
    User.objects.update(is_active=False)
    browser = Visitor()
    assert send(browser, LOGIN, key.get(asked(browser))).headers["Location"] == "/account/login/"
    assert "could not confirm the code" in browser.get("/account/login/").content.decode()
    assert browser.get("/account/").status_code == 302


def test_the_second_factor_asks_for_a_finger_or_a_pin() -> None:
    key = added(staff("ida"))
    key.verified = False
    browser = Visitor()
    password(browser, "ida")
    answer = send(browser, FACTOR, key.get(offered(browser.get(FACTOR))))
    assert answer.status_code == 200
    assert browser.get("/admin/").status_code == 302


def test_an_app_is_removed_where_a_passkey_stays() -> None:
    user = staff("ida")
    key = added(user)
    with_app(user)
    browser = Visitor()
    send(browser, LOGIN, key.get(asked(browser)))
    confirm, remove = "/account/confirm/passkey/", "/account/factors/app/remove/"
    assert browser.get(remove).headers["Location"].startswith("/account/confirm/")
    key.verified = False
    wrong = send(browser, confirm, key.get(offered(browser.get(confirm))))
    assert wrong.status_code == 200
    assert "could not confirm the code" in wrong.content.decode()
    key.verified = True
    send(browser, confirm, key.get(offered(browser.get(confirm))))
    assert browser.post(remove).headers["Location"] == "/account/factors/"
    assert [each.type for each in Authenticator.objects.filter(user=user).exclude(type="recovery_codes")] == [
        "webauthn"
    ]
    assert AuditEvent.objects.get(action="factor.remove").detail == {"kind": "totp"}


def test_options_are_counted() -> None:
    browser = Visitor()
    for _ in range(30):
        asked(browser)
    assert browser.get(LOGIN, headers={"Accept": "application/json"}).status_code == 429


def test_a_passkey_is_removed_by_its_person_alone_and_never_the_last_one() -> None:
    user, other = staff("ida"), staff("eva")
    key = added(user)
    mine = Authenticator.objects.get(user=user, type="webauthn")
    browser = Visitor()
    send(browser, LOGIN, key.get(asked(browser)))
    confirm = "/account/confirm/passkey/"
    send(browser, confirm, key.get(offered(browser.get(confirm))))
    remove = "/account/factors/passkey/remove/"
    assert browser.sure(remove, {"key": mine.pk}).status_code == 409
    secret = with_app(user)
    stranger = signed_in(other)
    stranger.defaults["SERVER_NAME"] = HOST
    assert stranger.post(remove, {"key": mine.pk}).status_code == 404
    for odd in ("", "x", "-1", "9" * 30, str(mine.pk + 1000)):
        assert browser.post(remove, {"key": odd}).status_code == 404
    assert browser.sure(remove, {"key": mine.pk}).status_code == 302
    assert not Authenticator.objects.filter(pk=mine.pk).exists()
    assert AuditEvent.objects.get(action="factor.remove").user_id == user.pk
    assert code(secret)


@pytest.mark.django_db(transaction=True)
def test_of_the_last_two_factors_removed_at_once_one_stays() -> None:
    user = staff("ida")
    key = added(user)
    with_app(user)
    mine = Authenticator.objects.get(user=user, type="webauthn")
    browsers = [confirmed(key), confirmed(key)]
    acts = (
        lambda: browsers[0].post("/account/factors/app/remove/").status_code,
        lambda: browsers[1].sure("/account/factors/passkey/remove/", {"key": mine.pk}).status_code,
    )
    with Background() as background:
        with transaction.atomic():
            User.objects.select_for_update().get(pk=user.pk)
            answers = [background.start(act) for act in acts]
            wait_until_blocked(2)
        assert sorted(answer.result(timeout=30) == 302 for answer in answers) == [False, True]
    assert Authenticator.objects.filter(user=user).exclude(type="recovery_codes").count() == 1


def confirmed(key: SoftPasskey) -> Visitor:
    """A browser that has signed in with the key and shown it again."""
    browser, confirm = Visitor(), "/account/confirm/passkey/"
    send(browser, LOGIN, key.get(asked(browser)))
    send(browser, confirm, key.get(offered(browser.get(confirm))))
    return browser


def test_the_demo_s_host_works_as_browsers_allow_it(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["localhost"]
    user = staff("ida")
    browser = Browser(SERVER_NAME="localhost")
    browser.with_password_alone = True
    browser.force_login(user)
    key = SoftPasskey("http://localhost:8000")
    assert send(browser, ADD, key.create(offered(browser.get(ADD))), passwordless="on").status_code == 302
