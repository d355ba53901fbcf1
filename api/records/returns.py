"""What waits for a partner, its answers, and how far a referral of its own has come."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from django.db import transaction
from django.db.models import Q
from msgspec import Meta
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.http import parameters
from api.http.authentication import principal
from api.http.bodies import Body, Day, Moment, Uri, about, schema, value
from api.http.negotiation import language_of
from api.http.reading import Reader
from api.openapi.headers import LINK
from api.openapi.parts import Answer, Example, Parameter, RequestBody, endpoint
from api.openapi.schemas import enumeration
from api.records import examples
from api.records.parameters import CURSOR, LIMIT, REFERENCE, reference_of
from api.records.reads import Read, RecordView, write_down
from api.reference.members import Reference, Version, codes
from api.statistics.vocabulary import ReleaseId
from cases import dictionary as d
from cases.codelists import RETURN_ANSWER, RETURN_REASON
from cases.codelists.types import NOT_APPLICABLE
from cases.intake.values import FieldRefused, Input
from oversight.returns import inquiries
from oversight.returns.choices import ReturnState
from oversight.returns.models import Return
from oversight.returns.progress import CountState, Progress, progress_of
from partners.kinds import Scope

STATES = {
    ReturnState.OPEN: "it waits for you",
    ReturnState.CORRECTED: "what it is about says something else now",
    ReturnState.WITHDRAWN: "you have withdrawn the referral",
    ReturnState.ANSWERED: "you have answered by a reason",
    ReturnState.TAKEN_BACK: "the centre has taken it back",
}
COUNTS = {
    CountState.COUNTED: "the current version counts, among referrals and in the month that it says",
    CountState.WITHDRAWN: "it is withdrawn, and counts no more",
    CountState.TEST: "you are in test mode, where nothing counts",
}


def lines_of(words: dict[Any, str]) -> str:
    """Values with what each means."""
    return "\n".join(f"* `{each}` {text}" for each, text in words.items())


State = Annotated[str, value("ReturnState", partial(enumeration, [*map(str, STATES)], lines_of(STATES)))]
CountValue = Annotated[str, value("CountState", partial(enumeration, [*map(str, COUNTS)], lines_of(COUNTS)))]
ReturnedField = Annotated[
    str, Meta(pattern=f"^([a-z_]+|{NOT_APPLICABLE})$"), about("A field of a referral, or `_Z` for the whole of it.")
]
AnswerCode: Any = Annotated[
    codes(RETURN_ANSWER.id, NOT_APPLICABLE), about("Your answer; `_Z` where you have given none by a reason.")
]
Outcome: Any = Annotated[
    codes(d.OUTCOME.codelist.id, NOT_APPLICABLE),
    about("As `/outcome` says it; `_Z` where consent is not GIVEN, and of a withdrawn referral."),
]


class ReturnAnswerInput(Body, forbid_unknown_fields=True):
    """Why a referral is not corrected."""

    answer_code: codes(RETURN_ANSWER.id)  # type: ignore[valid-type]


class ReturnBody(Body):
    """A referral that the centre returned to you."""

    id: Annotated[str, schema(format_="uuid")]
    reference: Reference
    version: Annotated[Version, about("The version that was asked about.")]
    reason_code: codes(RETURN_REASON.id)  # type: ignore[valid-type]
    reason: Annotated[str, about("The reason in words, in the language of the answer.")]
    field: ReturnedField
    due: Annotated[Day, about("The day until which the centre hopes for an answer.")]
    state: State
    answer_code: AnswerCode
    returned_at: Moment


class ReturnPageBody(Body):
    """A page of what waits for you."""

    items: list[ReturnBody]
    next: Annotated[Uri | None, about("The next page; null on the last one. Use it as it is.")]


class MadeReleaseBody(Body):
    """A published release, and the version of your referral that was among the records of that time."""

    release: ReleaseId
    version: Version


class ReferralProgressBody(Body):
    """How far a referral has come."""

    reference: Reference
    version: Annotated[Version, about("The current version.")]
    received_at: Annotated[Moment, about("When the first version was stored.")]
    recorded_at: Annotated[Moment, about("When the current version was stored.")]
    counted: CountValue
    outcome: Outcome
    releases: list[MadeReleaseBody]
    returns: Annotated[list[ReturnBody], about("What the centre asked about it, the latest first.")]


def return_body(inquiry: Return, language: str) -> ReturnBody:
    """A return as it is answered. It must have its state."""
    return ReturnBody(
        id=str(inquiry.pk),
        reference=str(inquiry.reference),
        version=inquiry.version,
        reason_code=inquiry.reason_code,
        reason=RETURN_REASON.by_code[inquiry.reason_code].label(language),
        field=inquiry.field,
        due=inquiry.due.isoformat(),
        state=inquiry.state,
        answer_code=inquiry.end.code if inquiry.state == ReturnState.ANSWERED else NOT_APPLICABLE,
        returned_at=inquiry.asked_at.isoformat(),
    )


def progress_body(progress: Progress, language: str) -> ReferralProgressBody:
    """How far a referral has come, as it is answered."""
    return ReferralProgressBody(
        reference=str(progress.reference),
        version=progress.version,
        received_at=progress.received_at.isoformat(),
        recorded_at=progress.recorded_at.isoformat(),
        counted=progress.count_state,
        outcome=progress.outcome or NOT_APPLICABLE,
        releases=[MadeReleaseBody(each.id, each.version) for each in progress.releases],
        returns=[return_body(each, language) for each in progress.returns],
    )


EXAMPLE_ID = "6c0f1d7a-2b9e-4f83-9a41-d5e8b3c7f012"


def example_return(state: ReturnState = ReturnState.OPEN, answer_code: str = NOT_APPLICABLE) -> ReturnBody:
    """A return of a first version for its month. `answer_code`: by which code it was answered."""
    reason = RETURN_REASON.by_code["WRONG_MONTH"]
    return ReturnBody(
        id=EXAMPLE_ID,
        reference=examples.REFERENCE,
        version=1,
        reason_code=reason.code,
        reason=reason.label.en,
        field=d.REFERRED_IN.name,
        due="2025-05-19",
        state=state,
        answer_code=answer_code,
        returned_at=examples.SECOND,
    )


def progress() -> ReferralProgressBody:
    """A referral that counts, and is in a release."""
    return ReferralProgressBody(
        reference=examples.REFERENCE,
        version=1,
        received_at=examples.FIRST,
        recorded_at=examples.FIRST,
        counted=CountState.COUNTED,
        outcome=d.OUTCOME.example,
        releases=[MadeReleaseBody("2025.p1", 1)],
        returns=[],
    )


RETURN_PAGE = Example("ReturnPage", "One waits", lambda: ReturnPageBody([example_return()], None))
RETURN_ANSWER_INPUT = Example("ReturnAnswerInput", "It is right", lambda: ReturnAnswerInput("RIGHT_AS_IT_IS"))
RETURN_ANSWERED = Example("ReturnAnswered", "Answered", lambda: example_return(ReturnState.ANSWERED, "RIGHT_AS_IT_IS"))
REFERRAL_PROGRESS = Example("ReferralProgress", "Counted and published", progress)


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
    example=EXAMPLE_ID,
)


def read_answer(data: object) -> str:
    if not isinstance(data, str) or data not in RETURN_ANSWER.names:
        raise FieldRefused("code_unknown", RETURN_ANSWER.names)
    return data


ANSWER_INPUT = Reader(ReturnAnswerInput, {"answer_code": Input(read_answer)}, is_guarded=False)


class ReturnList(RecordView):
    """What waits."""

    scopes = {"GET": Scope.REFERRALS_READ}

    @endpoint(
        "listReturns",
        "List what the centre returned to you",
        LISTED,
        Answer(200, "A page.", ReturnPageBody, [RETURN_PAGE], [LINK]),
        parameters=[LIMIT, CURSOR],
    )
    def read(self, request: Request) -> Read:
        """A page of the returns that wait, the first one in front."""
        texts = parameters.read(request, (LIMIT.name, CURSOR.name))
        cursor, size = texts.pop("cursor", None), parameters.size_of(texts.get("limit"))
        rows = Return.objects.of(principal(request).partner_id).open()
        if cursor is not None:
            moment, key = parameters.position(cursor)
            rows = rows.filter(Q(asked_at__gt=moment) | Q(asked_at=moment, pk__gt=key))
        items = list(rows.order_by("asked_at", "pk")[: size + 1])
        last = items[size - 1] if len(items) > size else None
        headers, address = parameters.next_link(request, texts, (last.asked_at, last.pk) if last else None)
        language = language_of(request)
        body = ReturnPageBody([return_body(each, language) for each in items[:size]], address)
        return Response(body, headers=headers), len(body.items)


class ReturnAnswer(APIView):
    """The answer by a reason."""

    scopes = {"PUT": Scope.REFERRALS_WRITE}

    @endpoint(
        "answerReturn",
        "Answer why a referral is not corrected",
        ANSWER,
        Answer(200, "Answered.", ReturnBody, [RETURN_ANSWERED]),
        parameters=[RETURN_ID],
        request=RequestBody(ReturnAnswerInput, [RETURN_ANSWER_INPUT]),
        problems=("not_found", "return_ended", "restricted"),
    )
    def put(self, request: Request, return_id: str) -> Response:
        """Answer; again, nothing changes. It is answered with the return, which was not sent: that is a read as well."""
        code = ANSWER_INPUT.read(request.data)["answer_code"]
        with transaction.atomic():
            inquiry = inquiries.answer(by=principal(request), key=parameters.id_of(return_id), code=code)
            write_down(request, 1)
        return Response(return_body(inquiry, language_of(request)))


class ReferralProgress(RecordView):
    """How far a referral has come."""

    scopes = {"GET": Scope.REFERRALS_READ}

    @endpoint(
        "readReferralProgress",
        "How far a referral has come",
        PROGRESS,
        Answer(200, "How far it has come.", ReferralProgressBody, [REFERRAL_PROGRESS]),
        parameters=[REFERENCE],
        problems=("not_found", "erased", "restricted"),
    )
    def read(self, request: Request, reference: str) -> Read:
        """Received, counted, assessed, published; and what was asked about it."""
        progress = progress_of(by=principal(request), reference=reference_of(reference))
        return Response(progress_body(progress, language_of(request))), 1
