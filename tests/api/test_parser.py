"""What strict JSON refuses, before anything of it is looked at."""

from __future__ import annotations

import json

import pytest

from cases.models import Referral
from tests.api.asserts import LIST, body, findings, new_path, problem
from tests.callers import Caller, referral

GOOD = json.dumps(referral())


def with_member(text: str) -> bytes:
    """The example referral with one more member, as written here."""
    return f"{GOOD[:-1]}, {text}}}".encode("utf-8", "surrogatepass")


REFUSED = {
    "no json": (b"gender=F", "not_json"),
    "cut off": (GOOD.encode()[:-1], "not_json"),
    "two values": (GOOD.encode() * 2, "not_json"),
    "trailing comma": (with_member(""), "not_json"),
    "comment": (b"/* */" + GOOD.encode(), "not_json"),
    "byte order mark": (b"\xef\xbb\xbf" + GOOD.encode(), "not_json"),
    "control character in a text": (with_member('"gender\t": "F"'), "not_json"),
    "utf-16": (GOOD.encode("utf-16"), "not_utf8"),
    "latin-1": (GOOD.replace("NGO", "Å").encode("latin-1"), "not_utf8"),
    "overlong": (with_member('"x": "?"').replace(b"?", b"\xc0\xaf"), "not_utf8"),
    "raw surrogate": (with_member('"x": "\ud800"'), "not_utf8"),
    "lone surrogate": (with_member('"x": "\\ud800"'), "unusable_character"),
    "lone surrogate in a name": (with_member('"\\udfff": 1'), "unusable_character"),
    "reversed surrogates": (with_member('"x": "\\udc00\\ud800"'), "unusable_character"),
    "nul": (with_member('"x": "\\u0000"'), "unusable_character"),
    "nul in a name": (with_member('"\\u0000": 1'), "unusable_character"),
    "nul deep inside": (with_member('"x": [{"y": ["\\u0000"]}]'), "unusable_character"),
    "duplicate member": (with_member('"gender": "F"'), "duplicate_member"),
    "duplicate member, spelt in two ways": (with_member('"\\u0067ender": "F"'), "duplicate_member"),
    "duplicate member inside": (with_member('"x": {"y": 1, "y": 1}'), "duplicate_member"),
    "fraction": (with_member('"x": 1.0'), "number_not_integer"),
    "exponent": (with_member('"x": 1e3'), "number_not_integer"),
    "infinite exponent": (with_member('"x": 1e999'), "number_not_integer"),
    "nan": (with_member('"x": NaN'), "number_not_integer"),
    "infinity": (with_member('"x": -Infinity'), "number_not_integer"),
    "5,000 digits": (with_member(f'"x": {"9" * 5000}'), "number_not_integer"),
    "nine arrays": (b"[" * 9 + b"]" * 9, "too_deep"),
    "nine levels": (with_member('"x": ' + '{"y":' * 8 + "1" + "}" * 8), "too_deep"),
    "30,000 arrays": (b"[" * 30_000 + b"]" * 30_000, "too_deep"),
    "60,000 arrays that never end": (b"[" * 60_000, "too_deep"),
    "10,000 objects": (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "too_deep"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_body_that_is_not_strict_json_is_400_and_stores_nothing(ngo: Caller, name: str) -> None:
    sent, code = REFUSED[name]
    path, _ = ngo.referral()
    for response in (
        ngo.put(new_path(), sent),
        ngo.post(LIST, sent, Idempotency_Key="8e03978e-40d5-43dd-bc93-6894a57f9324"),
        ngo.post(f"{path}/withdrawal", sent),
    ):
        assert findings(response, "malformed_json") == [("#", code)]
    assert Referral.objects.count() == 1


def test_eight_levels_are_read(ngo: Caller) -> None:
    assert findings(ngo.put(new_path(), b"[" * 8 + b"1" + b"]" * 8)) == [("#", "object_expected")]


@pytest.mark.parametrize("sent", [b"x" * (64 * 1024 + 1), b"[" * 100_000, b" " * 65_537, b'{"a":' * 20_000])
def test_more_than_64_kib_is_413_unread(ngo: Caller, sent: bytes) -> None:
    problem(ngo.put(new_path(), sent), "payload_too_large")
    assert Referral.objects.count() == 0


def test_64_kib_are_read(ngo: Caller) -> None:
    assert ngo.put(new_path(), GOOD.encode().ljust(64 * 1024)).status_code == 201


@pytest.mark.parametrize("sent", [b"", b"null", b"[]", b'"text"', b"1", b"true", b"{}"])
def test_a_body_that_is_no_record_is_400(ngo: Caller, sent: bytes) -> None:
    response = ngo.put(new_path(), sent)
    assert {code for _, code in findings(response)} <= {"object_expected", "required"}
    assert Referral.objects.count() == 0


@pytest.mark.parametrize(
    "media_type",
    [
        "text/plain",
        "application/xml",
        "application/json-patch+json",
        "application/merge-patch+json",
        "text/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application",
        "*/*",
        "",
    ],
)
def test_another_media_type_is_415(ngo: Caller, media_type: str) -> None:
    headers = {"Authorization": f"Bearer {ngo.token}", "Idempotency-Key": "8e03978e-40d5-43dd-bc93-6894a57f9324"}
    for method, path in (("PUT", new_path()), ("POST", LIST)):
        response = ngo.browser.generic(method, path, GOOD.encode(), content_type=media_type, headers=headers)
        problem(response, "unsupported_media_type")  # type: ignore[arg-type]
    assert Referral.objects.count() == 0


@pytest.mark.parametrize("charset", ["utf-8", '"UTF-8"', "latin-1", "utf-16", "rot13", "idna", "nonsense"])
def test_a_charset_has_no_effect_on_json(ngo: Caller, charset: str) -> None:
    """RFC 8259 §11: no charset parameter is defined; adding one has no effect."""
    headers, media_type = {"Authorization": f"Bearer {ngo.token}"}, f"application/json; charset={charset}"
    path = new_path()
    created = ngo.browser.generic("PUT", path, GOOD.encode(), content_type=media_type, headers=headers)
    assert body(created, 201)["gender"] == "F"  # type: ignore[arg-type]
    refused = ngo.browser.generic("PUT", path, GOOD.encode("utf-16"), content_type=media_type, headers=headers)
    assert findings(refused, "malformed_json") == [("#", "not_utf8")]  # type: ignore[arg-type]
    listed = ngo.browser.generic("GET", f"{LIST}?gender=F", content_type=media_type, headers=headers)
    assert len(body(listed)["items"]) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "value", [1, 0, True, False, [], {}, ["F"], {"F": "F"}, "f", "F ", " F", "Ｆ", "F\n", "", "male"]
)
def test_a_code_is_the_text_of_the_list_and_nothing_like_it(ngo: Caller, value: object) -> None:
    response = ngo.put(new_path(), referral(gender=value))
    expected = "code_unknown" if isinstance(value, str) else "code_expected"
    assert findings(response) == [("#/gender", expected)]


@pytest.mark.parametrize("value", ["LEGAL", {"LEGAL": 1}, 1, [1], [["LEGAL"]], ["LEGAL", None], ["legal"]])
def test_a_set_is_an_array_of_codes(ngo: Caller, value: object) -> None:
    [(place, code)] = findings(ngo.put(new_path(), referral(services_needed=value)))
    assert place.startswith("#/services_needed")
    assert code in {"set_expected", "code_expected", "code_unknown"}


def test_thousands_of_unknown_members_make_no_large_answer(ngo: Caller) -> None:
    sent = json.dumps({f"x{number}": 1 for number in range(5500)}).encode()
    response = ngo.put(new_path(), sent)
    problem(response, "validation_failed")
    assert len(response.content) < len(sent)
