"""The newcomer's way: clone, `make demo`, paste the tour's lines. Nothing but the clone, a PATH and a home is given."""

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
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import psutil
import pytest

from benchmarks import startup
from benchmarks.serving import free_port

ROOT = Path(__file__).resolve().parents[2]
RUN = re.compile(r"<!-- run -->\n```sh\n(.*?)```", re.DOTALL)
FIRST_START, SECOND_START = 600, 60
GONE_WITHIN = 20
# What it prints once it serves, and at the end of the guide; and what pages say in between.
READY, GUIDE_ENDS, STILL = " s] ready", "Ctrl-C ends it.", "This demo is still being built"
# Of a demo: the server with its workers, PostgreSQL, and a watcher for each of the two.
FEWEST_PROCESSES = 5

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh clone of what is committed, below a directory that only we may enter."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: nothing to clone")
    target = tmp_path_factory.mktemp("bare", numbered=True)
    target.chmod(0o700)
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(target / "henvis")], check=True, capture_output=True)
    return target / "henvis"


def bare_environment(port: int, home: Path | None = None) -> dict[str, str]:
    """An empty environment, but for where programs, downloads kept by uv, the port and perhaps the data are."""
    own = {} if home is None else {"HENVIS_HOME": str(home)}
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": os.environ.get("HOME", "/tmp"), "PORT": str(port), **own}


@dataclass
class Demo:
    """One `make demo`, as a terminal starts it: a process group of its own."""

    clone: Path
    port: int
    log: Path
    process: subprocess.Popen[bytes]
    home: Path
    family: list[psutil.Process] = field(default_factory=list)

    @classmethod
    def start(cls, clone: Path, port: int, name: str, home: Path | None = None) -> Self:
        """Start it without waiting."""
        log = clone.parent / f"{name}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                ["make", "demo"],
                cwd=clone,
                env=bare_environment(port, home),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return cls(clone, port, log, process, home or clone / ".henvis")

    def wait_until(self, words: str, patience: float) -> None:
        """Wait until it prints these words."""
        end = time.monotonic() + patience
        while words not in self.log.read_text():
            assert self.process.poll() is None, self.log.read_text()[-3000:]
            assert time.monotonic() < end, f"no {words!r} within {patience} s:\n{self.log.read_text()[-3000:]}"
            time.sleep(0.1)
        self.family = psutil.Process(self.process.pid).children(recursive=True)

    def wait_until_complete(self, patience: float) -> dict[str, object]:
        """Wait for the guide that it prints once all is there; return what demo.json says."""
        self.wait_until(GUIDE_ENDS, patience)
        told = json.loads((self.home / "demo.json").read_text())
        assert isinstance(told, dict)
        return told

    def page(self) -> str:
        """The front page in English."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/en/", timeout=10) as answer:
            return str(answer.read().decode())

    def releases(self) -> set[str]:
        """The releases of its own that anybody may read, each with its moment."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/v1/releases", timeout=10) as answer:
            items = json.load(answer)["items"]
        return {f"{each['id']} {each['published_at']}" for each in items if each["kind"] == "own"}

    def answers(self) -> bool:
        """Whether its server answers."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=10) as answer:
            return bool(answer.status == 200)

    def end(self, how: signal.Signals) -> int:
        """What Ctrl-C (SIGINT) or `kill -9` does: a signal to make and to the demo, and to nothing that the demo started."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, how)
        return self.process.wait(timeout=30)

    def check_family_is_gone(self) -> None:
        """Every process that it started ends, the watchers soon after what they watch."""
        assert len(self.family) >= FEWEST_PROCESSES, self.family
        wait_for_none(lambda: [each for each in self.family if alive(each)])

    def check_nothing_is_left(self) -> None:
        """Its processes are gone, no other works where it did, and its port is free again."""
        self.check_family_is_gone()
        wait_for_none(lambda: working_in(self.clone, self.home))
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", self.port))


def wait_for_none(left: Callable[[], list[psutil.Process]]) -> None:
    """Wait until no process is left."""
    end = time.monotonic() + GONE_WITHIN
    while still := left():
        assert time.monotonic() < end, still
        time.sleep(0.2)


def alive(process: psutil.Process) -> bool:
    """Whether this very process runs. One that ended and whose parent has not asked yet does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def working_in(*places: Path) -> list[psutil.Process]:
    """The processes that work in one of these directories or name it in their command line."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            said = [process.cwd(), *process.cmdline()]
            if any(str(place) in text for place in places for text in said) and alive(process):
                found.append(process)
    return found


@pytest.fixture
def start(clone: Path) -> Iterator[Callable[..., Demo]]:
    """Starts a demo that the end of the test ends, whatever comes between."""
    demos: list[Demo] = []

    def start(port: int, name: str, home: Path | None = None) -> Demo:
        demos.append(Demo.start(clone, port, name, home))
        return demos[-1]

    yield start
    for demo in demos:
        demo.end(signal.SIGINT)


def tour_script() -> str:
    """The lines of docs/tour.md, each echoed, the first failure ending the run."""
    blocks = RUN.findall((ROOT / "docs/tour.md").read_text())
    assert len(blocks) >= 5
    return "set -eu\n" + "\n".join(blocks)


def printed_lines(demo: Demo) -> str:
    """The curl lines that `make demo` printed."""
    guide = demo.log.read_text().split("TOKEN=", 1)[1].split("Ctrl-C", 1)[0]
    return "set -eu\nTOKEN=" + guide.replace("curl -s ", "curl -sS --fail ")


def shell(script: str, clone: Path, port: int, home: Path | None = None) -> str:
    """Run lines as a newcomer's shell does."""
    done = subprocess.run(
        ["sh"],
        input=script,
        cwd=clone,
        env=bare_environment(port, home),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert (
        "Traceback" not in done.stderr
    )  # a program that breaks ends with 1, which is also what some say of their own will
    return done.stdout


def test_demo_tour_and_second_start(clone: Path, start: Callable[..., Demo]) -> None:
    """A first start that is killed while it builds, one that goes on, the tour, the printed lines, and a third start that still
    has the data, beside a stranger.
    """
    if shutil.which("curl") is None:
        pytest.skip("no curl on this machine: the tour's lines cannot be run")
    port = free_port()
    killed = start(port, "killed")
    killed.wait_until(READY, FIRST_START)
    check_first_page(killed)
    published = killed.releases()
    killed.end(signal.SIGKILL)

    first = start(port, "first")  # at once: it waits for the servers of the first to follow
    told = first.wait_until_complete(FIRST_START)
    killed.check_family_is_gone()
    assert first.answers()
    assert published < first.releases()  # the same ones, and the others
    assert STILL not in first.page()
    assert "migrating" not in first.log.read_text()
    check_demo_json(told, clone, port)
    output = shell(tour_script(), clone, port)
    check_tour_output(output)
    assert '"partner"' in shell(printed_lines(first), clone, port)
    first.end(signal.SIGKILL)

    again = start(port, "again")
    assert again.wait_until_complete(SECOND_START) == told
    assert "building" not in again.log.read_text()
    first.check_family_is_gone()
    reference = re.findall(r'"reference":"([0-9a-f-]{36})"', output)[0]
    assert '"version":2' in shell(asking_for(reference), clone, port)
    # In the whole gate the stranger's data are what the browser's walks begin with.
    other = Path(os.environ.get("HENVIS_BROWSER_HOME") or clone.parent / "other")
    assert not other.exists()
    with startup.running_demo(str(other)) as stranger:
        check_strangers(again, told, other, stranger.port)
        assert " 404" in shell(asking_for(reference), clone, port, other)
        assert 0 < stranger.first_page < stranger.complete
    wait_for_none(lambda: working_in(other))

    again.end(signal.SIGINT)
    assert "stopping" in again.log.read_text()
    again.check_nothing_is_left()


def check_first_page(demo: Demo) -> None:
    """The first page is there before all is built, with the newest year, and says that more is to come."""
    page = demo.page()
    assert STILL in page
    assert "persons were identified as victims of human trafficking in 2023" in page
    assert " s] complete" not in demo.log.read_text()


def asking_for(reference: str) -> str:
    """Lines that take the credentials as the tour does, and ask for a referral."""
    return tour_script().split("call --fail", 1)[0] + f'call -i "$BASE/api/v1/referrals/{reference}"\n'


def check_strangers(one: Demo, told: dict[str, object], home: Path, port: int) -> None:
    """Two demos at the same time share neither address nor credentials, and both answer."""
    told_other: dict[str, object] = json.loads((home / "demo.json").read_text())
    assert told["base_url"] != told_other["base_url"] == f"http://127.0.0.1:{port}"
    client_ids = [{p["client_id"] for p in each["partners"]} for each in (told, told_other)]  # type: ignore[attr-defined]
    assert not client_ids[0] & client_ids[1]
    assert one.answers()


def check_demo_json(told: dict[str, object], clone: Path, port: int) -> None:
    """The demo's credentials: who, with which scopes, readable by their owner alone."""
    assert told["base_url"] == f"http://127.0.0.1:{port}"
    assert stat.S_IMODE((clone / ".henvis/demo.json").stat().st_mode) == 0o600
    partners = told["partners"]
    assert isinstance(partners, list)
    scopes = {p["kind"]: sorted(p["scopes"]) for p in partners if p["mode"] == "LIVE"}
    write_read = ["referrals:read", "referrals:write"]
    assert [p["kind"] for p in partners if p["mode"] == "TEST"] == [p["kind"] for p in partners if p["mode"] == "LIVE"]
    assert [p["kind"] for p in partners].count("NGO") >= 4
    assert scopes["NGO"] == write_read
    assert scopes["POLICE"] == [*write_read, "statistics:authority"]
    assert set(scopes["IMMIGRATION"]) == {*write_read, "assessments:write", "statistics:authority"}
    assert set(scopes["CENTRE"]) == {*scopes["IMMIGRATION"], "statistics:exact"}


def check_tour_output(output: str) -> None:
    """What the tour promises beside its lines."""
    statuses = re.findall(r"^HTTP/1\.1 (\d+)", output, re.MULTILINE)
    assert statuses == ["201", "200", "428", "200", "400"]
    assert '"mode":"TEST"' in output.split("201", 1)[0]  # who writes made-up data
    assert "detail_belongs_to_exploitation" in output
    assert "TOTAL" in output
    assert "112" in output
