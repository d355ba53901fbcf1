"""A rehearsal: what a test client sent, emptied by itself."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.http.authentication import principal
from api.openapi.parts import Answer, endpoint
from api.records import examples
from api.records.bodies import RehearsalEmptiedBody
from cases.intake import rehearsal
from partners.kinds import Scope

EMPTY = (
    "For good: referrals, assessments and count reports in every version, what you said of notices and services, linkage codes, "
    "remembered Idempotency-Keys, the cases that only you use, and of deliveries what waits, results, error files, "
    "confirmations and the mapping. That there were deliveries stays, with their counts. Again, it deletes nothing. A live client "
    "is refused."
)


class RehearsalDetail(APIView):
    """What a partner in test mode has sent."""

    scopes = {"DELETE": Scope.REFERRALS_WRITE}

    @endpoint(
        "emptyRehearsal",
        "Delete everything that you sent in test mode",
        EMPTY,
        Answer(200, "What was deleted.", RehearsalEmptiedBody, [examples.REHEARSAL_EMPTIED]),
        problems=("test_mode_only",),
    )
    def delete(self, request: Request) -> Response:
        """Empty it."""
        return Response(RehearsalEmptiedBody(**rehearsal.empty(by=principal(request))))
