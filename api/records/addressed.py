"""A referral that is sent to its own address: as a sender writes it, as a row of a file says it, or as a GET has answered it."""

from __future__ import annotations

from uuid import UUID

from api.http.problems import ProblemError
from api.records.bodies import ReferralInput
from api.records.reading import finding, of_record
from cases import dictionary as d
from cases.conditions import NONE, Condition
from cases.intake import submit
from cases.intake.batches.decoding import REFERENCE, VERSION
from cases.intake.batches.rows import read_reference, read_version
from cases.intake.exported import READ_ONLY, withdrawal_of
from cases.intake.submit import ReferralResult
from cases.intake.values import READ_EXPORTED
from cases.rules import REFERRAL_RULES
from partners.credentials import Principal

ADDRESSED = of_record(
    ReferralInput,
    d.REFERRAL,
    of_service={REFERENCE: read_reference, VERSION: read_version, **READ_EXPORTED},
    rules=REFERRAL_RULES,
)


def put(*, by: Principal, reference: UUID, data: object, condition: Condition) -> ReferralResult:
    """Create or correct a referral. Its `version` is the condition where the request has none; its `reference` is the address's.

    Raises `ProblemError`, and what `cases.intake.submit.put` does.
    """
    values = ADDRESSED.read(data)
    if values.get(REFERENCE, str(reference)) != str(reference):
        raise ProblemError("validation_failed", [finding(READ_ONLY, REFERENCE)])
    if condition == NONE and VERSION in values:
        condition = Condition(versions=frozenset({values[VERSION]}))
    return submit.put(
        by=by, reference=reference, values=values, condition=condition, withdrawn_for=withdrawal_of(values)
    )
