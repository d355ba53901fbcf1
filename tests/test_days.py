"""Another day: both clocks are moved, time goes on, and what is missing or cannot be meant is said."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests import asking, days
from tests.durations import is_heavy
from tests.running import lacks
from tools.embedded import day

NIGHT = "2027-03-28T02:30"
CLOCKS = """
import json, sys, time
from datetime import UTC, datetime
from pathlib import Path
import psycopg
from tools.embedded.postgres import EmbeddedPostgres
with EmbeddedPostgres(Path(sys.argv[1]), fast=True) as server, psycopg.connect(server.url) as connection:
    before = time.monotonic()
    (there,) = connection.execute("SELECT clock_timestamp() FROM pg_sleep(0.2)").fetchone()
    print(json.dumps([there.isoformat(), datetime.now(UTC).isoformat(), time.monotonic() - before]))
"""


@pytest.fixture
def moves(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that can move clocks, and no server of another clock."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    try:
        day.library()
    except SystemExit as missing:
        lacks(str(missing))


def on(moment: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command of Python on a day."""
    command = [sys.executable, "-m", "tools.embedded.day", moment, sys.executable, *words]
    return subprocess.run(command, cwd=asking.ROOT, capture_output=True, text=True, timeout=120, check=False)


def test_python_and_postgresql_agree_on_another_day_and_time_goes_on(moves: None, tmp_path: Path) -> None:
    done = on(NIGHT, "-c", CLOCKS, str(tmp_path))
    there, here, waited = json.loads(done.stdout)
    assert timedelta() <= datetime.fromisoformat(here) - datetime.fromisoformat(there) < timedelta(seconds=5)
    # The hour that is left out is the one after it.
    assert (
        timedelta() <= datetime.fromisoformat(there) - datetime(2027, 3, 28, 1, 30, tzinfo=UTC) < timedelta(minutes=2)
    )
    assert 0.2 <= waited < 60


def test_a_moved_clock_is_moved_from_where_it_is(moves: None, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime(2030, 1, 1, tzinfo=UTC)
    monkeypatch.delenv("FAKETIME", raising=False)
    plain = day.moving(moment)
    assert plain["LD_PRELOAD"].split(":")[0] == str(day.library())
    for name, value in {**plain, "FAKETIME": "+1000"}.items():
        monkeypatch.setenv(name, value)
    again = day.moving(moment)
    assert again["LD_PRELOAD"] == plain["LD_PRELOAD"]
    assert abs(int(again["FAKETIME"]) - int(plain["FAKETIME"]) - 1000) <= 1
    assert day.clock()["FAKETIME"] == "+1000"


def test_where_nothing_moves_the_clock_nothing_is_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FAKETIME", raising=False)
    monkeypatch.setenv("LD_PRELOAD", "/another.so")
    assert day.clock() == {}


@pytest.mark.parametrize(
    ("moment", "url", "told"), [("soon", "", "is no moment"), (NIGHT, "postgresql:///x", "Unset it")]
)
def test_what_cannot_be_meant_is_refused(moment: str, url: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    done = on(moment, "-c", "print('ran')")
    assert done.returncode == 1 and told in done.stderr and not done.stdout


@pytest.mark.parametrize(("ci", "status"), [("", 0), ("true", 1)])
def test_a_machine_without_the_library_says_so(
    ci: str, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(day, "PLACES", ())
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(sys, "argv", ["days"])
    assert days.main() == status
    told = capsys.readouterr().out
    assert "apt-get install libfaketime" in told and told.startswith("SKIPPED") == (not ci)


def test_a_red_day_is_named_with_the_line_that_repeats_it(
    moves: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    failed = "E   assert 56 == 58\nFAILED tests/test_x.py::test_y - assert 56 == 58\nERROR tests/test_z.py\n"
    monkeypatch.setattr(days, "run", lambda moment, *_: failed if moment == NIGHT else "")
    monkeypatch.setattr(sys, "argv", ["days", "2028-02-29T12:00", NIGHT])
    assert days.main() == 1
    told = capsys.readouterr().out
    assert "Red on 2027-03-28T02:30 (Sunday 28 March 2027)" in told and "2028" not in told
    again = ".venv/bin/python -m tools.embedded.day 2027-03-28T02:30 .venv/bin/pytest tests/test_x.py::test_y tests/test_z.py"
    assert again in told
    monkeypatch.setattr(sys, "argv", ["days", "2028-02-29T12:00"])
    assert days.main() == 0


def test_tests_that_ask_for_the_day_are_found_themselves_or_by_what_they_share() -> None:
    found = {*asking.that_ask()}
    of_requests, of_year = "tests/oversight/subject_requests", "tests/pages/desk/test_year.py"
    assert f"{of_requests}/test_pages.py::test_the_time_limit_is_extended_once_and_before_it_is_over" in found
    assert (
        f"{of_year}::test_a_person_signs_reads_the_receipt_reopens_and_signs_again" in found
    )  # by a constant and a fixture
    assert f"{of_requests}/test_deadlines.py::test_easter" not in found


def test_what_asks_itself_is_asked_on_all_ten_days_and_what_shares_that_on_two() -> None:
    asked = Counter(test for number in range(len(days.DAYS)) for test in days.tests_of(number))
    itself = (
        "tests/oversight/subject_requests/test_pages.py::test_the_time_limit_is_extended_once_and_before_it_is_over"
    )
    assert asked[itself] == 10
    assert asked["tests/pages/desk/test_year.py::test_a_person_signs_reads_the_receipt_reopens_and_signs_again"] == 2
    assert asked == {
        test: 1 if is_heavy(test) else 10 if is_its_own else 2 for test, is_its_own in asking.that_ask().items()
    }
