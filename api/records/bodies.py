"""What is sent and answered of records: structs made from the dictionary."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from msgspec import UNSET, Meta, UnsetType
from msgspec import field as member

from api.http.bodies import Body, Count, Moment, Uri, about
from api.reference.members import (
    CODES,
    CaseToken,
    Member,
    Reference,
    ReferralStatus,
    SchemaVersion,
    Version,
    answered_members,
    codes,
    optional,
    read_only,
    sent_members,
    struct,
    type_of,
    without_words,
)
from cases import dictionary as d
from cases import rules
from cases.codelists.types import NOT_APPLICABLE
from cases.duplicates.linkage import CODE
from cases.intake.versions import values_of
from cases.models import Assessment, Referral

SENT = "One referral of one presumed victim. Codes only: there is no place for free text, and none for a name. Null is left out."
ONE = "The current version of a referral."
WRITTEN = "A `Referral`; under `Prefer: return=minimal`, or where the processing is restricted, `reference` and `version` alone."
HMAC = "HMAC-SHA-256 in hexadecimal, lower case. Never a name, and never what it was made of."
REASON: Any = Annotated[
    codes(d.WITHDRAWAL_REASON.codelist.id, NOT_APPLICABLE), about("Why it was withdrawn; `_Z` where it is not.")
]
STORED: list[Member] = [read_only("schema_version", SchemaVersion), read_only("recorded_at", Moment)]
REFERRAL_MEMBERS: list[Member] = [
    read_only("reference", Reference),
    read_only("version", Version),
    read_only("status", ReferralStatus),
    (d.CASE_TOKEN.name, type_of(d.CASE_TOKEN, answer=True)),
    *answered_members(d.REFERRAL),
    read_only("reason_code", REASON),
    *STORED,
]
ASSESSMENT_MEMBERS: list[Member] = [
    read_only(d.CASE_TOKEN.name, CaseToken),
    read_only("version", Version),
    *answered_members(d.ASSESSMENT),
    *STORED,
]
ALWAYS = ("reference", "version")


def with_rules(text: str, checks: Iterable[rules.Rule]) -> str:
    """A description with the rules across fields in words: JSON Schema would say them badly."""
    lines = "\n".join(f"* `{rule.code}` ({rule.field}): {rule.detail.en}" for rule in checks)
    return f"{text}\n\nRules across fields, each with the code that an error gives:\n\n{lines}"


ReferralInput = struct(
    "ReferralInput", with_rules(SENT, rules.REFERRAL_RULES), sent_members(d.REFERRAL), forbids_others=True
)
WithdrawalInput = struct("WithdrawalInput", "Why a referral ends.", sent_members(d.WITHDRAWAL), forbids_others=True)
AssessmentInput = struct(
    "AssessmentInput",
    with_rules("An authority's assessment of a case.", rules.ASSESSMENT_RULES),
    sent_members(d.ASSESSMENT),
    forbids_others=True,
)
ReferralBody = struct("ReferralBody", ONE, REFERRAL_MEMBERS)
ReferralWrittenBody = struct(
    "ReferralWrittenBody",
    WRITTEN,
    [each if each[0] in ALWAYS else optional(each[0], without_words(each[1])) for each in REFERRAL_MEMBERS],
)
AssessmentBody = struct(
    "AssessmentBody",
    "The caller's current assessment of a case.",
    ASSESSMENT_MEMBERS,
)


ASSESSMENT_WRITTEN = "An `Assessment`; where the processing is restricted, its `case_token` and `version` alone."
ALWAYS_OF_ASSESSMENTS = (d.CASE_TOKEN.name, "version")
AssessmentWrittenBody = struct(
    "AssessmentWrittenBody",
    ASSESSMENT_WRITTEN,
    # A month that nobody gave is optional already.
    [
        each
        if each[0] in ALWAYS_OF_ASSESSMENTS or len(each) > len(("name", "type"))
        else optional(each[0], without_words(each[1]))
        for each in ASSESSMENT_MEMBERS
    ],
)


class LinkageCodeInput(Body, forbid_unknown_fields=True):
    """The linkage code of a referral."""

    linkage_code: Annotated[str, Meta(pattern=f"^{CODE.pattern}$", min_length=64, max_length=64), about(HMAC)]


class RehearsalEmptiedBody(Body):
    """How many rows were deleted."""

    referral_versions: Count
    assessment_versions: Count
    count_versions: Count
    acknowledgements: Count
    service_statuses: Count
    linkage_codes: Count
    remembered_answers: Count
    results_of_rows: Count
    cases: Count


class RestrictedReferralBody(Body):
    """A referral of a person who had the processing restricted: nothing else of it is read."""

    reference: Reference
    version: Version


class ReferralPageBody(Body):
    """A page of referrals."""

    items: list[ReferralBody]  # type: ignore[valid-type]
    next: Annotated[Uri | None, about("The next page; null on the last one. Use it as it is.")]
    changed_since: Annotated[
        Moment | None,
        about("Send it as `changed_since` another time; null where there is nothing new: keep yours."),
    ]
    restricted: (
        Annotated[list[RestrictedReferralBody], about("Those whose processing is restricted, where there are any.")]
        | UnsetType
    ) = UNSET


ChangedValue = Annotated[Any, about("A code, a set of codes, a month or a case token; null where there was none.")]


class ChangeBody(Body):
    """One field in which two versions differ."""

    field: str
    before: ChangedValue = member(name="from")
    after: ChangedValue = member(name="to")


class ReferralVersionBody(Body):
    """One version of a referral."""

    version: Version
    status: ReferralStatus
    recorded_at: Moment
    client_id: Annotated[str, about("Which of your clients wrote it.")]
    changes: Annotated[list[ChangeBody], about("What differs from the version before; empty in the first.")]


class ReferralVersionsBody(Body):
    """What a referral has been."""

    items: list[ReferralVersionBody]


class ReferralOutcomeBody(Body):
    """What came of a referral."""

    reference: Reference
    outcome: Annotated[str, CODES[d.OUTCOME.codelist.id], about(f"{d.OUTCOME.label.en}. {d.OUTCOME.help.en}")]


def referral_body(referral: Referral) -> Body:
    """A referral as it is answered: what was submitted, and what the service added."""
    body: Body = ReferralBody(
        reference=str(referral.reference),
        version=referral.version,
        status=referral.status,
        case_token=referral.case.token,
        **values_of(referral, d.REFERRAL),
        reason_code=referral.reason_code,
        schema_version=referral.schema_version,
        recorded_at=referral.recorded_at.isoformat(),
    )
    return body


def assessment_body(assessment: Assessment) -> Body:
    body: Body = AssessmentBody(
        case_token=assessment.case.token,
        version=assessment.version,
        **values_of(assessment, d.ASSESSMENT),
        schema_version=assessment.schema_version,
        recorded_at=assessment.recorded_at.isoformat(),
    )
    return body
