"""Asking pytest in the copy of the tree: in a process of its own, or in a fork of the warm one."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tests.mutation.targets import ROOT
from tests.mutation.warm import NOWHERE, Order, changed_function
from tools.embedded.processes import Child

WORDS = ("-x", "-q", "--no-header", "--tb=line", "--reuse-db", "-o", "faulthandler_exit_on_timeout=true")
OF_PYTEST = ("PYTEST_", "COV_CORE_")  # what one run leaves for its own workers, and another must not find
GREEN, MISUSED = 0, (4, 5)  # a word or a name that pytest does not know; no test at all


class TreeRed(Exception):
    """The tests fail without any mistake, or they are not there."""


class Answer(NamedTuple):
    """What pytest ends with, and the end of what it says."""

    status: int
    log: str


class Change(NamedTuple):
    """A module by its path in the tree, as it is and as it is by mistake."""

    path: str
    true: str
    text: str


@dataclass(frozen=True)
class Asking:
    """`tree`: the copy. `url`: its database, before whose name Django puts `test_`. `longest`: seconds for one test."""

    tree: Path
    url: str
    longest: float
    process: subprocess.Popen[str] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """That of pytest. The copy is not beside the reference data."""
        kept = {name: text for name, text in os.environ.items() if not name.startswith(OF_PYTEST)}
        return {"HENVIS_REFERENCE_DATA": str(ROOT.parent / "shared" / "data")} | kept | {"DATABASE_URL": self.url}

    def words(self, tests: Sequence[str]) -> list[str]:
        """What pytest is told."""
        return [*WORDS, "-o", f"faulthandler_timeout={self.longest}", *tests]

    def afresh(self, tests: Sequence[str], more: Mapping[str, str] | None = None) -> Answer:
        """Ask a process of its own, with `more` in its environment."""
        argv = [sys.executable, "-m", "pytest", *self.words(tests)]
        with tempfile.TemporaryFile() as log:
            environment = self.environment | dict(more or {})
            with Child(argv, stop_by=signal.SIGTERM, patience=5, env=environment, output=log, cwd=self.tree) as child:
                status = child.process.wait()
            log.seek(0)
            return Answer(status, log.read().decode(errors="replace")[-4000:])

    def about(self, tests: Sequence[str], change: Change | None) -> Answer:
        """Ask the warm process, if there is one that can make the change; else one of its own.

        Raises `TreeRed` where the tests are not there.
        """
        if self.process and (change is None or changed_function(*change)):
            with tempfile.NamedTemporaryFile() as log:
                path, true, text = change or ("", "", "")
                order: Order = {"argv": self.words(tests), "log": log.name, "path": path, "true": true, "text": text}
                answer = Answer(ordered(self.process, order), log.read().decode(errors="replace")[-4000:])
            if answer.status in MISUSED:
                raise TreeRed(answer.log)
            if answer.status != NOWHERE:
                return answer
        return self.afresh(tests)

    @contextlib.contextmanager
    def warmed(self, tests: Sequence[str]) -> Iterator[Asking]:
        """With a process that has imported what these tests import. It ends with us: then nothing orders any more."""
        argv = [sys.executable, "-m", "tests.mutation.warm", *tests]
        with subprocess.Popen(
            argv,
            text=True,
            cwd=self.tree,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        ) as process:
            assert process.stdout
            if (status := int(process.stdout.readline())) != GREEN:
                raise TreeRed(f"pytest collects with {status}")
            yield Asking(self.tree, self.url, self.longest, process)


def ordered(process: subprocess.Popen[str], order: Order) -> int:
    """What the warm process answers."""
    assert process.stdin and process.stdout
    print(json.dumps(order), file=process.stdin, flush=True)
    return int(process.stdout.readline())
