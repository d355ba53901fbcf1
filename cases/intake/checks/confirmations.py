"""Confirmations: that a partner stands by what a check asked about, with a reason. Append-only, and of this content alone."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid4

from django.db import connection

from cases.codelists import CONFIRMATION_REASON
from cases.errors import RulesBroken, Violation
from cases.intake.checks.delivery import DELIVERY_CHECKS
from cases.intake.checks.rows import IMPROBABLE
from cases.intake.values import SHAPES
from partners.credentials import Principal

# A rule, and the digest of what it asked about (`content_digest`, `DeliveryTally.digest_of`).
Pair = tuple[str, str]
CHECK_RULES = frozenset({*(each.code for each in IMPROBABLE), *DELIVERY_CHECKS})

KNOWN = """
SELECT rule, digest FROM intake_confirmation JOIN unnest(%s::text[], %s::text[]) AS asked (rule, digest) USING (rule, digest)
WHERE partner_id = %s
"""
CONFIRM = """
INSERT INTO intake_confirmation (id, partner_id, client_id, rule, digest, reason_code)
SELECT id, %s, %s, rule, digest, %s FROM unnest(%s::uuid[], %s::text[], %s::text[]) AS one (id, rule, digest)
ON CONFLICT (partner_id, digest, rule) DO NOTHING
"""


def confirmed_pairs(partner_id: UUID, pairs: Iterable[Pair]) -> set[Pair]:
    """Those pairs that the partner has confirmed, by one statement."""
    pairs_asked = set(pairs)
    if not pairs_asked:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [[rule for rule, _ in pairs_asked], [digest for _, digest in pairs_asked], partner_id])
        return set(cursor.fetchall())


def confirm(by: Principal, pairs: Iterable[Pair], reason_code: str) -> int:
    """Keep a confirmation of each pair, in the caller's transaction. Returns how many are new: a repeat keeps the first one.

    Raises `RulesBroken` where the reason is not on its list, or a rule is no check: what is wrong cannot be confirmed.
    """
    pairs_asked = sorted(set(pairs))
    violations = list(objections(pairs_asked, reason_code))
    if violations:
        raise RulesBroken(violations)
    ids, rules, digests = (
        [uuid4() for _ in pairs_asked],
        [rule for rule, _ in pairs_asked],
        [digest for _, digest in pairs_asked],
    )
    with connection.cursor() as cursor:
        cursor.execute(CONFIRM, [by.partner_id, by.client_pk, reason_code, ids, rules, digests])
        return int(cursor.rowcount)


def objections(pairs: Iterable[Pair], reason_code: str) -> Iterable[Violation]:
    if reason_code not in CONFIRMATION_REASON.by_code:
        yield Violation("reason_code", "code_unknown", SHAPES["code_unknown"], CONFIRMATION_REASON.names)
    if any(rule not in CHECK_RULES for rule, _ in pairs):
        yield Violation("rule", "code_unknown", SHAPES["code_unknown"], tuple(sorted(CHECK_RULES)))
