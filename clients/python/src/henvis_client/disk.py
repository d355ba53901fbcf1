"""Writing that survives a crash and that nobody else reads, and a lock between processes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

FILE_MODE, FOLDER_MODE = 0o600, 0o700
PART = ".part"


def make_folder(path: Path) -> Path:
    """A folder that only its owner enters."""
    path.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    if os.name == "posix" and path.stat().st_mode & 0o077:
        path.chmod(FOLDER_MODE)
    return path


def write_safely(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file of mode 0600. After a crash it is there as a whole or not at all, and so is what stood there before."""
    part = path.with_name(f".{uuid4().hex}{PART}")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), FILE_MODE)
    try:
        with os.fdopen(descriptor, "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    settle(path.parent)


def settle(folder: Path) -> None:
    """Have the names in a folder survive a crash. Windows does so by itself."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove(path: Path) -> None:
    """Remove a file, where it is there, so that it stays away after a crash."""
    path.unlink(missing_ok=True)
    with suppress(FileNotFoundError):
        settle(path.parent)


@contextmanager
def hold_lock(path: Path) -> Iterator[None]:
    """Hold a lock file; wait for another process that holds it. A process that ends, however it ends, holds it no longer."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, FILE_MODE)
    try:
        acquire(descriptor)
        try:
            yield
        finally:
            release(descriptor)
    finally:
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def acquire(descriptor: int) -> None:
        """Wait for the lock."""
        while True:
            with suppress(OSError):
                return msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)

    def release(descriptor: int) -> None:
        """Give the lock back."""
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def acquire(descriptor: int) -> None:
        """Wait for the lock."""
        fcntl.flock(descriptor, fcntl.LOCK_EX)

    def release(descriptor: int) -> None:
        """Give the lock back."""
        fcntl.flock(descriptor, fcntl.LOCK_UN)
