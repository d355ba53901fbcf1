"""Secret keys in files outside the database, which the owner's programs draw for themselves and the web server never has."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from uuid import uuid4


def draw(path: Path, content: bytes) -> None:
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
