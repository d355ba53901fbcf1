"""Deliveries: send one, see how they stand, cancel one; and check a file without an account, of which nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from django.conf import settings
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.batches import answers, examples
from api.batches.answers import finding_body, refusals
from api.batches.bodies import BatchBody, BatchCountsBody, BatchPageBody, PublicReportBody
from api.batches.parameters import BATCH_ID, DRY_RUN, KEY, PREFER, PREFER_LATEST, page_of_batches, read_delivery
from api.batches.uploads import TAKEN, upload_of
from api.http import idempotency, parameters, request_headers
from api.http.authentication import principal
from api.http.negotiation import language_of
from api.http.problems import ProblemError
from api.openapi.headers import IDEMPOTENCY_REPLAYED, LINK, PREFERENCE_APPLIED, RETRY_AFTER_WORK
from api.openapi.parts import Answer, endpoint
from api.records.parameters import CURSOR, LIMIT
from cases.intake.batches import arrival, committing, public_checks
from cases.intake.batches.arrival import Delivery
from cases.intake.batches.committing import NothingWaits
from cases.intake.models import Handling, Outcome
from partners.kinds import Scope

SEND = (
    "Many referrals in one file: XLSX, ODS, CSV, JSON or NDJSON, as a part `file` or as the body itself. As the body, JSON is "
    "`application/json`, an array of rows (its schema: `/api/v1/templates/referrals.schema.json`) or a page of your own referrals, "
    "and NDJSON `application/x-ndjson`. By code; in workbooks and CSV also by label, in Danish or English. What is sent under one "
    "Idempotency-Key is stored once. 200 with the result of every row up to 5,000 rows; above that, or under `respond-async`, 202 "
    "and `Location`. Strict stores all rows or none: where one is rejected or held, the state is `needs_review` and nothing is "
    "stored. Lenient stores each row that can be stored. A file that breaks a rule as a whole is refused, and nothing of it is "
    "kept. Lines (CSV, NDJSON) need a Content-Length, unless they are a part."
)
REFUSALS = (
    *("validation_failed", "malformed_json", "invalid_header", "columns_wrong", "file_unreadable", "length_required"),
    *("idempotency_key_missing", "idempotency_in_flight", "idempotency_key_reused", "template_too_old"),
    *("identifier_in_file", "deliveries_waiting", "agreement_missing"),
)
WRITTEN = [examples.LOCATION, PREFERENCE_APPLIED]
OF_ONE = ("not_found",)


class BatchList(APIView):
    """The deliveries of a partner."""

    scopes = {"GET": Scope.REFERRALS_WRITE, "POST": Scope.REFERRALS_WRITE}
    media_types = TAKEN

    @endpoint(
        "listBatches",
        "List your deliveries",
        "Every attempt, the newest first, without results. A page at a time: follow `next`.",
        Answer(200, "A page.", BatchPageBody, [examples.BATCH_PAGE], [LINK]),
        parameters=[LIMIT, CURSOR],
    )
    def get(self, request: Request) -> Response:
        """A page, the newest first."""
        texts = parameters.read(request, ("limit", "cursor"))
        batches, headers, following = page_of_batches(request, arrival.attempts(by=principal(request)), texts)
        language = language_of(request)
        return Response(
            BatchPageBody([answers.body_of(each, language) for each in batches], following), headers=headers
        )

    @endpoint(
        "sendBatch",
        "Send or check a file of referrals",
        SEND,
        Answer(
            200,
            "Checked, and stored where it could be.",
            BatchBody,
            [examples.BATCH, examples.BATCH_IN_REVIEW],
            [*WRITTEN, IDEMPOTENCY_REPLAYED],
        ),
        Answer(
            202,
            "It is worked on.",
            BatchBody,
            [examples.BATCH_RUNNING],
            [*WRITTEN, IDEMPOTENCY_REPLAYED, RETRY_AFTER_WORK],
        ),
        parameters=[DRY_RUN, PREFER_LATEST, KEY, PREFER],
        request=examples.SENT,
        problems=REFUSALS,
    )
    def post(self, request: Request) -> HttpResponse:
        """Take a file in, or say what would become of it."""
        dry_run, prefer_latest = read_delivery(request)
        key, prefer = idempotency.key_of(request), request_headers.preferences_of(request)
        with refusals(), upload_of(request._request, settings.HENVIS_UPLOADS[request.path]) as upload:
            delivery = Delivery(
                path=upload.path,
                media_type=upload.media_type,
                name=upload.name,
                dry_run=dry_run,
                handling=prefer.handling or Handling.STRICT,
                prefer_latest=prefer_latest,
                respond_async=prefer.respond_async,
                language=language_of(request),
                mapping=upload.mapping,
            )
            receipt = arrival.receive(by=principal(request), key=key, delivery=delivery)
        replay = {"Idempotency-Replayed": "true"} if receipt.is_replay else {}
        return answers.answer(request, receipt.batch, prefer, replay)


class BatchDetail(APIView):
    """One delivery."""

    scopes = {"GET": Scope.REFERRALS_WRITE, "DELETE": Scope.REFERRALS_WRITE}

    @endpoint(
        "readBatch",
        "How a delivery stands",
        "Its state, how far it is, and how many rows came to what.",
        Answer(200, "The delivery.", BatchBody, [examples.BATCH_RUNNING], [RETRY_AFTER_WORK]),
        parameters=[BATCH_ID],
        problems=OF_ONE,
    )
    def get(self, request: Request, batch_id: str) -> Response:
        """State and progress."""
        batch = arrival.get(by=principal(request), batch_id=parameters.id_of(batch_id))
        return Response(
            answers.body_of(batch, language_of(request), by=principal(request)), headers=answers.retry_after(batch)
        )

    @endpoint(
        "cancelBatch",
        "Cancel a delivery",
        "What waits of it is discarded; what is stored stays. Again, nothing changes.",
        Answer(200, "As it stands now.", BatchBody, [examples.BATCH_CANCELLED]),
        parameters=[BATCH_ID],
        problems=OF_ONE,
    )
    def delete(self, request: Request, batch_id: str) -> Response:
        """End it, and discard what waits."""
        by, key = principal(request), parameters.id_of(batch_id)
        try:
            batch = committing.cancel(by=by, batch_id=key)
        except NothingWaits:
            batch = arrival.get(by=by, batch_id=key)
        return Response(answers.body_of(batch, language_of(request)))


CHECK = (
    "What a delivery of this file would be told, by the rules alone: at most 500 rows and 1 MB. Needs no account, and "
    "nothing of the file is stored. What is stored already is not known here, so that every row that keeps the rules is "
    "`created`."
)

# Anybody may ask, and reading a file is work: other requests of this process have the rest of its threads.
CHECKS_AT_ONCE = BoundedSemaphore(2)
RETRY_LATER = {"Retry-After": "5"}


@contextmanager
def turn() -> Iterator[None]:
    """Check with at most one other at the same time. Raises `ProblemError` rather than wait."""
    if not CHECKS_AT_ONCE.acquire(blocking=False):
        raise ProblemError("unavailable", headers=RETRY_LATER)
    try:
        yield
    finally:
        CHECKS_AT_ONCE.release()


class PublicCheck(APIView):
    """The check for everybody."""

    permission_classes = ()
    media_types = TAKEN

    @endpoint(
        "checkPublicly",
        "Check a file without an account",
        CHECK,
        Answer(200, "Every finding.", PublicReportBody, [examples.PUBLIC_REPORT]),
        request=examples.SENT,
        problems=("columns_wrong", "file_unreadable", "length_required", "template_too_old", "identifier_in_file"),
    )
    def post(self, request: Request) -> Response:
        """Counts, findings and results."""
        language = language_of(request)
        with turn(), refusals(), upload_of(request._request, settings.DATA_UPLOAD_MAX_MEMORY_SIZE) as upload:
            report = public_checks.check(
                Delivery(
                    path=upload.path,
                    media_type=upload.media_type,
                    name=upload.name,
                    dry_run=True,
                    handling=Handling.STRICT,
                    prefer_latest=False,
                    respond_async=False,
                    language=language,
                    mapping=upload.mapping,
                )
            )
        return Response(
            PublicReportBody(
                BatchCountsBody(*(report.counts[outcome] for outcome in Outcome)),
                [finding_body(each, None, language, report.columns) for each in report.findings],
                [answers.question_body(each) for each in report.questions],
                [answers.result_body(row, "", language, report.columns) for row in report.results],
            )
        )
