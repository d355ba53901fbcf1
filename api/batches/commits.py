"""Storing what waits of a delivery: after a look at it, or once its checks are confirmed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from api.batches import answers, examples
from api.batches.answers import refusals
from api.batches.bodies import BatchBody, CommitInput
from api.batches.parameters import BATCH_ID, PREFER_COMMIT
from api.http import parameters, request_headers
from api.http.authentication import principal
from api.http.problems import ProblemError
from api.http.reading import Reader, finding
from api.http.request_headers import Preferences
from api.openapi.headers import PREFERENCE_APPLIED, RETRY_AFTER_WORK
from api.openapi.parts import Answer, RequestBody, endpoint
from api.records.reads import write_down
from cases.codelists import CONFIRMATION_REASON
from cases.intake.batches import arrival, committing, retention
from cases.intake.batches.committing import ConfirmationRequest, NothingAsked, NothingWaits
from cases.intake.checks.confirmations import CHECK_RULES
from cases.intake.models import Batch, Handling
from cases.intake.values import FieldRefused, Input
from partners.credentials import Principal
from partners.kinds import Scope

COMMIT = (
    "Within a day: stores what was checked in a dry run or waits in `needs_review`. Checks are confirmed by a reason, and "
    "hold their rows no more; the same content sent again needs no second confirmation. One that fits nothing that was "
    "asked is refused. Strict stores all rows or none; with `handling` `lenient` the rows that can be stored are, whatever "
    "is asked about the delivery as a whole; where the body has none, `Prefer` says it, or else the delivery. "
    "Up to 5,000 rows are stored at once, more in the background, whatever is preferred. Again, nothing changes."
)
MOST_CONFIRMATIONS = 200
MOST_INDEX = 2**31 - 1


def read_handling(data: object) -> Handling:
    if not isinstance(data, str) or data not in list(Handling):
        raise FieldRefused("code_expected", map(str, Handling))
    return Handling(data)


def read_confirmations(data: object) -> list[ConfirmationRequest]:
    """What is confirmed. A refusal has the place of the first one that is wrong."""
    if type(data) is not list:
        raise FieldRefused("list_expected")
    if len(data) > MOST_CONFIRMATIONS:
        raise FieldRefused("too_many_items")
    return [confirmation_of(each, index) for index, each in enumerate(data)]


def confirmation_of(data: object, index: int) -> ConfirmationRequest:
    if type(data) is not dict:
        raise FieldRefused("object_expected", index=index)
    if data.keys() - {"rule", "indexes", "reason_code"}:
        raise FieldRefused("unknown_member", ("rule", "indexes", "reason_code"), index)
    if data.get("rule") not in CHECKS:
        raise FieldRefused("code_unknown" if "rule" in data else "required", CHECKS, index, "rule")
    if data.get("reason_code") not in CONFIRMATION_REASON.names:
        code = "code_unknown" if "reason_code" in data else "required"
        raise FieldRefused(code, CONFIRMATION_REASON.names, index, "reason_code")
    return ConfirmationRequest(data["rule"], data["reason_code"], indexes_of(data, index))


def indexes_of(data: dict[str, Any], index: int) -> tuple[int, ...] | None:
    """The rows that are meant; None is all."""
    if "indexes" not in data:
        return None
    numbers = data["indexes"]
    if type(numbers) is not list or not all(type(each) is int and 0 <= each <= MOST_INDEX for each in numbers):
        raise FieldRefused("indexes_expected", index=index, member="indexes")
    return tuple(numbers)


CHECKS = tuple(sorted(CHECK_RULES))
# Rules and reasons are codes, and what is none is not repeated: there is nothing that could be kept.
COMMIT_INPUT = Reader(
    CommitInput,
    {"handling": Input(read_handling, required=False), "confirmations": Input(read_confirmations, required=False)},
    is_guarded=False,
)


class BatchCommit(APIView):
    """The end of a look."""

    scopes = {"POST": Scope.REFERRALS_WRITE}

    @endpoint(
        "commitBatch",
        "Store what was checked",
        COMMIT,
        Answer(
            200,
            "Stored, or still in review.",
            BatchBody,
            [examples.BATCH],
            [examples.LOCATION, PREFERENCE_APPLIED],
        ),
        Answer(
            202,
            "It is worked on.",
            BatchBody,
            [examples.BATCH_RUNNING],
            [examples.LOCATION, PREFERENCE_APPLIED, RETRY_AFTER_WORK],
        ),
        parameters=[BATCH_ID, PREFER_COMMIT],
        request=RequestBody(CommitInput, [examples.COMMIT_INPUT]),
        problems=("not_found", "batch_running", "nothing_waits", "agreement_missing"),
    )
    def post(self, request: Request, batch_id: str) -> HttpResponse:
        """Store it. What it answers was not sent, so that is a read as well."""
        key = arrival.get(by=principal(request), batch_id=parameters.id_of(batch_id)).pk
        values, prefer = COMMIT_INPUT.read(request.data), request_headers.preferences_of(request)
        with refusals():
            batch = commit(principal(request), key, values, prefer)
        if not retention.is_at_work(batch) and answers.has_rows(batch, prefer):
            write_down(request, batch.total or 0)
        return answers.answer(request, batch, prefer)


def commit(by: Principal, key: UUID, values: dict[str, Any], prefer: Preferences) -> Batch:
    """The delivery once it is committed, or was before: whoever lost the answer asks again. Raises `NothingWaits`."""
    try:
        return committing.commit(
            by=by,
            batch_id=key,
            handling=values.get("handling", prefer.handling),
            confirmations=values.get("confirmations", []),
        )
    except NothingAsked as error:
        findings = [finding(f"{each[1]}_not_asked", "confirmations", *each[:2], codes=each[2]) for each in error.places]
        raise ProblemError("validation_failed", findings) from None
    except NothingWaits:
        batch = arrival.get(by=by, batch_id=key)
        if retention.is_at_work(batch):
            raise ProblemError("batch_running", headers=answers.retry_after(batch)) from None
        if batch.stored and not batch.waits:
            return batch
        raise
