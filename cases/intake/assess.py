"""Recording an authority's assessment of a case, and who may read it.

Each deciding authority has its own series of versions on a case, so that no authority learns from a refusal what another one
decided. `cases.linking.resolution` says which decision counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from cases import dictionary as d
from cases.erased import digests
from cases.errors import ConsentNeeded, NotFound, RestrictionHolds
from cases.fields import to_stored
from cases.intake import rules
from cases.intake.submit import OF_CASE, REFERRALS, demand_agreement
from cases.intake.versions import VersionTable
from cases.linking.persons import PERSON, current, join_moved_record, join_person
from cases.models import Assessment
from cases.opening import find_or_open
from cases.rules import ASSESSMENT_RULES
from cases.versions import NONE, Condition, Status
from partners import locks
from partners.credentials import Principal
from partners.kinds import Mode

ASSESSMENTS = VersionTable(Assessment, "case_id", "partner_id")
COLUMNS = tuple(field.name for field in d.ASSESSMENT)
# Of all cases of the person, without the assessments that a split moved away.
OUTCOMES = f"""
WITH person AS (
    SELECT {PERSON.format("r")} AS id FROM cases_referral r {join_person("r")} WHERE r.id = %s
), member AS (
    SELECT id FROM person UNION ALL
    SELECT l.case_id FROM person JOIN linking_caselink l ON l.person_id = person.id AND {current("l")}
), assessed AS (
    SELECT a.id, a.recorded_at, a.outcome FROM member JOIN cases_assessment a ON a.case_id = member.id
    {join_moved_record("a", reference=False)} WHERE x.id IS NULL AND a.superseded_at IS NULL
    UNION ALL
    SELECT a.id, a.recorded_at, a.outcome FROM member
    JOIN linking_recordlink x ON x.case_id = member.id AND x.reference IS NULL AND {current("x")}
    JOIN cases_assessment a ON a.partner_id = x.partner_id AND a.case_id = x.from_case_id AND a.superseded_at IS NULL
)
SELECT outcome FROM assessed WHERE outcome <> 'PENDING' ORDER BY recorded_at, id
"""


@dataclass(frozen=True, slots=True)
class AssessmentResult:
    """The result of a write. `changed` is false where the same content was stored already."""

    assessment: Assessment
    created: bool
    changed: bool


def put(*, by: Principal, token: str, values: Mapping[str, object], condition: Condition = NONE) -> AssessmentResult:
    """Record or correct the caller's assessment of a case.

    Raises `AgreementMissing`, `RulesBroken`, `Stale`, `PreconditionRequired`.

    A token that the centre did not issue opens a case, with the same answer: see `cases.opening.find_or_open`.
    """
    demand_agreement(by)
    row = to_stored(d.ASSESSMENT, values)
    with transaction.atomic():
        at = locks.serialise(by.partner_id)
        current = ASSESSMENTS.of_token(token, test=by.mode == Mode.TEST, partner_id=by.partner_id)
        if current is not None and all(getattr(current, name) == row[name] for name in COLUMNS):
            return AssessmentResult(current, created=False, changed=False)
        rules.check(d.ASSESSMENT, ASSESSMENT_RULES, row, current)
        condition.check(current.version if current else None, replaces=True)
        case = current.case if current is not None else find_or_open(token, by=by, at=at, restriction=OF_CASE)
        signature = {"partner_id": by.partner_id, "client_id": by.client_pk, "schema_version": d.SCHEMA_VERSION}
        new_version = ASSESSMENTS.append(current, at=at, case=case, values={**row, **signature})
    return AssessmentResult(new_version, created=current is None, changed=True)


def get(*, by: Principal, token: str) -> Assessment:
    """The caller's own assessment of a case. Raises `NotFound` where there is none, also where there is no such case, and
    `RestrictionHolds`.
    """
    current = ASSESSMENTS.of_token(token, test=by.mode == Mode.TEST, partner_id=by.partner_id)
    if current is None:
        raise NotFound
    if current.is_restricted:
        raise RestrictionHolds(current.version)
    return current


def outcome_for(*, by: Principal, reference: UUID) -> str:
    """The outcome for the person of the caller's own referral. It is shown only where that referral's consent is GIVEN.

    IDENTIFIED where any authority identified the person, else the latest outcome that is not PENDING, else PENDING. So an
    unassessed case, an unknown case and a running assessment read alike. Raises `NotFound`, `Erased`, `RestrictionHolds`, and
    `ConsentNeeded` where the consent is not GIVEN.
    """
    referral = REFERRALS.current(by.partner_id, reference)
    if referral is None:
        raise digests.missing_error(by.partner_id, reference)
    if referral.is_restricted:
        raise RestrictionHolds(referral.version)
    if referral.status == Status.WITHDRAWN:
        raise NotFound
    if referral.consent != "GIVEN":
        raise ConsentNeeded
    with connection.cursor() as cursor:
        cursor.execute(OUTCOMES, [referral.pk])
        outcomes = [outcome for (outcome,) in cursor.fetchall()]
    if "IDENTIFIED" in outcomes:
        return "IDENTIFIED"
    return str(outcomes[-1]) if outcomes else "PENDING"
