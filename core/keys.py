"""Keys: HMACs under the pepper with its fingerprint, by which a database knows the one it was made with, and secret keys in files.

Tombstones, idempotency keys, secrets and linkage codes are HMACs under the pepper. With another pepper none of them matches: an
erased person would be taken in again, and a retry would be stored twice. The owner's programs draw the keys in files for
themselves, outside the database, and the web server never has them.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

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


def draw_key(path: Path, content: bytes) -> None:
    """Write a fresh key into a new file that nobody else can read. One that is there stays as it is.

    The file has its name once it is whole: a disk that is full leaves none that is empty.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f".{uuid4().hex}")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(part)
    finally:
        part.unlink(missing_ok=True)
