"""Many processes and threads write to one standard error, and no line is torn."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROCESSES, THREADS, LINES = 4, 6, 100
WRITE = f"""
import logging, os, sys, threading
from config import logs
import structlog

logs.configure()
access, library = structlog.get_logger("henvis.access"), logging.getLogger("some.library")

def write(thread):
    for number in range({LINES}):
        access.info("request", who=f"{{os.getpid()}}.{{thread}}.{{number}}", route="x" * (number % 90), status=200)
        library.warning("\\N{{LATIN SMALL LETTER AE}}" * (number * 40))

threads = [threading.Thread(target=write, args=[thread]) for thread in range({THREADS})]
for each in threads:
    each.start()
for each in threads:
    each.join()
"""


def started(output: int, unbuffered: str) -> list[subprocess.Popen[bytes]]:
    """The processes, each with the same standard error."""
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    command = [sys.executable, "-c", WRITE]
    return [subprocess.Popen(command, cwd=ROOT, env=environment, stderr=output) for _ in range(PROCESSES)]


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("into", ["pipe", "file"])
def test_every_line_is_whole(tmp_path: Path, into: str, unbuffered: str) -> None:
    if into == "pipe":
        reading, writing = os.pipe()
    else:
        writing = os.open(tmp_path / "log", os.O_WRONLY | os.O_CREAT)
    processes = started(writing, unbuffered)
    os.close(writing)
    text = Path(f"/dev/fd/{reading}").read_bytes() if into == "pipe" else b""
    assert [process.wait(60) for process in processes] == [0] * PROCESSES
    lines = (text or (tmp_path / "log").read_bytes()).splitlines()
    found = Counter(json.loads(line)["event"][:7] for line in lines)
    assert found["request"] == PROCESSES * THREADS * LINES == found.total() - found["request"]
    assert max(map(len, lines)) < 4096
    if into == "pipe":
        os.close(reading)
