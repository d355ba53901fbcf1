"""A stage for all walks, and what walks over it: one Node.js process with one browser, and a report of each walk."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from deploy.demo import start as demo
from tests.browser.stage import NAME, READY, free_port
from tools.embedded import day
from tools.embedded.processes import Child

FOLDER = Path(__file__).parent
# The first that is here. Without windows it does the same in half the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
# On Debian the programs of the system are in no ordinary user's path.
PATH = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin"
STARTED_WITHIN, WALKED_WITHIN = 600, 900
NEEDED = {
    "Chromium": CHROMIUM,
    "nginx": shutil.which("nginx", path=PATH),
    "Node.js": shutil.which("node"),
    "the packages of tests/browser (`make browser` installs them)": (FOLDER / "node_modules/playwright-core").is_dir(),
}


@dataclass
class Walker:
    """A process of Node.js and its browser, for one walk after another; where it has ended, the next walk starts another."""

    log: Path
    process: subprocess.Popen[str] | None = None

    def report(self, told: dict[str, Any]) -> dict[str, Any]:
        """What a walk reports that is told this."""
        process = self.process if self.process and self.process.poll() is None else self.start()
        assert process.stdin and process.stdout
        patience = threading.Timer(WALKED_WITHIN, process.kill)
        patience.start()
        process.stdin.write(f"{json.dumps(told)}\n")
        process.stdin.flush()
        line = process.stdout.readline()
        patience.cancel()
        assert line, f"{told['walk']} has no report: {self.log.read_text()[-6000:]}"
        report: dict[str, Any] = json.loads(line)
        return report

    def start(self) -> subprocess.Popen[str]:
        """The process, which ends with what it reads from."""
        command = ["node", str(FOLDER / "walks/run.mjs")]
        # A browser has the machine's own day.
        env = {name: value for name, value in os.environ.items() if name not in day.NAMES}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
            )
        return self.process

    def stop(self) -> None:
        """Let the process end; in the middle of a walk it does not by itself."""
        if self.process:
            with suppress(subprocess.TimeoutExpired):
                self.process.communicate(timeout=10)
            self.process.kill()


@dataclass(frozen=True)
class Stage:
    """The program with both its addresses, and the people of the demo: a password and the secret of an app for each."""

    home: Path
    loopback: str
    secure: str
    leads: dict[str, str]  # the sockets to which names lead in the browser's eyes; every other name leads nowhere
    people: dict[str, dict[str, str]]
    kept: Path  # the cookies of those who are signed in
    walker: Walker

    def walk(self, name: str, base: str | None = None, **told: Any) -> Any:
        """What the walk `walks/<name>.mjs` reports. Nothing that was shown to it may have complained, or have gone elsewhere."""
        given = {"chromium": CHROMIUM, "base": base or self.loopback, "leads": self.leads, "people": self.people}
        own = {"walk": name, "kept": str(self.kept), "shots": os.environ.get("HENVIS_SCREENSHOTS", "")}
        report = self.walker.report({**given, **own, **told})
        assert "failed" not in report, report["failed"][-6000:]
        assert report["complaints"] == []
        return report["found"]


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The program, started once. HENVIS_BROWSER_HOME keeps its data for the next run, which then starts in seconds."""
    if missing := [what for what, here in NEEDED.items() if not here]:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(
            f"not here, so no form was sent by a browser: {', '.join(missing)}"
        )
    home = Path(os.environ.get("HENVIS_BROWSER_HOME") or tmp_path_factory.mktemp("stage"))
    home.mkdir(exist_ok=True, parents=True)
    port, secure = free_port(), free_port()
    log = home / "stage.log"
    with log.open("wb") as output, started(home, port, secure, output) as process:
        wait_until_ready(process, log)
        secrets = json.loads((home / "secrets.json").read_text())
        people = {
            name: {"password": secrets["admin_password"], "secret": secret}
            for name, secret in secrets["factors"].items()
        }
        leads = {"127.0.0.1": "127.0.0.1", "localhost": "127.0.0.1", f"{NAME}:443": f"127.0.0.1:{secure}"}
        kept = tmp_path_factory.mktemp("kept")
        walker = Walker(kept / "walker.log")
        yield Stage(home, f"http://{demo.HOST}:{port}", f"https://{NAME}", leads, people, kept, walker)
        walker.stop()


def started(home: Path, port: int, secure: int, output: Any) -> Child:
    """The stage, told nothing of the database and the keys of the other tests."""
    env = {
        name: value for name, value in os.environ.items() if not name.startswith(("HENVIS_", "DATABASE_", "DJANGO_"))
    }
    command = [sys.executable, "-m", "tests.browser.stage", str(home), str(port), str(secure)]
    env |= {"HENVIS_HOME": str(home), "PATH": PATH}
    return Child(command, stop_by=signal.SIGTERM, patience=60, env=env, output=output, cwd=FOLDER.parents[1])


def wait_until_ready(process: Child, log: Path) -> None:
    """Wait for what the stage prints at last."""
    end = time.monotonic() + STARTED_WITHIN
    while READY not in log.read_text():
        assert process.running and time.monotonic() < end, log.read_text()[-3000:]
        time.sleep(0.2)
