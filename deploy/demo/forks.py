"""Commands of `manage.py` as forks of a program that has imported everything, each with a log of its own.

A program that forks has no connection, no thread and no solver of its own: a fork would share them.
"""

from __future__ import annotations

import gc
import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from multiprocessing.context import ForkContext, ForkProcess
from pathlib import Path

from tools.embedded.processes import fresh_log

# Seconds: a worker lets its jobs go after five. What it does not end in this time is done again at the next start.
PATIENCE = 7


@contextmanager
def imports() -> Iterator[None]:
    """A block that imports what forks will share. Nothing of it becomes garbage, so nothing is looked for meanwhile or later."""
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()


@contextmanager
def forks(works: Mapping[str, Callable[[], object]]) -> Iterator[list[ForkProcess]]:
    """Forks that do these works, by name, and end with the block."""
    processes = [ForkContext().Process(target=do, args=(work,), name=name) for name, work in works.items()]
    try:
        for each in processes:
            each.start()
        yield processes
    finally:
        children = [each for each in processes if each.pid]
        for each in children:
            each.terminate()
        end = time.monotonic() + PATIENCE
        for each in children:
            each.join(max(end - time.monotonic(), 0))
            each.kill()
            each.join()


def do(work: Callable[[], object]) -> None:
    """Do it. A signal to the program means something else there."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    work()


def commands(home: Path, lines: Mapping[str, str]) -> dict[str, Callable[[], object]]:
    """Commands by the name of their log."""
    return {log: partial(run, home / log, line) for log, line in lines.items()}


def run(log: Path, line: str) -> None:
    """Run a command. What it says goes to the log."""
    from django.core.management import call_command  # only here are the settings complete

    with fresh_log(log) as output:
        for stream in (1, 2):
            os.dup2(output.fileno(), stream)
    call_command(*line.split())
