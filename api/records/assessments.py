"""An authority's own assessment of a case."""

from __future__ import annotations

from collections.abc import Mapping

from rest_framework.request import Request
from rest_framework.response import Response

from api.http.authentication import principal
from api.http.problems import etag
from api.http.reading import record_reader
from api.http.request_headers import is_unchanged, write_condition
from api.openapi.failures import CONDITION
from api.openapi.headers import ETAG, RETIREMENT
from api.openapi.parts import IF_ABSENT, IF_MATCH, UNCHANGED, Answer, RequestBody, endpoint
from api.records import examples, writes
from api.records.bodies import AssessmentBody, AssessmentInput, AssessmentWrittenBody, assessment_body
from api.records.parameters import TOKEN, token_of, written_token_of
from api.records.reads import Read, RecordView
from cases import dictionary as d
from cases.intake import assess
from cases.models import Assessment
from cases.rules import ASSESSMENT_RULES
from partners.kinds import Scope

ASSESSMENT = record_reader(
    AssessmentInput, d.ASSESSMENT, never=("version", "recorded_at", "schema_version"), rules=ASSESSMENT_RULES
)
RECORDED = Answer(201, "Recorded.", AssessmentWrittenBody, [examples.ASSESSMENT], [ETAG, *RETIREMENT])
STORED = Answer(
    200, "Corrected, or already stored just so.", AssessmentWrittenBody, RECORDED.examples, RECORDED.headers
)


def answer(assessment: Assessment, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """The assessment with its strong ETag and further headers. Of one that is restricted a write tells its version alone."""
    body = assessment_body(assessment)
    if assessment.is_restricted:
        body = AssessmentWrittenBody(case_token=assessment.case.token, version=assessment.version)
    return Response(body, status, headers={"ETag": etag(assessment.version), **(headers or {})})


class AssessmentDetail(RecordView):
    """The caller's assessment of one case."""

    scopes = {"GET": Scope.ASSESSMENTS_WRITE, "PUT": Scope.ASSESSMENTS_WRITE}

    @endpoint(
        "readAssessment",
        "Read your own assessment of a case",
        "An unknown case, another's case and one that you have not assessed are all 404.",
        Answer(200, "The assessment.", AssessmentBody, [examples.ASSESSMENT], [ETAG]),
        UNCHANGED,
        parameters=[TOKEN],
        problems=("not_found", "restricted"),
    )
    def read(self, request: Request, token: str) -> Read:
        """The current version. 404 for an unknown case, another's case and an unassessed one alike."""
        assessment = assess.get(by=principal(request), token=token_of(token))
        if is_unchanged(request, etag(assessment.version)):
            return Response(None, 304, headers={"ETag": etag(assessment.version)}), 0
        return answer(assessment, 200), 1

    @endpoint(
        "putAssessment",
        "Record or correct your assessment of a case",
        "Each authority has an assessment of its own. The person counts in the year of `decided_in`. "
        "Conditions as for referrals.",
        STORED,
        RECORDED,
        parameters=[TOKEN, IF_MATCH, IF_ABSENT],
        request=RequestBody(AssessmentInput, [examples.ASSESSMENT_INPUT, examples.ASSESSMENT_INPUT_PENDING]),
        problems=(*CONDITION, "precondition_required", "agreement_missing"),
    )
    def put(self, request: Request, token: str) -> Response:
        """Record or correct. The same again changes nothing."""
        case_token, condition = written_token_of(token), write_condition(request)
        values = ASSESSMENT.read(request.data)
        result = assess.put(by=principal(request), token=case_token, values=values, condition=condition)
        headers = writes.retirement_headers(request, d.ASSESSMENT, result.assessment)
        return answer(result.assessment, 201 if result.created else 200, headers)
