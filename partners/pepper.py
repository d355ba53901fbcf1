"""HMACs under the pepper, and its fingerprint, by which a database recognises the one that it was made with.

Tombstones, idempotency keys, secrets and linkage codes are HMACs under the pepper. With another pepper none of them matches: an
erased person would be taken in again, and a retry would be stored twice.
"""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache

from django.conf import settings

LABEL = b"henvis.pepper.fingerprint"


def fingerprint(pepper: str) -> str:
    """HMAC-SHA-256 of a fixed label under the pepper, in hex. It reveals nothing of a pepper of 32 random bytes."""
    return hmac.new(pepper.encode(), LABEL, hashlib.sha256).hexdigest()


def seal(text: str) -> str:
    """HMAC-SHA-256 of a text under the pepper, in hex. It begins with a label of its use, so that no two uses share one.

    What is stored was made with these labels: one that changes makes a tombstone or a key match nothing.
    """
    digest = hmac_of(settings.HENVIS_PEPPER).copy()
    digest.update(text.encode())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def hmac_of(pepper: str) -> hmac.HMAC:
    """An HMAC that has taken in the pepper and nothing else: a copy of it costs half as much as a new one."""
    return hmac.new(pepper.encode(), digestmod=hashlib.sha256)
