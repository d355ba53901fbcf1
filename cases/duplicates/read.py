"""Reading what a search compares: the current, not withdrawn referrals of live partners, each with its person and linkage code."""

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
# A decision is of cases; whom it is about is whom they stand for now.
TOLD_APART = f"""
SELECT coalesce(l.person_id, d.case_a_id), coalesce(m.person_id, d.case_b_id), d.reasons
FROM duplicates_duplicatedecision d
{join_linked_case("d.case_a_id")}
{join_linked_case("d.case_b_id", alias="m")}
WHERE d.decision = 'DIFFERENT'
"""
Pair = tuple[UUID, UUID]


def current(since: date | None = None) -> list[ReferralRow]:
    """The rows of referrals referred in a month or later (its first day); all of them without one."""
    with connection.cursor() as cursor:
        cursor.execute(CURRENT, [since or FIRST_MONTH])
        return [ReferralRow(person, month, tuple(codes), digest) for person, month, digest, *codes in cursor.fetchall()]


def pairs_found_different() -> dict[Pair, set[str]]:
    """The pairs of persons that staff found to be two, and on which reasons that was decided."""
    found: dict[Pair, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(TOLD_APART)
        for one, other, reasons in cursor.fetchall():
            found.setdefault((min(one, other), max(one, other)), set()).update(reasons)
    return found
