"""What else there is of a partner's own referral: its versions, what came of it, and its linkage code; and emptying test mode.

A linkage code can be said and deleted, and never read. What a test client sent is emptied by itself.
"""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.http.authentication import principal
from api.http.reading import Reader
from api.openapi.parts import Answer, RequestBody, endpoint
from api.records import examples
from api.records.bodies import (
    ChangeBody,
    LinkageCodeInput,
    ReferralOutcomeBody,
    ReferralVersionBody,
    ReferralVersionsBody,
    RehearsalEmptiedBody,
)
from api.records.parameters import REFERENCE, reference_of
from api.records.reads import Read, RecordView
from cases.duplicates import linkage
from cases.erased import digests
from cases.errors import RestrictionHolds
from cases.intake import assess, rehearsal
from cases.intake.own import own_versions
from cases.intake.values import FieldRefused, Input
from cases.intake.versions import changes
from cases.models import Referral
from partners.kinds import Scope

OF_ONE = ("not_found", "erased")
READ_ONE = (*OF_ONE, "restricted")
VERSIONS = (
    "Every version, the first in front: when it was recorded, which of your clients wrote it, and what it changed."
)
OUTCOME = "The outcome of the case, where the referral's `consent` is GIVEN; 403 otherwise. PENDING until an authority has decided."


class ReferralVersions(RecordView):
    """What a referral has been."""

    scopes = {"GET": Scope.REFERRALS_READ}

    @endpoint(
        "listReferralVersions",
        "What a referral has been",
        VERSIONS,
        Answer(200, "The versions.", ReferralVersionsBody, [examples.REFERRAL_VERSIONS]),
        parameters=[REFERENCE],
        problems=READ_ONE,
    )
    def read(self, request: Request, reference: str) -> Read:
        """Every version, the first one first: who, when, and what changed."""
        partner, key = principal(request).partner_id, reference_of(reference)
        rows = own_versions(partner).filter(reference=key)
        versions = list(rows.select_related("case", "client").order_by("version"))
        if not versions:
            raise digests.missing_error(partner, key)
        if any(each.is_restricted for each in versions):
            raise RestrictionHolds(versions[-1].version)
        earlier: list[Referral | None] = [None, *versions]
        items = [history(row, before) for row, before in zip(versions, earlier, strict=False)]
        return Response(ReferralVersionsBody(items)), len(items)


class ReferralOutcome(RecordView):
    """What came of it."""

    scopes = {"GET": Scope.REFERRALS_READ}

    @endpoint(
        "readReferralOutcome",
        "What came of a referral",
        OUTCOME,
        Answer(200, "The outcome.", ReferralOutcomeBody, [examples.REFERRAL_OUTCOME]),
        parameters=[REFERENCE],
        problems=(*READ_ONE, "consent_needed"),
    )
    def read(self, request: Request, reference: str) -> Read:
        """The outcome of the case, where the referral's consent is GIVEN."""
        outcome = assess.outcome_for(by=principal(request), reference=reference_of(reference))
        return Response(ReferralOutcomeBody(reference, outcome)), 1


def history(row: Referral, before: Referral | None) -> ReferralVersionBody:
    """One version: who wrote it, when, and which fields it changed."""
    differences = [ChangeBody(*each) for each in changes(before, row)]
    return ReferralVersionBody(row.version, row.status, row.recorded_at.isoformat(), row.client.client_id, differences)


OFFLINE = (
    "Made by you, offline, of a name and a day of birth, with a key that partners share and the centre never holds "
    "(docs/linkage-code.md). It lets the centre see that two referrals may be of one person, and nothing else. It takes the "
    "place of an earlier one. Nobody can read it again, you neither."
)


def read_linkage_code(data: object) -> str:
    """64 hexadecimal digits in lower case, and no other writing of them: equal codes must be equal texts."""
    if type(data) is not str or not linkage.CODE.fullmatch(data):
        raise FieldRefused("linkage_code_expected")
    return data


LINKAGE_CODE = Reader(LinkageCodeInput, {"linkage_code": Input(read_linkage_code)})


class LinkageCodeDetail(APIView):
    """The linkage code of one referral."""

    scopes = {"PUT": Scope.REFERRALS_WRITE, "DELETE": Scope.REFERRALS_WRITE}

    @endpoint(
        "putLinkageCode",
        "Say the linkage code of a referral",
        OFFLINE,
        Answer(204, "Stored."),
        parameters=[REFERENCE],
        request=RequestBody(LinkageCodeInput, [examples.LINKAGE_CODE_INPUT]),
        problems=("not_found", "erased"),
    )
    def put(self, request: Request, reference: str) -> Response:
        """Store it, in place of an earlier one."""
        key = reference_of(reference)
        linkage.put(by=principal(request), reference=key, code=LINKAGE_CODE.read(request.data)["linkage_code"])
        return Response(None, 204)

    @endpoint(
        "deleteLinkageCode",
        "Delete the linkage code of a referral",
        "It is gone for good, also where the referral is withdrawn. Again, nothing changes.",
        Answer(204, "There is none any more."),
        parameters=[REFERENCE],
        problems=("not_found", "erased"),
    )
    def delete(self, request: Request, reference: str) -> Response:
        """Delete it, if there is one."""
        linkage.delete(by=principal(request), reference=reference_of(reference))
        return Response(None, 204)


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
