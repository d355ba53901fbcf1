"""The key that signs receipts: Ed25519, in a file of its own beside those of releases, which the web server does not have.

The worker signs. The public key stands with each signature, so that one of ten years ago is verified whatever key
signs today: who wants another key moves the file away, and the worker draws one.
"""

from __future__ import annotations

import base64
import secrets
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.db.models import Max

from cases.windows.models import ReceiptSignature, YearReceipt
from core import keys

ALGORITHM, KEY_BYTES = "Ed25519", 32
# What is signed begins with this, so that no other text under the key passes for a receipt.
CONTEXT = b"henvis receipt 1\n"
FILE = "receipts.key"


class NotWhatWasSigned(Exception):
    """The text of a receipt is not of its row. Such a one is not signed."""


def private_key() -> Ed25519PrivateKey:
    """The key that signs, drawn at the first call."""
    path = Path(settings.HENVIS_KEYS) / FILE
    keys.draw_key(path, secrets.token_bytes(KEY_BYTES))
    return Ed25519PrivateKey.from_private_bytes(path.read_bytes())


def sign(receipt: YearReceipt) -> ReceiptSignature:
    """Sign a receipt, once. Raises `NotWhatWasSigned` where its digest is of another text."""
    document = receipt.document.encode()
    if sha256(document).hexdigest() != receipt.digest:
        raise NotWhatWasSigned
    key = private_key()
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    content = {
        "public_key": base64.b64encode(public).decode(),
        "value": base64.b64encode(key.sign(CONTEXT + document)).decode(),
    }
    return ReceiptSignature.objects.get_or_create(receipt=receipt, defaults=content)[0]


def id_of(public_key: str) -> str:
    """The id of a public key: the SHA-256 of its bytes."""
    return sha256(base64.b64decode(public_key)).hexdigest()


def public_keys() -> list[str]:
    """Every public key that has signed a receipt, in base64, that of the latest receipt first."""
    keys = ReceiptSignature.objects.values("public_key").annotate(latest=Max("receipt__signed_at")).order_by("-latest")
    return [each["public_key"] for each in keys]


def as_json(public_key: str) -> dict[str, str]:
    """A public key as it is served, and as each receipt has it."""
    return {"algorithm": ALGORITHM, "key_id": id_of(public_key), "public_key": public_key}
