"""References of own keys: the test vectors of docs/linkage-code.md, and what holds of every key."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st

from henvis_client import UsageError, reference_of
from henvis_client.own_keys import export_text, fingerprint, new_secret, normalise_key, secret_of_text

TEXT = (Path(settings.BASE_DIR) / "docs/linkage-code.md").read_text()
SECRET = bytes.fromhex(re.findall(r"`([0-9a-f]{64})` \(hexadecimal\)", TEXT)[0])
VECTORS = re.findall(r"^\| `(.+?)` \| `(.+?)` \| `([0-9a-f-]{36})` \|$", TEXT, re.MULTILINE)
SECRETS = st.binary(min_size=32, max_size=32)
KEYS = st.text(min_size=1).filter(normalise_key)


def unescaped(text: str) -> str:
    """A key of the table."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text)


@pytest.mark.parametrize(("key", "normalised", "reference"), VECTORS)
def test_a_vector_is_what_the_rule_makes(key: str, normalised: str, reference: str) -> None:
    assert normalise_key(unescaped(key)) == normalised
    assert str(reference_of(SECRET, unescaped(key))) == reference


def test_there_are_vectors() -> None:
    assert len(VECTORS) == 9
    assert f"`{fingerprint(SECRET)}`" in TEXT


@tried(max_examples=100, deadline=None)
@given(SECRETS, KEYS)
def test_every_key_makes_a_reference_that_the_service_takes(secret: bytes, key: str) -> None:
    reference = reference_of(secret, key)
    assert reference.version == 4
    assert reference.variant == "specified in RFC 4122"
    assert reference == reference_of(secret, normalise_key(key)) == UUID(str(reference))


@tried(max_examples=100, deadline=None)
@given(SECRETS, KEYS, KEYS)
def test_other_keys_and_other_secrets_make_other_references(secret: bytes, key: str, other: str) -> None:
    assert (reference_of(secret, key) == reference_of(secret, other)) is (normalise_key(key) == normalise_key(other))
    assert reference_of(secret, key) != reference_of(bytes([secret[0] ^ 1]) + secret[1:], key)


@tried(max_examples=50, deadline=None)
@given(st.text())
def test_normalising_again_changes_nothing(key: str) -> None:
    assert normalise_key(normalise_key(key)) == normalise_key(key)


@pytest.mark.parametrize("key", ["", " ", "\u00a0\ufeff\t"])
def test_an_empty_key_is_none(key: str) -> None:
    with pytest.raises(UsageError, match="empty"):
        reference_of(SECRET, key)


def test_a_secret_has_32_bytes() -> None:
    with pytest.raises(UsageError):
        reference_of(b"short", "1")
    assert len({new_secret() for _ in range(8)}) == 8


def test_an_export_comes_back_and_a_slip_of_the_pen_does_not() -> None:
    secret = new_secret()
    text = export_text(secret)
    assert secret_of_text(f"  {text[:40]}\n{text[40:].upper()}\n") == secret
    for place in range(len(text)):
        slip = text[:place] + ("0" if text[place] != "0" else "1") + text[place + 1 :]
        with pytest.raises(UsageError, match="copied wrongly"):
            secret_of_text(slip)
