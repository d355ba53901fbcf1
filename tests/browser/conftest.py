"""A stage for all walks, and a walk: one Node.js process, one browser with an empty profile, one report."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from deploy.demo import start as demo
from deploy.embedded.processes import Child
from tests.browser.stage import NAME, READY, free_port

FOLDER = Path(__file__).parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# On Debian the programs of the system are in no ordinary user's path.
PATH = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin"
STARTED_WITHIN, WALKED_WITHIN = 600, 900
NEEDED = {
    "Chromium": CHROMIUM,
    "nginx": shutil.which("nginx", path=PATH),
    "Node.js": shutil.which("node"),
    "the packages of tests/browser (`make browser` installs them)": (FOLDER / "node_modules/playwright-core").is_dir(),
}


@dataclass(frozen=True)
class Site:
    """An address of the program, and the sockets to which names lead in the browser's eyes; every other name leads nowhere."""

    base: str
    leads: dict[str, str]


@dataclass(frozen=True)
class Stage:
    """The program with both its addresses, and the people of the demo: a password and the secret of an app for each."""

    home: Path
    loopback: Site
    secure: Site
    people: dict[str, dict[str, str]]
    kept: Path  # the cookies of those who are signed in

    def walk(self, name: str, site: Site | None = None, **told: Any) -> Any:
        """What the walk `walks/<name>.mjs` reports. Nothing that was shown to it may have complained, or have gone elsewhere."""
        site = site or self.loopback
        given = {"chromium": CHROMIUM, "base": site.base, "leads": site.leads, "people": self.people, "walk": name}
        given["kept"] = str(self.kept)
        done = subprocess.run(
            ["node", str(FOLDER / "walks" / f"{name}.mjs")],
            input=json.dumps({**given, "shots": os.environ.get("HENVIS_SCREENSHOTS", ""), **told}),
            capture_output=True,
            text=True,
            timeout=WALKED_WITHIN,
        )
        assert done.returncode == 0, done.stderr[-6000:]
        report = json.loads(done.stdout)
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
        own = {"127.0.0.1": "127.0.0.1"}
        behind = Site(f"https://{NAME}", {f"{NAME}:443": f"127.0.0.1:{secure}"})
        kept = tmp_path_factory.mktemp("kept")
        yield Stage(home, Site(f"http://{demo.HOST}:{port}", own), behind, people, kept)


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
