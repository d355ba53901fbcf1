"""Examples of records, made from the dictionary, so that they are valid as long as it is.

Fixed ids and moments: the description is the same at every run.
"""

from __future__ import annotations

from typing import Any

from api.http.bodies import Body
from api.openapi.parts import Example
from api.records import rows
from api.records.bodies import (
    AssessmentBody,
    AssessmentInput,
    ChangeBody,
    LinkageCodeInput,
    ReferralBody,
    ReferralInput,
    ReferralOutcomeBody,
    ReferralPageBody,
    ReferralVersionBody,
    ReferralVersionsBody,
    ReferralWrittenBody,
    RehearsalEmptiedBody,
    WithdrawalInput,
)
from cases import dictionary as d
from cases.fields import Field
from cases.intake import rules
from cases.versions import Status

REFERENCE = "3f2b8c1e-9d47-4a6b-8e15-7c0d2f9a6b34"
CLIENT_ID = "Wm3nX0uQb8cT5yK1sJ7vR2zL4pG6dH9e"
# The first test vector of docs/linkage-code.md.
LINKAGE_CODE = "c279fa87c47f036986c74314483fc483a7046d4b405302853952ad03c2413b31"
FIRST, SECOND, THIRD = (f"2025-0{month}-03T09:14:27.318204+00:00" for month in (4, 5, 6))
SINCE = "2025-04-03T09:14:27.318204Z"


def required_only(fields: tuple[Field, ...]) -> dict[str, Any]:
    """The least that a record can say."""
    whole = rules.example(fields)
    return {field.name: whole[field.name] for field in fields if field.required}


def referral(**changes: object) -> Body:
    first = {"reference": REFERENCE, "version": 1, "status": Status.REPORTED}
    last = {"reason_code": "_Z", "schema_version": d.SCHEMA_VERSION, "recorded_at": FIRST}
    body: Body = ReferralBody(**{**first, **rules.example(d.REFERRAL), **last, **changes})
    return body


def assessment() -> Body:
    first = {"case_token": d.CASE_TOKEN.example, "version": 1}
    body: Body = AssessmentBody(
        **first, **rules.example(d.ASSESSMENT), schema_version=d.SCHEMA_VERSION, recorded_at=FIRST
    )
    return body


def versions() -> ReferralVersionsBody:
    change = ChangeBody("age_band", "Y25T34", "Y35T44")
    first_version = ReferralVersionBody(1, Status.REPORTED, FIRST, CLIENT_ID, [])
    return ReferralVersionsBody([first_version, ReferralVersionBody(2, Status.CORRECTED, SECOND, CLIENT_ID, [change])])


def withdrawal() -> Body:
    """The third version."""
    reason = d.WITHDRAWAL_REASON.example
    return referral(version=3, status=Status.WITHDRAWN, reason_code=reason, age_band="Y35T44", recorded_at=THIRD)


def in_csv() -> str:
    """A file with one row."""
    return rows.CSV.head.decode() + rows.CSV.chunk([referral()]).decode()


def in_ndjson() -> str:
    """A file without rows: each would be a referral as JSON."""
    return rows.end_line(0, SINCE).decode()


REFERRAL_INPUT = Example("ReferralInput", "Every field", lambda: ReferralInput(**rules.example(d.REFERRAL)))
REFERRAL_INPUT_MINIMAL = Example(
    "ReferralInput.minimal",
    "Required fields only; a new case is opened",
    lambda: ReferralInput(**required_only(d.REFERRAL)),
)
REFERRAL = Example("Referral", "First version", referral)
REFERRAL_WITHDRAWN = Example("Referral.withdrawn", "Withdrawn", withdrawal)
REFERRAL_WRITTEN = Example(
    "ReferralWritten",
    "Under Prefer: return=minimal",
    lambda: ReferralWrittenBody(reference=REFERENCE, version=1),
)
REFERRAL_PAGE = Example("ReferralPage", "Nothing new", lambda: ReferralPageBody([], None, None))
REFERRALS_CSV = Example("ReferralsCsv", "Everything", in_csv)
REFERRALS_NDJSON = Example("ReferralsNdjson", "No rows, and the line that ends a file", in_ndjson)
REFERRAL_VERSIONS = Example("ReferralVersions", "Reported, then corrected", versions)
REFERRAL_OUTCOME = Example("ReferralOutcome", "Identified", lambda: ReferralOutcomeBody(REFERENCE, d.OUTCOME.example))
WITHDRAWAL_INPUT = Example(
    "WithdrawalInput", "Entered in error", lambda: WithdrawalInput(**rules.example(d.WITHDRAWAL))
)
LINKAGE_CODE_INPUT = Example("LinkageCodeInput", "Of the test vector", lambda: LinkageCodeInput(LINKAGE_CODE))
ASSESSMENT_INPUT = Example("AssessmentInput", "Identified", lambda: AssessmentInput(**rules.example(d.ASSESSMENT)))
ASSESSMENT_INPUT_PENDING = Example(
    "AssessmentInput.pending", "Not decided yet", lambda: AssessmentInput(outcome="PENDING", decided_by="_Z")
)
ASSESSMENT = Example("Assessment", "Identified", assessment)
REHEARSAL_EMPTIED = Example(
    "RehearsalEmptied", "A dozen referrals", lambda: RehearsalEmptiedBody(15, 0, 3, 2, 1, 2, 3, 40, cases=11)
)
