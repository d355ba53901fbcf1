"""The key of a release: 32 random bytes in a file outside the database. Without it the database does not tell the noise."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

from partners import keyfiles
from stats.errors import refuse
from stats.models import Release
from stats.protection.keys import KEY_BYTES, new_key
from stats.publishing.choice import PROTECTED

NAME = re.compile(r"[0-9Q-]{4,9}\.(public|authority)\.[0-9a-f]{64}", re.ASCII)


def name_of(audience: str, period: str, digest: str) -> str:
    """The name of the key of a release of a period that counts the records of this digest.

    All drafts of the same records have the same key, whatever their tables and parameters: to draw again until the noise pleases
    would condition it on the truth. A vintage counts other records and has another key.
    """
    return f"{period}.{audience}.{digest}"


def name_for(release: Release) -> str:
    """The name of a stored release's key."""
    return name_of(release.audience, release.period, release.snapshots[PROTECTED.id])


def path_of(name: str) -> Path:
    """The file of a key."""
    if not NAME.fullmatch(name):
        raise LookupError("no key has such a name")
    return Path(settings.HENVIS_KEYS) / f"{name}.key"


def read(name: str) -> bytes:
    """A key by its name. Raises `ReleaseRefused` where there is none, or where it is damaged."""
    try:
        key = path_of(name).read_bytes()
    except OSError:
        raise refuse(
            f"Nøglen {name} er ikke i mappen med nøgler.", f"The key {name} is not in the directory of keys."
        ) from None
    if len(key) != KEY_BYTES:
        raise refuse(f"Nøglen {name} er beskadiget.", f"The key {name} is damaged.")
    return key


def provide(name: str) -> bytes:
    """The key of a name: drawn at the first call, and the same ever after."""
    keyfiles.draw(path_of(name), new_key())
    return read(name)
