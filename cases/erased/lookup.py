"""Whether a partner's referral is not there because it was erased: then it is not written again, and its own partner is told so."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from cases.erased import digests
from cases.errors import DomainError, Erased, NotFound

# Written out: every new referral asks this once.
ERASED = "SELECT EXISTS (SELECT FROM erased_erasedreference WHERE partner_id = %s AND digest = %s)"


def is_erased(partner_id: UUID, digest: str) -> bool:
    """Whether the partner had an erased referral of this name, given as its digest."""
    with connection.cursor() as cursor:
        cursor.execute(ERASED, [partner_id, digest])
        found: bool = cursor.fetchone()[0]
    return found


def refuse_erased(partner_id: UUID, reference: UUID) -> None:
    """Raise `Erased` where the partner's referral was erased. Under the partner's lock: an erasure waits for it."""
    if is_erased(partner_id, digests.of_reference(reference)):
        raise Erased


def missing_error(partner_id: UUID, reference: UUID) -> DomainError:
    """What a referral that is not there is: erased, or never there."""
    return Erased() if is_erased(partner_id, digests.of_reference(reference)) else NotFound()
