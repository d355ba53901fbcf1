"""Examples of returned referrals and of how far a referral has come. Ids and moments are fixed."""

from __future__ import annotations

from api.openapi.parts import Example
from api.records.examples import FIRST, REFERENCE, SECOND
from api.returns.bodies import (
    MadeReleaseBody,
    ReferralProgressBody,
    ReturnAnswerInput,
    ReturnBody,
    ReturnPageBody,
)
from cases import dictionary as d
from cases.codelists import RETURN_REASON
from cases.codelists.types import NOT_APPLICABLE
from oversight.returns.choices import ReturnState
from oversight.returns.progress import CountState

RETURN_ID = "6c0f1d7a-2b9e-4f83-9a41-d5e8b3c7f012"


def example_return(state: ReturnState = ReturnState.OPEN, answer_code: str = NOT_APPLICABLE) -> ReturnBody:
    """A return as it is answered."""
    reason = RETURN_REASON.by_code["WRONG_MONTH"]
    return ReturnBody(
        id=RETURN_ID,
        reference=REFERENCE,
        version=1,
        reason_code=reason.code,
        reason=reason.label.en,
        field=d.REFERRED_IN.name,
        due="2025-05-19",
        state=state,
        answer_code=answer_code,
        returned_at=SECOND,
    )


def progress() -> ReferralProgressBody:
    """A referral that counts, and is in a release."""
    return ReferralProgressBody(
        reference=REFERENCE,
        version=1,
        received_at=FIRST,
        recorded_at=FIRST,
        counted=CountState.COUNTED,
        outcome=d.OUTCOME.example,
        releases=[MadeReleaseBody("2025.p1", 1)],
        returns=[],
    )


RETURN_PAGE = Example("ReturnPage", "One waits", lambda: ReturnPageBody([example_return()], None))
RETURN_ANSWER_INPUT = Example("ReturnAnswerInput", "It is right", lambda: ReturnAnswerInput("RIGHT_AS_IT_IS"))
RETURN_ANSWERED = Example("ReturnAnswered", "Answered", lambda: example_return(ReturnState.ANSWERED, "RIGHT_AS_IT_IS"))
REFERRAL_PROGRESS = Example("ReferralProgress", "Counted and published", progress)
