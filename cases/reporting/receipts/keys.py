"""The key that signs receipts: Ed25519, derived from the pepper, which a database keeps for its whole life (decision 0028).

So there is no second secret to keep, to back up or to lose, and a receipt of ten years ago is verified by the same public key.
"""

from __future__ import annotations

import base64
from functools import lru_cache
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from partners import pepper

ALGORITHM = "Ed25519"
# What is signed begins with this, so that no other text under the key passes for a receipt.
CONTEXT = b"henvis receipt 1\n"


@lru_cache(maxsize=4)
def key_of(seed: str) -> Ed25519PrivateKey:
    """The key of a seed in hexadecimal."""
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed))


def key() -> Ed25519PrivateKey:
    """The service's key."""
    return key_of(pepper.seal("receipts:ed25519"))


def public_key() -> bytes:
    """The 32 bytes of the public key."""
    return key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def sign(document: bytes) -> str:
    """The signature of a document, in base64."""
    return base64.b64encode(key().sign(CONTEXT + document)).decode()


def as_json() -> dict[str, str]:
    """The public key as it is served, and as each receipt has it. `key_id`: the SHA-256 of its bytes."""
    raw = public_key()
    return {
        "algorithm": ALGORITHM,
        "key_id": sha256(raw).hexdigest(),
        "public_key": base64.b64encode(raw).decode(),
    }
