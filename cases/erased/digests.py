"""Digests of erased tokens and references, HMAC-SHA-256 under the pepper, and whether a missing referral was erased.

An erased referral is not stored again, and its own partner is told why.

Tokens have 50 random bits and references 122. Without the pepper nobody can find one by trying.
"""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from cases.errors import DomainError, Erased, NotFound
from core import keys


def of_token(token: str, *, test: bool) -> str:
    """The digest of a canonical token, live or test."""
    return seal("test-token" if test else "token", token)


def of_reference(reference: UUID | str) -> str:
    return seal("reference", str(reference))


def seal(kind: str, text: str) -> str:
    """HMAC-SHA-256 of a labelled text."""
    return keys.seal(f"erased:{kind}:{text}")


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
    return Erased() if is_erased(partner_id, of_reference(reference)) else NotFound()
