"""Checking a file against the rules without an account. Nothing of it is stored."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from django.conf import settings
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.batches import answers, examples
from api.batches.bodies import BatchCountsBody, PublicReportBody
from api.batches.findings import finding_body, refusals
from api.batches.uploads import TAKEN, upload_of
from api.http.language import language_of
from api.http.problems import ProblemError
from api.openapi.parts import Answer, endpoint
from cases.intake.batches import public
from cases.intake.batches.receive import Delivery
from cases.intake.models import Handling, Outcome

CHECK = (
    "What a delivery of this file would be told, by the rules alone: at most 500 rows and 1 MB. Needs no account, and "
    "nothing of the file is stored. What is stored already is not known here, so that every row that keeps the rules is "
    "`created`."
)

# Anybody may ask, and reading a file is work: other requests of this process have the rest of its threads.
AT_ONCE = BoundedSemaphore(2)
SOON = {"Retry-After": "5"}


@contextmanager
def turn() -> Iterator[None]:
    """Check with at most one other at the same time. Raises `ProblemError` rather than wait."""
    if not AT_ONCE.acquire(blocking=False):
        raise ProblemError("unavailable", headers=SOON)
    try:
        yield
    finally:
        AT_ONCE.release()


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
            report = public.check(
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
