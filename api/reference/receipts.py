"""Two answers for everybody: the keys that verify receipts, and whether a receipt is known and holds."""

from __future__ import annotations

import re
from functools import partial
from typing import Annotated

from django.http import HttpResponse
from msgspec import UNSET, Meta
from rest_framework.request import Request

from api.http.bodies import Body, InventedMark, Moment, about, invented_mark, value
from api.http.public import HOUR, PublicView, public_answer
from api.openapi.headers import KEPT
from api.openapi.parts import KEPT_ALREADY, Answer, Example, Parameter, endpoint
from api.openapi.schemas import enumeration
from cases.errors import NotFound
from oversight.reporting.receipts import keys, status
from oversight.reporting.receipts.status import ReceiptState

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


SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
DIGEST = Parameter("digest", "SHA-256 of the signed document.", Sha256, place="path", example="0" * 64)
PUBLIC_KEY = "3q2+796tvu/erb7v3q2+796tvu/erb7v3q2+796tvu8="
KEYS = Example("ReceiptKeys", "A key", lambda: ReceiptKeysBody([ReceiptKeyBody(**keys.as_json(PUBLIC_KEY))]))
KNOWN = Example(
    "Receipt", "One that holds", lambda: KnownReceiptBody("0" * 64, "2026-01-20T10:04:00+00:00", ReceiptState.CURRENT)
)


class ReceiptKeys(PublicView):
    """The keys."""

    @endpoint(
        "readReceiptKeys",
        "Read the keys that verify receipts",
        "A receipt is verified with the key of its `key_id`, without the service: `henvis verify-receipt`.",
        Answer(200, "The keys.", ReceiptKeysBody, [KEYS], KEPT),
        KEPT_ALREADY,
    )
    def get(self, request: Request) -> HttpResponse:
        """A key stays for as long as a receipt that it signed. None before the first receipt."""
        every = [ReceiptKeyBody(**keys.as_json(each)) for each in keys.public_keys()]
        return public_answer(request, ReceiptKeysBody(every), cache=HOUR)


class ReceiptDetail(PublicView):
    """One receipt."""

    @endpoint(
        "readReceipt",
        "Ask whether a receipt is known and holds",
        "Nothing is told of whose it is, nor of what it says. 404: no such receipt was given.",
        Answer(200, "It is known.", KnownReceiptBody, [KNOWN], KEPT),
        KEPT_ALREADY,
        parameters=[DIGEST],
        problems=("not_found",),
    )
    def get(self, request: Request, digest: str) -> HttpResponse:
        """When it was signed, and whether it still holds."""
        receipt = status.find(digest) if SHA256.fullmatch(digest) else None
        if receipt is None:
            raise NotFound
        body = KnownReceiptBody(receipt.digest, receipt.signed_at.isoformat(), receipt.state, invented_mark())
        return public_answer(request, body)
