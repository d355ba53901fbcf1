"""One change of a code list, walked through on a real PostgreSQL: a code is split while partners write, and nothing stands still.

The change is made in a copy of the source tree, as a developer makes it, and the commands run there. A clock that is ahead passes
the days: nothing is deployed or run on the day on which the old code ends.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connections

from cases.codelists import EXPLOITATION
from cases.months import COPENHAGEN, today
from tests.architecture.test_sources import PACKAGES
from tests.journey.code_change_steps import NEW, OLD, REFERENCES

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(sys.executable).parent
FOLDERS = (*PACKAGES, "tests", "benchmarks")
SOURCES = (*FOLDERS, "manage.py", "pyproject.toml", "Makefile", "openapi.json")
DATABASE = f"henvis_change_{os.getpid()}"
TODAY = today()
FIRST, LAST = TODAY + timedelta(days=10), TODAY + timedelta(days=100)
MAJOR, _, MINOR = EXPLOITATION.version.partition(".")
NEXT = f"{MAJOR}.{int(MINOR) + 1}"
OVERLAP, AFTERWARDS = 20, 101
HELD = 3  # seconds; a writer that waits longer than two is refused
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
SPLIT = f"""
from dataclasses import replace

from cases.codelists.common import introduce, notice, retire

_SPLIT = notice("{NEXT}", date({TODAY:%Y, %-m, %-d}), "Tiggeri deles i to.", "Begging is split in two.")
EXPLOITATION = replace(
    EXPLOITATION,
    version="{NEXT}",
    codes=(
        *(
            retire(each, date({LAST:%Y, %-m, %-d}), _SPLIT, "{NEW}", "BEGGING_ELSEWHERE") if each.code == "{OLD}" else each
            for each in EXPLOITATION.codes
        ),
        introduce(code("{NEW}", "Tiggeri på gaden", "Begging in the street"), date({FIRST:%Y, %-m, %-d}), _SPLIT),
        introduce(code("BEGGING_ELSEWHERE", "Tiggeri andetsteds", "Begging elsewhere"), date({FIRST:%Y, %-m, %-d}), _SPLIT),
    ),
)
"""


@dataclass(frozen=True)
class Tree:
    """A source tree, and the environment that its programs get."""

    path: Path
    environment: dict[str, str]

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start Python there."""
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=self.path,
            env=self.environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, *steps: dict[str, Any]) -> list[dict[str, Any]]:
        """Run steps in a process; what came of each."""
        return answers_of(self.start("-m", "tests.journey.code_change_steps", json.dumps(steps)))


def command(*words: str) -> dict[str, Any]:
    """A step that is a command of ours."""
    return {"step": "manage", "words": words}


def step(name: str, days: int = 0, **more: str | int) -> dict[str, Any]:
    """A step that partners take, so many days from now."""
    return {"step": name, "days": days, **more}


def output_of(process: subprocess.Popen[str], status: int = 0) -> str:
    """Wait for a program; what it wrote."""
    out, err = process.communicate(timeout=300)
    assert process.returncode == status, out + err
    return out


def answers_of(process: subprocess.Popen[str]) -> list[dict[str, Any]]:
    """What the steps say of themselves."""
    answers: list[dict[str, Any]] = json.loads(output_of(process))
    return answers


@pytest.fixture
def url(transactional_db: None) -> Iterator[str]:
    """A database of its own, on the server of the tests: a copy of theirs, which is migrated and empty."""
    server = os.environ["DATABASE_URL"]
    connections.close_all()  # what somebody is in cannot be copied
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {DATABASE} TEMPLATE {connections['default'].settings_dict['NAME']}")
    yield urlsplit(server)._replace(path=f"/{DATABASE}").geturl()
    with psycopg.connect(server, autocommit=True) as connection:
        # Not by force: that ends autovacuum too, which only a superuser may. Without it PostgreSQL asks autovacuum to leave.
        connection.execute(f"DROP DATABASE {DATABASE}")


@pytest.fixture
def trees(url: str, tmp_path: Path) -> tuple[Tree, Tree]:
    """The present source, and a copy in which a code is split."""
    after = copied(url, tmp_path / "after")
    file = after.path / "cases/codelists/exploitation.py"
    file.write_text(file.read_text() + SPLIT)
    return Tree(ROOT, after.environment), after


def copied(url: str, copy: Path) -> Tree:
    """A copy of the source, working on this database."""
    copy.mkdir()
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
        else:
            shutil.copy(source, copy / name)
    return Tree(copy, {**os.environ, "DATABASE_URL": url, "PYTHONDONTWRITEBYTECODE": "1"})


BUILDING = ("release", "build", "2025", "--depth", "1", "--dimensions", "exploitation,gender")
BUILD = command(*BUILDING)
BUILD_LATER = command(*BUILDING, "--notes-da", "En kode er delt.", "--notes-en", "A code is split.")


def test_a_code_is_split_and_nothing_stands_still(trees: tuple[Tree, Tree], url: str, tmp_path: Path) -> None:
    before, after = trees
    _, first, _ = before.run(command("migrate", "--verbosity=0"), step("before"), BUILD)
    assert (first["old"]["status"], first["old"]["headers"]) == (201, {})
    assert codes(first["new"]) == ["code_unknown"]

    written(after.run(*WRITING))
    migrate_under_a_writer(before, after, url, tmp_path)
    checked, early, both, late, old, _, figures, verified = after.run(
        command("codelist", "check", "--database"),
        step("writes"),
        step("writes", OVERLAP),
        step("writes", AFTERWARDS),
        step("reads", AFTERWARDS),
        BUILD_LATER,
        step("figures"),
        command("release", "verify", "2025.v1", "--json"),
    )
    assert "no objection" in checked["out"]
    announced_only(early)
    both_accepted(both)
    stored_already(late)
    readable_correctable_and_refused(old)
    counted_under_both(figures)
    checks = {each["check"]: each["passed"] for each in json.loads(verified["out"])}
    assert checks.pop("rebuild") is None  # it was counted with other lists
    assert set(checks.values()) == {True}


def codes(answer: dict[str, Any]) -> list[str]:
    """The codes in `errors`."""
    assert answer["status"] == 400, answer
    return [row["code"] for row in answer["errors"]]


WRITING = (
    command("codelist", "check", "--draft"),
    command("codelist", "check"),
    command("codelist", "migration"),
    command("codelist", "record"),
    command("codelist", "check"),
    command("makemigrations", "--check", "--dry-run"),
    command("codelist", "check", "--database"),
)


def written(answers: list[dict[str, Any]]) -> None:
    """What a developer does: draft, migration, record; and Django finds nothing that it would add. The database is behind."""
    assert [answer["status"] for answer in answers] == [0, 1, 0, 0, 0, 0, 1], answers
    draft, behind, migration, record, check, _, database = (answer["out"] for answer in answers)
    assert "no objection" in draft
    assert f"exploitation: version {NEXT} is not recorded" in behind
    assert "run codelist migration" in behind
    assert f"codes_exploitation_{NEXT.replace('.', '_')}.py is written" in migration
    assert record == f"call_exploitation {NEXT} is recorded.\nexploitation {NEXT} is recorded.\n"
    assert "no objection" in check
    assert sorted(line.split()[0] for line in database.splitlines()) == CONSTRAINTS


CONSTRAINTS = [
    "assessment_verified_exploitation_code",
    "referral_exploitation_also_code",
    "referral_exploitation_code",
]


def migrate_under_a_writer(before: Tree, after: Tree, url: str, tmp_path: Path) -> None:
    """The constraints are exchanged while the old source writes, and while somebody keeps the table for a while."""
    going, stop = tmp_path / "going", tmp_path / "stop"
    writing = [step("write", going=str(going), stop=str(stop))]
    writer = before.start("-m", "tests.journey.code_change_steps", json.dumps(writing))
    try:
        wait_for(going.exists, writer)
        with psycopg.connect(url) as reader, psycopg.connect(url, autocommit=True) as watcher:
            reader.execute("SELECT count(*) FROM cases_referral")  # an open transaction, such as a backup's
            migrating = after.start("manage.py", "migrate", "--verbosity=0")
            wait_for(lambda: watcher.execute(WAITING).fetchone() != (0,), migrating)
            time.sleep(HELD)
            assert migrating.poll() is None
        output_of(migrating)
    finally:
        stop.touch()
    (answer,) = answers_of(writer)
    statuses = answer["statuses"]
    assert set(statuses) == {"201"}, statuses
    assert statuses["201"] > HELD


def wait_for(happened: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    """Return when a program has made it happen. One that ended before says why."""
    end = time.monotonic() + 120
    while not happened():
        assert process.poll() is None, output_of(process) + "It ended before."
        assert time.monotonic() < end
        time.sleep(0.01)


def announced_only(answers: dict[str, Any]) -> None:
    """Before the first day of the new codes: the old one is told to go, the new ones are not in force."""
    assert (answers["old"]["status"], set(answers["old"]["headers"])) == (201, {"Deprecation", "Sunset", "Link"})
    assert [codes(answers[name]) for name in ("new", "also", "assessed")] == [["code_not_yet_valid"]] * 3


def both_accepted(answers: dict[str, Any]) -> None:
    """The overlap."""
    assert [answers[name]["status"] for name in ("old", "new", "also", "assessed")] == [200, 201, 201, 201]
    headers = answers["old"]["headers"]
    midnight = datetime.combine(LAST + timedelta(days=1), datetime.min.time(), COPENHAGEN)
    assert headers["Deprecation"] == f"@{int(datetime.combine(TODAY, datetime.min.time(), COPENHAGEN).timestamp())}"
    assert headers["Sunset"] == f"{midnight.astimezone(UTC):%a, %d %b %Y %H:%M:%S} GMT"
    assert headers["Link"].startswith("<http://testserver/api/v1/codelists/changes>")
    assert not any(answers[name]["headers"] for name in ("new", "also", "assessed"))
    changes = [each for each in answers["changes"] if (each["codelist"], each["version"]) == (EXPLOITATION.id, NEXT)]
    feed = [(each["kind"], each["code"], each["replaced_by"]) for each in changes]
    assert feed == [
        ("split", OLD, [NEW, "BEGGING_ELSEWHERE"]),
        ("added", NEW, []),
        ("added", "BEGGING_ELSEWHERE", []),
    ]


def stored_already(answers: dict[str, Any]) -> None:
    """After the last day, with no deployment: what is stored already is answered as before."""
    assert answers["old"]["status"] == 200  # the same again: a lost answer is still to be had
    assert answers["new"]["status"] == 200


def readable_correctable_and_refused(answers: dict[str, Any]) -> None:
    """Old rows."""
    assert answers["read"]["body"]["exploitation"] == OLD
    assert answers["found"] == [REFERENCES[0], REFERENCES[2]]
    assert answers["corrected"]["status"] == 200
    assert (answers["corrected"]["body"]["gender"], answers["corrected"]["body"]["exploitation"]) == ("X", OLD)
    (error,) = answers["refused"]["errors"]
    assert (error["code"], error["replaced_by"]) == ("code_retired", [NEW, "BEGGING_ELSEWHERE"])
    assert error["allowed"][:2] == error["replaced_by"]
    assert OLD not in error["allowed"]


def counted_under_both(answers: dict[str, Any]) -> None:
    """A release over the change: two under the old code, one under the new one, and all of them in the roll-up."""
    assert answers["codes"] == {"TOTAL": 4, OLD: 2, NEW: 1, "SEXUAL": 1}
    assert answers["forms"] == {"TOTAL": 4, "OTH": 3, "SEX": 1}
    lists = {
        each["id"]: each["codelists"]["exploitation"] for each in answers["releases"]["items"] if each["kind"] == "own"
    }
    assert lists == {"2025.v1": EXPLOITATION.version, "2025.v2": NEXT}
