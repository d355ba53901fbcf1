"""Which tests reach a line, and how long each takes: measured by coverage in one run of the tests without any mistake.

What tests share is made in the first of them, and reaches lines for each: tests with a shared fixture have a group in their
names, `…::test_x@group` (see `tests/conftest.py`).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from coverage import CoverageData

from tests.mutation.operators import Mutation
from tests.mutation.targets import Tests

COVERAGE, CLOCK = "coverage", "clock.json"
SOON = 5.0  # seconds for the tests that are asked first


@dataclass(frozen=True, order=True)
class Timed:
    """A test: what it costs alone and what it shares with others of its group, in seconds."""

    cost: float
    name: str
    own: float
    group: str


@dataclass(frozen=True)
class Reach:
    """The tests of every line that any reaches, by path and number."""

    lines: Mapping[str, Mapping[int, frozenset[Timed]]]
    imported: Mapping[str, frozenset[int]]  # the lines that importing reaches

    def takes_effect(self, mutation: Mutation) -> bool:
        """Whether a mistake takes effect in a process that has imported everything already."""
        return mutation.line not in self.imported.get(mutation.path, frozenset())

    def asked(self, mutation: Mutation, seconds: float) -> tuple[Tests, Tests]:
        """The quickest tests that reach a line, and then as many others as take so long; those of the file where none does."""
        of_file = self.lines.get(mutation.path, {})
        found = sorted(of_file.get(mutation.line) or frozenset[Timed]().union(*of_file.values()))
        soon, whole = (list(within(found, bound)) for bound in (min(SOON, seconds), seconds))
        return ordered(soon or whole[:1]), ordered(set(whole) - set(soon or whole[:1]))


def within(tests: Iterable[Timed], seconds: float) -> Iterator[Timed]:
    """As many tests as take so long, in order. What several share counts once; one is asked in any case."""
    groups: set[str] = set()
    for place, test in enumerate(tests):
        seconds -= test.own if test.group in groups else test.cost
        if seconds < 0 and place:
            return
        groups.add(test.group or test.name)
        yield test


def ordered(tests: Iterable[Timed]) -> Tests:
    """The names of tests, those of a file together and the quickest file first: so pytest makes once what they share."""
    files: dict[str, list[str]] = defaultdict(list)
    for test in sorted(tests):
        files[test.name.partition("::")[0]].append(test.name)
    return tuple(name for names in files.values() for name in names)


def read(folder: Path) -> Reach:
    """What was measured in a folder."""
    tests, groups = timed(json.loads((folder / CLOCK).read_text(encoding="utf-8")))
    data = CoverageData(str(folder / COVERAGE))
    data.read()
    lines, imported = {}, {}
    for path in data.measured_files():
        by_line = data.contexts_by_lineno(path)
        imported[path] = frozenset(line for line, contexts in by_line.items() if "" in contexts)
        found = {
            line: [reaching(each, tests, groups) for each in contexts if each] for line, contexts in by_line.items()
        }
        lines[path] = {line: frozenset(chain.from_iterable(each)) for line, each in found.items() if each}
    return Reach(lines, imported)


def timed(took: Mapping[str, Mapping[str, float]]) -> tuple[dict[str, Timed], dict[str, list[Timed]]]:
    """The tests by their whole names, and by their groups."""
    longest: dict[str, float] = defaultdict(float)
    for name, phases in took.items():
        longest[group_of(name)] = max(longest[group_of(name)], phases.get("setup", 0))
    tests, groups = {}, defaultdict[str, list[Timed]](list)
    for name, phases in took.items():
        group, own = group_of(name), phases.get("call", 0) + phases.get("teardown", 0)
        shared = longest[group] if group else phases.get("setup", 0)
        tests[name] = Timed(own + shared, name.removesuffix(f"@{group}"), own, group)
        groups[group].append(tests[name])
    return tests, groups


def group_of(name: str) -> str:
    """The group in a test's name, or nothing."""
    _, _, group = name.rpartition("@")
    return group if group.startswith("tests") else ""


def reaching(context: str, tests: Mapping[str, Timed], groups: Mapping[str, list[Timed]]) -> list[Timed]:
    """The tests of what coverage calls a context: a test's name and its phase."""
    name, _, phase = context.rpartition("|")
    group = group_of(name)
    return groups[group] if phase == "setup" and group else [tests[name]]
