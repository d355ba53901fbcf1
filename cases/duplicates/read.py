"""The input of a search: current, not withdrawn referrals of live partners, with their persons and linkage codes."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import connection

from cases.duplicates.table import FIELDS, ReferralRow
from cases.linking.person_sql import PERSON, join_linked_case, join_person
from cases.months import FIRST_MONTH

CURRENT = f"""
SELECT {PERSON.format("r")}, (extract(year FROM r.referred_in) * 12 + extract(month FROM r.referred_in))::int, k.digest,
       {", ".join(f"r.{field.name}" for field in FIELDS)}
FROM cases_referral r
JOIN partners_partner p ON p.id = r.partner_id AND p.mode = 'LIVE'
JOIN cases_case c ON c.id = r.case_id AND NOT c.test
{join_person("r")}
LEFT JOIN duplicates_linkagecode k ON k.partner_id = r.partner_id AND k.reference = r.reference
WHERE r.superseded_at IS NULL AND r.status <> 'withdrawn' AND r.referred_in >= %s
"""
# A decision names cases. It is about the persons to whom those cases belong now.
FOUND_DIFFERENT = f"""
SELECT coalesce(l.person_id, d.case_a_id), coalesce(m.person_id, d.case_b_id), d.reasons
FROM duplicates_duplicatedecision d
{join_linked_case("d.case_a_id")}
{join_linked_case("d.case_b_id", alias="m")}
WHERE d.decision = 'DIFFERENT'
"""
Pair = tuple[UUID, UUID]


def current(since: date | None = None) -> list[ReferralRow]:
    """The referrals referred in the month `since` (its first day) or later; without it, all referrals."""
    with connection.cursor() as cursor:
        cursor.execute(CURRENT, [since or FIRST_MONTH])
        return [ReferralRow(person, month, tuple(codes), digest) for person, month, digest, *codes in cursor.fetchall()]


def pairs_found_different() -> dict[Pair, set[str]]:
    """The pairs that staff decided to be two persons, and the evidence on which they decided."""
    pairs: dict[Pair, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(FOUND_DIFFERENT)
        for one, other, reasons in cursor.fetchall():
            pairs.setdefault((min(one, other), max(one, other)), set()).update(reasons)
    return pairs
