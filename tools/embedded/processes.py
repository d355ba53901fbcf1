"""Child processes that never outlive the program, and locks that say who works where: for the demo and the tests.

Both rest on file descriptors, which the kernel closes however a program ends: a watcher reads a pipe whose other end
only we hold, and a lock is held as long as a descriptor is open.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

# $1 signal, $2 process, $3 seconds of patience, $4 a directory to remove or nothing. `read` returns when the program at
# the other end of the pipe is gone.
WATCH = """
trap '' INT TERM HUP
read -r _
kill -s "$1" "$2"
while kill -s 0 "$2" && [ "$3" -gt 0 ]; do sleep 1; set -- "$1" "$2" "$(($3 - 1))" "$4"; done
kill -s KILL "$2" "-$2"
[ -z "$4" ] || rm -rf "$4"
"""


def lock(path: Path, *, wait: float = 0) -> int:
    """Lock a file until the descriptor returned is closed; raise `BlockingIOError` if it is not free in time."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    end = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return descriptor
        except BlockingIOError:
            if time.monotonic() >= end:
                os.close(descriptor)
                raise
        time.sleep(0.05)


def fresh_log(path: Path) -> IO[bytes]:
    """An empty log that only its owner may read; the one of the last run is kept beside it."""
    if path.exists():
        path.replace(path.with_name(f"{path.name}.1"))
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600), "wb")


@contextlib.contextmanager
def hold_signals() -> Iterator[None]:
    """Let SIGINT and SIGTERM that come meanwhile take effect at the end.

    A process is in nobody's hands between its fork and its watcher's: an interrupt in between would leave it behind. To
    block the signals in the kernel would not do, as a child inherits what is blocked, but not a handler.
    """
    came: list[int] = []
    main_thread = threading.current_thread() is threading.main_thread()
    signals = [s for s in (signal.SIGINT, signal.SIGTERM) if main_thread and callable(signal.getsignal(s))]
    before = {one: signal.signal(one, lambda number, _: came.append(number)) for one in signals}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
        for number in came:
            signal.raise_signal(number)


class Child:
    """A process with its own session, so Ctrl-C reaches us alone, and with a watcher, so kill -9 of us reaches it.

    The watcher also removes the directory that the process `leaves`; after an orderly `stop` that is the caller's to do.
    """

    def __init__(
        self,
        argv: Sequence[str | Path],
        *,
        stop_by: signal.Signals,
        patience: int,
        env: Mapping[str, str],
        output: IO[Any] | int | None = None,
        stdin: int = subprocess.DEVNULL,
        leaves: Path | None = None,
        **options: Any,
    ) -> None:
        self.stop_by, self.patience = stop_by, patience
        self._watcher: subprocess.Popen[bytes] | None = None
        with contextlib.ExitStack() as on_failure:
            with hold_signals():
                self.process = subprocess.Popen(
                    argv,
                    env=env,
                    stdin=stdin,
                    stdout=output,
                    stderr=None if output is None else subprocess.STDOUT,
                    start_new_session=True,
                    **options,
                )
                on_failure.callback(self.stop)
                self._watcher = self._watch(leaves)
            on_failure.pop_all()

    def _watch(self, leaves: Path | None) -> subprocess.Popen[bytes]:
        arguments = [self.stop_by.name[3:], str(self.process.pid), str(self.patience), str(leaves or "")]
        return subprocess.Popen(
            ["/bin/sh", "-c", WATCH, "watcher", *arguments],
            cwd="/",
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def running(self) -> bool:
        """Whether the process has not ended."""
        return self.process.poll() is None

    def stop(self) -> int:
        """Ask, wait, insist; return the exit status. Safe to call again."""
        if self.running:
            self.process.send_signal(self.stop_by)
        try:
            status = self.process.wait(self.patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = self.process.wait()
        if (watcher := self._watcher) and watcher.stdin and not watcher.stdin.closed:
            watcher.kill()
            watcher.wait()
            watcher.stdin.close()
            self._kill_group()
        return status

    def _kill_group(self) -> None:
        """End what the process left behind in its session."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
