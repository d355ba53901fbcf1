"""Recording an authority's assessment of a case, and who may read it.

Each deciding authority has its own series of versions on a case, so that nobody learns from a conflict what another has decided;
`cases.statistics` says which decision counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from cases import dictionary as d
from cases import rules
from cases.conditions import NONE, Condition
from cases.errors import ConsentNeeded, NotFound
from cases.fields import stored
from cases.models import Assessment, Status
from cases.opening import case_for, find
from cases.submit import REFERRALS
from cases.versions import VersionTable
from partners import locks
from partners.credentials import Principal

ASSESSMENTS = VersionTable(Assessment, "case_id", "partner_id")
COLUMNS = tuple(field.name for field in d.ASSESSMENT)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a write came to."""

    assessment: Assessment
    created: bool
    changed: bool


def put(*, by: Principal, token: str, values: Mapping[str, object], condition: Condition = NONE) -> Recorded:
    """Record or correct the caller's assessment of a case. Raises `RulesBroken`, `Stale`, `PreconditionRequired`.

    A token that nobody issued opens a case, with the same answer: see `cases.opening.case_for`.
    """
    row = stored(d.ASSESSMENT, values)
    with transaction.atomic():
        at = locks.serialise(by.partner_id)
        case = find(token, by=by)
        current = ASSESSMENTS.current(case.pk, by.partner_id) if case is not None else None
        if current is not None and all(getattr(current, name) == row[name] for name in COLUMNS):
            return Recorded(current, created=False, changed=False)
        rules.check(d.ASSESSMENT, rules.ASSESSMENT_RULES, row, current)
        condition.check(current.version if current else None, replaces=True)
        case = case or case_for(token, by=by, at=at)
        signed = {"partner_id": by.partner_id, "client_id": by.client_pk, "schema_version": d.SCHEMA_VERSION}
        written = ASSESSMENTS.append(current, at=at, case=case, values={**row, **signed})
    return Recorded(written, created=current is None, changed=True)


def get(*, by: Principal, token: str) -> Assessment:
    """The caller's own assessment of a case. Raises `NotFound` where there is none, whether or not the case exists."""
    case = find(token, by=by)
    current = ASSESSMENTS.current(case.pk, by.partner_id) if case is not None else None
    if current is None:
        raise NotFound
    return current


def outcome_for(*, by: Principal, reference: UUID) -> str:
    """The outcome of the case of the caller's own referral, where the person consented to that referral's being shown.

    IDENTIFIED where any authority has identified, else the latest outcome that is not PENDING, else PENDING: an unassessed case, an
    unknown one and one under way read alike. Raises `NotFound`, and `ConsentNeeded` where the referral's consent is not GIVEN.
    """
    referral = REFERRALS.current(by.partner_id, reference)
    if referral is None or referral.status == Status.WITHDRAWN:
        raise NotFound
    if referral.consent != "GIVEN":
        raise ConsentNeeded
    current = Assessment.objects.current().filter(case_id=referral.case_id).order_by("recorded_at", "id")
    outcomes = list(current.exclude(outcome="PENDING").values_list("outcome", flat=True))
    if "IDENTIFIED" in outcomes:
        return "IDENTIFIED"
    return str(outcomes[-1]) if outcomes else "PENDING"
