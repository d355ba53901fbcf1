"""Digests of erased tokens and references: HMAC-SHA-256 under the pepper, in hexadecimal, with a label for each kind.

Tokens have 50 random bits and references 122. Without the pepper nobody can find one by trying.
"""

from __future__ import annotations

from uuid import UUID

from partners import pepper


def of_token(token: str, *, test: bool) -> str:
    """The digest of a canonical token, live or test."""
    return seal("test-token" if test else "token", token)


def of_reference(reference: UUID | str) -> str:
    return seal("reference", str(reference))


def seal(kind: str, text: str) -> str:
    """HMAC-SHA-256 of a labelled text."""
    return pepper.seal(f"erased:{kind}:{text}")
