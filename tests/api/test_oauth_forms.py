"""The form of the two OAuth endpoints (RFC 6749 §2.3 and §3.2): each parameter once, one way to authenticate, readable text."""

from __future__ import annotations

from base64 import b64encode
from urllib.parse import quote, urlencode

import pytest
from django.http import HttpResponse

from tests.api.asserts import body
from tests.api.tokens import REVOKE, TOKEN, AccessToken, basic, form, me, refused
from tests.callers import Browser, Caller

BOTH = pytest.mark.parametrize("path", [TOKEN, REVOKE])


def send(path: str, sent: list[tuple[str, str]], headers: dict[str, str] | None = None) -> HttpResponse:
    """A form as it stands; bytes that are no UTF-8 are given as half surrogates."""
    raw = urlencode(sent, errors="surrogateescape").encode()
    browser = Browser(raise_request_exception=False)
    kind = "application/x-www-form-urlencoded"
    return browser.generic("POST", path, raw, content_type=kind, headers=headers or {})  # type: ignore[return-value]


def whole(caller: Caller) -> list[tuple[str, str]]:
    """A form that both endpoints take."""
    return [*form(caller).items(), ("grant_type", "client_credentials"), ("token", "x")]


def test_the_form_that_the_refused_ones_are_made_of_is_taken(ngo: Caller) -> None:
    assert send(TOKEN, whole(ngo)).status_code == send(REVOKE, whole(ngo)).status_code == 200


@BOTH
@pytest.mark.parametrize("name", ["grant_type", "client_id", "client_secret", "token", "scope", "unknown", "\0"])
def test_a_parameter_that_stands_twice_is_refused(ngo: Caller, path: str, name: str) -> None:
    """Also with the same value, and whether or not it is used."""
    value = dict(whole(ngo)).get(name, "x")
    rest = [pair for pair in whole(ngo) if pair[0] != name]
    for values in ((value, value), (value, "other"), ("", value)):
        refused(send(path, [*rest, *((name, each) for each in values)]), 400, "invalid_request")


def test_a_resource_may_stand_twice(ngo: Caller) -> None:
    """RFC 8707 §2."""
    assert (
        send(TOKEN, [*whole(ngo), ("resource", "https://a.example"), ("resource", "https://b.example")]).status_code
        == 200
    )


@BOTH
def test_two_authentications_at_once_are_refused_even_where_both_are_right(
    ngo: Caller, other_ngo: Caller, path: str
) -> None:
    header = basic(ngo.client.client_id, ngo.secret)
    for sent in (
        whole(ngo),
        [("client_secret", ngo.secret)],
        [("client_secret", "wrong")],
        [("client_id", other_ngo.client.client_id)],
        [
            ("client_assertion", "x"),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ],
    ):
        rest = [("grant_type", "client_credentials"), ("token", ngo.token)]
        named = {name for name, _ in sent}
        both = [*sent, *(pair for pair in rest if pair[0] not in named)]
        refused(send(path, both, header), 400, "invalid_request")
    refused(send(path, whole(ngo), {"Authorization": f"Bearer {ngo.token}"}), 400, "invalid_request")
    assert me(ngo.token) == 200
    assert AccessToken.objects.count() == 2


@BOTH
def test_the_client_s_own_id_beside_the_header_and_empty_parameters_are_no_second_one(ngo: Caller, path: str) -> None:
    """RFC 6749 §3.2: a parameter without a value is none."""
    sent = [
        ("grant_type", "client_credentials"),
        ("token", "x"),
        ("client_id", ngo.client.client_id),
        ("client_secret", ""),
    ]
    assert send(path, sent, basic(ngo.client.client_id, ngo.secret)).status_code == 200


@BOTH
@pytest.mark.parametrize("odd", ["\0", "a\0b", "\udcff\udcfe", "\udced\udca0\udc80", "\ufffd"])
def test_text_that_no_database_takes_is_refused_in_every_parameter(ngo: Caller, path: str, odd: str) -> None:
    for name in (
        "grant_type",
        "client_id",
        "client_secret",
        "scope",
        "token",
        "token_type_hint",
        "resource",
        "other",
        odd,
    ):
        sent = [*(pair for pair in whole(ngo) if pair[0] != name), (name, odd)]
        answer = send(path, sent)
        refused(answer, 400, "invalid_request")
        assert answer.headers["Content-Type"] == "application/json"


@BOTH
@pytest.mark.parametrize("pair", [b"\0:x", b"x:\0", b"%00:x", b"x:%00", b"\xff:x", b"\xed\xa0\x80:x", b"%ED%A0%80:x"])
def test_and_in_the_header_it_is_no_client(db: None, path: str, pair: bytes) -> None:
    sent = [("grant_type", "client_credentials"), ("token", "x")]
    refused(send(path, sent, {"Authorization": f"Basic {b64encode(pair).decode()}"}), 401, "invalid_client")
    refused(send(f"{path}?{quote(pair)}", sent), 400, "invalid_request")


def test_each_refusal_says_what_is_wrong(ngo: Caller) -> None:
    header = basic(ngo.client.client_id, ngo.secret)
    wrong = basic(ngo.client.client_id, "x")
    grant = ("grant_type", "client_credentials")
    for path, sent, headers, error, words in (
        (TOKEN, [grant], wrong, "invalid_client", "has ended or was revoked"),
        (TOKEN, [grant], {}, "invalid_client", "has ended or was revoked"),
        (TOKEN, [("grant_type", "password")], header, "unsupported_grant_type", "grant_type=client_credentials"),
        (TOKEN, [], header, "invalid_request", "grant type"),
        (TOKEN, [grant, ("scope", "nothing")], header, "invalid_scope", "Without scope"),
        (REVOKE, [("token", "x")], wrong, "invalid_client", "has ended or was revoked"),
        (REVOKE, [], header, "invalid_request", "token"),
    ):
        answer = send(path, sent, headers)
        refused(answer, 401 if error == "invalid_client" else 400, error)
        assert words in body(answer, answer.status_code)["error_description"]


@BOTH
def test_json_is_no_form_and_that_is_said(ngo: Caller, path: str) -> None:
    sent = b'{"grant_type": "client_credentials"}'
    headers = basic(ngo.client.client_id, ngo.secret)
    answer = Browser().generic("POST", path, sent, content_type="application/json", headers=headers)
    refused(answer, 400, "invalid_request")  # type: ignore[arg-type]
    assert "application/x-www-form-urlencoded" in body(answer, 400)["error_description"]  # type: ignore[arg-type]
