"""Two answers for everybody: the keys that verify receipts, and whether a receipt is known and holds."""

from __future__ import annotations

import re

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.codelists.views import answer_with_tag, tag_of
from api.http.bodies import invented_mark
from api.http.conditions import is_unchanged
from api.openapi.headers import KEPT
from api.openapi.parts import KEPT_ALREADY, Answer, Example, Parameter, endpoint
from api.receipts.bodies import KnownReceiptBody, ReceiptKeyBody, ReceiptKeysBody, Sha256
from cases.errors import NotFound
from oversight.reporting.receipts import keys, standing
from oversight.reporting.receipts.standing import ReceiptState

# A reopening is to be seen soon.
SOON = {"Cache-Control": "public, max-age=60"}
SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
DIGEST = Parameter("digest", "SHA-256 of the signed document.", Sha256, place="path", example="0" * 64)
PUBLIC_KEY = "3q2+796tvu/erb7v3q2+796tvu/erb7v3q2+796tvu8="
KEYS = Example("ReceiptKeys", "A key", lambda: ReceiptKeysBody([ReceiptKeyBody(**keys.as_json(PUBLIC_KEY))]))
KNOWN = Example(
    "Receipt", "One that holds", lambda: KnownReceiptBody("0" * 64, "2026-01-20T10:04:00+00:00", ReceiptState.CURRENT)
)


class ReceiptKeys(APIView):
    """The keys."""

    authentication_classes = ()
    permission_classes = ()

    @endpoint(
        "readReceiptKeys",
        "Read the keys that verify receipts",
        "A receipt is verified with the key of its `key_id`, without the service: `henvis verify-receipt`.",
        Answer(200, "The keys.", ReceiptKeysBody, [KEYS], KEPT),
        KEPT_ALREADY,
    )
    def get(self, request: Request) -> Response:
        """A key stays for as long as a receipt that it signed. None before the first receipt."""
        every = [ReceiptKeyBody(**keys.as_json(each)) for each in keys.public_keys()]
        return answer_with_tag(request, ReceiptKeysBody(every))


class ReceiptDetail(APIView):
    """One receipt."""

    authentication_classes = ()
    permission_classes = ()

    @endpoint(
        "readReceipt",
        "Ask whether a receipt is known and holds",
        "Nothing is told of whose it is, nor of what it says. 404: no such receipt was given.",
        Answer(200, "It is known.", KnownReceiptBody, [KNOWN], KEPT),
        KEPT_ALREADY,
        parameters=[DIGEST],
        problems=("not_found",),
    )
    def get(self, request: Request, digest: str) -> Response:
        """When it was signed, and whether it still holds."""
        receipt = standing.find(digest) if SHA256.fullmatch(digest) else None
        if receipt is None:
            raise NotFound
        body = KnownReceiptBody(receipt.digest, receipt.signed_at.isoformat(), receipt.state, invented_mark())
        tag = tag_of(body)
        headers = {"ETag": tag, **SOON}
        return Response(None, 304, headers=headers) if is_unchanged(request, tag) else Response(body, headers=headers)
