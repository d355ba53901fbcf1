"""Processes that tests start: waiting for them, and whether they are gone; and programs that they lack."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest


def until(condition: Callable[[], bool]) -> None:
    """Wait for a condition; a machine may be busy with much else."""
    end = time.monotonic() + 90
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def lacks(what: str) -> NoReturn:
    """Skip a test aloud for what this machine lacks; where everything is brought (CI=true), fail."""
    (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(what)


def gone(pid: int) -> bool:
    """Whether a process has ended; a zombie has, even where nobody collects it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True
