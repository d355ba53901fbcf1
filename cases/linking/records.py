"""The records of cases after all standing splits: each record belongs to the case that a split last moved it to."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from cases.linking.person_sql import current, join_moved_record

# A record belongs to one of the cases by its own case, or by a link from its own case.
OF_CASES = """
SELECT r.id, r.partner_id, {reference} AS reference, r.case_id AS own_case, coalesce(x.case_id, r.case_id) AS case, x.id AS link
FROM {table} r {moved}
WHERE r.superseded_at IS NULL AND coalesce(x.case_id, r.case_id) = ANY(%(cases)s) AND r.case_id IN (
    SELECT unnest(%(cases)s::uuid[]) UNION SELECT y.from_case_id FROM linking_recordlink y
    WHERE y.case_id = ANY(%(cases)s) AND {current}
)
"""
REFERRALS = OF_CASES.format(
    reference="r.reference", table="cases_referral", moved=join_moved_record("r"), current=current("y")
)
ASSESSMENTS = OF_CASES.format(
    reference="NULL::uuid",
    table="cases_assessment",
    moved=join_moved_record("r", reference=False),
    current=current("y"),
)
ALL = f"{REFERRALS} UNION ALL {ASSESSMENTS} ORDER BY 2, 3, 1"


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """The current version of a referral (with a reference) or of an assessment, and the case that it belongs to.

    `link` is the id of the link that moved it from `own_case`, if one did. A withdrawn referral is a record too.
    """

    version: UUID
    partner: UUID
    reference: UUID | None
    own_case: UUID
    case: UUID
    link: UUID | None


def records_of(*cases: UUID) -> list[CaseRecord]:
    with connection.cursor() as cursor:
        cursor.execute(ALL, {"cases": list(cases)})
        return [CaseRecord(*row) for row in cursor.fetchall()]
