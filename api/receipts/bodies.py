"""What is answered about a receipt: that it is known, and whether it holds. Nothing of its partner, and no number."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from msgspec import UNSET, Meta

from api.http.bodies import Body, InventedMark, Moment, about, value
from api.openapi.words import enumeration
from oversight.reporting.receipts.standing import ReceiptState

STATES = "\n".join(
    (
        f"* `{ReceiptState.CURRENT}` the year is signed by it",
        f"* `{ReceiptState.REOPENED}` the year was reopened, and is not signed again yet",
        f"* `{ReceiptState.SUPERSEDED}` the year was signed again, by another receipt",
    )
)
ReceiptStateCode = Annotated[str, value("ReceiptState", partial(enumeration, [*map(str, ReceiptState)], STATES))]
Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class ReceiptKeyBody(Body):
    """A key that verifies receipts."""

    algorithm: Annotated[str, about("`Ed25519` (RFC 8032).")]
    key_id: Annotated[Sha256, about("SHA-256 of the key's bytes. A receipt says which key signed it.")]
    public_key: Annotated[str, about("The 32 bytes of the key, in base64.")]


class ReceiptKeysBody(Body):
    """The keys that verify receipts."""

    keys: Annotated[list[ReceiptKeyBody], about("Every key that has signed one, that of the latest receipt first.")]


class KnownReceiptBody(Body):
    """A receipt that the service has given."""

    digest: Annotated[Sha256, about("SHA-256 of the signed document.")]
    signed_at: Moment
    state: ReceiptStateCode
    invented: InventedMark = UNSET
