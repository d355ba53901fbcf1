"""What a partner's own referral has been, and what came of it."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from api.http.authentication import principal
from api.openapi.parts import Answer, endpoint
from api.records import examples
from api.records.bodies import (
    ChangeBody,
    ReferralOutcomeBody,
    ReferralVersionBody,
    ReferralVersionsBody,
)
from api.records.parameters import REFERENCE, reference_of
from api.records.reads import Read, RecordView
from cases.erased import lookup
from cases.intake import assess
from cases.intake.stored import changes
from cases.models import Referral
from partners.kinds import Scope

OF_ONE = ("not_found", "erased")
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
        problems=OF_ONE,
    )
    def read(self, request: Request, reference: str) -> Read:
        """Every version, the first one first: who, when, and what changed."""
        partner, key = principal(request).partner_id, reference_of(reference)
        rows = Referral.objects.of(partner).filter(reference=key)
        versions = list(rows.select_related("case", "client").order_by("version"))
        if not versions:
            raise lookup.missing_error(partner, key)
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
        problems=(*OF_ONE, "consent_needed"),
    )
    def read(self, request: Request, reference: str) -> Read:
        """The outcome of the case, where the referral's consent is GIVEN."""
        outcome = assess.outcome_for(by=principal(request), reference=reference_of(reference))
        return Response(ReferralOutcomeBody(reference, outcome)), 1


def history(row: Referral, before: Referral | None) -> ReferralVersionBody:
    """One version: who wrote it, when, and which fields it changed."""
    differences = [ChangeBody(*each) for each in changes(before, row)]
    return ReferralVersionBody(row.version, row.status, row.recorded_at.isoformat(), row.client.client_id, differences)
