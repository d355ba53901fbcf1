"""`make demo`: the first start in an empty home, and the second one to its first answer (dependencies being installed)."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.serving import ROOT, free_port
from benchmarks.setting import Setting
from deploy.embedded.processes import Child

ROUNDS = 3


def main(setting: Setting) -> None:
    """One home: a first start, then three more; at the smallest the first alone."""
    with tempfile.TemporaryDirectory(prefix="henvis-bench-demo-") as home:
        print(f"\nDemo, first start in an empty home to first answer: {one_start(home):.1f} s")
        seconds = [f"{one_start(home):.1f}" for _ in range(setting.size(ROUNDS, 0))]
        print(f"Demo, second start to first answer: {', '.join(seconds)} s")


def one_start(home: str) -> float:
    """Start, wait for an answer of the API, stop."""
    with running_demo(home) as (_, seconds):
        return seconds


@contextmanager
def running_demo(home: str) -> Iterator[tuple[int, float]]:
    """A demo in this home until the block ends: its port, and the seconds from its start to its first answer."""
    port = free_port()
    others = {
        name: value for name, value in os.environ.items() if not name.startswith(("HENVIS_", "DATABASE_URL", "DJANGO_"))
    }
    environment = {**others, "HENVIS_HOME": home, "PORT": str(port)}
    began = time.perf_counter()
    with open(os.devnull, "wb") as sink:  # noqa: PTH123 (a device)
        command = [sys.executable, "-m", "deploy.demo.start"]
        child = Child(command, stop_by=signal.SIGINT, patience=30, env=environment, output=sink, cwd=ROOT)
        try:
            wait_for_answer(port, child)
            yield port, time.perf_counter() - began
        finally:
            child.stop()


def wait_for_answer(port: int, child: Child) -> None:
    """Ask until the code lists are answered."""
    while child.running:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/codelists", timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
        else:
            return
    raise SystemExit("the demo ended")
