"""The newcomer's way: clone, `make demo`, paste the README's lines. Nothing but the clone, a PATH and a home is given."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUN = re.compile(r"<!-- run -->\n```sh\n(.*?)```", re.DOTALL)
FIRST_START, SECOND_START = 300, 60

pytestmark = pytest.mark.journey


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh clone of what is committed, below a directory that only we may enter."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: nothing to clone")
    target = tmp_path_factory.mktemp("bare", numbered=True)
    target.chmod(0o700)
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(target / "henvis")], check=True, capture_output=True)
    return target / "henvis"


def bare_environment(port: int) -> dict[str, str]:
    """An empty environment, but for where programs, downloads kept by uv, and the port are."""
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": os.environ.get("HOME", "/tmp"), "PORT": str(port)}


@contextmanager
def demo(clone: Path, port: int, patience: float) -> Iterator[dict[str, object]]:
    """`make demo` until the block ends; what demo.json says, once the server answers."""
    log = (clone.parent / "demo.log").open("wb")
    process = subprocess.Popen(
        ["make", "demo"],
        cwd=clone,
        env=bare_environment(port),
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        wait_until_ready(process, port, patience, Path(log.name))
        yield json.loads((clone / ".henvis/demo.json").read_text())
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=30)
        log.close()


def wait_until_ready(process: subprocess.Popen[bytes], port: int, patience: float, log: Path) -> None:
    """Wait for the guide that `make demo` prints once it serves."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if "Ctrl-C ends it." in log.read_text():
            return
        assert process.poll() is None, log.read_text()[-3000:]
        time.sleep(0.1)
    raise AssertionError(f"not ready within {patience} s:\n{log.read_text()[-3000:]}")


def readme_script() -> str:
    """The README's lines, each echoed, the first failure ending the run."""
    blocks = RUN.findall((ROOT / "README.md").read_text())
    assert len(blocks) >= 5
    return "set -eu\n" + "\n".join(blocks)


def printed_lines(clone: Path) -> str:
    """The curl lines that `make demo` printed."""
    guide = (clone.parent / "demo.log").read_text().split("TOKEN=", 1)[1].split("Ctrl-C", 1)[0]
    return "set -eu\nTOKEN=" + guide.replace("curl -s ", "curl -sS --fail ")


def shell(script: str, clone: Path, port: int) -> str:
    """Run lines as a newcomer's shell does."""
    done = subprocess.run(
        ["sh"],
        input=script,
        cwd=clone,
        env=bare_environment(port),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


def test_demo_readme_and_second_start(clone: Path) -> None:
    """One first start, the README, the printed lines, a kill, and a second start that still has the data."""
    if shutil.which("curl") is None:
        pytest.skip("no curl on this machine: the README's lines cannot be run")
    port = free_port()
    with demo(clone, port, FIRST_START) as told:
        check_demo_json(told, clone, port)
        output = shell(readme_script(), clone, port)
        check_readme_output(output)
        assert '"partner"' in shell(printed_lines(clone), clone, port)
    reference = re.findall(r'"reference":"([0-9a-f-]{36})"', output)[0]
    with demo(clone, port, SECOND_START) as again:
        assert again == told
        script = readme_script().split("call --fail", 1)[0]
        ask = f'call --fail "$BASE/api/v1/referrals/{reference}"\n'
        assert '"version":2' in shell(script + ask, clone, port)


def check_demo_json(told: dict[str, object], clone: Path, port: int) -> None:
    """The demo's credentials: who, with which scopes, readable by their owner alone."""
    assert told["base_url"] == f"http://127.0.0.1:{port}"
    assert stat.S_IMODE((clone / ".henvis/demo.json").stat().st_mode) == 0o600
    partners = told["partners"]
    assert isinstance(partners, list)
    scopes = {kind: sorted(p["scopes"]) for p in partners for kind in [p["kind"]]}
    write_read = ["referrals:read", "referrals:write"]
    assert [p["kind"] for p in partners].count("NGO") >= 2
    assert scopes["NGO"] == scopes["POLICE"] == write_read
    assert set(scopes["IMMIGRATION"]) == {*write_read, "assessments:write", "statistics:authority"}
    assert set(scopes["CENTRE"]) == {*scopes["IMMIGRATION"], "statistics:exact"}
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as answer:
        assert answer.status == 200


def check_readme_output(output: str) -> None:
    """What the README promises beside its lines."""
    statuses = re.findall(r"^HTTP/1\.1 (\d+)", output, re.MULTILINE)
    assert statuses == ["201", "200", "428", "200", "400"]
    assert "detail_belongs_to_exploitation" in output
    assert "TOTAL" in output
    assert "112" in output
