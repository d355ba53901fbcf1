"""Two answers for everybody: the key that verifies receipts, and whether a receipt is known and holds."""

from __future__ import annotations

import re

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.codelists.views import answer_with_tag, tag_of
from api.http import parameters
from api.http.bodies import invented_mark
from api.http.conditions import is_unchanged
from api.openapi.headers import KEPT
from api.openapi.parameters import ACCEPT_LANGUAGE, IF_NONE_MATCH
from api.openapi.parts import KEPT_ALREADY, Answer, Example, Parameter, Responses
from api.receipts.bodies import KnownReceiptBody, ReceiptKeyBody, Sha256
from cases.errors import NotFound
from cases.reporting.receipts import keys, standing
from cases.reporting.receipts.standing import ReceiptState

# A reopening is to be seen soon.
SOON = {"Cache-Control": "public, max-age=60"}
SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
DIGEST = Parameter("digest", "SHA-256 of the signed document.", Sha256, place="path", example="0" * 64)
KEY = Example(
    "ReceiptKey",
    "A key",
    lambda: ReceiptKeyBody(keys.ALGORITHM, "5f" * 32, "3q2+796tvu/erb7v3q2+796tvu/erb7v3q2+796tvu8="),
)
KNOWN = Example(
    "Receipt", "One that holds", lambda: KnownReceiptBody("0" * 64, "2026-01-20T10:04:00+00:00", ReceiptState.CURRENT)
)


class ReceiptKey(APIView):
    """The key."""

    authentication_classes = ()
    permission_classes = ()

    @extend_schema(
        operation_id="readReceiptKey",
        tags=["Reports"],
        summary="Read the key that verifies receipts",
        description="A receipt of a signed year is verified with it, without the service: `henvis verify-receipt`.",
        parameters=[IF_NONE_MATCH, ACCEPT_LANGUAGE],
        responses=Responses(Answer(200, "The key.", ReceiptKeyBody, [KEY], KEPT), KEPT_ALREADY),
    )
    def get(self, request: Request) -> Response:
        """The same for as long as the service has its database."""
        parameters.read(request, ())
        return answer_with_tag(request, ReceiptKeyBody(**keys.as_json()))


class ReceiptDetail(APIView):
    """One receipt."""

    authentication_classes = ()
    permission_classes = ()

    @extend_schema(
        operation_id="readReceipt",
        tags=["Reports"],
        summary="Ask whether a receipt is known and holds",
        description="Nothing is told of whose it is, nor of what it says. 404: no such receipt was given.",
        parameters=[DIGEST, IF_NONE_MATCH, ACCEPT_LANGUAGE],
        responses=Responses(
            Answer(200, "It is known.", KnownReceiptBody, [KNOWN], KEPT), KEPT_ALREADY, problems=("not_found",)
        ),
    )
    def get(self, request: Request, digest: str) -> Response:
        """When it was signed, and whether it still holds."""
        parameters.read(request, ())
        receipt = standing.find(digest) if SHA256.fullmatch(digest) else None
        if receipt is None:
            raise NotFound
        body = KnownReceiptBody(receipt.digest, receipt.signed_at.isoformat(), receipt.state, invented_mark())
        tag = tag_of(body)
        headers = {"ETag": tag, **SOON}
        return Response(None, 304, headers=headers) if is_unchanged(request, tag) else Response(body, headers=headers)
