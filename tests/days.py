"""The tests that know the calendar, on days on which calendars go wrong: at once as many days as there are cores.

    python -m tests.days [MOMENT …]

A test that asks for the day itself is asked on each of the ten days. One that asks through what it shares with others is asked on
two of them, a heavy one on one, in turn: what is shared is so asked on all ten by some. On a day that is named all are asked.

Each day has a process of its own, and a server that serves it alone; libfaketime moves the clocks of both. The next day begins with
the tables that its server's home has, and so does the next run. A day that is red is named, with the lines that repeat it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from queue import Queue

from tests.asking import ROOT, that_ask
from tests.durations import is_heavy
from tools.embedded import day

# By Copenhagen's clock. A new one is the day on which somebody was surprised.
DAYS = (
    "2026-12-01T12:00",  # Christmas is within a month's time limit
    "2026-12-24T12:00",  # no working day follows until the 28th
    "2026-12-28T00:30",  # the Monday of ISO week 53, and Sunday in UTC
    "2026-12-31T23:30",  # the last hour of a year, whose last days are of week 53
    "2027-01-01T00:30",  # a new year here, and the old one in UTC
    "2027-03-25T12:00",  # Maundy Thursday, the first of five days without work
    "2027-03-28T02:30",  # the night that leaves out this hour
    "2027-10-31T02:30",  # the night that has it twice
    "2028-02-29T12:00",  # the day that most years have not
    "2028-12-15T12:00",  # two years on
)
MARKS = "not reference and not clients and not browser"
FAILED = re.compile(r"^(?:FAILED|ERROR) ([^\s\[]+)", re.MULTILINE)
ONCE, TWICE, EACH = (0,), (0, 5), range(len(DAYS))
AT_ONCE = os.cpu_count() or 1
HOMES = ROOT / ".henvis-test/days"


def tests_of(number: int) -> list[str]:
    """The tests of the day with this number among the ten."""
    return [
        test
        for turn, (test, is_its_own) in enumerate(that_ask().items())
        if (number - turn) % len(DAYS) in (ONCE if is_heavy(test) else EACH if is_its_own else TWICE)
    ]


def run(moment: str, tests: list[str], homes: Queue[str]) -> str:
    """Run the tests on a day, in one of the homes of servers; what they print where any failed, and nothing where none did."""
    home = homes.get()
    words = [
        sys.executable,
        "-m",
        "tools.embedded.day",
        moment,
        sys.executable,
        "-m",
        "tools.embedded.postgres",
        home,
    ]
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [*words, sys.executable, "-m", "pytest", "-q", "--tb=short", "-n", "0", "-m", MARKS, *tests]
    try:
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    finally:
        homes.put(home)
    print(f"{moment}  {(done.stdout.splitlines() or ['nothing'])[-1]}", flush=True)
    return f"{done.stdout}{done.stderr}\nIt ended with {done.returncode}." if done.returncode else ""


def repeated(moment: str, told: str) -> str:
    """What a red day printed, the day, and the line that repeats it."""
    tests = " ".join(dict.fromkeys(FAILED.findall(told)))
    line = (
        f".venv/bin/python -m tools.embedded.day {moment} .venv/bin/pytest {tests}"
        if tests
        else f"make days DAY={moment}"
    )
    return f"{told}\nRed on {moment} ({datetime.fromisoformat(moment):%A %-d %B %Y}). Again:\n  {line}\n"


def main() -> int:
    """Run them on the days named, or on all; 1 where a day is red."""
    try:
        day.library()
    except SystemExit as missing:
        has_everything = os.environ.get("CI") == "true"
        print(missing if has_everything else f"SKIPPED: {missing}")
        return int(has_everything)
    tests = [*that_ask()]
    print(f"{len(tests)} tests ask for the day", flush=True)
    asked = dict.fromkeys(sys.argv[1:], tests) or {moment: tests_of(turn) for turn, moment in enumerate(DAYS)}
    homes: Queue[str] = Queue()
    for number in range(AT_ONCE):
        homes.put(str(HOMES / str(number)))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        told = dict(zip(asked, pool.map(lambda moment: run(moment, asked[moment], homes), asked), strict=True))
    red = {moment: words for moment, words in told.items() if words}
    print("\n".join(repeated(moment, words) for moment, words in red.items()))
    return int(bool(red))


if __name__ == "__main__":
    sys.exit(main())
