"""What waits for a partner, its answers, and how far a referral of its own has come."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.http import paging as pages
from api.http import parameters
from api.http.authentication import principal
from api.http.language import language_of
from api.openapi.headers import LINK
from api.openapi.parts import Answer, Parameter, RequestBody, endpoint
from api.records.list_parameters import CURSOR, LIMIT
from api.records.parameters import REFERENCE, reference_of
from api.records.reading import Reader
from api.records.reads import Read, RecordView, write_down
from api.returns import bodies
from cases.codelists import RETURN_ANSWER
from cases.intake.values import FieldRefused, Input
from oversight.returns import answering
from oversight.returns.models import Return
from oversight.returns.progress import progress_of
from partners.kinds import Scope

LISTED = (
    "The referrals that the centre returned to you and that wait: what looks wrong, and in which field. A question about a field "
    "is answered once the current version says something else in it, one about the whole referral by any later version. A "
    "withdrawal answers all. Or answer each by a reason. The one that was returned first is in front."
)
ANSWER = (
    "For what you do not correct. Again with the same reason, nothing changes. Where there is another answer, a correction of "
    "what was asked about, or the centre has taken it back, 409."
)
PROGRESS = (
    "When it was received, whether it counts, what came of it (with consent alone), and the public releases that were made "
    "while a version of it stood, of the period that its month lies in. A release is named by time: whether its person is "
    "counted there is not told. Nothing here depends on what others have sent, `outcome` apart."
)
RETURN_ID = Parameter(
    "return_id",
    "The `id` of the return.",
    {"type": "string", "format": "uuid"},
    place="path",
    example=bodies.RETURN_ID,
)


def read_answer(data: object) -> str:
    if not isinstance(data, str) or data not in RETURN_ANSWER.names:
        raise FieldRefused("code_unknown", RETURN_ANSWER.names)
    return data


ANSWER_INPUT = Reader(bodies.ReturnAnswerInput, {"answer_code": Input(read_answer)}, is_guarded=False)


class ReturnList(RecordView):
    """What waits."""

    scopes = {"GET": Scope.REFERRALS_READ}

    @endpoint(
        "listReturns",
        "List what the centre returned to you",
        LISTED,
        Answer(200, "A page.", bodies.ReturnPageBody, [bodies.RETURN_PAGE], [LINK]),
        parameters=[LIMIT, CURSOR],
    )
    def read(self, request: Request) -> Read:
        """A page of the returns that wait, the first one in front."""
        texts = parameters.read(request, (LIMIT.name, CURSOR.name))
        cursor, size = texts.pop("cursor", None), pages.size_of(texts.get("limit"))
        rows = Return.objects.of(principal(request).partner_id).open()
        if cursor is not None:
            moment, key = pages.position(cursor)
            rows = rows.filter(Q(asked_at__gt=moment) | Q(asked_at=moment, pk__gt=key))
        items = list(rows.order_by("asked_at", "pk")[: size + 1])
        last = items[size - 1] if len(items) > size else None
        headers, address = pages.following(request, texts, (last.asked_at, last.pk) if last else None)
        language = language_of(request)
        body = bodies.ReturnPageBody([bodies.return_body(each, language) for each in items[:size]], address)
        return Response(body, headers=headers), len(body.items)


class ReturnAnswer(APIView):
    """The answer by a reason."""

    scopes = {"PUT": Scope.REFERRALS_WRITE}

    @endpoint(
        "answerReturn",
        "Answer why a referral is not corrected",
        ANSWER,
        Answer(200, "Answered.", bodies.ReturnBody, [bodies.RETURN_ANSWERED]),
        parameters=[RETURN_ID],
        request=RequestBody(bodies.ReturnAnswerInput, [bodies.RETURN_ANSWER_INPUT]),
        problems=("not_found", "return_ended"),
    )
    def put(self, request: Request, return_id: str) -> Response:
        """Answer; again, nothing changes. It is answered with the return, which was not sent: that is a read as well."""
        code = ANSWER_INPUT.read(request.data)["answer_code"]
        with transaction.atomic():
            inquiry = answering.answer(by=principal(request), key=parameters.id_of(return_id), code=code)
            write_down(request, 1)
        return Response(bodies.return_body(inquiry, language_of(request)))


class ReferralProgress(RecordView):
    """How far a referral has come."""

    scopes = {"GET": Scope.REFERRALS_READ}

    @endpoint(
        "readReferralProgress",
        "How far a referral has come",
        PROGRESS,
        Answer(200, "How far it has come.", bodies.ReferralProgressBody, [bodies.REFERRAL_PROGRESS]),
        parameters=[REFERENCE],
        problems=("not_found", "erased"),
    )
    def read(self, request: Request, reference: str) -> Read:
        """Received, counted, assessed, published; and what was asked about it."""
        progress = progress_of(by=principal(request), reference=reference_of(reference))
        return Response(bodies.progress_body(progress, language_of(request))), 1
