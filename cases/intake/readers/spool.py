"""The spool: a private directory for what is sent, from its arrival as a part of a form until its rows are staged.

A file goes into it as it comes, and never into memory whole.

Names are random or the ids of batches, so that no name of a sender's file is ever a name here.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from cases.errors import DomainError


class TooLarge(DomainError):
    """More was sent than is taken."""


# What was left behind by a process that was killed is removed after this time.
KEPT_SECONDS = 24 * 3600.0
# So many bytes are written to see whether any can be.
PROBE = 64 * 1024


def directory() -> Path:
    """The directory, made at its first use; nobody else can look into it."""
    place = Path(settings.HENVIS_SPOOL)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def sweep(now: float) -> int:
    """Remove what has waited for longer than a day. Returns how many files."""
    end = now - KEPT_SECONDS
    files = [path for path in directory().iterdir() if written_at(path) < end]
    for path in files:
        forget(path)
    return len(files)


def written_at(path: Path) -> float:
    """When a file was written. Of one that another process has just removed: never mind, it is no old one."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return math.inf


def size_of(path: Path) -> int:
    """The bytes of a file; none of one that is not there, or no longer."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def size() -> int:
    """The bytes of all files."""
    return sum(map(size_of, directory().iterdir()))


def begin() -> tuple[Path, BinaryIO]:
    """A new file that only we can read, and the way to write it. Files that were left behind are removed.

    The new file says what time it is: files are dated by the clock of whoever keeps them, which need not be ours.
    """
    path = directory() / f"{uuid4()}.part"
    file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
    sweep(written_at(path))
    return path, file


def spool(chunks: Iterable[bytes], most_bytes: int) -> Path:
    """Write what is sent into a new file. Raises `TooLarge`, and leaves nothing behind where anything fails."""
    path, file = begin()
    try:
        with file:
            size = 0
            for chunk in chunks:
                size += len(chunk)
                if size > most_bytes:
                    raise TooLarge
                file.write(chunk)
    except BaseException:
        forget(path)
        raise
    return path


def takes_files() -> bool:
    """Whether what is sent can be written: the disk is not full, and the directory is ours."""
    try:
        forget(spool([bytes(PROBE)], PROBE))
    except OSError:
        return False
    return True


def place_of(batch_id: UUID) -> Path:
    """Where the file of a batch waits for its job."""
    return directory() / str(batch_id)


def keep(path: Path, batch_id: UUID) -> Path:
    """Let a file wait for the job of its batch, also over a restart of the machine."""
    target = place_of(batch_id)
    with path.open("rb") as file:
        os.fsync(file.fileno())
    path.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return target


def forget(path: Path) -> None:
    """Remove a file, if it is still there."""
    path.unlink(missing_ok=True)


FILE = "file"
CHUNK = 64 * 1024


class FileToSpool(FileUploadHandler):
    """Writes the part `file` into the spool. `path` is None until it has come; a part that is none of ours is passed over.

    Whoever has it discards it in the end (`discard`): what was taken away before stays where it was taken.
    """

    chunk_size = CHUNK

    def __init__(self) -> None:
        super().__init__()
        self.path: Path | None = None
        self.media_type: str | None = None
        self.name: str | None = None
        self.open_file: BinaryIO | None = None

    def new_file(self, field_name: str, file_name: str, content_type: str, *args: Any, **kwargs: Any) -> None:
        """Begin a part. Raises `SkipFile` for one that is not the file, or comes again."""
        super().new_file(field_name, file_name, content_type, *args, **kwargs)
        if field_name != FILE or self.path is not None:
            raise SkipFile
        self.path, self.open_file = begin()
        self.media_type, self.name = content_type or None, file_name

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep the next bytes of the file."""
        if self.open_file is not None:
            self.open_file.write(raw_data)

    def file_complete(self, file_size: int) -> None:
        if self.open_file is not None:
            self.open_file.close()
            self.open_file = None

    def discard(self) -> None:
        """Close the file, and leave nothing of it in the spool."""
        with suppress(OSError):
            self.file_complete(0)
        if self.path is not None:
            forget(self.path)
