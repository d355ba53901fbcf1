"""What a program started ends with it, whenever it is interrupted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.running import gone, until
from tools.embedded.processes import Child

ROOT = Path(__file__).parent.parent


def test_a_command_that_is_interrupted_takes_all_it_started_along(tmp_path: Path) -> None:
    script = f"sleep 100 & echo $! > {tmp_path}/pid; wait"
    command = [sys.executable, "-m", "tools.embedded.postgres", str(tmp_path / "home"), "/bin/sh", "-c", script]
    with subprocess.Popen(command, cwd=ROOT) as program:
        until(lambda: (tmp_path / "pid").exists() and bool((tmp_path / "pid").read_text().strip()))
        program.terminate()
        assert program.wait(15) == 130
    until(lambda: gone(int((tmp_path / "pid").read_text())))


INTERRUPTED_AT_BIRTH = """
import os, signal, subprocess, sys
from tools.embedded import postgres

class Interrupted(subprocess.Popen):
    def __init__(self, argv, **options):
        super().__init__(argv, **options)
        if argv[0] == "/bin/sleep":
            print(self.pid, flush=True)
            os.kill(os.getpid(), signal.SIGTERM)

subprocess.Popen = Interrupted
sys.exit(postgres.main())
"""


def test_an_interrupt_before_the_command_has_its_watcher_takes_it_along_too(tmp_path: Path) -> None:
    environment = {**os.environ, "DATABASE_URL": "postgresql:///unused"}
    command = [sys.executable, "-W", "error", "-c", INTERRUPTED_AT_BIRTH, str(tmp_path), "/bin/sleep", "100"]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stderr) == (130, "")
    until(lambda: gone(int(ended.stdout)))


def test_a_child_that_will_not_end_is_killed() -> None:
    stubborn = ["/bin/sh", "-c", "trap '' TERM; echo; while :; do sleep 0.1; done"]
    child = Child(stubborn, stop_by=signal.SIGTERM, patience=0, env={}, output=subprocess.PIPE)
    assert child.process.stdout is not None
    child.process.stdout.readline()
    assert child.stop() == child.stop() == -signal.SIGKILL
    child.process.stdout.close()
