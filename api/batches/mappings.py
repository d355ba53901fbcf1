"""A partner's own columns and words: stored, shown, changed."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.batches import examples
from api.batches.answers import finding_of_mapping
from api.batches.bodies import MappingInput
from api.http.authentication import principal
from api.http.problems import etag
from api.http.reading import parse_json
from api.http.request_headers import is_unchanged, write_condition
from api.openapi.failures import CONDITION
from api.openapi.headers import ETAG, ETAG_CURRENT
from api.openapi.parts import IF_ABSENT, IF_MATCH, UNCHANGED, Answer, RequestBody, endpoint
from cases.intake.findings import FileRefused
from cases.intake.understanding import mappings
from cases.intake.understanding.mapping import MappingContent, mapping_to_keep
from partners.kinds import Scope

ABOUT = (
    "What you have said once of your own columns and words is held for every file that comes: which member of a row a "
    "header of yours is, which code a word of yours means, whether the day or the month stands first in dates, and of which "
    "edition of NACE letters of industries are. Headers and words are the only text of yours that is kept: what looks like "
    "personal data is refused."
)


class ReferralMapping(APIView):
    """The mapping of referrals."""

    scopes = {"GET": Scope.REFERRALS_WRITE, "PUT": Scope.REFERRALS_WRITE}

    @endpoint(
        "readMapping",
        "How your own columns and words are read",
        "Empty, and without an ETag, while nothing is stored.",
        Answer(200, "The mapping.", MappingInput, [examples.MAPPING], [ETAG_CURRENT]),
        UNCHANGED,
    )
    def get(self, request: Request) -> Response:
        """The mapping."""
        content, version = mappings.read(principal(request).partner_id)
        if version and is_unchanged(request, etag(version)):
            return Response(None, 304, headers={"ETag": etag(version)})
        return answer(content, version)

    @endpoint(
        "putMapping",
        "Say how your own columns and words are read",
        ABOUT,
        Answer(200, "Stored.", MappingInput, [examples.MAPPING], [ETAG]),
        parameters=[IF_MATCH, IF_ABSENT],
        request=RequestBody(MappingInput, [examples.MAPPING]),
        problems=(*CONDITION, "precondition_required"),
    )
    def put(self, request: Request) -> Response:
        """Store it in place of the one that is stored. The same again changes nothing."""
        condition = write_condition(request)
        partner_id = principal(request).partner_id
        kept_content, version = mappings.read(partner_id)
        content = content_of(request, kept_content)
        if not version or kept_content != content:
            condition.check(version or None, replaces=version > 0)
            version = mappings.write(partner_id, content, version)
        return answer(content, version)


def content_of(request: Request, former: MappingContent) -> MappingContent:
    """The mapping of a body, in place of the one that is stored. Raises `ProblemError`."""
    try:
        return mapping_to_keep(body_of(request), former)
    except FileRefused as refusal:
        raise finding_of_mapping(refusal) from None


def body_of(request: Request) -> object:
    """The mapping as it is sent, strict JSON; what is none is malformed."""
    return parse_json(request.data) if isinstance(request.data, bytes) else None


def answer(content: MappingContent, version: int) -> Response:
    """A mapping with its tag; one that is not stored yet has none."""
    headers = {"ETag": etag(version)} if version else {}
    return Response(
        MappingInput(content.columns, content.values, dict(content.dates), dict(content.editions)), headers=headers
    )
