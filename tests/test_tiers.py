"""What each tier of the tests asks: nothing is left out by all of them, and the nearest tests to a change are found."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import durations, near, tiers

# One has a heavy test among others, the one that starts pytest; one has none.
FILES = ("tests/test_tiers.py", "tests/api/test_tidy.py")


def written_in(path: str) -> set[str]:
    """The tests that a file has, as its text says."""
    tree = ast.parse((durations.ROOT / path).read_text())
    return {
        f"{path}::{each.name}" for each in tree.body if isinstance(each, ast.FunctionDef) and each.name[:5] == "test_"
    }


def collected(part: str) -> set[str]:
    """The tests of the files that pytest would ask of a part, in a process of its own."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "--part", part, *FILES]
    said = subprocess.run(command, cwd=durations.ROOT, capture_output=True, text=True, check=False).stdout
    return {durations.named(line) for line in said.splitlines() if "::" in line}


def test_each_test_is_of_one_part_and_no_test_of_none() -> None:
    light, heavy = collected("light"), collected("heavy")
    assert light | heavy == {each for path in FILES for each in written_in(path)} and not light & heavy
    assert {name.partition("::")[0] for name in light} == {*FILES}
    assert {name.partition("::")[0] for name in heavy} == {FILES[0]}


def test_every_test_that_is_recorded_is_there() -> None:
    for name in durations.recorded():
        path, _, test = name.partition("::")
        assert (durations.ROOT / path).is_file() and (not test or name in written_in(path)), name


def report(nodeid: str, when: str, seconds: float) -> pytest.TestReport:
    """A phase of a test that took so long."""
    return pytest.TestReport(nodeid, (nodeid, 0, ""), {}, "passed", None, when, duration=seconds)  # type: ignore[arg-type]


def test_a_test_is_heavy_where_one_of_its_cases_is_and_a_file_where_its_setup_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(durations, "RECORD", tmp_path / "record.txt")
    durations.RECORD.write_text(
        "# seconds\n 9.0 tests/kept.py::test_kept\n 9.0 tests/a.py::test_not_asked\n 9.0 tests/a.py::test_y\n 9.0 tests/a.py\n"
    )
    durations.recorded.cache_clear()
    recorder = durations.Recorder()
    for nodeid, when, seconds in (
        ("tests/a.py::test_x[1]", "call", 0.9),
        ("tests/a.py::test_x[2::3]@group", "call", 0.2),
        ("tests/a.py::test_y", "setup", 0.5),
        ("tests/a.py::test_y", "call", 0.25),
        ("tests/b.py::test_z", "setup", 2.5),
        ("tests/b.py::test_z", "call", 0.5),
        ("tests/c.py::test_quick", "call", 0.1),
    ):
        recorder.pytest_runtest_logreport(report(nodeid, when, seconds))
    recorder.pytest_sessionfinish(pytest.ExitCode.INTERRUPTED)
    assert "kept" in durations.RECORD.read_text() and "test_x" not in durations.RECORD.read_text()
    recorder.pytest_sessionfinish(pytest.ExitCode.OK)
    durations.recorded.cache_clear()
    try:
        assert durations.recorded() == {
            "tests/a.py::test_x": 1.1,
            "tests/a.py": 0.75,
            "tests/a.py::test_not_asked": 9.0,
            "tests/b.py::": 3.0,
            "tests/kept.py::test_kept": 9.0,
        }
        assert durations.is_heavy("tests/b.py::test_z") and durations.is_heavy("tests/a.py::test_x[1]@group")
        assert not durations.is_heavy("tests/a.py::test_y")
    finally:
        durations.recorded.cache_clear()


def test_the_nearest_tests_mirror_what_changed_and_import_it() -> None:
    first, second, *_ = near.by_distance({"cases/windows/partner_years.py"})
    assert {path for path in first if near.is_test(path)} >= {"tests/cases/windows/test_ways_in.py"}
    assert "tests/cases/windows/world.py" in second and "tests/people/staff_pages.py" in second
    assert "tests/api/test_openapi.py" in next(near.by_distance({"openapi.json"}))
    assert "tests/sql/test_plans.py" in next(near.by_distance({"publications/plans/sql/plans.sql"}))


def test_no_more_is_asked_than_there_is_time_for() -> None:
    assert list(near.within(["a", "b", "c"], near.UNKNOWN * 2)) == ["a", "b"]


def test_the_nearest_tests_are_asked_by_folders_and_start_no_programs() -> None:
    paths = ["tests/cases/b.py", "tests/api/a.py", "tests/cases/c.py", "tests/serving/d.py"]
    found = near.without_programs(paths, ("tests/serving", "tests/journey/test_recipes.py"))
    assert found == paths[:3]
    assert near.nearest(found) == ["tests/api/a.py", "tests/cases/b.py", "tests/cases/c.py"]
    assert near.nearest(found, near.UNKNOWN) == ["tests/cases/b.py"]


@pytest.mark.parametrize(("code", "outcome"), [(0, "is green"), (3, "FAILED")])
def test_a_tier_says_how_long_it_took_and_what_it_left_out(code: int, outcome: str) -> None:
    command = [sys.executable, "-m", "tests.tiers", "test", sys.executable, "-c", f"raise SystemExit({code})"]
    ended = subprocess.run(command, cwd=durations.ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == code
    assert re.search(rf"make test {outcome} after 0 min \d\d s", ended.stdout)
    assert all(each in ended.stdout for each in tiers.REST)
    assert "heavy tests" in ended.stdout
