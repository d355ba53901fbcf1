"""Secret keys in files outside the database, which the owner's programs draw for themselves and the web server never has."""

from __future__ import annotations

import os
from pathlib import Path


def draw(path: Path, content: bytes) -> None:
    """Write a fresh key into a new file that nobody else can read. One that is there stays as it is."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
