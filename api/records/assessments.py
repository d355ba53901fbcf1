"""An authority's own assessment of a case."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from api.http import parameters
from api.http.authentication import principal
from api.http.conditions import unchanged, write_condition
from api.http.details import DETAILS
from api.http.problems import Finding, ProblemError, etag
from api.records import retirement
from api.records.reads import Read, RecordView
from api.records.shape import build, represent
from cases import dictionary as d
from cases import tokens
from cases.intake import assess
from cases.models import Assessment
from partners.kinds import Scope

AssessmentSerializer = build("AssessmentInput", d.ASSESSMENT, read_only=("version", "recorded_at", "schema_version"))
ASSESSMENT_SHAPE = AssessmentSerializer()


def token_of(text: str) -> str:
    """The canonical token in a path. Raises `ProblemError` 400 for a bad check character."""
    token = tokens.canonical(text)
    if token is None:
        code = "case_token_expected"
        raise ProblemError("invalid_parameter", [Finding(("parameter", "token"), code, DETAILS[code])])
    return token


def answer(assessment: Assessment, status: int, told: dict[str, str] | None = None) -> Response:
    """The assessment with its strong ETag, and what else is told in headers."""
    body = {
        "case_token": assessment.case.token,
        "version": assessment.version,
        **represent(assessment, d.ASSESSMENT),
        "schema_version": assessment.schema_version,
        "recorded_at": assessment.recorded_at.isoformat(),
    }
    return Response(body, status, headers={"ETag": etag(assessment.version), **(told or {})})


class AssessmentDetail(RecordView):
    """The caller's assessment of one case."""

    scopes = {"GET": Scope.ASSESSMENTS_WRITE, "PUT": Scope.ASSESSMENTS_WRITE}

    def read(self, request: Request, token: str) -> Read:
        """The current version. 404 for an unknown case, another's case and an unassessed one alike."""
        parameters.read(request, ())
        assessment = assess.get(by=principal(request), token=token_of(token))
        if unchanged(request, etag(assessment.version)):
            return Response(None, 304, headers={"ETag": etag(assessment.version)}), 0
        return answer(assessment, 200), 1

    def put(self, request: Request, token: str) -> Response:
        """Record or correct. The same again changes nothing."""
        parameters.read(request, ())
        case_token, condition = token_of(token), write_condition(request)
        values = ASSESSMENT_SHAPE.parse(request.data)
        recorded = assess.put(by=principal(request), token=case_token, values=values, condition=condition)
        told = retirement.headers(request, d.ASSESSMENT, recorded.assessment)
        return answer(recorded.assessment, 201 if recorded.created else 200, told)
