"""The records of cases as the decisions leave them: a referral or an assessment is of the case that it was moved to last."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from cases.linking.persons import current, moved

# A record is of one of the cases by itself, or by a link that leads there from its own.
OF_CASES = """
SELECT r.id, r.partner_id, {reference} AS reference, r.case_id AS own_case, coalesce(x.case_id, r.case_id) AS case, x.id AS link
FROM {table} r {moved}
WHERE r.superseded_at IS NULL AND coalesce(x.case_id, r.case_id) = ANY(%(cases)s) AND r.case_id IN (
    SELECT unnest(%(cases)s::uuid[]) UNION SELECT y.from_case_id FROM linking_recordlink y
    WHERE y.case_id = ANY(%(cases)s) AND {current}
)
"""
REFERRALS = OF_CASES.format(reference="r.reference", table="cases_referral", moved=moved("r"), current=current("y"))
ASSESSMENTS = OF_CASES.format(
    reference="NULL::uuid", table="cases_assessment", moved=moved("r", reference=False), current=current("y")
)
ALL = f"{REFERRALS} UNION ALL {ASSESSMENTS} ORDER BY 2, 3, 1"


@dataclass(frozen=True, slots=True)
class Record:
    """The current version of a referral (with a reference) or of an assessment, and the case that it is of.

    `link` is the id of the link that moved it from its own case, if one did. A withdrawn referral is a record too.
    """

    version: UUID
    partner: UUID
    reference: UUID | None
    own_case: UUID
    case: UUID
    link: UUID | None


def records_of(*cases: UUID) -> list[Record]:
    """Every record of these cases."""
    with connection.cursor() as cursor:
        cursor.execute(ALL, {"cases": list(cases)})
        return [Record(*row) for row in cursor.fetchall()]
