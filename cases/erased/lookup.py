"""Whether a missing referral was erased. An erased referral is not stored again, and its own partner is told why."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from cases.erased import digests
from cases.errors import DomainError, Erased, NotFound

# Plain SQL: every new referral runs it once.
ERASED = "SELECT EXISTS (SELECT FROM erased_erasedreference WHERE partner_id = %s AND digest = %s)"


def is_erased(partner_id: UUID, digest: str) -> bool:
    """Whether a referral of the partner with this digest of its name was erased."""
    with connection.cursor() as cursor:
        cursor.execute(ERASED, [partner_id, digest])
        found: bool = cursor.fetchone()[0]
    return found


def missing_error(partner_id: UUID, reference: UUID) -> DomainError:
    """The error for a referral that is not stored: `Erased`, or `NotFound`."""
    return Erased() if is_erased(partner_id, digests.of_reference(reference)) else NotFound()
