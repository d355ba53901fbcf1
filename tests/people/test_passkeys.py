"""Passkeys on the configured host, with an authenticator in software: set up, sign in, second factor, and what is off."""

from __future__ import annotations

import html
import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.db import transaction
from fido2.cbor import encode
from fido2.utils import websafe_encode as b64

from partners.models import AuditEvent
from partners.people.models import CacheEntry
from tests.callers import Browser
from tests.people.authenticator import SoftPasskey
from tests.people.visitors import Elements, code, password, signed_in, staff, with_app
from tests.threads import Background, wait_until_blocked

pytestmark = pytest.mark.django_db
HOST = "henvis.example"
ORIGIN = f"https://{HOST}"
ADD, LOGIN, FACTOR = "/account/factors/passkey/", "/account/login/passkey/", "/account/login/factor/"


@pytest.fixture(autouse=True)
def host(settings: Any) -> None:
    """The host that people use."""
    settings.ALLOWED_HOSTS = [HOST]


class Visitor(Browser):
    """A browser at the host."""

    def __init__(self, **defaults: Any) -> None:
        super().__init__(SERVER_NAME=HOST, **defaults)


def at_host(user: User) -> Visitor:
    """A browser in whose session the person has a password shown and no factor."""
    browser = Visitor()
    browser.with_password_alone = True
    browser.force_login(user)
    return browser


def offered(page: Any) -> dict[str, Any]:
    """The options of a ceremony, as the script finds them on a page."""
    forms = [each for _, each in Elements(page.content.decode()).found if each.get("data-options")]
    found: dict[str, Any] = json.loads(html.unescape(forms[0]["data-options"] or ""))
    return found


def asked(browser: Browser) -> dict[str, Any]:
    """The options of signing in with a passkey alone, as the script fetches them."""
    answer = browser.get(LOGIN, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()["request_options"]
    return found


def send(browser: Browser, path: str, credential: object, **more: str) -> Any:
    """What the script sends."""
    return browser.post(path, {"credential": json.dumps(credential), **more})


def added(user: User, browser: Browser | None = None) -> SoftPasskey:
    """A passkey of the user's."""
    browser = browser or at_host(user)
    key = SoftPasskey(ORIGIN)
    options = offered(browser.get(ADD))
    answer = send(browser, ADD, key.create(options), name="Phone", passwordless="on")
    assert answer.status_code == 302, answer.content
    return key


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


# Data of an authenticator that promises extensions, and of one that promises a key, where nothing follows.
PROMISES = [bytes(32) + bytes([flags]) + bytes(4) for flags in (0x85, 0x45)]
ODD: tuple[object, ...] = (
    None, [], "A", "AAAA", "é", b64(b"1"), b64(b"[]"), b64(b"{}"), *map(b64, PROMISES),
    *(b64(encode({"fmt": "none", "attStmt": {}, "authData": data})) for data in (b"", b"x", *PROMISES)),
)  # fmt: skip


def broken() -> list[tuple[str, object]]:
    """Credentials that no browser makes, each with where it is sent."""
    good = SoftPasskey(ORIGIN)
    made = good.create({"publicKey": {"user": {"id": "MQ"}, "rp": {"id": HOST}, "challenge": "MQ"}})
    got = good.get({"publicKey": {"rpId": HOST, "challenge": "MQ"}})
    shapes: list[object] = [None, 1, "x", [], {}, {"response": 1}, {"response": {}}]
    found: list[tuple[str, object]] = []
    for path, base in ((ADD, made), (LOGIN, got)):
        whole = [*shapes, base, {**base, "id": 1}, {**base, "rawId": "é"}, {**base, "type": "x"}]
        odd = [{**base, "response": {**base["response"], part: value}} for part in base["response"] for value in ODD]
        found += [(path, credential) for credential in (*whole, *odd)]
    return found


def test_whatever_is_sent_for_a_credential_is_answered() -> None:
    added(staff("ida"))
    fresh = staff("new")
    browsers = {ADD: at_host(fresh), LOGIN: Visitor()}
    for path, credential in broken():
        browser = browsers[path]
        asked(browser) if path == LOGIN else browser.get(ADD)
        with_limits_lifted()
        answer = send(browser, path, credential, passwordless="on")
        assert answer.status_code in {200, 302}, (path, credential)
        assert browser.get("/admin/").status_code == 302
    many = [b64(text.encode()) for text in ("9" * 40, "-1", "é", "0" * 3000, "zzzzzzzzzzzzzz", chr(0))]
    key = SoftPasskey(ORIGIN)
    for handle in many:
        browser = Visitor()
        key.user = handle
        answer = send(browser, LOGIN, key.get(asked(browser)))
        assert answer.headers["Location"] == "/account/login/"
        with_limits_lifted()
    for text in ("", "{", "[" * 5000, "[" * 200_000, '"\\u0000"', '"\\ud800"', "NaN", "9" * 5000, "9" * 400):
        for browser, path in ((Visitor(), LOGIN), (at_host(fresh), ADD)):
            asked(browser) if path == LOGIN else browser.get(ADD)
            with_limits_lifted()
            answer = browser.post(path, {"credential": text, "passwordless": "on"})
            assert answer.status_code in {200, 302}, text[:9]
            assert "ud800" not in answer.content.decode()


def test_a_character_that_base64_passes_over_is_not_stored() -> None:
    user = staff("ida")
    browser = at_host(user)
    for spoilt in ("id", "rawId", "clientDataJSON", "attestationObject"):
        made = SoftPasskey(ORIGIN).create(offered(browser.get(ADD)))
        place = made if spoilt in made else made["response"]
        place[spoilt] = chr(0) * 4 + place[spoilt]
        assert send(browser, ADD, made, passwordless="on").status_code == 200
        with_limits_lifted()
    assert not Authenticator.objects.exists()


def test_the_second_factor_asks_for_a_finger_or_a_pin() -> None:
    key = added(staff("ida"))
    key.verified = False
    browser = Visitor()
    password(browser, "ida")
    answer = send(browser, FACTOR, key.get(offered(browser.get(FACTOR))))
    assert answer.status_code == 200
    assert browser.get("/admin/").status_code == 302


def test_of_a_new_passkey_only_what_is_needed_is_stored() -> None:
    """PostgreSQL stores neither NUL nor half a character nor NaN; what else is in a credential could be anything."""
    user = staff("ida")
    browser = at_host(user)
    made = SoftPasskey(ORIGIN).create(offered(browser.get(ADD)))
    for more in (
        {"x": chr(0)},
        {"x": chr(0xD800)},
        {"x": float("nan")},
        {"clientExtensionResults": {"a": chr(0)}},
        {"id": chr(0)},
    ):
        answer = send(browser, ADD, {**made, **more}, passwordless="on")
        assert answer.status_code in {200, 302}
        stored = Authenticator.objects.filter(user=user, type="webauthn").first()
        assert stored is None or set(stored.data["credential"]) == {*made}
    assert Authenticator.objects.filter(user=user, type="webauthn").count() == 1


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


def with_limits_lifted() -> None:
    """As if each attempt came after a while."""
    CacheEntry.objects.all().delete()


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
