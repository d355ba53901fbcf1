"""Making mistakes in a copy of the tree with a database of its own, and asking the tests.

A mistake in Python is written into the copy, and into the warm process that has imported it. One in SQL is installed in the
database that the tests use again, and the true function after it: so no mistake costs a new database.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.mutation.asking import GREEN, Asking, Change, TreeRed
from tests.mutation.operators import Mutation
from tests.mutation.reach import CLOCK, COVERAGE
from tests.mutation.targets import ROOT, Tests
from tools.embedded.postgres import EmbeddedPostgres

DATABASE = "henvis_mutation"
WORKERS = 2
MEASURING = (
    *(
        "-p",
        "tests.mutation.clock",
        "--cov",
        "--cov-config=tests/mutation/measure.ini",
        "--cov-report=",
        "--cov-context=test",
    ),
    *("-n", str(WORKERS), "--dist", "loadgroup", "--create-db", "-m", "not reference and not long"),
)


class Outcome(StrEnum):
    """What became of a mistake."""

    KILLED = "killed"
    REFUSED = "refused by the database"
    SURVIVED = "SURVIVED"
    EQUIVALENT = "equivalent, with a reason"
    UNTRIED = "not tried"


@dataclass(frozen=True)
class Workshop:
    """A copy of the tree, with the database at `url`, and how pytest is asked in it."""

    tree: Path
    url: str
    asking: Asking

    def prepare(self, tests: Tests) -> None:
        """Make the database, and see that some tests are green. Raises `TreeRed`."""
        answer = self.asking.afresh(("--create-db", *tests))
        if answer.status != GREEN:
            raise TreeRed(answer.log)

    def digest(self) -> str:
        """A name for all modules and functions of the tree."""
        files = sorted(path for path in self.tree.rglob("*") if path.suffix in {".py", ".sql"})
        return sha256(
            b"\0".join(str(path.relative_to(self.tree)).encode() + path.read_bytes() for path in files)
        ).hexdigest()[:16]

    def measure(self, tests: Sequence[str], folder: Path) -> None:
        """Write into a folder which lines each test reaches, and how long it takes. Raises `TreeRed`."""
        words = {"COVERAGE_FILE": str(folder / COVERAGE), "HENVIS_CLOCK": str(folder / CLOCK)}
        answer = self.asking.afresh((*MEASURING, *tests), words)
        if answer.status != GREEN:
            raise TreeRed(answer.log)

    def try_out(self, mutation: Mutation, *batches: Tests) -> Outcome:
        """Make a mistake, ask some tests and then others, and make it good again."""
        begun = time.monotonic()
        try:
            with self.made(mutation) as change:
                if any(self.asking.about(tests, change).status != GREEN for tests in filter(None, batches)):
                    return Outcome.KILLED
        except psycopg.ProgrammingError:
            return Outcome.REFUSED
        finally:
            if time.monotonic() - begun > self.asking.longest:
                # A test that was ended by force may have left rows that others would stumble over.
                self.prepare(batches[0])
        return Outcome.SURVIVED

    @contextlib.contextmanager
    def made(self, mutation: Mutation) -> Iterator[Change | None]:
        """The mistake is there within, and yielded if it is one in a module."""
        path = self.tree / mutation.path
        source = path.read_text(encoding="utf-8")
        text, is_module = mutation.applied(source), path.suffix == ".py"
        place = self.write if is_module else self.install
        try:
            place(path, text)
            yield Change(mutation.path, source, text) if is_module else None
        finally:
            place(path, source)

    def write(self, path: Path, text: str) -> None:
        """Write a module. What was compiled of the last one goes: within a second, and of the same size, it would be taken."""
        path.write_text(text, encoding="utf-8")
        Path(cache_from_source(str(path))).unlink(missing_ok=True)

    def install(self, path: Path, text: str) -> None:
        """Install functions as the migration of their file does."""
        address = urlsplit(self.url)
        with psycopg.connect(urlunsplit(address._replace(path=f"/test_{address.path[1:]}"))) as connection:
            connection.execute("SET LOCAL check_function_bodies = off")
            connection.execute(text.encode())


@contextlib.contextmanager
def workshop(longest: float, database: str = DATABASE) -> Iterator[Workshop]:
    """A copy of the tree, beside the server of `DATABASE_URL` or one that is started for it."""
    with contextlib.ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="henvis-mutation-")))
        given = os.environ.get("DATABASE_URL")
        server = given or stack.enter_context(EmbeddedPostgres(home / "server", fast=True)).url
        tree, url = copied(home / "tree"), urlunsplit(urlsplit(server)._replace(path=f"/{database}"))
        if database == DATABASE:
            clear(server)
            make(server)
            stack.callback(clear, server)
        yield Workshop(tree, url, Asking(tree, url, longest))


def clear(server: str) -> None:
    """Drop our databases, also those that an earlier run has left."""
    with psycopg.connect(server, autocommit=True) as connection:
        for name in (DATABASE, f"test_{DATABASE}", *(f"test_{DATABASE}_gw{number}" for number in range(WORKERS))):
            # Not by force: that ends autovacuum too, which only a superuser may.
            connection.execute(f"DROP DATABASE IF EXISTS {name}")


def make(server: str) -> None:
    """Make the database beside which those of the tests are made (`tests/tables.py`)."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {DATABASE}")


def copied(tree: Path) -> Path:
    """The files of the tree that git knows or would take, as they are now."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tree / name)
    return tree


def described(mutation: Mutation) -> str:
    """A mistake in one line."""
    return f"{mutation.path}:{mutation.line}  {mutation.change}  in  {mutation.text}"
