"""The key of a release: 32 random bytes in a file of their own, outside the database, which alone tells nothing without it."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from django.conf import settings

from cases.statistics.errors import ReleaseRefused

BYTES = 32
NAME = re.compile(r"[0-9Q-]{4,9}\.[pa][1-9][0-9]{0,5}", re.ASCII)


def path_of(release_id: str) -> Path:
    """The file of a release's key."""
    if not NAME.fullmatch(release_id):
        raise LookupError("no protected release has such an id")
    return Path(settings.HENVIS_KEYS) / f"{release_id}.key"


def read(release_id: str) -> bytes:
    """A release's key. Raises `ReleaseRefused` where there is none, or none that is whole."""
    try:
        key = path_of(release_id).read_bytes()
    except OSError:
        raise ReleaseRefused(f"The key of {release_id} is not in the directory of keys.") from None
    if len(key) != BYTES:
        raise ReleaseRefused(f"The key of {release_id} is damaged.")
    return key


def provide(release_id: str) -> bytes:
    """The key of a release that is being built: drawn once, and the same again when the build is resumed.

    A key is never drawn anew for the same release: to choose among keys would condition the noise on the truth.
    """
    path = path_of(release_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return read(release_id)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(BYTES))
        file.flush()
        os.fsync(file.fileno())
    return read(release_id)
