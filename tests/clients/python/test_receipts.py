"""`henvis verify-receipt`: a receipt is verified by an outsider, without the service and without its database."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from henvis_client.cli.surroundings import Surroundings
from henvis_client.receipts import CONTEXT, verify
from oversight.reporting.receipts import keys, signing
from oversight.reporting.receipts.content import canonical
from oversight.reporting.receipts.status import file_of
from partners.roles import MemberRole
from tests.callers import Caller
from tests.cases.windows.world import LAST_YEAR, month
from tests.clients.python.machine import Machine
from tests.clients.python.register import Register
from tests.people.visitors import member

Change = Callable[[dict[str, Any]], object]
KEY = ["--public-key", "http://localhost/api/v1/receipts"]


@pytest.fixture
def receipt(ngo: Caller, tmp_path: Path) -> Path:
    """A receipt of a year with two referrals."""
    ngo.referral(referred_in=month(2), means_of_control=["THREATS", "DEBT_BONDAGE"])
    ngo.referral(referred_in=month(3), means_of_control=[])
    who = member(ngo.partner, MemberRole.CASEWORKER, "mette")
    path = tmp_path / "receipt.json"
    receipt = signing.sign(who, LAST_YEAR)[0]
    keys.sign(receipt)
    path.write_bytes(canonical(file_of(receipt)))
    return path


@pytest.fixture
def key_file(receipt: Path, tmp_path: Path) -> Path:
    """The key of the service, as it is served."""
    path = tmp_path / "key.json"
    path.write_text(json.dumps({"keys": [keys.as_json(each) for each in keys.public_keys()]}))
    return path


@pytest.fixture
def outsider(around: Surroundings, service: Register) -> Machine:
    """A machine without an account."""
    return Machine(around, service)


def export(ngo: Caller, form: str, path: Path) -> Path:
    """The partner's own referrals as a file."""
    path.write_bytes(b"".join(ngo.get(f"/api/v1/referrals?format={form}").streaming_content))  # type: ignore[attr-defined]
    return path


def test_a_receipt_is_verified_without_a_network(outsider: Machine, receipt: Path, key_file: Path) -> None:
    outsider.lose_network()
    ending = outsider.henvis("verify-receipt", receipt, "--public-key", key_file)
    assert ending.code == 0
    assert "unchanged" in ending.out
    assert f"{LAST_YEAR}, receipt 1." in ending.out
    assert outsider.henvis("verify-receipt", receipt, *KEY).code == 4


def test_the_key_is_fetched_from_its_address(outsider: Machine, receipt: Path) -> None:
    assert outsider.henvis("verify-receipt", receipt, *KEY, "--lang", "da").code == 0
    assert outsider.henvis("verify-receipt", receipt, "--public-key", "http://localhost/api/v1/none").code == 2


def test_a_receipt_with_its_own_key_alone_proves_nothing(outsider: Machine, receipt: Path) -> None:
    ending = outsider.henvis("verify-receipt", receipt, "--json")
    assert ending.code == 1
    assert (ending.json["holds"], ending.json["signature"]) == (False, True)
    assert ending.json["key_id"] == keys.id_of(*keys.public_keys())


@pytest.mark.parametrize("form", ["csv", "ndjson"])
def test_the_partner_s_own_export_is_what_was_signed(
    outsider: Machine, receipt: Path, key_file: Path, ngo: Caller, tmp_path: Path, form: str
) -> None:
    ngo.referral(referred_in=month(1, LAST_YEAR + 1))
    own = export(ngo, form, tmp_path / f"own.{form}")
    ending = outsider.henvis("verify-receipt", receipt, "--public-key", key_file, "--records", own, "--json")
    assert (ending.code, ending.json["records"]) == (0, True)
    lines = own.read_bytes().splitlines(keepends=True)
    own.write_bytes(b"".join(lines).replace(b"DEBT_BONDAGE", b"FALSE_PROMISES"))
    other = outsider.henvis("verify-receipt", receipt, "--public-key", key_file, "--records", own)
    assert other.code == 3
    assert "not those that were signed" in other.out
    own.write_bytes(lines[0] if form == "csv" else b"".join(lines[:-1]))
    assert outsider.henvis("verify-receipt", receipt, "--public-key", key_file, "--records", own).code in {2, 3}


CHANGES: dict[str, Change] = {
    "a count": lambda file: file["receipt"]["months"][1].update(referrals=7),
    "the year": lambda file: file["receipt"].update(year=LAST_YEAR - 1),
    "the signer": lambda file: file["receipt"]["signed_by"].update(name="somebody"),
    "a member more": lambda file: file["receipt"].update(note=""),
    "the digest": lambda file: file.update(digest="0" * 64),
    "the signature": lambda file: file["signature"].update(value=base64.b64encode(bytes(64)).decode()),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_receipt_that_was_changed_does_not_fit(outsider: Machine, receipt: Path, key_file: Path, change: str) -> None:
    file = json.loads(receipt.read_bytes())
    CHANGES[change](file)
    receipt.write_text(json.dumps(file))
    for words in (("--public-key", str(key_file)), ()):
        ending = outsider.henvis("verify-receipt", receipt, *words)
        assert ending.code == 3
        assert "DOES NOT FIT" in ending.out


def test_a_receipt_that_somebody_else_signed_does_not_fit(outsider: Machine, receipt: Path, key_file: Path) -> None:
    file = json.loads(receipt.read_bytes())
    forger = Ed25519PrivateKey.generate()
    file["signature"]["public_key"] = base64.b64encode(
        forger.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    ).decode()
    file["signature"]["value"] = base64.b64encode(forger.sign(CONTEXT + canonical(file["receipt"]))).decode()
    receipt.write_text(json.dumps(file))
    assert outsider.henvis("verify-receipt", receipt, "--public-key", key_file).code == 3
    assert outsider.henvis("verify-receipt", receipt).code == 1


def members_of(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The path of every member of an object and of those within."""
    for name, each in value.items() if isinstance(value, dict) else ():
        yield (*path, name)
        yield from members_of(each, (*path, name))


def test_a_receipt_without_a_member_or_with_another_in_its_place_never_ends_in_a_traceback(
    outsider: Machine, receipt: Path, key_file: Path
) -> None:
    content = receipt.read_bytes()
    paths = [*members_of(json.loads(content))]
    others: list[Any] = [None, 7, [], "\ud800"]
    assert len(paths) > 15
    for *path, name in paths:
        for other in others:
            file = holder = json.loads(content)
            for each in path:
                holder = holder[each]
            if holder[name] == other:
                continue
            if other is None:
                del holder[name]
            else:
                holder[name] = other
            receipt.write_text(json.dumps(file))
            ending = outsider.henvis("verify-receipt", receipt, "--public-key", key_file)
            # What the verification does not read proves nothing either way.
            assert ending.code in ({0} if name in {"algorithm", "key_id"} else {2, 3}), (*path, name, other)
            assert outsider.henvis("verify-receipt", receipt, "--public-key", key_file, "--json").code == ending.code


def test_a_key_comes_from_this_machine_or_over_tls(outsider: Machine, receipt: Path) -> None:
    """An address that only begins like one of this machine is of another."""
    others = (
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example",
        "http://localhost@evil.example",
        "https://[",
    )
    for address in others:
        ending = outsider.henvis("verify-receipt", receipt, "--public-key", f"{address}/api/v1/receipts")
        assert ending.code == 2
        assert "https" in ending.out + ending.err


def test_the_words_name_the_option_that_there_is(outsider: Machine, receipt: Path) -> None:
    for language in ("da", "en"):
        assert "--public-key:" in outsider.henvis("verify-receipt", receipt, "--lang", language).out


NOTHING = {
    "empty": b"",
    "object": b"{}",
    "array": b"[]",
    "no text": b"\xff",
    "half": b'{"receipt": {"type": "henvis-receipt"}}',
    "null": b"null",
    "deep": b"[" * 200_000,
}


@pytest.mark.parametrize("content", NOTHING.values(), ids=list(NOTHING))
def test_what_is_no_receipt_or_no_key_is_said_so(
    outsider: Machine, receipt: Path, tmp_path: Path, content: bytes
) -> None:
    other = tmp_path / "other.json"
    other.write_bytes(content)
    assert outsider.henvis("verify-receipt", other).code == 2
    assert outsider.henvis("verify-receipt", receipt, "--public-key", other).code == 2
    assert outsider.henvis("verify-receipt", receipt, "--records", other).code in {2, 3}
    assert outsider.henvis("verify-receipt", tmp_path / "none.json").code == 2


def test_the_function_stands_alone(receipt: Path) -> None:
    other = Ed25519PrivateKey.generate().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    [public] = keys.public_keys()
    own = base64.b64decode(public)
    for trusted, holds in (([own], True), ([other, own], True), ([other], False)):
        assert verify(receipt.read_bytes(), trusted).holds == holds
