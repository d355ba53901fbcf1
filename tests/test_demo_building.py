"""The demo while it is built: what pages say, what the worker does, and what forks of one program are."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client

from core.text import Text
from deploy.demo import household, releases, rest, start, tasks
from deploy.demo.forks import forks
from partners import jobs
from partners.jobs import queue
from stats.models import AUTHORITY, PUBLIC
from tests.people.visitors import signed_in, staff, text
from tests.running import gone, until
from tests.sql.calls import rows, value
from tests.stats.published import publish

ROOT = Path(__file__).parent.parent
WORDS = Text("Der mangler noget.", "Something is missing.")


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a demo says how far it is. It says nothing yet."""
    path = tmp_path / household.LINE
    monkeypatch.setattr(settings, "HENVIS_LINE", path)
    return path


def answer(address: str) -> tuple[int, str, str]:
    """The status of a page, its text, and for how long caches keep it."""
    response = Client(headers={"accept": "text/html"}).get(address)
    return response.status_code, response.content.decode(), response.headers.get("Cache-Control", "")


@pytest.mark.usefixtures("db")
def test_every_page_says_that_something_is_missing_until_it_is_there(line: Path) -> None:
    publish(PUBLIC, "2023", {"": {"": 100}})
    pages = {f"/{language}/{rest}": language for language in Text._fields for rest in ("", "none/")}
    pages |= {f"/docs/?lang={language}": language for language in Text._fields}
    before = {address: answer(address) for address in pages}
    household.write_progress(line, WORDS, "a step")
    while_building = {address: answer(address) for address in pages}
    line.unlink()
    for address, language in pages.items():
        assert WORDS(language) in while_building[address][1]
        assert "max-age=60" not in while_building[address][2]
        assert answer(address) == before[address]
        assert WORDS(language) not in before[address][1]


@pytest.mark.usefixtures("db")
def test_staff_read_it_too(line: Path) -> None:
    boss = signed_in(staff("boss", is_superuser=True))
    household.write_progress(line, WORDS, "a step")
    assert WORDS.da in text(boss.get("/admin/", headers={"Accept-Language": "da"}))
    line.unlink()
    assert WORDS.da not in text(boss.get("/admin/", headers={"Accept-Language": "da"}))


def test_a_server_that_is_no_demo_looks_for_no_file(line: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    household.write_progress(line, WORDS, "a step")
    monkeypatch.setattr(settings, "HENVIS_LINE", None)
    assert WORDS.en not in answer("/en/none/")[1]
    environment = {**os.environ, "HENVIS_INSECURE_LOOPBACK": "0"}
    said = [sys.executable, "-c", "from django.conf import settings; print(settings.HENVIS_LINE)"]
    assert subprocess.run(said, cwd=ROOT, env=environment, capture_output=True, text=True).stdout == "None\n"


@pytest.mark.usefixtures("db")
def test_the_newest_year_is_published_first_and_the_others_are_counted() -> None:
    assert [(period, audience) for period, audience, _ in releases.FIRST] == [("2023", PUBLIC), ("2023-Q1", AUTHORITY)]
    assert "0 of 10" in releases.how_far().en
    publish(PUBLIC, "2023", {"": {"": 100}})
    assert "1 of 10" in releases.how_far().en
    assert "1 af 10" in releases.how_far().da
    assert ("2023", PUBLIC) not in [each[:2] for each in releases.missing()]


@pytest.mark.usefixtures("db")
def test_once_all_releases_are_there_nothing_more_is_said_of_their_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(releases, "missing", list)
    assert "10" not in releases.how_far().en and "Charts" in releases.how_far().en and "10" not in releases.how_far().da


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The steps that were done, of three; each says what it does."""
    done: list[str] = []

    def do(say: Callable[[str], None], name: str) -> None:
        say(name)
        done.append(name)

    def named(say: Callable[[str], None]) -> list[Callable[[], object]]:
        return [partial(do, say, name) for name in ("one", "two", "three")]

    monkeypatch.setattr(rest, "steps", named)
    return done


@pytest.mark.usefixtures("db")
def test_the_worker_tells_each_step_and_at_the_end_nothing(line: Path, steps: list[str]) -> None:
    rest.say("zero")
    assert household.read_step(line) == "zero"
    assert json.loads(line.read_text())["en"] == releases.how_far().en
    rest.build()
    assert steps == ["one", "two", "three"]
    assert household.read_step(line) is None


@pytest.mark.usefixtures("db")
def test_a_build_that_is_cancelled_or_failed_for_good_says_that_it_stopped(
    line: Path, steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "is_cancelled", lambda: bool(steps))
    with pytest.raises(queue.JobCancelled):
        rest.build()
    assert steps == ["one"]
    jobs.registry.let_go(tasks.BUILD, {})
    assert (household.read_step(line), rest.STOPPED.da in line.read_text()) == (household.FAILED, True)


def test_whoever_started_a_demo_whose_building_stopped_is_told_so_and_what_to_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    household.write_progress(tmp_path / household.LINE, rest.STOPPED, household.FAILED)
    household.write_private(tmp_path / household.CREDENTIALS, {"partners": []})
    monkeypatch.setattr(start, "guide", lambda *_: "what to open")
    start._until_complete(SimpleNamespace(home=tmp_path, base="http://demo", check=lambda: pytest.fail("it goes on")))  # type: ignore[arg-type]
    told = capsys.readouterr().out
    assert household.FAILED in told and "what to open" in told and "complete" not in told


@pytest.mark.usefixtures("db")
def test_what_a_killed_worker_had_begun_waits_for_no_sign_of_its_life() -> None:
    worker = value("INSERT INTO procrastinate_workers (henvis_queues) VALUES (ARRAY['upkeep']) RETURNING id")
    begun = jobs.defer(tasks.BUILD)
    rows("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", worker, begun)
    assert value("SELECT henvis_resume_jobs(ARRAY['upkeep'], 5)") == 0
    tasks.start_again()
    assert value("SELECT henvis_resume_jobs(ARRAY['upkeep'], 5)") == 1
    assert value("SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo'", tasks.BUILD) == 1


def test_the_web_server_is_born_without_what_is_the_owner_s(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HENVIS_MAIL", "console")
    environment = start._environment_of_web(tmp_path, "postgresql://henvis_web@/henvis")
    assert not {"HENVIS_KEYS", "HENVIS_MAIL"} & set(environment)
    assert os.environ["DATABASE_URL"] not in environment.values()


def stay(path: Path) -> None:
    """Work that a signal does not end; it says when it is so."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    path.touch()
    time.sleep(600)


def test_forks_end_with_their_block(tmp_path: Path) -> None:
    with forks({"waits": partial(time.sleep, 600), "stays": partial(stay, tmp_path / "stays")}) as two:
        until((tmp_path / "stays").exists)
        assert all(each.is_alive() for each in two)
    assert [each.exitcode for each in two] == [-signal.SIGTERM, -signal.SIGKILL]


LOGGING = """
import sys
from pathlib import Path

import django

from deploy.demo.forks import commands, forks

django.setup()
with forks(commands(Path(sys.argv[1]), {"roles.log": "roles"})) as (fork,):
    fork.join()
sys.exit(fork.exitcode)
"""


def test_what_a_fork_says_goes_into_a_log_of_its_own(tmp_path: Path) -> None:
    log = tmp_path / "roles.log"
    log.write_text("of the run before")
    ended = subprocess.run([sys.executable, "-c", LOGGING, tmp_path], cwd=ROOT, capture_output=True, text=True)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    assert "statistician" in log.read_text()
    assert log.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "roles.log.1").read_text() == "of the run before"


FORKING = """
import os, sys, time
from functools import partial
from deploy.demo.forks import forks

with forks({"child": partial(time.sleep, 600)}) as (child,):
    print(child.pid, flush=True)
    child.join()
"""
STARTING = """
import os, signal, subprocess, sys
from tools.embedded.processes import Child

child = Child([sys.executable, "-c", sys.argv[1]], stop_by=signal.SIGTERM, patience=1, env=os.environ, output=subprocess.PIPE)
print(child.process.stdout.readline().decode(), flush=True)
signal.pause()
"""


def test_forks_of_a_program_end_with_whoever_started_it_however_that_ends() -> None:
    command = [sys.executable, "-c", STARTING, FORKING]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout is not None
        fork = int(starter.stdout.readline())
        assert not gone(fork)
        starter.kill()
    until(lambda: gone(fork))
