"""`python -m tools.embedded.day 2027-03-28T02:30 COMMAND…`: run a command as if it were then in Copenhagen.

libfaketime moves the clock of all that the command starts, PostgreSQL included, by one distance: they agree, and time goes on.
A time that the night leaves out is the hour after it, and of one that comes twice it is the first.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
PLACES = ("usr/lib/*/faketime", "usr/lib*/faketime", "usr/local/lib/faketime", "usr/local/lib/*/faketime")
MOVING = {
    # Who waits must not wait for months.
    "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    # One distance for all is known from the start. What is shared would outlive who is killed.
    "FAKETIME_DISABLE_SHM": "1",
    "FAKETIME_CACHE_DURATION": str(2**31 - 1),
    # Files keep the time at which they were written: to Python they would in any case, whose calls the library does not know.
    "NO_FAKE_STAT": "1",
}
NAMES = ("LD_PRELOAD", "FAKETIME", *MOVING)


def clock() -> dict[str, str]:
    """What moves the clock of this program, for one that inherits nothing else; nothing where nothing moves it."""
    return {name: os.environ[name] for name in NAMES if name in os.environ} if "FAKETIME" in os.environ else {}


def follow(clock_of_other: dict[str, str]) -> None:
    """Become this program again with the clock of another, unless ours is moved already."""
    if clock_of_other and "FAKETIME" not in os.environ:
        os.execve(sys.executable, sys.orig_argv, {**os.environ, **clock_of_other})  # noqa: S606 (the same program)


def moving(moment: datetime) -> dict[str, str]:
    """The variables that move a program's clock to a moment, from wherever ours was moved to."""
    seconds = moment.replace(tzinfo=moment.tzinfo or COPENHAGEN).timestamp() - time.time()
    distance = round(seconds) + int(os.environ.get("FAKETIME", "0"))
    libraries = dict.fromkeys([str(library()), *os.environ.get("LD_PRELOAD", "").split(":")])
    return {**MOVING, "LD_PRELOAD": ":".join(filter(None, libraries)), "FAKETIME": f"{distance:+d}"}


def library() -> Path:
    """Where libfaketime is. Without it no clock is moved, and that is said."""
    for place in PLACES:
        for path in Path("/").glob(f"{place}/libfaketime.so.1"):
            return path
    raise SystemExit(
        "Another day needs libfaketime, which is not here. On Debian and Ubuntu: apt-get install libfaketime"
    )


def main() -> None:
    """Become the command."""
    text, *command = sys.argv[1:]
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise SystemExit(f"{text} is no moment. Write it so: 2027-03-28T02:30") from None
    if os.environ.get("DATABASE_URL"):
        raise SystemExit("The server of DATABASE_URL has a clock of its own, which nobody moves from here. Unset it.")
    os.execvpe(command[0], command, {**os.environ, **moving(moment)})  # noqa: S606 (what was asked for)


if __name__ == "__main__":
    main()
