"""`make demo`: from its start to the first page and until it is complete, at first and again (dependencies being installed)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks.serving import ROOT, free_port
from benchmarks.setting import Setting
from tools.embedded.processes import Child

ROUNDS = 3
COMPLETE = b" s] complete\n"


def main(setting: Setting) -> None:
    """One home: a first start, then three more; at the smallest the first alone."""
    with tempfile.TemporaryDirectory(prefix="henvis-bench-demo-") as home:
        print("\nDemo, from its start to the first page, and until it is complete:")
        for number in range(1 + setting.size(ROUNDS, 0)):
            with running_demo(home) as demo:
                print(
                    f"{'again' if number else 'first start in an empty home'}: {demo.first_page:.1f} s, {demo.complete:.1f} s"
                )


@dataclass(frozen=True)
class CompleteDemo:
    """A demo that is complete: its port, and the seconds from its start to its first page and until it said so."""

    port: int
    first_page: float
    complete: float


@contextmanager
def running_demo(home: str) -> Iterator[CompleteDemo]:
    """A demo in this home, complete, until the block ends."""
    port = free_port()
    others = {
        name: value for name, value in os.environ.items() if not name.startswith(("HENVIS_", "DATABASE_URL", "DJANGO_"))
    }
    environment = {**others, "HENVIS_HOME": home, "PORT": str(port)}
    began = time.perf_counter()
    command = [sys.executable, "-m", "deploy.demo.start"]
    child = Child(command, stop_by=signal.SIGINT, patience=30, env=environment, output=subprocess.PIPE, cwd=ROOT)
    try:
        wait_for_page(port, child)
        first_page = time.perf_counter() - began
        wait_for_word(child)
        yield CompleteDemo(port, first_page, time.perf_counter() - began)
    finally:
        child.stop()
        assert child.process.stdout is not None
        child.process.stdout.close()


def wait_for_page(port: int, child: Child) -> None:
    """Ask until the front page is answered."""
    while child.running:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/en/", timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
        else:
            return
    raise SystemExit("the demo ended")


def wait_for_word(child: Child) -> None:
    """Read what it prints until it says that it is complete."""
    assert child.process.stdout is not None
    if not any(line.endswith(COMPLETE) for line in child.process.stdout):
        raise SystemExit("the demo ended")
