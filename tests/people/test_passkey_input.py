"""Whatever is sent for a passkey is answered, and only what is needed is stored."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from fido2.cbor import encode
from fido2.utils import websafe_encode as b64

from tests.people.authenticator import SoftPasskey
from tests.people.passkeys import (
    ADD,
    HOST,
    LOGIN,
    ORIGIN,
    Visitor,
    added,
    asked,
    at_host,
    offered,
    send,
    with_limits_lifted,
)
from tests.people.visitors import staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("host")]
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
