"""Making mistakes in a copy of the tree with a database of its own, and asking the tests.

A mistake in Python is written into the copy. One in SQL is installed in the database that the tests use again, and the true
function after it: so no mistake costs a new database.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import cache_from_source
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from deploy.embedded.postgres import EmbeddedPostgres
from deploy.embedded.processes import Child
from tests.mutation.operators import Mutation
from tests.mutation.targets import ROOT, Tests, first_tests, further_tests

DATABASE = "henvis_mutation"
GREEN = 0
WORDS = ("-x", "-q", "--no-header", "--tb=line", "--reuse-db", "-o", "faulthandler_exit_on_timeout=true")
OF_PYTEST = ("PYTEST_", "COV_CORE_")  # what one run leaves for its own workers, and another must not find
Tell = Callable[[str], None]


class Outcome(StrEnum):
    """What became of a mistake."""

    KILLED = "killed"
    REFUSED = "refused by the database"
    SURVIVED = "SURVIVED"
    UNTRIED = "not tried"


class TreeRed(Exception):
    """The tests fail without any mistake."""


@dataclass(frozen=True)
class Workshop:
    """A copy of the tree, and a server. `longest`: seconds for one test; one that goes on is as good as red."""

    tree: Path
    server: str
    longest: float

    @property
    def url(self) -> str:
        """Where the copy's own database is. Django puts `test_` before its name."""
        return urlunsplit(urlsplit(self.server)._replace(path=f"/{DATABASE}"))

    def prepare(self, tests: Iterable[str]) -> None:
        """Make the database, and see that the tests are green. Raises `TreeRed`."""
        if (log := self.failing(sorted(set(tests)), "--create-db")) is not None:
            raise TreeRed(log)

    def try_out(self, mutation: Mutation, first: Tests, further: Tests) -> Outcome:
        """Make a mistake, ask the first tests and then the others, and make it good again."""
        begun = time.monotonic()
        try:
            with self.made(mutation):
                for tests in filter(None, (first, further)):
                    if self.failing(tests) is not None:
                        return Outcome.KILLED
        except psycopg.ProgrammingError:
            return Outcome.REFUSED
        finally:
            if time.monotonic() - begun > self.longest:
                # A test that was ended by force may have left rows that others would stumble over.
                self.prepare(first)
        return Outcome.SURVIVED

    @contextlib.contextmanager
    def made(self, mutation: Mutation) -> Iterator[None]:
        """The mistake is there within."""
        path = self.tree / mutation.path
        source = path.read_text(encoding="utf-8")
        place = self.write if path.suffix == ".py" else self.install
        try:
            place(path, mutation.applied(source))
            yield
        finally:
            place(path, source)

    def write(self, path: Path, text: str) -> None:
        """Write a module. What was compiled of the last one goes: within a second, and of the same size, it would be taken."""
        path.write_text(text, encoding="utf-8")
        Path(cache_from_source(str(path))).unlink(missing_ok=True)

    def install(self, path: Path, text: str) -> None:
        """Install functions as the migration of their file does."""
        with psycopg.connect(urlunsplit(urlsplit(self.server)._replace(path=f"/test_{DATABASE}"))) as connection:
            connection.execute("SET LOCAL check_function_bodies = off")
            connection.execute(text.encode())

    def failing(self, tests: Sequence[str], *words: str) -> str | None:
        """The end of what pytest says, or None where all is green."""
        argv = [sys.executable, "-m", "pytest", *WORDS, "-o", f"faulthandler_timeout={self.longest}", *words, *tests]
        with tempfile.TemporaryFile() as log:
            environment = {name: text for name, text in os.environ.items() if not name.startswith(OF_PYTEST)}
            environment["DATABASE_URL"] = self.url
            with Child(argv, stop_by=signal.SIGTERM, patience=5, env=environment, output=log, cwd=self.tree) as child:
                status = child.process.wait()
            log.seek(0)
            return None if status == GREEN else log.read().decode(errors="replace")[-4000:]

    def clear(self) -> None:
        """Drop the database, also one that an earlier run has left."""
        with psycopg.connect(self.server, autocommit=True) as connection:
            # Not by force: that ends autovacuum too, which only a superuser may.
            connection.execute(f"DROP DATABASE IF EXISTS test_{DATABASE}")


@contextlib.contextmanager
def workshop(longest: float) -> Iterator[Workshop]:
    """A copy of the tree, beside the server of `DATABASE_URL` or one that is started for it."""
    with contextlib.ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="henvis-mutation-")))
        given = os.environ.get("DATABASE_URL")
        server = given or stack.enter_context(EmbeddedPostgres(home / "server", fast=True)).url
        made = Workshop(copied(home / "tree"), server, longest)
        made.clear()
        stack.callback(made.clear)
        yield made


def copied(tree: Path) -> Path:
    """The files of the tree that git knows or would take, as they are now."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tree / name)
    return tree


def try_all(shop: Workshop, mutations: Sequence[Mutation], seconds: float, tell: Tell) -> dict[Mutation, Outcome]:
    """What became of each mistake. Once the seconds are over, or Ctrl-C is pressed, no other is begun."""
    end, outcomes = time.monotonic() + seconds, dict.fromkeys(mutations, Outcome.UNTRIED)
    shop.prepare(test for mutation in mutations for test in first_tests(mutation.path))
    with contextlib.suppress(KeyboardInterrupt):
        for mutation in mutations:
            begun = time.monotonic()
            if begun > end:
                break
            outcomes[mutation] = shop.try_out(mutation, first_tests(mutation.path), further_tests(mutation.path))
            tell(f"{outcomes[mutation]:24}{time.monotonic() - begun:6.1f} s  {described(mutation)}")
    return outcomes


def described(mutation: Mutation) -> str:
    """A mistake in one line."""
    return f"{mutation.path}:{mutation.line}  {mutation.change}  in  {mutation.text}"


def conclude(outcomes: Mapping[Mutation, Outcome], tell: Tell) -> int:
    """Say what came of it. 1 where anything survived, else 0."""
    for kind in Outcome:
        tell(f"{sum(outcome == kind for outcome in outcomes.values()):5} {kind}")
    survivors = [mutation for mutation, outcome in outcomes.items() if outcome == Outcome.SURVIVED]
    for mutation in survivors:
        tell(f"No test notices {described(mutation)}")
    return int(bool(survivors))
