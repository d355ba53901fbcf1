"""How long tests take, as it was recorded on two quiet cores: what is heavy begins first, and is no part of `make test`.

    make durations

records anew, into `durations.txt`: a line for each heavy test, and one for the other tests of each file. A file whose tests share
what takes long to make is heavy as a whole; then its line ends with `::`.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

RECORD = Path(__file__).with_suffix(".txt")
ROOT = RECORD.parent.parent
# Seconds from which a test is heavy, from which all are that need what is made before one of them, and a file has a line.
HEAVY, HEAVY_SETUP, NAMED = 0.6, 2.0, 0.5
LIGHT_PART, HEAVY_PART = "light", "heavy"


@cache
def recorded() -> dict[str, float]:
    """Seconds by the name of a file and of a heavy test, without its parameters."""
    lines = (line.split(maxsplit=1) for line in RECORD.read_text().splitlines() if line[:1] != "#")
    return {name: float(seconds) for seconds, name in lines}


def named(nodeid: str) -> str:
    """The name of a test without its parameters and its group."""
    path, _, test = nodeid.partition("::")
    return f"{path}::{test.partition('[')[0].partition('@')[0]}"


def whole(nodeid: str) -> str:
    """The name of a test's file, where it is heavy as a whole."""
    return f"{nodeid.partition('::')[0]}::"


def is_heavy(nodeid: str) -> bool:
    """Whether a test, or the file of a name, is left to the rest of the gate."""
    return not recorded().keys().isdisjoint((named(nodeid), whole(nodeid)))


def has(part: str, path: str) -> bool:
    """Whether something of a file is of a part, as far as the record tells."""
    if part == LIGHT_PART:
        return whole(path) not in recorded()
    return any(name.startswith(whole(path)) for name in recorded())


def seconds(nodeid: str) -> float:
    """How long a heavy test takes; of another one, the tests of its file."""
    names = (named(nodeid), whole(nodeid), nodeid.partition("::")[0])
    return next((recorded()[name] for name in names if name in recorded()), 0.0)


def choose(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the part that was asked for, and begin with what takes longest."""
    if part := config.getoption("part"):
        left_out = [item for item in items if is_heavy(item.nodeid) != (part == HEAVY_PART)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if is_heavy(item.nodeid) == (part == HEAVY_PART)]
    items.sort(key=lambda item: -seconds(item.nodeid))


class Recorder:
    """Adds up how long each test took, and writes it down at the end."""

    def __init__(self) -> None:
        self.calls: dict[str, list[float]] = defaultdict(list)
        self.setups: dict[str, list[float]] = defaultdict(list)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One phase of one test."""
        if report.when == "call":
            self.calls[named(report.nodeid)].append(report.duration)
        else:
            self.setups[whole(report.nodeid)].append(report.duration)

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """Write the record, where all was asked and is green. What was not chosen keeps its line."""
        if exitstatus:
            return
        took: dict[str, float] = defaultdict(float)
        for name, durations in (*self.setups.items(), *self.calls.items()):
            is_whole = max(self.setups[whole(name)], default=0.0) >= HEAVY_SETUP
            alone = name if max(durations) >= HEAVY and not name.endswith("::") else name.partition("::")[0]
            took[whole(name) if is_whole else alone] += sum(durations)
        asked = {*self.calls, *self.setups, *(name.removesuffix("::") for name in self.setups)}
        kept = {name: had for name, had in recorded().items() if name not in asked and whole(name) not in took}
        lines = [f"{had:8.2f} {name}" for name, had in sorted({**kept, **took}.items()) if had >= NAMED or "::" in name]
        RECORD.write_text("\n".join(["# seconds on two quiet cores; written by `make durations`", *lines, ""]))
