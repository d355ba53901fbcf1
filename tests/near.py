"""`make near`: the tests that are nearest to a change, as many as take three minutes with what else is asked.

    python -m tests.near MARKS PROGRAMS [SINCE]

A change is what differs from the commit SINCE: without one, from where the branch left `main`, or from the last commit. Nearest are
the tests that mirror what changed or import it; then those that import what imports it, and so on.
Heavy tests are left out, and so are those that MARKS do not mean and the files and folders of PROGRAMS.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

import grimp

from core.apps import ROOMS
from tests import durations

ROOT = durations.ROOT
TESTS = ROOT / "tests"
PACKAGES = (
    "tests",
    "benchmarks",
    "deploy",
    "config",
    "api",
    "pages",
    "tools",
    *ROOMS,
)
# Seconds of work, as they are recorded, for two processes: a minute. Starting them, types and the house's own tests take the other.
WORK, UNKNOWN = 130.0, 0.5
HOUSE = "tests/architecture"
WORDS = ("-q", "-n2", "--dist=loadgroup", "--no-loadscope-reorder", f"--part={durations.LIGHT_PART}")


def git(*words: str) -> list[str]:
    """The lines that git answers."""
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()


def changed(since: str) -> set[str]:
    """The paths of what was changed, added or taken away."""
    return {*git("diff", "--name-only", since), *git("ls-files", "--others", "--exclude-standard")}


def beginning() -> str:
    """The commit that a change begins after."""
    names = git("for-each-ref", "--format=%(refname)", "refs/heads/main", "refs/remotes/origin/main")
    here, fork = git("rev-parse", "HEAD"), git("merge-base", "HEAD", *(names[:1] or ["HEAD"]))
    return fork[0] if fork != here or git("status", "--porcelain") else "HEAD~1"


def module_of(path: str) -> str:
    """The dotted name of a Python file."""
    return ".".join(PurePosixPath(path).with_suffix("").parts).removesuffix(".__init__")


def path_of(module: str) -> str:
    """The path of a module that is a file."""
    return f"{module.replace('.', '/')}.py"


def is_test(path: str) -> bool:
    """Whether pytest finds tests in a file."""
    return PurePosixPath(path).name.startswith("test_") and (ROOT / path).is_file()


def mirrors(path: str) -> Iterator[str]:
    """The tests in the deepest folder that mirrors a file's; of what nobody imports, those that name it, and those of SQL."""
    folders = (TESTS / parent for parent in PurePosixPath(path).parents)
    folder = next(each for each in folders if each.is_dir())
    found = set(folder.glob("test_*.py")) if folder != TESTS else set()
    if not path.endswith(".py"):
        name = PurePosixPath(path).name
        stem = name.removeprefix(".").partition(".")[0].lower()
        found |= {each for each in TESTS.rglob("test_*.py") if each.stem == f"test_{stem}" or name in each.read_text()}
    if path.endswith("/conftest.py"):
        found |= set((ROOT / path).parent.rglob("test_*.py"))
    if path.endswith(".sql"):
        found |= set((TESTS / "sql").glob("test_*.py"))
    yield from sorted(str(each.relative_to(ROOT)) for each in found)


def by_distance(paths: set[str]) -> Iterator[list[str]]:
    """Files of tests, the nearest first; each list is one import further away."""
    graph = grimp.build_graph(*PACKAGES, cache_dir=str(ROOT / ".henvis-test/grimp"))
    modules = {module_of(path) for path in paths} & graph.modules
    yield [*sorted(paths), *(mirror for path in sorted(paths) for mirror in mirrors(path))]
    reached, edge = set(modules), modules
    while edge:
        edge = {each for module in edge for each in graph.find_modules_that_directly_import(module)} - reached
        reached |= edge
        yield [path_of(module) for module in sorted(edge)]


def within(files: Iterable[str], work: float) -> Iterator[str]:
    """As many as take so long."""
    for path in files:
        work -= durations.recorded().get(path, UNKNOWN)
        if work < 0:
            return
        yield path


def without_programs(paths: Iterable[str], programs: tuple[str, ...]) -> list[str]:
    """The files that have light tests, none of them one of `programs` or in a folder of these."""
    return [path for path in paths if durations.has(durations.LIGHT_PART, path) and not path.startswith(programs)]


def nearest(files: Iterable[str], work: float = WORK) -> list[str]:
    """The first that take so long, by their folders: pytest 9.1 forgets the fixtures of a folder that it comes back to."""
    return sorted(within(files, work))


def main() -> int:
    """Choose, say what is left out, and ask."""
    marks, programs, *since = sys.argv[1:]
    paths = changed(since[0] if since else beginning())
    reached = dict.fromkeys(path for paths in by_distance(paths) for path in paths if is_test(path))
    files = without_programs(reached, tuple(programs.split()))
    asked = nearest(files)
    print(
        f"{len(paths)} files have changed. Of {len(files)} files of tests that they reach the {len(asked)} nearest are asked.",
        flush=True,
    )
    command = [sys.executable, "-m", "pytest", *WORDS, "-m", marks, HOUSE, *asked]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
