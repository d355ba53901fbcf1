"""A client that acts for another partner: by its mandate, or as its successor."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from partners.credentials import Principal, run
from partners.kinds import Kind, Scope

# Whoever has taken over a partner's records reads and corrects them, under an agreement of its own; whoever has a mandate sends new
# ones under that of the giver. Test mode follows the mandates of the live rows, and knows no successors.
ON_BEHALF = """
SELECT g.name, g.kind, s.successor IS NOT NULL,
    (SELECT max(a.version) FROM organisations_agreementconfirmation a WHERE a.partner_id = coalesce(s.successor, g.id))
FROM partners_partner g
JOIN partners_partner p ON p.id = %s AND p.mode = g.mode AND p.id <> g.id
CROSS JOIN LATERAL (SELECT CASE WHEN g.mode = 'LIVE' THEN henvis_successor(g.id) END) AS s (successor)
WHERE g.id = %s AND (
    s.successor = p.id
    OR g.active AND henvis_has_mandate(coalesce(g.twin_of_id, g.id), coalesce(p.twin_of_id, p.id))
)
"""
# The most that a client may do on behalf of another partner, whatever its own scopes.
SCOPES_OF_MANDATE = frozenset({str(Scope.REFERRALS_WRITE)})
SCOPES_OF_SUCCESSOR = frozenset({str(Scope.REFERRALS_WRITE), str(Scope.REFERRALS_READ)})


def on_behalf(who: Principal, partner_id: UUID) -> Principal | None:
    """The caller as it acts for another partner; None where it may not, or where there is no such partner."""
    row = run(ON_BEHALF, [who.partner_id, partner_id])
    if row is None:
        return None
    name, kind, is_successor, agreement = row
    return replace(
        who,
        partner_id=partner_id,
        partner_name=name,
        kind=Kind(kind),
        scopes=who.scopes & (SCOPES_OF_SUCCESSOR if is_successor else SCOPES_OF_MANDATE),
        agreement=agreement,
        sender_id=who.partner_id,
        is_successor=is_successor,
    )
